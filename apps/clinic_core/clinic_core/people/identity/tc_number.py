"""The Turkish identity number (T.C. kimlik no) and its two check digits (G14). Pure."""

LENGTH = 11


def is_valid(number: str) -> bool:
	"""Whether eleven digits are a TC number: it does not begin with 0, and its last two digits check it."""
	if len(number) != LENGTH or not (number.isascii() and number.isdigit()) or number[0] == "0":
		return False
	return number[-2:] == check_digits(number[:9])


def check_digits(nine: str) -> str:
	"""The tenth and the eleventh digit that belong to the first nine."""
	digits = [int(digit) for digit in nine]
	tenth = (7 * sum(digits[0::2]) - sum(digits[1::2])) % 10
	return f"{tenth}{(sum(digits) + tenth) % 10}"
