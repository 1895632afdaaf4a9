"""Phone numbers: stored in E.164, shown in local form (`design.md` §4.9). Pure."""

import re
from functools import lru_cache

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat

from clinic_core.foundation.digits import to_latin


@lru_cache(maxsize=10_000)
def to_e164(text: str, region: str) -> str:
	"""Read a number as typed (`۰۹۱۲…`, `0098…`, `+98…`, `912…`) and give its E.164 form.

	`region` is the two-letter country of numbers without a country code.
	Raises ValueError if it is no possible number of that country.
	"""
	plain = to_latin(text).strip()
	if plain.startswith("00"):
		plain = "+" + plain[2:]
	try:
		number = phonenumbers.parse(plain, region)
	except NumberParseException as error:
		raise ValueError(text) from error
	if not phonenumbers.is_valid_number(number):
		raise ValueError(text)
	return phonenumbers.format_number(number, PhoneNumberFormat.E164)


@lru_cache(maxsize=10_000)
def to_local(e164: str, region: str) -> str:
	"""The form people dial: national for their own country, international for others."""
	try:
		number = phonenumbers.parse(e164, region)
	except NumberParseException:
		return e164
	home = phonenumbers.region_code_for_number(number) == region
	form = PhoneNumberFormat.NATIONAL if home else PhoneNumberFormat.INTERNATIONAL
	return phonenumbers.format_number(number, form)


def may_receive_sms(e164: str) -> bool:
	"""Whether a number can be a mobile: no fixed line of a country that tells them apart."""
	if e164.startswith(_IRAN) and _iranian_mobile().fullmatch(e164, len(_IRAN)):
		return True
	try:
		kind = phonenumbers.number_type(phonenumbers.parse(e164, None))
	except NumberParseException:
		return False
	return kind in (phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE)


_IRAN = "+98"


@lru_cache(maxsize=1)
def _iranian_mobile() -> re.Pattern[str]:
	"""What the library knows of mobiles of Iran, asked without parsing: lists here are nearly all of them."""
	known = phonenumbers.PhoneMetadata.metadata_for_region("IR").mobile
	return re.compile(known.national_number_pattern)
