"""Figures of the workspace: money cards and sales per day. For those who may see money."""

import datetime
from decimal import Decimal
from typing import Any

import frappe
from clinic_core.foundation import cards, charts, compat, settings
from clinic_core.foundation.money import to_decimal
from frappe import _
from frappe.utils import add_days, getdate

RECEPTION = "Clinic Reception"
_SUBMITTED = [RECEPTION, "docstatus", "=", 1]


def sales_this_month() -> str:
	"""Text of the card "Sales this month"."""
	return cards.total(RECEPTION, "total", [_SUBMITTED, [RECEPTION, "posted_at", "Timespan", "this month"]])


def open_debts() -> str:
	"""Text of the card "Open debts"."""
	return cards.total(RECEPTION, "outstanding", [_SUBMITTED, [RECEPTION, "outstanding", ">", 0]])


@frappe.read_only()
def sales_per_day(days: int = 30) -> dict[str, Any]:
	"""Chart of what was sold on each of the last `days` days, today included, in the shown unit.

	One query for each day.
	"""
	today = getdate()
	calendar = [getdate(add_days(today, offset)) for offset in range(1 - days, 1)]
	unit = settings.shown_unit()
	factor = unit.factor if unit else Decimal(1)
	return {
		"labels": [charts.day_label(day) for day in calendar],
		"datasets": [{"name": _("Sales"), "values": [float(_sold_on(day) / factor) for day in calendar]}],
	}


def _sold_on(day: datetime.date) -> Decimal:
	"""What was sold on one day: the database adds up, by the index of the time."""
	within = [[RECEPTION, "posted_at", ">=", str(day)], [RECEPTION, "posted_at", "<", str(add_days(day, 1))]]
	return to_decimal(compat.sum_in_list(RECEPTION, "total", [_SUBMITTED, *within]))
