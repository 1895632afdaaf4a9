"""When a patient last had a service performed: what free touch-ups count from (G07)."""

import datetime
from collections.abc import Sequence
from typing import Any

import frappe
from frappe.query_builder.functions import Coalesce, Max
from frappe.utils import getdate

from clinic_reception.front_desk.states import PERFORM_NOW, SELL_FOR_LATER


def clinic_last_performed(patient: str, services: Sequence[str]) -> list[list[str]]:
	"""[service, area or "", "YYYY-MM-DD"] of the last performance of each service and body area.

	Hook `clinic_last_performed` of core: one query by index. Touch-ups are no performance, so one of
	them does not begin the days anew; what was cancelled does not count.
	"""
	if not patient or not services:
		return []
	bill, line = frappe.qb.DocType("Clinic Reception"), frappe.qb.DocType("Clinic Reception Line")
	area = Coalesce(line.area, "")
	rows = (
		frappe.qb.from_(bill)
		.join(line)
		.on((line.parent == bill.name) & (line.parenttype == "Clinic Reception"))
		.select(line.service, area.as_("area"), Max(bill.posted_at).as_("last"))
		.where((bill.patient == patient) & (bill.docstatus == 1))
		.where(line.service.isin(sorted(set(services))))
		.where((line.action != SELL_FOR_LATER) & (line.is_touch_up == 0))
		.groupby(line.service, area)
		.orderby(line.service)
		.orderby(area)
		.run()
	)
	return [[service, area or "", str(getdate(last))] for service, area, last in rows]


def clinic_fee_visits(patient: str, services: Sequence[str]) -> list[list[Any]]:
	"""[service, "YYYY-MM-DD", is_covered, practitioner or ""] of each visit given, oldest first (F18).

	Hook `clinic_fee_visits` of core: one query by index. What was sold for later, bought before or free as a
	touch-up is no visit on a fee; what was cancelled does not count.
	"""
	if not patient or not services:
		return []
	bill, line = frappe.qb.DocType("Clinic Reception"), frappe.qb.DocType("Clinic Reception Line")
	rows = (
		frappe.qb.from_(bill)
		.join(line)
		.on((line.parent == bill.name) & (line.parenttype == "Clinic Reception"))
		.select(line.service, bill.posted_at, line.is_fee_covered, line.practitioner)
		.where((bill.patient == patient) & (bill.docstatus == 1))
		.where(line.service.isin(sorted(set(services))))
		.where((line.action == PERFORM_NOW) & (line.is_touch_up == 0))
		.orderby(bill.posted_at)
		.orderby(line.idx)
		.run()
	)
	return [
		[service, str(getdate(at)), int(is_covered or 0), practitioner or ""]
		for service, at, is_covered, practitioner in rows
	]


def last_performed(patient: str, services: Sequence[str]) -> dict[tuple[str, str], datetime.date]:
	"""The same by (service, area)."""
	return {
		(service, area): datetime.date.fromisoformat(day)
		for service, area, day in clinic_last_performed(patient, services)
	}


def clinic_performed_services(
	service: str,
	first: str,
	last: str,
	after: str = "",
	limit: int = 0,
	patients: Sequence[str] | None = None,
) -> list[list[str]]:
	"""[patient, "YYYY-MM-DD"]: when each last had a service, those whose day lies from `first` to `last`.

	Hook of core, for recalls: of many patients in one query, in the order of their names. `after`, `limit`: the
	next so many; `patients`: of these only.
	"""
	bill, line = frappe.qb.DocType("Clinic Reception"), frappe.qb.DocType("Clinic Reception Line")
	when = Max(bill.posted_at)
	query = (
		frappe.qb.from_(bill)
		.join(line)
		.on((line.parent == bill.name) & (line.parenttype == "Clinic Reception"))
		.select(bill.patient, when)
		.where((line.service == service) & (line.action != SELL_FOR_LATER) & (bill.docstatus == 1))
		.groupby(bill.patient)
		.having((when >= f"{first} 00:00:00") & (when <= f"{last} 23:59:59"))
		.orderby(bill.patient)
	)
	if patients is not None:
		query = query.where(bill.patient.isin(sorted(patients)))
	if after:
		query = query.where(bill.patient > after)
	if limit:
		query = query.limit(limit)
	return [[patient, str(getdate(day))] for patient, day in query.run()]
