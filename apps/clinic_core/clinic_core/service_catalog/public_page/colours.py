"""Colours of the page from the one a centre or department chose: readable on white, whatever it is. Pure."""

import re

DEFAULT = "#0e7c86"
READABLE = 4.5
"""Contrast of text on its ground by the Web Content Accessibility Guidelines, level AA."""

_HEX = re.compile(r"^#([0-9a-fA-F]{6})$")
_SHORT = re.compile(r"^#([0-9a-fA-F]{3})$")


def readable(colour: str | None, default: str = DEFAULT) -> str:
	"""`colour` as `#rrggbb`, darkened until white text on it, and it on white, can be read."""
	red, green, blue = _parts(colour) or _parts(default) or (14, 124, 134)
	while _contrast_with_white(red, green, blue) < READABLE:
		red, green, blue = int(red * 0.93), int(green * 0.93), int(blue * 0.93)
	return f"#{red:02x}{green:02x}{blue:02x}"


def _parts(colour: str | None) -> tuple[int, int, int] | None:
	text = (colour or "").strip()
	short = _SHORT.match(text)
	if short:
		text = "#" + "".join(sign * 2 for sign in short[1])
	found = _HEX.match(text)
	if not found:
		return None
	return tuple(int(found[1][at : at + 2], 16) for at in (0, 2, 4))


def _contrast_with_white(red: int, green: int, blue: int) -> float:
	def linear(value: int) -> float:
		share = value / 255
		return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

	luminance = 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
	return 1.05 / (luminance + 0.05)
