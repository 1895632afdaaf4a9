"""Contacts: one person, one contact; what looks like a double is shown, never made silently."""

from typing import Any

import frappe
from clinic_core.foundation.errors import refuse_input
from clinic_core.people import duplicates, matching, names, phones
from clinic_core.people.patient_file import possible
from frappe import _

from clinic_crm.pipeline.matching import same_name, same_person

FIELDS = (
	"first_name", "last_name", "mobile", "phone", "email", "company_name", "province", "city",
	"address", "channel", "branch", "social_network", "social_handle",
)  # fmt: skip
LIMIT = 20


def reuse_or_create(data: dict[str, Any]) -> tuple[str, bool]:
	"""The contact for `data`: the known one with this mobile and this name (or none), else a new one.

	Returns (name, whether it was known). Permission-free.
	Raises InvalidInputError when there is nothing to know the person by.
	"""
	mobile = phones.normalise(data["mobile"], _("Mobile")) if data.get("mobile") else None
	known = _known(mobile, names.full_name(data.get("first_name"), data.get("last_name")))
	if known:
		_complete(known, data)
		return known, True
	contact = frappe.new_doc("Clinic Contact")
	contact.update({field: data.get(field) for field in FIELDS if data.get(field)})
	contact.mobile = mobile
	contact.insert(ignore_permissions=True)
	return contact.name, False


def _known(mobile: str | None, name: str) -> str | None:
	if not mobile:
		return None
	rows = frappe.get_all(
		"Clinic Contact",
		filters={"mobile": mobile},
		fields=["name", "first_name", "last_name"],
		order_by="creation asc",
		limit=LIMIT,
	)
	named = [(row.name, names.full_name(row.first_name, row.last_name)) for row in rows]
	matches = [row for row in named if same_person(row[1], name)]
	# With several people behind one number (a family), the one of this very name comes first.
	matches.sort(key=lambda row: not same_name(row[1], name))
	return matches[0][0] if matches else None


def _complete(contact: str, data: dict[str, Any]) -> None:
	"""Fill what the known contact lacks; what is there already stays."""
	doc = frappe.get_doc("Clinic Contact", contact, for_update=True)
	new = {field: data[field] for field in FIELDS if data.get(field) and not doc.get(field)}
	if new:
		doc.update(new)
		doc.save(ignore_permissions=True)


def duplicates_of(
	name: str | None, mobile: str | None, *, contact: str | None = None, patient: str | None = None
) -> list[dict[str, Any]]:
	"""Contacts and patients who may be this person, but for the given ones; `mobile` in E.164.

	Rows {doctype, name, full_name, score, why}, `why` a list of codes of `people.matching`, most
	likely first; a patient whose file the user may not read has no name. Constant number of queries.
	"""
	person = matching.Person(name or "", frozenset({mobile}) if mobile else frozenset())
	rows = [{"doctype": "Clinic Contact", **row} for row in _like_contacts(person, contact)]
	patients = possible.readable(duplicates.of(person, besides=patient))
	rows += [{"doctype": "Clinic Patient", **row} for row in patients]
	return sorted(rows, key=lambda row: -row["score"])[:LIMIT]


def _like_contacts(person: matching.Person, besides: str | None) -> list[dict[str, Any]]:
	either = [["full_name", "=", person.full_name]] if person.full_name else []
	either += [["mobile", "=", mobile] for mobile in person.phones]
	if not either:
		return []
	rows = frappe.get_all(
		"Clinic Contact",
		filters={"name": ("!=", besides or "")},
		or_filters=either,
		fields=["name", "full_name", "mobile"],
		order_by="creation desc",
		limit=LIMIT,
	)
	known = {row.name: row for row in rows}
	people = ((row.name, matching.Person(row.full_name or "", frozenset({row.mobile or ""}))) for row in rows)
	return [
		{"name": name, "full_name": known[name].full_name, "score": like.score, "why": list(like.why)}
		for name, like in matching.rank(person, people)
	]


def matching_patient(contact: Any) -> str | None:
	"""The patient who is this contact already: same number and same name. None if there is none."""
	if not contact.mobile:
		return None
	person = matching.Person(
		names.full_name(contact.first_name, contact.last_name), frozenset({contact.mobile})
	)
	for row in duplicates.of(person):
		if {matching.SAME_NAME, matching.SAME_PHONE} <= set(row["why"]):
			return row["name"]
	return None


def check_identity(contact: Any) -> None:
	"""Somebody must be known by something (design: a contact may have only a social handle).

	Raises InvalidInputError.
	"""
	known_by = ("first_name", "last_name", "mobile", "phone", "email", "social_handle", "company_name")
	if not any(contact.get(field) for field in known_by):
		refuse_input(_("First name"), _("Give a name, a number, an email or a social handle."))
