"""PINs: what is one, and which are too easy (G10). Pure."""

from clinic_core.foundation.digits import to_latin

SHORTEST, LONGEST = 4, 8
MOST_FAILURES = 5

LENGTH, SAME, ROW, KNOWN = "length", "same", "row", "known"
_ROWS = ("01234567890", "09876543210")


def plain(text: str | None) -> str:
	"""A typed PIN with Latin digits and without blanks."""
	return to_latin(text or "").replace(" ", "").strip()


def weakness(pin: str, *known: str) -> str | None:
	"""Why a PIN is refused, None when it is good: `length`, `same`, `row`, `known`.

	`known`: what others know of the person, such as his number.
	"""
	if not pin.isascii() or not pin.isdigit() or not SHORTEST <= len(pin) <= LONGEST:
		return LENGTH
	if _repeats(pin):
		return SAME
	if any(pin in row for row in _ROWS):
		return ROW
	if any(pin in "".join(sign for sign in word if sign.isdigit()) for word in known):
		return KNOWN
	return None


def _repeats(pin: str) -> bool:
	"""1111, 1212, 123123: a beginning over and over."""
	return any(
		pin == pin[:size] * (len(pin) // size) for size in range(1, len(pin) // 2 + 1) if len(pin) % size == 0
	)


def is_locked(failures: int | None) -> bool:
	"""Whether the PIN was guessed at too often."""
	return (failures or 0) >= MOST_FAILURES
