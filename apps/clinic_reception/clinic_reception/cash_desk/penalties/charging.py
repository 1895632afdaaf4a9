"""Charges what late cancellations and missed appointments cost, and waives it (F11).

One document and one balanced voucher for each: Receivable against Revenue, of no reception, so that the next
payment of the patient pays it like an opening debt. Waived by the mirror of the voucher while nothing was paid
of it. Permission-free. Lock order: patients, then the penalty.
"""

from decimal import Decimal
from typing import Any

import frappe
from clinic_core.foundation.errors import ConflictError, refuse_input
from clinic_core.foundation.live import changed
from clinic_core.foundation.locks import lock_rows
from clinic_core.foundation.money import to_decimal
from clinic_core.service_catalog.quoting import legal_entities
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate, now_datetime

from clinic_reception.cash_desk import balances, ledger, posting, shifts

DOCTYPE = "Clinic Penalty"
CHARGED, WAIVED = "Charged", "Waived"
DEPOSIT_IS_KEPT = "Deposit is kept"


def on_penalty(events: list[dict[str, Any]]) -> None:
	"""Handler of `clinic_on_penalty`: charge each, once, whatever is retried; or take it back."""
	lock_rows([("Clinic Patient", event["patient"]) for event in events])
	entities: dict[str | None, str | None] = {}
	for event in events:
		if event.get("is_taken_back"):
			_take_back(event["appointment"], event["event"])
		else:
			_charge(event, entities)


def _charge(event: dict[str, Any], entities: dict[str | None, str | None]) -> None:
	if frappe.db.exists(DOCTYPE, {"event_key": event["key"]}):
		return
	amount = to_decimal(event["amount"])
	if event["kind"] == DEPOSIT_IS_KEPT:
		amount = _deposit_for(event["patient"], event["service"])
	if amount <= 0:
		return
	doc = frappe.get_doc(
		{
			"doctype": DOCTYPE,
			**{field: event[field] for field in ("patient", "appointment", "event", "branch", "service")},
			**{field: event[field] for field in ("practitioner", "text", "rule")},
			"event_key": event["key"],
			"amount": float(amount),
			"status": CHARGED,
			"posting_date": getdate(),
			"legal_entity": _entity_of(event, entities),
		}
	)
	doc.flags.by_penalties = True
	doc.insert(ignore_permissions=True)
	carrier = ledger.about(
		patient=doc.patient,
		legal_entity=doc.legal_entity,
		branch=doc.branch,
		service=doc.service,
		reason=doc.text,
	)
	posting.post(DOCTYPE, doc.name, ledger.penalty(carrier, amount), doc.posting_date)
	changed(DOCTYPE, doc.name)


def _entity_of(event: dict[str, Any], known: dict[str | None, str | None]) -> str | None:
	"""Whose money it is: the practitioner's own legal entity, else that of the branch (G17)."""
	practitioner, branch = event["practitioner"], event["branch"]
	if practitioner not in known:
		known.update(legal_entities.of_practitioners([practitioner]))
	own = known.get(practitioner)
	return own or shifts.legal_entity_of(None, branch)


def _deposit_for(patient: str, service: str) -> Decimal:
	"""What the patient left as a deposit for this service: it stays with the clinic, paid from there."""
	rows = frappe.get_all(
		"Clinic Deposit",
		filters={"patient": patient, "service": service, "available": (">", 0)},
		pluck="available",
		order_by="name asc",
	)
	return sum(map(to_decimal, rows), Decimal(0))


def waive(penalty: str, reason: str) -> Document:
	"""The patient owes it no longer. Raises InvalidInputError, ConflictError when it was paid or waived."""
	if not (reason or "").strip():
		refuse_input(_("Reason"), _("Please say why."))
	patient = frappe.db.get_value(DOCTYPE, penalty, "patient")
	if not patient:
		frappe.throw(_("{0} {1} not found").format(_(DOCTYPE), penalty), frappe.DoesNotExistError)
	lock_rows([("Clinic Patient", patient)])
	doc = frappe.get_doc(DOCTYPE, penalty, for_update=True)
	if doc.status == WAIVED:
		frappe.throw(_("This penalty was waived already."), ConflictError)
	if balances.opening_debt(doc.patient) < to_decimal(doc.amount):
		frappe.throw(_("It was paid, at least in part. Undo that payment first."), ConflictError)
	return _mirror(doc, reason.strip())


def _mirror(doc: Document, reason: str) -> Document:
	posting.mirror(DOCTYPE, doc.name, reason)
	doc.flags.by_penalties = True
	values = {"waived_by": frappe.session.user, "waived_at": now_datetime()}
	doc.update({"status": WAIVED, "reason": reason, **values})
	doc.save(ignore_permissions=True)
	changed(DOCTYPE, doc.name)
	return doc


def _take_back(appointment: str, event: str) -> None:
	"""He came late after all. What was paid meanwhile stays; the cashier pays it back by hand."""
	found = frappe.get_all(
		DOCTYPE,
		filters={"appointment": appointment, "event": event, "status": CHARGED},
		pluck="name",
		order_by="name asc",
	)
	for name in found:
		doc = frappe.get_doc(DOCTYPE, name, for_update=True)
		if balances.opening_debt(doc.patient) >= to_decimal(doc.amount):
			_mirror(doc, _("Came late after all"))
