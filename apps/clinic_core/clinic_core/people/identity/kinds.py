"""Kinds of identity numbers and what makes a number one of its kind (B16, G14). Pure.

Checks return codes; `texts` says them.
"""

import unicodedata
from dataclasses import dataclass

from clinic_core.foundation.digits import to_latin
from clinic_core.people.identity import national_code, tc_number

NATIONAL_CODE = "National Code"
FOREIGNER_ID = "Foreigner's ID"
PASSPORT = "Passport"
TC_NUMBER = "TC Number"
OTHER = "Other Document"
NO_CODE = "No Code"
ALL = (NATIONAL_CODE, FOREIGNER_ID, PASSPORT, TC_NUMBER, OTHER, NO_CODE)

REASONS = ("Newborn", "Foreigner without papers", "Papers not at hand", "Refuses to tell", "Unknown")
"""Why somebody has no number on file."""

# Codes of what is wrong.
UNKNOWN_KIND = "unknown_kind"
NUMBER_MISSING = "number_missing"
NUMBER_WITHOUT_KIND = "number_without_kind"
REASON_MISSING = "reason_missing"
UNKNOWN_REASON = "unknown_reason"
COUNTRY_MISSING = "country_missing"
NOT_A_NATIONAL_CODE = "not_a_national_code"
NOT_A_TC_NUMBER = "not_a_tc_number"
NOT_A_FOREIGNER_ID = "not_a_foreigner_id"
NOT_A_PASSPORT = "not_a_passport"
NOT_A_NUMBER = "not_a_number"

_FOREIGNER_DIGITS = range(8, 15)
"""Lengths of the foreigner's ID (کد فراگیر / FIDA): twelve digits today, from eight to fourteen over the years."""
_PASSPORT_SIGNS = range(5, 16)
_OTHER_SIGNS = range(3, 31)
_DEFAULTS = {"IR": NATIONAL_CODE, "TR": TC_NUMBER}
_SEPARATORS = "-./\\_"


@dataclass(frozen=True)
class Identity:
	"""Who somebody is by his papers: a number of a kind, or the reason why there is none."""

	kind: str
	number: str = ""
	country: str = ""
	no_code_reason: str = ""

	@property
	def key(self) -> str | None:
		"""What no two people share; None without a number. A passport is unique within its country."""
		return f"{self.kind}:{self.country}:{self.number}" if self.number else None


def default_kind(region: str) -> str:
	"""The kind that people of a region (a two-letter country) mean when they give a number alone."""
	return _DEFAULTS.get(region, OTHER)


def plain(text: str | None) -> str:
	"""A typed number as it is kept: Latin digits, capitals, no spaces, dashes or invisible signs."""
	latin = to_latin(text or "").upper()
	return "".join(
		sign
		for sign in latin
		if not sign.isspace() and sign not in _SEPARATORS and unicodedata.category(sign) != "Cf"
	)


def problem(identity: Identity) -> str | None:
	"""The code of what is wrong with an identity whose number is in plain form, None if nothing is."""
	if identity.kind not in ALL:
		return UNKNOWN_KIND
	if identity.kind == NO_CODE:
		return _problem_without_number(identity)
	if not identity.number:
		return NUMBER_MISSING
	if identity.kind == PASSPORT and not identity.country:
		return COUNTRY_MISSING
	fits, code = _RULES[identity.kind]
	return None if fits(identity.number) else code


def _problem_without_number(identity: Identity) -> str | None:
	if identity.number:
		return NUMBER_WITHOUT_KIND
	if not identity.no_code_reason:
		return REASON_MISSING
	return None if identity.no_code_reason in REASONS else UNKNOWN_REASON


def _is_foreigner_id(number: str) -> bool:
	digits = number.isascii() and number.isdigit()
	return digits and len(number) in _FOREIGNER_DIGITS and len(set(number)) > 1


def _is_passport(number: str) -> bool:
	signs = number.isascii() and number.isalnum()
	return signs and len(number) in _PASSPORT_SIGNS and any(sign.isdigit() for sign in number)


def _is_other(number: str) -> bool:
	return number.isalnum() and len(number) in _OTHER_SIGNS


_RULES = {
	NATIONAL_CODE: (national_code.is_valid, NOT_A_NATIONAL_CODE),
	TC_NUMBER: (tc_number.is_valid, NOT_A_TC_NUMBER),
	FOREIGNER_ID: (_is_foreigner_id, NOT_A_FOREIGNER_ID),
	PASSPORT: (_is_passport, NOT_A_PASSPORT),
	OTHER: (_is_other, NOT_A_NUMBER),
}
