"""The table of service statistics as a file, in the reader's language and unit of money (A29, A49)."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import frappe
from clinic_core.foundation import settings, sheets
from clinic_core.foundation.errors import refuse_input
from clinic_core.foundation.jalali import jalali_date
from clinic_core.foundation.user_calendar import preference
from clinic_core.service_catalog.lists.export import CONTENT_TYPES
from frappe import _
from frappe.utils import formatdate, getdate

MONEY = frozenset(
	{"list_total", "contract_adjustment", "discount", "net", "insurer_share", "patient_share", "previous_net"}
)


def columns() -> list[tuple[str, str]]:
	"""(field, heading) of the table."""
	return [
		("service", _("Code")),
		("service_name", _("Service")),
		("department_title", _("Department")),
		("receptions", _("Receptions")),
		("quantity", _("Quantity sold")),
		("used", _("Purchases used")),
		("list_total", _("At list price")),
		("contract_adjustment", _("Contract adjustment")),
		("discount", _("Discount")),
		("net", _("Net revenue")),
		("insurer_share", _("Insurer share")),
		("patient_share", _("Patient share")),
		("share_percent", _("Share of the whole (%)")),
		("previous_net", _("Net revenue of the period before")),
		("trend_percent", _("Change (%)")),
		("new_patients", _("New patients")),
		("appointments", _("Appointments")),
		("no_shows", _("No-shows")),
		("no_show_percent", _("No-show rate (%)")),
	]


def answer(found: dict[str, Any], file_type: str) -> None:
	"""Let the request answer with the file. `file_type` xlsx or csv. Raises InvalidInputError."""
	if file_type not in CONTENT_TYPES:
		refuse_input(_("File type"), _("Choose one of these: {0}.").format(", ".join(CONTENT_TYPES)))
	title = _("Service statistics")
	header = [_with_unit(field, label) for field, label in columns()]
	rows = _rows(found)
	if file_type == "csv":
		content = sheets.to_csv(header, rows)
	else:
		content = sheets.to_xlsx(title, header, rows, right_to_left=frappe.local.lang == "fa")
	first, last = (_day(found["period"][end]) for end in ("first", "last"))
	frappe.response.update(
		type="download",
		filename=f"service-statistics-{first}-{last}.{file_type}",
		filecontent=content,
		content_type=CONTENT_TYPES[file_type],
	)


def _rows(found: dict[str, Any]) -> list[list[Any]]:
	fields = [field for field, _label in columns()]
	shown = _shown()
	total = {**found["totals"], "service": None, "service_name": _("Total"), "department_title": None}
	return [
		[shown(row.get(field)) if field in MONEY else row.get(field) for field in fields]
		for row in [*found["rows"], total]
	]


def _shown() -> Callable[[Any], Any]:
	"""How a stored amount is written: in the unit people see."""
	unit = settings.shown_unit()

	def show(value: Any) -> Any:
		if value is None or not unit:
			return value
		amount: Decimal = unit.to_shown(value)
		return int(amount) if amount == amount.to_integral_value() else float(amount)

	return show


def _with_unit(field: str, label: str) -> str:
	if field not in MONEY:
		return label
	unit = settings.shown_unit()
	return f"{label} ({_(unit.label if unit else settings.stored_unit())})"


def _day(day: str) -> str:
	if preference.is_jalali():
		return jalali_date(getdate(day)).replace("/", "-")
	return formatdate(day, "yyyy-mm-dd")
