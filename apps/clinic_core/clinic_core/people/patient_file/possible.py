"""Who of our patients somebody may be, asked while he is typed in (B16, B17, D22, G20)."""

from collections.abc import Sequence
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
_SURE = frozenset({matching.SAME_NATIONAL_CODE, matching.SAME_PHONE})


def of(typed: dict[str, str], besides: str | None = None) -> list[dict[str, Any]]:
	"""At most five files, most likely first: who it is, how sure, and why in words.

	`typed` is half a form: first_name, last_name, mobile, national_code, birth_date; what cannot be
	read yet is left out. Rows: {name, full_name, file_no, mobile, gender, age, last_visit_on, score,
	why, reasons, is_hidden}. Five queries; none while there is too little to go by. Whose file the user may
	not read is told as `readable` does.
	"""
	person = _person(typed)
	if not (person.phones or person.national_code or _tells_apart(person.full_name)):
		return []
	return readable(duplicates.of(person, besides), ["mobile", "gender", "birth_date", "last_visit_on"])


def readable(found: list[dict[str, Any]], fields: Sequence[str] = ()) -> list[dict[str, Any]]:
	"""Rows of `duplicates.of` as the user may see them; one query, none for nobody.

	Of those whose file is not open to him (F83, E010) one is told without a name, and only where a number
	or a code is the same: so that no second file is made in silence. With `fields` what tells people apart.
	"""
	if not found:
		return []
	known = _known([row["name"] for row in found], fields)
	shown = [
		{**(_shown(row, known[row["name"]]) if fields else row), "is_hidden": 0}
		for row in found
		if row["name"] in known
	]
	others = [row for row in found if row["name"] not in known and _SURE & set(row["why"])]
	return shown + [_hidden(row) for row in others[:1]]


def _known(names: list[str], fields: Sequence[str]) -> dict[str, Any]:
	if not frappe.has_permission(PATIENT, "read"):
		return {}
	filters = {"name": ("in", names)}
	rows = frappe.get_list(PATIENT, filters=filters, fields=["name", *fields], order_by="name asc")
	return {row.name: row for row in rows}


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


def _hidden(found: dict[str, Any]) -> dict[str, Any]:
	"""Somebody without a name: enough to ask for him, too little to know him."""
	why = [code for code in found["why"] if code in _SURE]
	return {
		**dict.fromkeys(("name", "file_no", "mobile", "gender"), ""),
		"full_name": _("Somebody whose file is not open to you"),
		"age": None,
		"last_visit_on": None,
		"score": found["score"],
		"why": why,
		"reasons": [reason(code) for code in why],
		"is_hidden": 1,
	}


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
