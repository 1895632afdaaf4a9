"""The Iranian national code and its check digit. Pure."""

LENGTH = 10


def is_valid(code: str) -> bool:
	"""Whether ten digits are a national code: weights 10 to 2, modulo 11; all equal is none."""
	if len(code) != LENGTH or not (code.isascii() and code.isdigit()) or len(set(code)) == 1:
		return False
	rest = sum(int(digit) * weight for digit, weight in zip(code, range(LENGTH, 1, -1), strict=False)) % 11
	return int(code[-1]) == (rest if rest < 2 else 11 - rest)
