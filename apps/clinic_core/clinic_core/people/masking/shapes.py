"""What is shown in place of a fact that is hidden (F80). Pure."""

import re
from typing import Any

from clinic_core.foundation.digits import to_latin
from clinic_core.people.identity import mask, national_code
from clinic_core.people.masking import matrix

HIDDEN = mask.HIDDEN
NOTHING = HIDDEN * 3
"""In place of what cannot be shown in part."""
_TAIL, _GONE = 4, 3
_SHORT = 8
_PHONE = re.compile(r"(?<![\w.])(?:\+|[0۰٠]{1,2})[\d۰-۹٠-٩](?:[ \-()]{0,2}[\d۰-۹٠-٩]){7,13}(?![\w])")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_CODE = re.compile(r"(?<![\w])[\d۰-۹٠-٩]{10,11}(?![\w])")


def shape(kind: str, value: Any) -> Any:
	"""The value with what is secret of it hidden; hidden ones and empty ones stay as they are."""
	if value in (None, "") or mask.is_masked(str(value)):
		return value
	return _SHAPES[kind](str(value))


def phone(text: str) -> str:
	"""`0912•••4567`: enough to tell two numbers apart, too little to dial."""
	digits = "".join(sign for sign in text if sign.isdigit())
	if len(digits) < _SHORT:
		return HIDDEN * len(digits)
	lead = "+" if text.lstrip().startswith("+") else ""
	return lead + digits[: len(digits) - _TAIL - _GONE] + NOTHING + digits[-_TAIL:]


def email(text: str) -> str:
	"""`s•••@example.com`."""
	name, at, host = text.partition("@")
	return f"{name[:1]}{NOTHING}@{host}" if at else NOTHING


def scrub(text: str, kinds: set[str]) -> str:
	"""A free text (a comment) without the numbers and addresses of hidden kinds."""
	if matrix.EMAIL in kinds:
		text = _EMAIL.sub(lambda found: email(found[0]), text)
	if matrix.IDENTITY in kinds:
		text = _CODE.sub(lambda found: mask.mask(found[0]) if _is_code(found[0]) else found[0], text)
	if matrix.PHONE in kinds:
		text = _PHONE.sub(lambda found: phone(found[0]), text)
	return text


def _is_code(text: str) -> bool:
	return national_code.is_valid(to_latin(text))


_SHAPES = {
	matrix.PHONE: phone,
	matrix.EMAIL: email,
	matrix.ADDRESS: lambda _text: NOTHING,
	matrix.NOTE: lambda _text: NOTHING,
	matrix.IDENTITY: mask.mask,
	# A date cannot be half hidden without being a wrong one; the age stays to be seen.
	matrix.BIRTH_DATE: lambda _text: None,
}
