"""Submitting and cancelling the bill of a visit, as the document's own events (every door obeys).

Lock order: patient first, then what the payments lock. Numbers are taken last.
"""

import frappe
from clinic_core.foundation import events
from clinic_core.foundation.counters import next_number
from clinic_core.foundation.document import write_late
from clinic_core.foundation.errors import ConflictError, InvalidInputError
from clinic_core.foundation.jalali import jalali_month
from clinic_core.foundation.live import changed
from clinic_core.foundation.locks import lock_rows
from clinic_core.foundation.money import to_decimal
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate, now_datetime

from clinic_reception.cash_desk import balances
from clinic_reception.front_desk import fulfilment, promised

DOCTYPE = "Clinic Reception"


def lock(doc: Document) -> None:
	"""Lock the patient: whoever moves money or services of a patient waits for each other."""
	if not doc.flags.patient_locked:
		lock_rows([("Clinic Patient", doc.patient)])


def before_submit(doc: Document) -> None:
	"""Fix the time and what is owed."""
	now = now_datetime()
	doc.posted_at, doc.jalali_month = now, jalali_month(now.date())
	doc.outstanding = doc.patient_share


def on_submit(doc: Document) -> None:
	"""Grant, plan, post, tell the other apps, number."""
	promised.mark_used(doc, getdate(doc.posted_at))
	fulfilment.fulfil(doc, doc.flags.services)
	_tell(doc, "submitted")
	write_late(doc, reception_no=next_number("reception", doc.branch, doc.posted_at))


def before_cancel(doc: Document) -> None:
	"""Refuse while payments are allocated to it, saying which to undo first. Raises ConflictError."""
	lock(doc)
	open_now = balances.of_receptions([doc.name], lock=True)[doc.name]
	if open_now != to_decimal(doc.patient_share):
		frappe.throw(
			_("This reception is partly or wholly paid. Undo or pay back these receipts first: {0}").format(
				", ".join(_receipts_of(doc.name))
			),
			ConflictError,
		)
	doc.outstanding = 0


def on_cancel(doc: Document) -> None:
	"""Mirror everything it posted."""
	fulfilment.reverse(doc, doc.cancel_reason or _("Cancelled"))
	promised.mark_unused(doc)
	_tell(doc, "cancelled")


def cancel(reception: str, reason: str) -> Document:
	"""Cancel a submitted reception, or throw a draft away. Raises InvalidInputError without a reason."""
	if not (reason or "").strip():
		frappe.throw(_("Please give a reason."), InvalidInputError)
	patient = frappe.db.get_value(DOCTYPE, reception, "patient")
	if not patient:
		frappe.throw(_("{0} {1} not found").format(_(DOCTYPE), reception), frappe.DoesNotExistError)
	lock_rows([("Clinic Patient", patient)])
	doc = frappe.get_doc(DOCTYPE, reception, for_update=True)
	doc.flags.update({"patient_locked": True, "ignore_permissions": True, "ignore_links": True})
	if doc.docstatus == 2:
		frappe.throw(_("This reception is already cancelled."), ConflictError)
	if doc.docstatus == 0:
		doc.delete(ignore_permissions=True)
		return doc
	doc.cancel_reason = reason.strip()
	doc.cancel()
	return doc


GIVEN = (
	"service",
	"area",
	"quantity",
	"action",
	"practitioner",
	"technician",
	"assistant",
	"contract",
	"supplementary_contract",
	"contract_choice",
	"discount_percent",
	"discount_amount",
	"is_touch_up",
	"entitlement",
	"session",
	"proforma",
	"proforma_line",
)
"""What a person says of a line; everything else follows from it."""


def create(visit: Document, services: list[dict], submit: bool = True) -> Document:
	"""A reception of `visit`; `services`: rows of the fields named in `GIVEN`, only `service` is needed."""
	doc = frappe.get_doc({"doctype": DOCTYPE, "visit": visit.name})
	for given in services:
		row = doc.append("lines", {key: given[key] for key in GIVEN if given.get(key) not in (None, "")})
		row.practitioner = row.practitioner or visit.practitioner
	doc.flags.update({"patient_locked": True, "ignore_permissions": True, "ignore_links": True})
	doc.docstatus = 1 if submit else 0
	return doc.insert()


def _receipts_of(reception: str) -> list[str]:
	payment, row = frappe.qb.DocType("Clinic Payment"), frappe.qb.DocType("Clinic Payment Allocation")
	return (
		frappe.qb.from_(payment)
		.join(row)
		.on(row.parent == payment.name)
		.select(payment.receipt_no)
		.where((row.reception == reception) & (payment.docstatus == 1))
		.orderby(payment.posted_at)
		.run(pluck=True)
	)


def _tell(doc: Document, action: str) -> None:
	events.emit(
		"clinic_on_reception",
		events=[
			{
				"reception": doc.name,
				"visit": doc.visit,
				"patient": doc.patient,
				"appointment": frappe.db.get_value("Clinic Visit", doc.visit, "appointment"),
				"services": [row.service for row in doc.lines],
				"action": action,
			}
		],
	)
	changed(DOCTYPE, doc.name)
