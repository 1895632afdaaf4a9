"""Endpoints of the waiting list: parse, check permission, call, return (F08, F09, E206)."""

from collections.abc import Callable
from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cint

from clinic_core.foundation import branch_scope, digits, wire
from clinic_core.foundation.boundary import command
from clinic_core.scheduling.waiting import entries, freed, offers, panel
from clinic_core.scheduling.waiting.reading import ENTRY, OFFER

APPOINTMENT = "Clinic Appointment"


@frappe.whitelist(methods=["GET"])
def overview() -> dict[str, list[dict[str, Any]]]:
	"""Freed times with those who can take them, first in turn first, and the open offers.

	{freed: [{freed, practitioner, practitioner_name, branch, start, end, cause, people: [{entry, patient,
	full_name, service_name, start, end, is_urgent, since, …}]}], offers: [{offer, entry, start, expires_at, …}]}
	"""
	wire.require_permission(ENTRY, "read")
	wire.require_permission(OFFER, "read")
	return panel.show()


@frappe.whitelist(methods=["POST"])
def add(
	patient: str,
	service: str,
	area: str | None = None,
	practitioners: str | list | None = None,
	branches: str | list | None = None,
	times: str | list | None = None,
	from_date: str | None = None,
	to_date: str | None = None,
	is_urgent: int | bool = 0,
	note: str | None = None,
	idempotency_key: str | None = None,
) -> dict[str, Any]:
	"""Put somebody on the list → {entry, status, from_date, to_date}.

	`times`: rows {weekday, start, end}, each part may be empty; a wished day without a time is `from_date` and
	`to_date` of that day (E206).
	"""
	wire.require_permission(ENTRY, "create")
	wire.require_permission("Clinic Patient", "read", patient)
	wanted = {
		"patient": patient,
		"service": service,
		"area": area or None,
		"practitioners": _names(practitioners, _("Practitioners")),
		"branches": _names(branches, _("Branches")),
		"times": [dict(row) for row in wire.parse_list(times, _("Days and hours")) if isinstance(row, dict)],
		"from_date": wire.parse_date(from_date, _("From date")),
		"to_date": wire.parse_date(to_date, _("Until date")),
		"is_urgent": bool(cint(is_urgent)),
		"note": note,
	}
	for branch in wanted["branches"]:
		branch_scope.require(branch)
	return _run("add", idempotency_key, wanted, lambda: _entry(entries.add(**wanted)))


@frappe.whitelist(methods=["POST"])
def withdraw(entry: str, reason: str, idempotency_key: str | None = None) -> dict[str, Any]:
	"""Take somebody off the list; a reason is required."""
	wire.require_permission(ENTRY, "write", entry)
	wanted = {"entry": entry, "reason": reason}
	return _run("withdraw", idempotency_key, wanted, lambda: _entry(entries.withdraw(**wanted)))


@frappe.whitelist(methods=["POST"])
def wait_again(entry: str, to_date: str | None = None, idempotency_key: str | None = None) -> dict[str, Any]:
	"""Back on the list, until a new day if one is given."""
	wire.require_permission(ENTRY, "write", entry)
	wanted = {"entry": entry, "to_date": wire.parse_date(to_date, _("Until date"))}
	return _run("wait_again", idempotency_key, wanted, lambda: _entry(entries.wait_again(**wanted)))


@frappe.whitelist(methods=["POST"])
def offer(
	entry: str,
	practitioner: str,
	start: str,
	branch: str | None = None,
	idempotency_key: str | None = None,
) -> dict[str, Any]:
	"""Hold a time for somebody who waits until he answers → {offer, appointment, start, expires_at}."""
	wanted = _time(entry, practitioner, start, branch)
	return _run("offer", idempotency_key, wanted, lambda: _offered(offers.make(**wanted)))


@frappe.whitelist(methods=["POST"])
def book(
	entry: str,
	practitioner: str,
	start: str,
	branch: str | None = None,
	idempotency_key: str | None = None,
) -> dict[str, Any]:
	"""Book a time for somebody who waits → {appointment, status, start, end}; he leaves the list."""
	wanted = _time(entry, practitioner, start, branch)
	return _run("book", idempotency_key, wanted, lambda: _booked(offers.book(**wanted)))


@frappe.whitelist(methods=["POST"])
def accept(offer: str, idempotency_key: str | None = None) -> dict[str, Any]:
	"""The patient takes the offered time → {appointment, status, start, end}."""
	_require_offer(offer)
	return _run("accept", idempotency_key, {"offer": offer}, lambda: _booked(offers.accept(offer)))


@frappe.whitelist(methods=["POST"])
def decline(offer: str, reason: str | None = None, idempotency_key: str | None = None) -> dict[str, Any]:
	"""The patient does not want the offered time; he waits on → {offer, status}."""
	_require_offer(offer)
	wanted = {"offer": offer, "reason": reason}
	return _run("decline", idempotency_key, wanted, lambda: _ended(offers.decline(**wanted)))


@frappe.whitelist(methods=["POST"])
def dismiss(freed_time: str, idempotency_key: str | None = None) -> dict[str, str]:
	"""Show a freed time no more: the front desk has something else in mind with it."""
	wire.require_permission(freed.DOCTYPE, "read", freed_time)
	wire.require_permission(ENTRY, "create")

	def work() -> dict[str, str]:
		freed.dismiss(freed_time)
		return {"freed": freed_time}

	return command("scheduling.waiting.dismiss", idempotency_key, work, content={"freed": freed_time})


def _run(name: str, key: str | None, content: dict[str, Any], work: Callable[[], dict]) -> dict[str, Any]:
	return command(f"scheduling.waiting.{name}", key, work, content=content)


def _time(entry: str, practitioner: str, start: str, branch: str | None) -> dict[str, Any]:
	wire.require_permission(ENTRY, "write", entry)
	wire.require_permission(APPOINTMENT, "create")
	branch_scope.require(branch or None)
	return {
		"entry": entry,
		"practitioner": practitioner,
		"start": digits.to_latin(start),
		"branch": branch or None,
	}


def _require_offer(offer: str) -> None:
	"""Who may see the offer and work on the wish it is for may answer it."""
	wire.require_permission(OFFER, "read", offer)
	wire.require_permission(ENTRY, "write", frappe.db.get_value(OFFER, offer, "entry"))


def _names(value: str | list | None, label: str) -> list[str]:
	return [str(name) for name in wire.parse_list(value, label) if name]


def _entry(doc: Document) -> dict[str, Any]:
	return {
		"entry": doc.name,
		"status": doc.status,
		"from_date": str(doc.from_date),
		"to_date": str(doc.to_date),
	}


def _offered(doc: Document) -> dict[str, Any]:
	appointment = frappe.get_doc(APPOINTMENT, doc.appointment)
	wire.require_document(appointment, "write")  # the branch is known only now
	return {
		"offer": doc.name,
		"appointment": doc.appointment,
		"start": str(doc.start),
		"expires_at": str(doc.expires_at),
	}


def _booked(doc: Document) -> dict[str, Any]:
	wire.require_document(doc, "write")
	return {"appointment": doc.name, "status": doc.status, "start": str(doc.start), "end": str(doc.end)}


def _ended(doc: Document) -> dict[str, Any]:
	return {"offer": doc.name, "status": doc.status}
