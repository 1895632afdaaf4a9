"""Numbers as people type them: Persian and Arabic digits and separators (`design.md` §4.7). Pure."""

import re
from decimal import Decimal, InvalidOperation

_LATIN = str.maketrans("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩", "01234567890123456789")
_PERSIAN = str.maketrans("0123456789,.", "۰۱۲۳۴۵۶۷۸۹٬٫")
_PERSIAN_DIGITS = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
_DECIMAL_SIGNS = str.maketrans({"٫": ".", "−": "-", "–": "-"})
# Thousands separators and what copy-paste brings along: Arabic and Latin commas, the apostrophe,
# spaces of all widths, and the invisible direction marks of right-to-left text.
_IGNORED = re.compile(r"[٬،,'’\s\u00a0\u2009\u202f\u200c\u200e\u200f\u2066-\u2069]")
_NUMBER = re.compile(r"^[+-]?(\d+(\.\d*)?|\.\d+)$")


def to_latin(text: str) -> str:
	"""Replace Persian and Arabic digits by Latin ones; leave everything else as it is."""
	return text.translate(_LATIN)


def in_language(number: str, lang: str) -> str:
	"""A formatted number like `2,500.75` with the digits and signs of the language."""
	return number.translate(_PERSIAN) if lang == "fa" else number


def with_digits(text: str, lang: str) -> str:
	"""A date, code or telephone number with the digits of the language; its signs stay."""
	return text.translate(_PERSIAN_DIGITS) if lang == "fa" else text


def parse_number(text: str) -> Decimal:
	"""Read a number typed in any of our languages: `۲٬۵۰۰٬۰۰۰` is 2500000.

	Raises ValueError if it is not a number: never guess, never 0.
	"""
	plain = _IGNORED.sub("", to_latin(text).translate(_DECIMAL_SIGNS))
	if not _NUMBER.match(plain):
		raise ValueError(text)
	try:
		return Decimal(plain)
	except InvalidOperation as error:
		raise ValueError(text) from error
