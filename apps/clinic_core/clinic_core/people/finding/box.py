"""The find box: who fits a typed text, why, and what is needed to tell people apart (B19, D05, D17, G20)."""

from collections.abc import Sequence
from typing import Any

import frappe
from frappe.utils import getdate

from clinic_core.foundation import events
from clinic_core.people import cards, phones, search, tokens
from clinic_core.people.alerts import alerts
from clinic_core.people.finding import why

PATIENT = "Clinic Patient"


def find(text: str, limit: int = 10) -> dict[str, Any]:
	"""{patients, others}: patients with why they match; others as the apps answer `clinic_search`.

	A constant number of queries, whatever is found.
	"""
	found = search.find(text, limit)
	others = [row for rows in events.gather("clinic_search", text=text, limit=limit) for row in rows]
	return {"patients": described(found, text), "others": others}


def recent(user: str, limit: int = 8) -> list[dict[str, Any]]:
	"""The patients whose file the user opened last; from the log of views."""
	table = frappe.qb.DocType("Clinic Access Log")
	rows = (
		frappe.qb.from_(table)
		.select(table.patient)
		.where((table.user == user) & table.what.isin(("View", "Search")) & table.patient.isnotnull())
		.orderby(table.at, order=frappe.qb.desc)
		.limit(limit * 6)
		.run(pluck=True)
	)
	names = list(dict.fromkeys(rows))[:limit]
	return described(search.rows_of(names), "")


def described(found: Sequence[dict[str, Any]], text: str) -> list[dict[str, Any]]:
	"""Rows of `search.find` with age, last visit, branch, and the part that matched; three queries."""
	names = [row["name"] for row in found]
	numbers = _other_numbers([row["name"] for row in found if row["match"] == "mobile"], text)
	visits = _last_visits(names)
	warned = alerts.of_patients(names)
	for row in found:
		row["alerts"] = alerts.with_free_text(warned.get(row["name"], []), row["alerts"])
	return [_row(row, text, numbers.get(row["name"]), visits.get(row["name"])) for row in found]


def _row(found: dict[str, Any], text: str, number: Any, visited: str | None) -> dict[str, Any]:
	born = found.pop("birth_date", None)
	return {
		**found,
		"age": cards.age(born),
		"birth_year": str(getdate(born).year) if born else "",
		"last_visit": visited,
		"name_parts": why.in_name(found["full_name"], text, found["match"]),
		"why": _why(found, text, number),
	}


def _why(found: dict[str, Any], text: str, number: Any) -> dict[str, Any] | None:
	"""{kind, parts, note} of a match that is not in the name; None when the name says it."""
	match = found["match"]
	if match == "file_no":
		return {"kind": match, "parts": why.in_number(found["file_no"], text, from_end=True), "note": ""}
	if match == "mobile":
		shown, note = (number["phone"], number["note"]) if number else (found["mobile"], "")
		return {"kind": match, "parts": why.in_number(shown, text, from_end=True), "note": note}
	return {"kind": match, "parts": [], "note": ""} if match in ("code", "similar_name") else None


def _other_numbers(names: list[str], text: str) -> dict[str, dict[str, str]]:
	"""By patient the number that fits the typed digits, when it is not the main one; one query."""
	if not names:
		return {}
	rows = frappe.get_all(
		"Clinic Patient Phone",
		filters={"parent": ("in", names), "parenttype": PATIENT},
		fields=["parent", "phone", "note", "is_main"],
		order_by="is_main desc, idx asc",
		limit_page_length=0,
	)
	digits = tokens.compact(text).lstrip("0")
	found: dict[str, dict[str, str]] = {}
	for row in rows:
		if digits and digits in row.phone and row.parent not in found:
			found[row.parent] = {"phone": phones.local(row.phone), "note": row.note or ""}
	return found


def _last_visits(names: list[str]) -> dict[str, str]:
	"""By patient the day of the last visit, as the app of the reception knows it."""
	if not names:
		return {}
	answers = events.gather("clinic_last_visits", patients=names)
	return {patient: day for answer in answers for patient, day in answer.items()}
