"""Takes suggested services over into the clinic's own list (A20, A27). Permission-free.

Everything goes through the documents, so that a service from the catalogue is as good as one typed by
hand; all of it or nothing.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import frappe
from frappe import _
from frappe.utils import escape_html

from clinic_core.foundation.errors import refuse_input
from clinic_core.service_catalog.dated_prices import prices
from clinic_core.service_catalog.lists.arrangement import STEP
from clinic_core.service_catalog.suggestions import choice, records

Progress = Callable[[int, int], None]


def adopt(
	wanted: Mapping[str, choice.Prices], language: str | None = None, on_progress: Progress | None = None
) -> dict[str, Any]:
	"""Make services of the suggestions `wanted`: code → prices in Rial. Adopting again changes nothing.

	Names are taken in `language`, by default the site's. Departments the clinic lacks are made, inactive
	ones used again. Services stand at the end of their department, in the order of the catalogue.
	`on_progress(done, of)` is told after each service.

	Returns {created: [{service, service_name, department, without_price}], skipped: [{suggestion, title,
	service, reason}], departments: [{department, title, is_new, is_active_again, count}]}.
	Raises InvalidInputError for a suggestion or an area that does not exist.
	"""
	rows = records.suggestions(list(wanted))
	_refuse_unknown(wanted, rows)
	records.lock_suggestions([row["department"] for row in rows])
	own = records.departments(for_update=True)
	mapped = choice.departments(rows, {name: row.title for name, row in own.items()})
	services = records.lock_services(list(wanted), list(mapped.values()))
	there = choice.already_there(rows, mapped, records.as_services(services))
	spoken = language or choice.language_of(frappe.db.get_single_value("System Settings", "language"))
	new = [row for row in rows if row["code"] not in there]
	made = _Departments(own, mapped, spoken)
	created = _create(new, wanted, made, services, spoken, on_progress)
	return {
		"created": created,
		"skipped": [
			{
				"suggestion": row["code"],
				"title": choice.title(row, spoken),
				"service": there[row["code"]].service,
				"reason": there[row["code"]].reason,
			}
			for row in rows
			if row["code"] in there
		],
		"departments": made.summary(created),
	}


def _refuse_unknown(wanted: Mapping[str, choice.Prices], rows: Sequence[Mapping[str, Any]]) -> None:
	"""Raises InvalidInputError naming what the catalogue does not have."""
	known = {row["code"]: row for row in rows}
	for code, typed in wanted.items():
		if code not in known:
			refuse_input(
				_("Suggested service"), _("There is no suggested service “{0}”.").format(escape_html(code))
			)
		unknown = set(typed.areas) - choice.area_codes(known[code])
		if unknown:
			refuse_input(
				_("Body areas"),
				_("“{0}” has no area “{1}”.").format(
					known[code]["title_en"], escape_html(min(unknown, key=str))
				),
			)


class _Departments:
	"""The departments the new services go to, made or activated when the first of them comes."""

	def __init__(self, own: Mapping[str, Any], mapped: dict[str, str], language: str) -> None:
		self.own, self.mapped, self.language = own, mapped, language
		self.last = max((row.priority or 0 for row in own.values()), default=0)
		self.used: dict[str, dict[str, Any]] = {}

	def of(self, row: Mapping[str, Any]) -> str:
		"""The name of the clinic's department for a suggestion."""
		name = self.mapped.get(row["department"])
		if name in self.used:
			return name
		if name is None:
			doc = self._make(row)
			self.mapped[row["department"]] = name = doc.name
			self.used[name] = {"title": doc.title, "is_new": True, "is_active_again": False}
			return name
		again = not self.own[name].is_active
		if again:
			doc = frappe.get_doc(records.DEPARTMENT, name)
			doc.is_active = 1
			doc.save(ignore_permissions=True)
		self.used[name] = {"title": self.own[name].title, "is_new": False, "is_active_again": again}
		return name

	def _make(self, row: Mapping[str, Any]) -> Any:
		self.last += STEP
		doc = frappe.get_doc(
			{
				"doctype": records.DEPARTMENT,
				"code": row["department"],
				"title": choice.title(row, self.language, "department"),
				"kind": row["department_kind"],
				"priority": self.last,
			}
		)
		return doc.insert(ignore_permissions=True)

	def summary(self, created: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
		"""The departments that got services, with how many."""
		names = [service["department"] for service in created]
		return [
			{"department": name, **facts, "count": names.count(name)} for name, facts in self.used.items()
		]


def _create(
	rows: Sequence[Mapping[str, Any]],
	wanted: Mapping[str, choice.Prices],
	departments: _Departments,
	services: Sequence[Mapping[str, Any]],
	language: str,
	on_progress: Progress | None,
) -> list[dict[str, Any]]:
	last: dict[str, int] = {}
	for service in services:
		last[service.department] = max(last.get(service.department, 0), service.priority or 0)
	kinds = records.resource_kinds() if rows else set()
	codes = _codes(rows)
	created = []
	for row in rows:
		department = departments.of(row)
		last[department] = last.get(department, 0) + STEP
		fields = choice.service_fields(row, wanted[row["code"]], language, kinds)
		place = {"code": codes[row["code"]], "department": department, "priority": last[department]}
		created.append(_insert({**fields, **place}))
		if on_progress:
			on_progress(len(created), len(rows))
	return created


def _insert(fields: Mapping[str, Any]) -> dict[str, Any]:
	doc = frappe.get_doc({"doctype": records.SERVICE, **fields})
	doc.flags.price_source = prices.SUGGESTION
	doc.insert(ignore_permissions=True)
	return {
		"service": doc.name,
		"service_name": doc.service_name,
		"department": doc.department,
		"without_price": doc.status == "Inactive",
	}


def _codes(rows: Sequence[Mapping[str, Any]]) -> dict[str, str]:
	"""The code each new service gets: that of the catalogue, or the next number if it is taken."""
	wanted = [row["code"] for row in rows]
	taken = set(
		frappe.get_all(records.SERVICE, {"name": ("in", wanted or [""])}, pluck="name", order_by="name")
	)
	return {code: "" if code in taken else code for code in wanted}
