"""Figures of the workspace: money cards and sales per day. For those who may see money."""

from collections import defaultdict
from decimal import Decimal
from typing import Any

import frappe
from clinic_core.foundation import cards, charts, settings
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
	"""Chart of what was sold on each of the last `days` days, today included, in the shown unit."""
	first = add_days(getdate(), 1 - days)
	rows = frappe.get_list(
		RECEPTION,
		filters=[_SUBMITTED, [RECEPTION, "posted_at", ">=", first]],
		fields=["posted_at", "total"],
		order_by="posted_at asc",
		limit_page_length=0,
		ignore_ifnull=True,  # an index serves the bare column only
	)
	sums: dict[Any, Decimal] = defaultdict(Decimal)
	for row in rows:
		sums[getdate(row.posted_at)] += to_decimal(row.total)
	unit = settings.shown_unit()
	factor = unit.factor if unit else Decimal(1)
	calendar = [getdate(add_days(first, offset)) for offset in range(days)]
	return {
		"labels": [charts.day_label(day) for day in calendar],
		"datasets": [{"name": _("Sales"), "values": [float(sums[day] / factor) for day in calendar]}],
	}
