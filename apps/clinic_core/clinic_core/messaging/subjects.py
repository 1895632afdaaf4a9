"""What messages are about: the values of their texts, and whether they are still true. Constant queries."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import frappe
from frappe.utils import get_datetime, now_datetime

from clinic_core.foundation import phones, settings
from clinic_core.messaging import notices, occasions, outbox
from clinic_core.people.phones import region

LINKS = "clinic_tracking_links"
"""Hook: `(codes: list[str]) -> {code: address}`: where a patient sees his own appointment."""


@dataclass
class Subject:
	"""What a text can say; `is_overtaken`: it is no longer true and nothing is said."""

	values: dict[str, Any] = field(default_factory=dict)
	branch: str | None = None
	is_overtaken: bool = False


def of_notes(notes: Sequence[Any]) -> dict[str, Subject]:
	"""Note → subject, for notes {name, template, reference_doctype, reference_name, message_key}."""
	found: dict[str, Subject] = {}
	for doctype, read in _READERS.items():
		mine = [note for note in notes if note.reference_doctype == doctype]
		if mine:
			found |= read(mine)
	gone = {note.name: Subject(is_overtaken=True) for note in notes if note.name not in found}
	return found | gone


def of_appointments(names: Sequence[str]) -> dict[str, Any]:
	"""Appointment → its row with what its people and places are called."""
	more = ("start", "tracking_code", "reason", "is_history", "booked_through")
	return _with_names("Clinic Appointment", names, more)


def _with_names(doctype: str, names: Sequence[str], more: Sequence[str]) -> dict[str, Any]:
	"""Document → its row with what its service, practitioner and branch are called; one query."""
	table = frappe.qb.DocType(doctype)
	service, who = frappe.qb.DocType("Clinic Service"), frappe.qb.DocType("Clinic Practitioner")
	branch = frappe.qb.DocType("Clinic Branch")
	rows = (
		frappe.qb.from_(table)
		.left_join(service)
		.on(service.name == table.service)
		.left_join(who)
		.on(who.name == table.practitioner)
		.left_join(branch)
		.on(branch.name == table.branch)
		.select(table.name, table.status, table.branch, *(table[field] for field in more))
		.select(service.service_name, who.practitioner_name)
		.select(branch.title.as_("branch_title"), branch.phone, branch.address)
		.where(table.name.isin(sorted(set(names))))
		.run(as_dict=True)
	)
	return {row.name: row for row in rows}


def values_of(row: Any, links: dict[str, str]) -> dict[str, Any]:
	"""What a text can say of an appointment."""
	start = get_datetime(row.start)
	return {
		"clinic": clinic_name(),
		"service": row.service_name,
		"practitioner": row.practitioner_name,
		"branch": row.branch_title,
		"branch_phone": phones.to_local(row.phone, region()) if row.phone else None,
		"branch_address": (row.address or "").replace("\n", " "),
		"day": start,
		"time": start.time(),
		"tracking_code": row.tracking_code,
		"link": links.get(row.tracking_code),
		"reason": row.reason,
	}


def clinic_name() -> str:
	"""What the clinic is called: its legal entity's title."""
	entity = settings.get("default_legal_entity")
	if not entity:
		rows = frappe.get_all("Clinic Legal Entity", pluck="title", order_by="creation asc", limit=1)
		return rows[0] if rows else ""
	return frappe.get_cached_value("Clinic Legal Entity", entity, "title") or ""


def tracking_links(codes: Sequence[str | None]) -> dict[str, str]:
	"""Where each can be followed; empty when no part of the system has such a page."""
	wanted = sorted({code for code in codes if code})
	for handler in frappe.get_hooks(LINKS) if wanted else ():
		return frappe.get_attr(handler)(codes=wanted)
	return {}


def _of_appointments(notes: Sequence[Any]) -> dict[str, Subject]:
	rows = of_appointments([note.reference_name for note in notes])
	links = tracking_links([row.tracking_code for row in rows.values()])
	moves = _moves_of(notes)
	found = {}
	for note in notes:
		if row := rows.get(note.reference_name):
			subject = Subject(values_of(row, links), row.branch, _is_overtaken(note.template, row))
			if old := moves.get(_own_key(note)):
				subject.values |= {"old_day": get_datetime(old), "old_time": get_datetime(old).time()}
			found[note.name] = subject
	return found


def _is_overtaken(template: str, row: Any) -> bool:
	"""Cancelled or moved again since: the later event tells it."""
	if row.is_history or get_datetime(row.start) <= now_datetime():
		return True
	is_expected = row.status in occasions.EXPECTED
	return is_expected if template == occasions.CANCELLATION else not is_expected


def _own_key(note: Any) -> str:
	return note.message_key.partition(":")[2].removesuffix(outbox.MAIL_MARK)


def _moves_of(notes: Sequence[Any]) -> dict[str, Any]:
	"""Move → when the appointment was before."""
	keys = sorted({_own_key(note) for note in notes if note.template == occasions.CHANGE})
	if not keys:
		return {}
	rows = frappe.get_all(
		"Clinic Appointment Move", {"name": ("in", keys)}, ["name", "old_start"], order_by="name asc"
	)
	return {row.name: row.old_start for row in rows}


def _of_offers(notes: Sequence[Any]) -> dict[str, Subject]:
	offers = frappe.get_all(
		notices.OFFER,
		{"name": ("in", sorted({note.reference_name for note in notes}))},
		["name", "appointment", "expires_at", "status"],
		order_by="name asc",
	)
	rows = of_appointments([offer.appointment for offer in offers])
	links = tracking_links([row.tracking_code for row in rows.values()])
	by_offer = {}
	for offer in offers:
		if row := rows.get(offer.appointment):
			until = get_datetime(offer.expires_at)
			more = {"until_day": until, "until_time": until.time()}
			is_over = offer.status != "Open" or until <= now_datetime()
			by_offer[offer.name] = Subject({**values_of(row, links), **more}, row.branch, is_over)
	return {note.name: by_offer[note.reference_name] for note in notes if note.reference_name in by_offer}


def _of_recalls(notes: Sequence[Any]) -> dict[str, Subject]:
	by_name = _with_names(notices.RECALL, [note.reference_name for note in notes], ["due_on"])
	return {
		note.name: _recall(by_name[note.reference_name]) for note in notes if note.reference_name in by_name
	}


def _recall(row: Any) -> Subject:
	values = {
		"clinic": clinic_name(),
		"service": row.service_name,
		"practitioner": row.practitioner_name,
		"branch": row.branch_title,
		"branch_phone": phones.to_local(row.phone, region()) if row.phone else None,
		"day": row.due_on,
	}
	return Subject(values, row.branch, row.status not in ("Due", "Contacted", "Not Reached"))


_READERS = {notices.APPOINTMENT: _of_appointments, notices.OFFER: _of_offers, notices.RECALL: _of_recalls}
