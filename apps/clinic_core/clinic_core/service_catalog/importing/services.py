"""The import of services (E037): each through its own document, so prices are dated and rules hold."""

from collections.abc import Sequence
from typing import Any

import frappe
from frappe import _
from frappe.utils import get_datetime

from clinic_core.people.importing import masters
from clinic_core.people.importing.columns import Field
from clinic_core.people.importing.kind import Done, Kind, Run, one_by_one
from clinic_core.people.importing.rows import CREATED, SKIP, UPDATE, UPDATED, Row
from clinic_core.people.names import fold

SERVICE = "Clinic Service"
DEPARTMENT = "Clinic Department"
_FLAGS = ("bookable_online", "is_countable", "has_insurance", "is_session_based")
_GIVEN = (
	*("service_name", "department", "amount", "duration_minutes", "code", "barcode", "tax_id", "tax_percent"),
	*("relative_value_code", "national_code", "session_count", "session_interval_days", *_FLAGS),
)


class Services(Kind):
	"""Services with their departments and prices."""

	key = "services"
	label = "Services"
	doctype = SERVICE
	hint = "Names, departments, prices, durations, codes and tax ids"
	duplicates = (SKIP, UPDATE)
	matches = ("code", "service_name")
	may_create_missing = True
	order = 20
	fields = (
		Field(
			"service_name",
			"Service name",
			headings=(
				"service",
				"name",
				"title",
				"نام خدمت",
				"خدمت",
				"نام",
				"عنوان",
				"شرح خدمت",
				"hizmet",
				"hizmet adı",
			),
			required=True,
		),
		Field(
			"department",
			"Department",
			headings=(
				"group",
				"category",
				"section",
				"دپارتمان",
				"بخش",
				"گروه",
				"دسته",
				"departman",
				"bölüm",
			),
			required=True,
			is_default=True,
			options=DEPARTMENT,
		),
		Field(
			"amount",
			"Amount",
			reader="money",
			headings=("price", "fee", "tariff", "cost", "قیمت", "مبلغ", "تعرفه", "هزینه", "fiyat", "ücret"),
			required=True,
		),
		Field(
			"duration_minutes",
			"Duration (minutes)",
			reader="whole",
			headings=("duration", "minutes", "length", "مدت", "مدت زمان", "زمان", "دقیقه", "süre"),
			required=True,
			is_default=True,
			options="5\n10\n15\n20\n30\n45\n60\n90\n120",
		),
		Field("code", "Code", reader="code", headings=("service code", "کد", "کد خدمت", "کد سرویس", "kod")),
		Field("barcode", "Barcode", reader="code", headings=("bar code", "بارکد", "barkod")),
		Field("tax_id", "Tax id", reader="code", headings=("شناسه مالیاتی", "شناسه کالا", "vergi no")),
		Field(
			"tax_percent",
			"Tax percent",
			reader="number",
			headings=("tax", "vat", "مالیات", "درصد مالیات", "kdv"),
		),
		Field(
			"relative_value_code",
			"Relative value code",
			reader="code",
			headings=("rvu code", "کد ارزش نسبی", "کد k", "ارزش نسبی"),
		),
		Field(
			"national_code", "National or ISO code", reader="code", headings=("کد ملی خدمت", "کد بین المللی")
		),
		Field(
			"is_session_based",
			"Session service",
			reader="yes_no",
			headings=("sessions", "جلسه ای", "جلسه‌ای", "دوره ای"),
		),
		Field(
			"session_count",
			"Number of sessions",
			reader="whole",
			headings=("session count", "تعداد جلسات", "تعداد جلسه"),
		),
		Field(
			"session_interval_days",
			"Days between sessions",
			reader="whole",
			headings=("interval", "فاصله جلسات", "فاصله روز"),
		),
		Field(
			"bookable_online",
			"Online booking",
			reader="yes_no",
			headings=("online", "نوبت آنلاین", "رزرو آنلاین"),
		),
		Field("is_countable", "Countable", reader="yes_no", headings=("شمارشی", "تعدادی")),
		Field(
			"has_insurance", "With insurance", reader="yes_no", headings=("insurance", "بیمه", "بیمه دارد")
		),
	)

	def begin(self, run: Run) -> None:
		"""Departments and services by what people call them."""
		run.context["departments"] = masters.load(DEPARTMENT, "Department", "title")

	def settle(self, run: Run, rows: Sequence[Row]) -> None:
		"""Departments that exist, or will be made; services that are there already; none twice."""
		by_code, by_name = _there()
		wanted = set(run.options.matches or self.matches)
		seen: dict[tuple[str, str], int] = {}
		for row in rows:
			said = row.values.get("department")
			known = run.context["departments"].names.get(fold(str(said or "")))
			if said and not known and run.options.create_missing:
				row.values["new_department"] = said
			else:
				row.values["department"] = run.context["departments"].find(row, "department")
			place = (
				fold(row.values.get("service_name") or ""),
				row.values.get("department") or fold(str(said or "")),
			)
			if "code" in wanted:
				row.existing = by_code.get(row.values.get("code"))
			if not row.existing and "service_name" in wanted:
				row.existing = by_name.get(place)
			if row.is_open and seen.setdefault(place, row.number) != row.number:
				row.refuse("service_name", _("Row {0} has the same.").format(seen[place]))

	def write(self, run: Run, rows: Sequence[Row]) -> None:
		"""Each through its document."""
		one_by_one(rows, lambda row: _write(run, row))

	def shown(self, run: Run, row: Row) -> dict[str, Any]:
		"""Departments by their title."""
		title = run.context["departments"].titles.get(row.values.get("department"))
		shown = title or row.values.get("new_department")
		new = _("{0} (new)").format(shown) if row.values.get("new_department") else shown
		return {**row.values, "department": new}

	def take_back(self, run: Run, done: Sequence[Done]) -> dict[str, str]:
		"""Services nobody edited or used are deleted, changed ones get their old values."""
		kept: dict[str, str] = {}
		rows = {one.name: Row(0, {}) for one in done}
		wanted = {id(rows[one.name]): one for one in done}
		one_by_one(list(rows.values()), lambda row: _undo(wanted[id(row)]))
		for name, row in rows.items():
			if row.problems:
				kept[name] = row.problems[0].text
		return kept


def _there() -> tuple[dict[str, str], dict[tuple[str, str], str]]:
	rows = frappe.get_all(
		SERVICE,
		fields=["name", "code", "service_name", "department"],
		order_by="name asc",
		limit_page_length=0,
	)
	by_code = {row.code: row.name for row in rows if row.code}
	return by_code, {(fold(row.service_name), row.department): row.name for row in rows}


def _write(run: Run, row: Row) -> None:
	given = {key: row.values.get(key) for key in _GIVEN if row.values.get(key) not in (None, "")}
	if row.values.get("new_department"):
		given["department"] = _department(run, row.values["new_department"])
	given = {key: float(value) if key in ("amount", "tax_percent") else value for key, value in given.items()}
	if row.existing:
		doc = frappe.get_doc(SERVICE, row.existing, for_update=True)
		given.pop("code", None)
		row.before = {key: doc.get(key) for key in given}
		doc.update(given)
		doc.save(ignore_permissions=True)
		row.done(UPDATED, doc.name)
		return
	doc = frappe.get_doc({"doctype": SERVICE, **given})
	doc.insert(ignore_permissions=True)
	row.done(CREATED, doc.name)


def _department(run: Run, title: str) -> str:
	"""The department of that title, made when the first of its services comes."""
	name = frappe.db.get_value(DEPARTMENT, {"title": title}, "name")
	if not name:
		doc = frappe.get_doc({"doctype": DEPARTMENT, "title": title, "is_active": 1})
		name = doc.insert(ignore_permissions=True).name
	return name


def _undo(one: Done) -> None:
	modified = frappe.db.get_value(SERVICE, one.reference, "modified", for_update=True)
	if not modified:
		frappe.throw(_("It is not there any more."))
	# A document is written a moment before its row of the book.
	if get_datetime(modified) > get_datetime(one.written_at):
		frappe.throw(_("It was edited since."))
	if one.outcome == CREATED:
		frappe.delete_doc(SERVICE, one.reference, ignore_permissions=True)
		return
	doc = frappe.get_doc(SERVICE, one.reference, for_update=True)
	doc.update(one.before or {})
	doc.save(ignore_permissions=True)
