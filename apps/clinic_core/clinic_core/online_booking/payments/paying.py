"""Paying for a booking online (A08, A59): begun, asked about, settled once. Permission-free.

The gateway is talked to between two transactions, never inside one. A payment is settled under a lock on its
row, so an answer that comes twice, or by the payer and the job at once, counts once. Money that came stays the
patient's, whatever became of the time: told to the other apps by `clinic_on_online_payment`.
"""

from decimal import Decimal
from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import add_to_date, cint, get_url, now_datetime

from clinic_core.foundation import compat, events, live
from clinic_core.foundation.boundary import command
from clinic_core.foundation.errors import ConflictError
from clinic_core.foundation.locks import lock_rows
from clinic_core.foundation.money import to_decimal
from clinic_core.foundation.state import as_system
from clinic_core.online_booking.payments import choosing, rebooking
from clinic_core.online_booking.payments.gateway import GatewayError, Order, Outcome
from clinic_core.online_booking.payments.states import FAILED, PAID, STARTED, UNKNOWN

DOCTYPE, APPOINTMENT = "Clinic Online Payment", "Clinic Appointment"
HOOK = "clinic_on_online_payment"
RETURN = "booking/pay"


def due(appointment: str) -> Any:
	"""The latest payment of an appointment: {name, status, amount, gateway, authority}, None without one."""
	rows = frappe.get_all(
		DOCTYPE,
		{"appointment": appointment},
		["name", "status", "amount", "gateway", "authority", "booked_appointment"],
		order_by="creation desc, name desc",
		limit=1,
	)
	return rows[0] if rows else None


def record(appointment: Document, amount: Decimal) -> str:
	"""A payment that is to be begun, in the caller's transaction. Returns its name."""
	doc = frappe.get_doc(
		{
			"doctype": DOCTYPE,
			"appointment": appointment.name,
			"patient": appointment.patient,
			"service": appointment.service,
			"branch": appointment.branch,
			"amount": float(amount),
			"gateway": choosing.name(),
			"status": STARTED,
		}
	)
	doc.flags.by_payments = True
	return doc.insert(ignore_permissions=True).name


def begin(payment: str, code: str) -> str | None:
	"""Tell the gateway of a recorded payment → the address the payer goes to, None when it does not answer.

	`code`: the tracking code of its appointment. Called outside a transaction.
	"""
	row = frappe.db.get_value(DOCTYPE, payment, ["gateway", "amount", "service"], as_dict=True)
	title = frappe.db.get_value("Clinic Service", row.service, "service_name")
	order = Order(to_decimal(row.amount), _("Appointment: {0}").format(_(title)), _return_address(), code)
	try:
		begun = choosing.gateway(row.gateway).begin(order)
	except GatewayError as error:
		problem = str(error)
		command(f"{DOCTYPE}.failed", None, lambda: settle(payment, Outcome(FAILED, problem=problem)))
		return None
	command(f"{DOCTYPE}.begun", None, lambda: _write(payment, authority=begun.authority))
	return begun.address


def address_of(payment: str) -> str:
	"""Where a begun payment is paid."""
	kind, authority = frappe.db.get_value(DOCTYPE, payment, ["gateway", "authority"])
	return choosing.gateway(kind).address_of(authority)


def pay_again(appointment: str) -> str:
	"""Record another try for a held appointment whose payment failed. Raises ConflictError."""
	lock_rows([(APPOINTMENT, appointment)])
	doc = frappe.get_doc(APPOINTMENT, appointment)
	last = due(appointment)
	if not last or doc.status != "Held" or last.status in (PAID, UNKNOWN):
		frappe.throw(_("There is nothing to pay for this appointment now."), ConflictError)
	return record(doc, to_decimal(last.amount))


def ask(payment: str) -> str:
	"""Ask the gateway what became of a payment and settle it → its status. Called outside a transaction."""
	row = frappe.db.get_value(DOCTYPE, payment, ["gateway", "amount", "authority", "status"], as_dict=True)
	if row.status == PAID or not row.authority:
		return row.status
	try:
		outcome = choosing.gateway(row.gateway).verify(row.authority, to_decimal(row.amount))
	except GatewayError as error:
		outcome = Outcome(UNKNOWN, problem=str(error))
	return command(f"{DOCTYPE}.settle", None, lambda: settle(payment, outcome))


def settle(payment: str, outcome: Outcome) -> str:
	"""Write what became of a payment, once; what was paid books the time and is told. Returns the status."""
	appointment = frappe.db.get_value(DOCTYPE, payment, "appointment")
	lock_rows([(APPOINTMENT, appointment), (DOCTYPE, payment)])
	doc = frappe.get_doc(DOCTYPE, payment, for_update=True)
	if doc.status == PAID:
		return PAID
	asked = {
		"asked_at": now_datetime(),
		"ask_count": cint(doc.ask_count) + 1,
		"problem": outcome.problem or None,
	}
	if outcome.status != PAID:
		_save(doc, status=outcome.status, **asked)
		return outcome.status
	booked = rebooking.book(appointment)
	_save(
		doc,
		status=PAID,
		reference=outcome.reference,
		card=outcome.card,
		settled_at=now_datetime(),
		booked_appointment=booked,
		**asked,
	)
	_carry(booked or appointment, to_decimal(doc.amount))
	events.emit(HOOK, events=[_told(doc)])
	return PAID


def to_ask(now: Any = None) -> list[str]:
	"""Payments whose end nobody knows, oldest first: unanswered ones, and those nobody came back from.

	After two days a gateway has paid back what was never verified.
	"""
	moment = now or now_datetime()
	since = add_to_date(moment, days=-2)
	unknown = {"status": UNKNOWN, "creation": (">", since)}
	left = {"status": STARTED, "creation": ("between", [since, add_to_date(moment, minutes=-20)])}
	found = []
	for filters in (unknown, left):
		found += frappe.get_all(
			DOCTYPE, {**filters, "authority": ("is", "set")}, pluck="name", order_by="creation asc", limit=100
		)
	return found


def by_authority(authority: str) -> Any:
	"""{name, appointment} of the payment with the gateway's number, None if there is none."""
	if not authority or len(authority) > 64:
		return None
	return frappe.db.get_value(DOCTYPE, {"authority": authority}, ["name", "appointment"], as_dict=True)


def _carry(appointment: str, amount: Decimal) -> None:
	"""The appointment says what was paid for it, also where no till keeps deposits."""
	before = to_decimal(frappe.db.get_value(APPOINTMENT, appointment, "paid_online"))
	frappe.db.set_value(APPOINTMENT, appointment, "paid_online", float(before + amount))
	live.changed(APPOINTMENT, appointment)


def _told(doc: Document) -> dict[str, Any]:
	"""What the other apps are told; survives JSON."""
	return {
		"payment": doc.name,
		"appointment": doc.booked_appointment or doc.appointment,
		"patient": doc.patient,
		"service": doc.service,
		"branch": doc.branch,
		"amount": str(to_decimal(doc.amount)),
		"reference": doc.reference,
		"is_booked": int(bool(doc.booked_appointment)),
	}


def _return_address() -> str:
	return get_url(f"/{RETURN}?_lang={frappe.local.lang}")


def _write(payment: str, **values: Any) -> None:
	_save(frappe.get_doc(DOCTYPE, payment, for_update=True), **values)


def _save(doc: Document, **values: Any) -> None:
	doc.update(values)
	doc.flags.by_payments = True
	doc.flags.ignore_links = True
	messages = compat.mark_messages()
	with as_system():
		doc.save(ignore_permissions=True)
	compat.forget_messages(messages)
