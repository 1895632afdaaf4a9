"""The list of services as a file, in the language, calendar and unit of whoever asks (A49)."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any

import frappe
from frappe import _
from frappe.model import default_fields, optional_fields
from frappe.utils import escape_html, formatdate, getdate

from clinic_core.foundation import jalali, settings, sheets
from clinic_core.foundation.errors import refuse_input
from clinic_core.foundation.money import to_decimal
from clinic_core.foundation.user_calendar import preference

SERVICE = "Clinic Service"
XLSX, CSV = "xlsx", "csv"
CONTENT_TYPES = {
	XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	CSV: "text/csv; charset=utf-8",
}

# The columns of A33–A48, in the order of the list.
COLUMNS = (
	"code",
	"service_name",
	"department",
	"status",
	"duration_minutes",
	"amount",
	"tax_percent",
	"tax_id",
	"barcode",
	"national_code",
	"show_in_profile",
	"show_price",
	"is_countable",
	"is_fixed_amount",
	"has_insurance",
	"is_outpatient_procedure",
	"counts_in_performance",
	"marketer_percent",
	"referrer_percent",
	"deduction_percent",
	"deduction_amount",
	"bookable_online",
	"pay_online",
	"online_payment_mode",
	"service_type",
	"booking_method",
	"reminder_days",
	"points",
	"is_session_based",
	"session_count",
	"session_interval_days",
	"dental_scope",
	"relative_value_code",
	"professional_units",
	"technical_units",
	"priority",
	"modified",
)


def file_of(filters: Sequence[Any], kind: str, or_filters: Sequence[Any] = ()) -> bytes:
	"""The services the user may see under these filters of the desk's list, as xlsx or csv.

	Two queries, however many services there are. Raises InvalidInputError for a filter by something that
	services do not have.
	"""
	_check_fields([*filters, *or_filters])
	rows = frappe.get_list(
		SERVICE,
		filters=list(filters),
		or_filters=list(or_filters),
		fields=["name", *COLUMNS],
		order_by="department asc, priority asc, service_name asc, name asc",
		limit_page_length=0,
	)
	header = [_label(field) for field in COLUMNS]
	if kind == CSV:
		return sheets.to_csv(header, _cells(rows))
	return sheets.to_xlsx(_("Services"), header, _cells(rows), right_to_left=_is_rtl())


def _check_fields(filters: Sequence[Any]) -> None:
	tables = {SERVICE, *(df.options for df in frappe.get_meta(SERVICE).get_table_fields())}
	for row in filters:
		parts = row if isinstance(row, list) else [row]
		doctype, field = parts[:2] if len(parts) > 3 else (SERVICE, parts[0] if parts else None)
		if doctype not in tables or not _has_field(doctype, field):
			refuse_input(_("Filters"), _("Services have no field “{0}”.").format(escape_html(str(field))))


def _has_field(doctype: str, field: Any) -> bool:
	return isinstance(field, str) and (
		field in (*default_fields, *optional_fields) or frappe.get_meta(doctype).has_field(field)
	)


def file_name(kind: str) -> str:
	"""`services-1405-08-30.xlsx`, or with the Gregorian date."""
	return f"services-{_day(getdate(), '-')}.{kind}"


def _cells(rows: Iterable[Any]) -> Iterator[list[Any]]:
	"""Row by row: titles for links, words for choices and checks, numbers as numbers."""
	readers = [(field, _reader(field)) for field in COLUMNS]
	return ([read(row[field]) for field, read in readers] for row in rows)


def _reader(field: str) -> Callable[[Any], Any]:
	"""How the values of a column are shown. Each word is translated and each day converted only once."""
	df = frappe.get_meta(SERVICE).get_field(field)
	kind = df.fieldtype if df else "Datetime"
	if kind == "Currency":
		unit = settings.shown_unit()
		return lambda value: _plain(unit.to_shown(value) if unit else to_decimal(value))
	if kind == "Datetime":
		shown = lru_cache(maxsize=None)(_day)
		return lambda value: shown(getdate(value))
	if kind == "Check":
		words = {0: _("No"), 1: _("Yes")}
	elif kind == "Select":
		words = {option: _(option) for option in (df.options or "").split("\n") if option}
	elif kind == "Link":
		words = _department_titles()
	else:
		return lambda value: value
	return lambda value: words.get(value, value)


def _department_titles() -> dict[str, str]:
	fields = ["name", "title"]
	rows = frappe.get_all(
		"Clinic Department", fields=fields, order_by="name asc", as_list=True, limit_page_length=0
	)
	return dict(rows)


def _label(field: str) -> str:
	if field == "modified":
		return _("Last changed on")
	df = frappe.get_meta(SERVICE).get_field(field)
	if df.fieldtype != "Currency":
		return _(df.label)
	unit = settings.shown_unit()
	return f"{_(df.label)} ({_(unit.label if unit else settings.stored_unit())})"


def _day(day: Any, separator: str = "/") -> str:
	"""A date in the user's calendar; a Gregorian one as the site writes dates."""
	if preference.is_jalali():
		return jalali.jalali_date(day).replace("/", separator)
	return formatdate(day) if separator == "/" else day.isoformat()


def _plain(amount: Decimal) -> int | float:
	return int(amount) if amount == amount.to_integral_value() else float(amount)


def _is_rtl() -> bool:
	return frappe.local.lang in ("fa", "ar", "he", "ur")
