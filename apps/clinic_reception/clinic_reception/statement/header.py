"""The header of a patient's statement: who he is, what to watch out for, how the accounts stand."""

from typing import Any

import frappe
from clinic_core.people import cards
from frappe import _
from frappe.utils import now_datetime

from clinic_reception.cash_desk import balances, receipts
from clinic_reception.statement import warnings


def header(patient: str) -> dict[str, Any]:
	"""{patient, full_name, file_no, mobile, age, alerts, balance, deposits, credit, points, last_visit,
	next_appointment, tags}; amounts in stored units."""
	card = cards.card(patient)
	balance = balances.of_patient(patient)
	return {
		"patient": patient,
		"full_name": card["full_name"],
		"file_no": card["file_no"],
		"mobile": card["mobile"],
		"gender": card["gender"],
		"age": card["age"],
		"photo": card["photo"],
		"alerts": _alerts(card),
		"tags": card["tags"],
		"balance": float(balance.owes),
		"deposits": float(balance.deposits),
		"credit": float(balance.credit),
		"points": 0,
		"last_visit": _last_visit(patient),
		"next_appointment": _next_appointment(patient),
	}


def _alerts(card: dict[str, Any]) -> list[dict[str, Any]]:
	"""Medical alerts first, then what the apps warn of."""
	alerts = [{**alert, "is_medical": True} for alert in card["alerts"]]
	known = [(text_of(w), w.get("severity") or "info") for w in card["warnings"]]
	return alerts + [{"text": text, "severity": severity} for text, severity in known if text]


def text_of(warning: dict[str, Any]) -> str:
	"""A warning as a sentence; warnings of other apps bring their own `text`."""
	if warning.get("text"):
		return warning["text"]
	amount = warning.get("params", {}).get("amount")
	shown = receipts.shown_money(amount, frappe.local.lang) if amount is not None else None
	code = warning.get("code")
	if code == warnings.UNPAID_DEBT:
		return _("Unpaid: {0}").format(shown) if shown else _("There is an unpaid debt.")
	if code == warnings.OPEN_DEPOSIT:
		return _("In deposits: {0}").format(shown) if shown else _("There is an open deposit.")
	return _("Birthday today") if code == warnings.BIRTHDAY else ""


def _last_visit(patient: str) -> str | None:
	found = frappe.get_all(
		"Clinic Visit",
		filters={"patient": patient, "status": ("!=", "Cancelled")},
		pluck="arrived_at",
		order_by="arrived_at desc",
		limit=1,
	)
	return str(found[0])[:19] if found else None


def _next_appointment(patient: str) -> str | None:
	found = frappe.get_all(
		"Clinic Appointment",
		filters={
			"patient": patient,
			"start": (">=", now_datetime()),
			"status": ("in", ("Held", "Booked", "Confirmed")),
		},
		pluck="start",
		order_by="start asc",
		limit=1,
	)
	return str(found[0])[:19] if found else None
