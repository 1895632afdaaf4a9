"""What is shown in place of a number that only some may see (F80). Pure."""

HIDDEN = "•"
_SHOWN = 3
_SHORT = 8
"""Shorter numbers show nothing: three of five signs would tell too much."""


def mask(number: str) -> str:
	"""The number with all but its last three signs hidden: `•••••••419`; its length stays."""
	if not number:
		return ""
	shown = number[-_SHOWN:] if len(number) >= _SHORT else ""
	return HIDDEN * (len(number) - len(shown)) + shown


def is_masked(text: str | None) -> bool:
	"""Whether a text holds a hidden sign, so is no number that somebody typed."""
	return HIDDEN in (text or "")
