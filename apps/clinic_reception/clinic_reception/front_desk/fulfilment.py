"""What a submitted reception sets in motion: entitlements, session plans and the ledger.

Session services: what is sold is `session_count` (of the body area, if the line is for one) × quantity
units. A free touch-up is performed once and grants nothing. *Sell for Later* grants them
all; *Perform Now* grants them all and delivers the first one today, so N − 1 stay. Other services
performed now grant nothing; sold for later they grant their quantity. *Use Purchased* takes units
of an earlier purchase and earns their share of its value (cumulative rounding, the last unit takes
the remainder). Everything is posted under the reception's name, so that cancelling can mirror it.
"""

import json
from dataclasses import replace
from decimal import Decimal

import frappe
from clinic_core.foundation.document import write_late
from clinic_core.foundation.errors import refuse_input
from clinic_core.foundation.money import to_decimal
from clinic_core.people import entitlements
from clinic_core.scheduling import session_plans
from frappe import _
from frappe.model.document import Document
from frappe.query_builder.functions import Count, Sum

from clinic_reception.cash_desk import ledger, posting
from clinic_reception.front_desk.line_rules import SoldService
from clinic_reception.front_desk.states import PERFORM_NOW, USE_PURCHASED

ZERO = Decimal(0)


def fulfil(doc: Document, services: dict[str, SoldService]) -> None:
	"""Grant, plan, use and post for every line; in one voucher that sums to zero."""
	entries: list[ledger.Entry] = []
	for row in doc.lines:
		carrier = _about(doc, row)
		if row.action == USE_PURCHASED:
			entries += ledger.performance(carrier, _use(doc, row))
			continue
		line = sale_line(carrier, row)
		earned = _sell(doc, row, services[row.service], line.value)
		about = replace(carrier, entitlement=row.entitlement)
		entries += ledger.sale([replace(line, about=about, performed=earned)])
	posting.post(doc.doctype, doc.name, ledger.balanced(entries))


def _about(doc: Document, row: Document) -> ledger.Entry:
	return ledger.about(
		patient=doc.patient,
		reception=doc.name,
		entitlement=row.entitlement,
		legal_entity=row.legal_entity,
		branch=doc.branch,
		department=row.department,
		service=row.service,
		practitioner=row.practitioner,
	)


def sale_line(carrier: ledger.Entry, row: Document) -> ledger.SaleLine:
	"""The money of a line as the ledger takes it: each insurer with its share."""
	return ledger.SaleLine(
		carrier,
		contract_total=to_decimal(row.list_total) + to_decimal(row.contract_adjustment),
		patient_share=to_decimal(row.patient_share),
		insurer_shares=[
			(share.get("insurer") or share["contract"], share["amount"])
			for share in json.loads(row.insurer_shares or "[]")
		],
		discount=to_decimal(row.discount),
		tax=to_decimal(row.tax),
		tax_included=bool(row.tax_included),
	)


def _sell(doc: Document, row: Document, service: SoldService, value: Decimal) -> Decimal:
	"""Grant what is sold for `value` and plan its sessions; returns the value that is earned at once."""
	now = row.action == PERFORM_NOW
	if now and (row.is_touch_up or not service.is_session_based):
		return value
	per_unit = service.sessions_of(row.area) if service.is_session_based else 1
	units = to_decimal(row.quantity) * per_unit
	row.entitlement = entitlements.grant(
		doc.patient, row.service, float(units), value, doc.branch, doc.doctype, doc.name, area=row.area
	)
	row.session_plan = _plan(doc, row, service)
	write_late(row, entitlement=row.entitlement, session_plan=row.session_plan)
	if not now:
		return ZERO
	_attend_or_consume(doc, row, first_session(row.entitlement), 1)
	return ledger.earned_share(value, units, 1, 0)


def _plan(doc: Document, row: Document, service: SoldService) -> str | None:
	"""Lay out all sessions sold, if the service makes its sessions by itself (A05, A14)."""
	if not service.is_session_based or not service.auto_create_sessions:
		return None
	first_date = frappe.utils.getdate(doc.posted_at) if row.action == PERFORM_NOW else None
	return session_plans.plan(
		doc.patient,
		row.service,
		first_date=first_date,
		practitioner=row.practitioner,
		branch=doc.branch,
		origin_doctype=doc.doctype,
		origin_name=doc.name,
		entitlement=row.entitlement,
	).name


def _use(doc: Document, row: Document) -> Decimal:
	"""Use units of a purchase; returns the value that is earned by it."""
	left = to_decimal(entitlements.balance(row.entitlement))
	units = to_decimal(row.quantity)
	bought = frappe.db.get_value(
		"Clinic Entitlement", row.entitlement, ["patient", "service", "quantity", "value"], as_dict=True
	)
	if bought.patient != doc.patient or bought.service != row.service:
		refuse_input(_("Line {0}").format(row.idx), _("This purchase is another patient's or service's."))
	row.session = row.session or first_session(row.entitlement)
	if row.session and frappe.db.get_value("Clinic Session", row.session, "entitlement") != row.entitlement:
		refuse_input(_("Line {0}").format(row.idx), _("This session belongs to another purchase."))
	if row.session:
		write_late(row, session=row.session)
	_attend_or_consume(doc, row, row.session, row.quantity)
	unearned, count = _unearned(row.entitlement)
	if not count:
		return ZERO  # bought before there was a ledger: nothing to move
	value = to_decimal(bought.value)
	used = to_decimal(bought.quantity) - left + units
	return ledger.earned_share(value, bought.quantity, used, value - unearned)


def _unearned(entitlement: str) -> tuple[Decimal, int]:
	"""What of a purchase is not earned yet, by the ledger as it is now, and of how many entries."""
	table = frappe.qb.DocType(posting.DOCTYPE)
	amount, count = (
		frappe.qb.from_(table)
		.select(Sum(table.amount), Count(table.name))
		.where((table.entitlement == entitlement) & (table.account == "Unearned"))
		.for_update()
		.run()[0]
	)
	return -to_decimal(amount), count


def _attend_or_consume(doc: Document, row: Document, session: str | None, units: float) -> None:
	"""Attending a session uses one unit; what has no session is used directly."""
	rest = float(units)
	if session:
		session_plans.attend(session, doc.doctype, doc.name)
		rest -= 1
	if rest > 0:
		entitlements.consume(row.entitlement, rest, doc.doctype, doc.name)


def first_session(entitlement: str) -> str | None:
	"""The session that is given when somebody uses a purchase without saying which.

	One booked for today, else the first without a time, else one that was missed; only then one that is
	booked for another day.
	"""
	rows = frappe.get_all(
		"Clinic Session",
		filters={"entitlement": entitlement, "status": ("in", ("Planned", "Booked", "Absent"))},
		fields=["name", "status", "date", "session_no"],
	)
	today, ranks = frappe.utils.getdate(), ("Planned", "Absent", "Booked")

	def order(row: frappe._dict) -> tuple:
		is_today = row.status == "Booked" and row.date == today
		return not is_today, ranks.index(row.status), row.date, row.session_no

	return min(rows, key=order).name if rows else None


def reverse(doc: Document, reason: str) -> None:
	"""Take back everything `fulfil` did. Raises if what was granted has been used since."""
	attended = frappe.get_all(
		"Clinic Session",
		filters={"reference_doctype": doc.doctype, "reference_name": doc.name, "status": "Attended"},
		pluck="name",
		order_by="date desc, session_no desc",
	)
	for session in attended:
		session_plans.unattend(session, doc.doctype, doc.name, reason)
	session_plans.cancel_for(doc.doctype, doc.name, reason)
	entitlements.reverse_for(doc.doctype, doc.name, reason)
	posting.mirror(doc.doctype, doc.name, reason)
