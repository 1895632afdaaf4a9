"""Who of our patients somebody may be, asked while he is typed in (B16, B17, D22, G20)."""

from typing import Any

import frappe
import phonenumbers
from frappe import _

from clinic_core.foundation import jalali
from clinic_core.foundation import phones as numbers
from clinic_core.people import cards, duplicates, matching, names, phones
from clinic_core.people.identity import entry, kinds

PATIENT = "Clinic Patient"
LEAST_LETTERS = 2


def of(typed: dict[str, str], besides: str | None = None) -> list[dict[str, Any]]:
	"""At most five files, most likely first: who it is, how sure, and why in words.

	`typed` is half a form: first_name, last_name, mobile, national_code, birth_date; what cannot be
	read yet is left out. Rows: {name, full_name, file_no, mobile, gender, age, last_visit_on, score,
	why, reasons}. Five queries; none while there is too little to go by. What the user may not read is
	left out.
	"""
	person = _person(typed)
	if not (person.phones or person.national_code or _tells_apart(person.full_name)):
		return []
	found = duplicates.of(person, besides)
	if not found:
		return []
	rows = frappe.get_list(
		PATIENT,
		filters={"name": ("in", [row["name"] for row in found])},
		fields=["name", "mobile", "gender", "birth_date", "last_visit_on"],
		order_by="name asc",
	)
	known = {row.name: row for row in rows}
	return [_shown(row, known[row["name"]]) for row in found if row["name"] in known]


def _person(typed: dict[str, str]) -> matching.Person:
	full_name = names.full_name(typed.get("first_name"), typed.get("last_name"))
	identity = entry.given(*(typed.get(field) for field in entry.FIELDS[:3]))
	return matching.Person(
		full_name=full_name if _tells_apart(full_name) else "",
		phones=frozenset(filter(None, [_phone(typed.get("mobile"))])),
		national_code=identity.number if identity and not kinds.problem(identity) else "",
		birth_date=_day(typed.get("birth_date")),
		gender=typed.get("gender") or "",
	)


def _tells_apart(full_name: str) -> bool:
	"""A first name alone is not worth a warning: half the clinic has it."""
	words = names.words(full_name)
	return len(words) > 1 and all(len(word) >= LEAST_LETTERS or not word.isascii() for word in words)


def _phone(text: str | None) -> str:
	try:
		return numbers.to_e164(text or "", phones.region())
	except (ValueError, phonenumbers.NumberParseException):
		return ""


def _day(text: str | None) -> str:
	try:
		return str(jalali.read_day(text or ""))
	except ValueError:
		return ""


def _shown(found: dict[str, Any], patient: dict[str, Any]) -> dict[str, Any]:
	return {
		**found,
		"mobile": phones.local(patient["mobile"]),
		"gender": patient["gender"] or "",
		"age": cards.age(patient["birth_date"]),
		"last_visit_on": str(patient["last_visit_on"] or "") or None,
		"reasons": [reason(code) for code in found["why"]],
	}


def reason(code: str) -> str:
	"""A reason of `matching` in words."""
	return {
		matching.SAME_NATIONAL_CODE: _("Same national code"),
		matching.SAME_PHONE: _("Same phone"),
		matching.SAME_NAME: _("Same name"),
		matching.SIMILAR_NAME: _("Similar name"),
		matching.SAME_BIRTH_DATE: _("Same birth date"),
	}.get(code, code)
