"""What the lines of a text are in an email: a sentence, an address to press, a number to call (E174). Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from clinic_core.foundation.digits import with_digits

TEXT, LINK, PHONE = "text", "link", "phone"
RTL = frozenset({"fa", "ar", "ur", "he"})
_LINK = re.compile(r"https?://\S+")
_PHONE = re.compile(r"\+?[\d۰-۹][\d۰-۹ ()\-]{6,18}")
_NOT_DIALLED = re.compile(r"[^\d+]")


@dataclass(frozen=True)
class Line:
	"""One line; `target`: what it leads to."""

	kind: str
	text: str
	target: str = ""


def of(text: str, language: str) -> list[Line]:
	"""The lines of a message that say something."""
	return list(_read(text, language[:2]))


def direction(language: str) -> str:
	"""`rtl` for a language that is written from the right."""
	return "rtl" if language[:2] in RTL else "ltr"


def _read(text: str, language: str) -> Iterator[Line]:
	for line in filter(None, (part.strip() for part in text.split("\n"))):
		if _LINK.fullmatch(line):
			yield Line(LINK, line, line)
		elif _PHONE.fullmatch(line) and line.isascii():
			yield Line(PHONE, with_digits(line, language), f"tel:{_NOT_DIALLED.sub('', line)}")
		else:
			yield Line(TEXT, line)
