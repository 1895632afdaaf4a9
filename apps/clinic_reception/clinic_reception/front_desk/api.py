"""Endpoints of the front desk (`design.md` §5). Who may call what: `clinic_reception/access.py`."""

from collections.abc import Callable
from typing import Any

import frappe
from clinic_core.foundation import boundary, branch_scope, wire
from clinic_core.foundation.errors import refuse_input
from clinic_core.people import entitlements
from frappe import _

from clinic_reception import access
from clinic_reception.front_desk import (
	admission,
	figures,
	promised,
	receptions,
	sessions_to_plan,
	visits,
)
from clinic_reception.front_desk import board as boards
from clinic_reception.front_desk import triage as triages

_MODULE = "clinic_reception.front_desk.api."


@frappe.whitelist(methods=["GET"])
def board(date: str | None = None, branch: str | None = None) -> dict[str, list[dict]]:
	"""The flow board of a day: {appointments, reception, consultation, treatment, done} (D02, D03)."""
	access.require("see_board")
	return boards.board(wire.parse_date(date, _("Date")), branch)


@frappe.whitelist(methods=["GET"])
def today_counts(date: str | None = None, branch: str | None = None) -> dict[str, int]:
	"""How many patients are in each lane of the board."""
	access.require("see_board")
	return boards.today_counts(wire.parse_date(date, _("Date")), branch)


@frappe.whitelist(methods=["GET"])
def paid_not_used(patient: str) -> list[dict]:
	"""What a patient has bought and not used yet (D21, D49), with the plan of its sessions."""
	access.require("see_board")
	wire.require_permission("Clinic Patient", "read", patient)
	rows = sessions_to_plan.mark(entitlements.open_for(patient))
	if not access.may("see_money"):
		rows = [{**row, "unit_value": None} for row in rows]
	return rows


@frappe.whitelist(methods=["GET"])
def promised_prices(patient: str) -> list[dict]:
	"""Issued proformas of a patient that still hold, each with its lines at the promised prices."""
	access.require("sell")
	wire.require_permission("Clinic Patient", "read", patient)
	return promised.open_for(patient, frappe.utils.getdate())


@frappe.whitelist(methods=["POST"])
def receive(
	appointment: str | None = None,
	patient: str | None = None,
	visit_type: str | None = None,
	services: str | list | None = None,
	immediate: int | bool = 0,
	branch: str | None = None,
	practitioner: str | None = None,
	submit: int | bool = 1,
	note: str | None = None,
	idempotency_key: str | None = None,
) -> dict:
	"""Receive an appointment or a walk-in (D07, D16–D20) → {visit, reception, total, patient_share,
	session_plans, to_plan}. `to_plan`: purchases whose sessions are still to be planned (A05).
	`services`: [{service, area, quantity, action, practitioner, technician, assistant, contract,
	supplementary_contract, contract_choice, discount_percent or discount_amount, is_touch_up}]."""
	access.require("receive")
	rows = _services(services)
	_may_see(appointment, patient)
	branch_scope.require(branch)

	def work() -> dict:
		visit, reception = admission.receive(
			appointment, patient, visit_type, rows, bool(immediate), branch, practitioner, bool(submit), note
		)
		branch_scope.require(visit.branch)  # known only now when none was asked for
		return _received(visit, reception)

	content = {"appointment": appointment, "patient": patient, "visit_type": visit_type, "services": rows}
	content |= {"immediate": bool(immediate), "branch": branch, "practitioner": practitioner, "note": note}
	return boundary.command(_MODULE + "receive", idempotency_key, work, content=content)


@frappe.whitelist(methods=["POST"])
def sell(
	visit: str,
	services: str | list | None = None,
	submit: int | bool = 1,
	idempotency_key: str | None = None,
) -> dict:
	"""A further reception on a visit → like `receive`."""
	access.require("sell")
	wire.require_permission("Clinic Visit", "read", visit)
	rows = _services(services)

	def work() -> dict:
		reception = admission.sell(visit, rows, bool(submit))
		return _received(frappe.get_doc("Clinic Visit", visit), reception)

	return boundary.command(
		_MODULE + "sell",
		idempotency_key,
		work,
		content={"visit": visit, "services": rows, "submit": bool(submit)},
	)


@frappe.whitelist(methods=["POST"])
def cancel_reception(reception: str, reason: str, idempotency_key: str | None = None) -> dict:
	"""Cancel an unpaid reception: everything it posted is mirrored → {reception, status}."""
	access.require("cancel_reception")
	wire.require_permission("Clinic Reception", "read", reception)

	def work() -> dict:
		doc = receptions.cancel(reception, reason)
		return {"reception": doc.name, "status": doc.status}

	return _run("cancel_reception", idempotency_key, work, reception=reception, reason=reason)


@frappe.whitelist(methods=["POST"])
def set_visit_status(visit: str, status: str, idempotency_key: str | None = None) -> dict:
	"""Move a visit by hand; who may is in the transition table → {visit, status, next}."""
	access.require("move_visit")
	wire.require_permission("Clinic Visit", "read", visit)

	def work() -> dict:
		doc = visits.set_status(visit, status)
		return {"visit": doc.name, "status": doc.status, "next": visits.steps_of(doc.status)}

	return _run("set_visit_status", idempotency_key, work, visit=visit, status=status)


@frappe.whitelist(methods=["POST"])
def undo_visit(visit: str, reason: str | None = None, idempotency_key: str | None = None) -> dict:
	"""Undo a mis-click “receive” → {visit, status}."""
	access.require("undo_visit")
	wire.require_permission("Clinic Visit", "read", visit)

	def work() -> dict:
		doc = visits.undo(visit, reason)
		return {"visit": doc.name, "status": doc.status}

	return _run("undo_visit", idempotency_key, work, visit=visit, reason=reason)


@frappe.whitelist(methods=["POST"])
def triage(
	visit: str,
	kind: str,
	practitioner: str | None = None,
	department: str | None = None,
	idempotency_key: str | None = None,
) -> dict:
	"""Send to a consultant or to treatment (D12–D14, D27) → {triage, visit_status}."""
	access.require("triage")
	wire.require_permission("Clinic Visit", "read", visit)

	def work() -> dict:
		return _triaged(triages.triage(visit, kind, practitioner or None, department or None))

	return _run(
		"triage",
		idempotency_key,
		work,
		visit=visit,
		kind=kind,
		practitioner=practitioner,
		department=department,
	)


@frappe.whitelist(methods=["POST"])
def void_triage(triage: str, reason: str, idempotency_key: str | None = None) -> dict:
	"""Void a triage with a reason (D28, D29) → {triage, visit_status}."""
	access.require("void_triage")
	wire.require_permission("Clinic Triage", "read", triage)
	return _run(
		"void_triage",
		idempotency_key,
		lambda: _triaged(triages.void(triage, reason)),
		triage=triage,
		reason=reason,
	)


def _run(method: str, key: str | None, work: Callable[[], dict], **content: Any) -> dict:
	return boundary.command(_MODULE + method, key, work, content=content)


def _services(value: str | list | None) -> list[dict[str, Any]]:
	"""The services as typed: numbers in any digits; anything that is no row is refused by name."""
	rows = []
	for number, row in enumerate(wire.parse_list(value, _("Services")), 1):
		label = _("Line {0}").format(number)
		if not isinstance(row, dict) or not row.get("service"):
			refuse_input(label, _("Choose the service."))
		quantity = wire.parse_number(row.get("quantity"), _("Quantity"), 1)
		percent = wire.parse_number(row.get("discount_percent"), _("Discount percent"), 0)
		amount = wire.parse_number(row.get("discount_amount"), _("Discount amount"), 0)
		numbers = {"quantity": quantity, "discount_percent": percent, "discount_amount": amount}
		rows.append({**row, **{field: float(value) for field, value in numbers.items()}})
	return rows


def _may_see(appointment: str | None, patient: str | None) -> None:
	if appointment:
		wire.require_permission("Clinic Appointment", "read", appointment)
	elif patient:
		wire.require_permission("Clinic Patient", "read", patient)


def _received(visit: Any, reception: Any) -> dict:
	money = access.may("see_money")
	lines = reception.lines if reception else []
	return {
		"visit": visit.name,
		"visit_no": visit.visit_no,
		"visit_status": visit.status,
		"reception": reception.name if reception else None,
		"reception_no": reception.reception_no if reception else None,
		"total": reception.total if reception and money else 0,
		"patient_share": reception.patient_share if reception and money else 0,
		"session_plans": [row.session_plan for row in lines if row.session_plan],
		"to_plan": sessions_to_plan.of_lines(lines),
		"entitlements": [row.entitlement for row in lines if row.entitlement],
	}


def _triaged(doc: Any) -> dict:
	status = frappe.db.get_value("Clinic Visit", doc.visit, "status")
	return {"triage": doc.name, "visit": doc.visit, "visit_status": status}


@frappe.whitelist(methods=["GET", "POST"])
def card_sales() -> str:
	"""Text of the number card "Sales this month"; the desk asks for cards by POST."""
	access.require("see_money")
	return figures.sales_this_month()


@frappe.whitelist(methods=["GET", "POST"])
def card_debts() -> str:
	"""Text of the number card "Open debts"."""
	access.require("see_money")
	return figures.open_debts()


@frappe.whitelist(methods=["GET", "POST"])
def chart_sales() -> dict[str, Any]:
	"""{labels, datasets} of the chart "Sales per day"."""
	access.require("see_money")
	return figures.sales_per_day()
