"""The tabs of a statement that this app fills (B20–B24, B26): each a few queries, whatever the length.

Every function takes (patient, start, page_length) and returns (rows, has_more); the caller has
checked the permission.
"""

from collections.abc import Callable
from typing import Any

import frappe
from clinic_core.foundation import events
from clinic_core.scheduling import day_list
from frappe import _

from clinic_reception.statement.account import transactions

Page = tuple[list[dict[str, Any]], bool]


def receptions(patient: str, start: int, page_length: int) -> Page:
	"""All receptions, drafts and cancelled ones too, with their services (B21)."""
	rows = _page(
		"Clinic Reception",
		{"patient": patient},
		[
			"name",
			"reception_no",
			"posted_at",
			"creation",
			"total",
			"insurer_share",
			"patient_share",
			"outstanding",
			"status",
			"visit",
			"visit.status as visit_status",
		],
		("creation", "name"),
		start,
		page_length,
	)
	services = services_of([row.name for row in rows])
	for row in rows:
		row["posted_at"] = _when(row.posted_at or row.pop("creation"))
		row.pop("creation", None)
		row["services"] = services.get(row.name, [])
	return _split(rows, page_length)


def services_of(names: list[str]) -> dict[str, list[dict[str, Any]]]:
	"""Services of receptions with what was done and what is left (B21), in one query."""
	if not names:
		return {}
	rows = frappe.get_all(
		"Clinic Reception Line",
		filters={"parent": ("in", names), "parenttype": "Clinic Reception"},
		fields=["parent", "service", "service.service_name as service_name", "quantity", "action", "total"],
		order_by="`tabClinic Reception Line`.`parent` asc, `tabClinic Reception Line`.`idx` asc",
	)
	found: dict[str, list[dict[str, Any]]] = {}
	for row in rows:
		found.setdefault(row.pop("parent"), []).append(row)
	return found


def appointments(patient: str, start: int, page_length: int) -> Page:
	"""Past and future appointments with what the user may do with each (B22)."""
	rows = _page(
		"Clinic Appointment",
		{"patient": patient},
		[
			"name",
			"start",
			"end",
			"service",
			"service.service_name as service_name",
			"practitioner",
			"practitioner.practitioner_name as practitioner_name",
			"branch",
			"status",
		],
		("start", "name"),
		start,
		page_length,
	)
	for row in rows:
		row["start"], row["end"] = _when(row.start), _when(row.end)
		row["can"] = [a for a in day_list.actions_for(row.status) if a not in ("undo", "no_show")]
	return _split(rows, page_length)


def deposits(patient: str, start: int, page_length: int) -> Page:
	"""Deposits and what is left of them (B24)."""
	rows = _page(
		"Clinic Deposit",
		{"patient": patient},
		[
			"name",
			"payment",
			"payment.receipt_no as receipt_no",
			"received_at",
			"service.service_name as service_name",
			"amount",
			"available",
			"refunded",
			"status",
		],
		("received_at", "name"),
		start,
		page_length,
	)
	for row in rows:
		row["received_at"] = _when(row.received_at)
	return _split(rows, page_length)


def club(patient: str, start: int, page_length: int) -> Page:
	"""The points system is not on yet (B26)."""
	return [], False


def summary(patient: str, start: int, page_length: int) -> Page:
	"""Everything by time, newest first (B14, B20), with what other apps add."""
	need = start + page_length
	rows = [row for source in _SOURCES for row in source(patient, need)]
	for answer in events.gather("clinic_timeline_sources"):
		for source in answer:
			method = frappe.get_attr(source["method"])
			rows += method(patient=patient, start=0, page_length=need + 1)["rows"]
	rows.sort(key=lambda row: str(row["when"] or ""), reverse=True)
	return rows[start:need], len(rows) > need


def _receptions_by_time(patient: str, need: int) -> list[dict[str, Any]]:
	rows, _more = receptions(patient, 0, need + 1)
	return [
		_event(
			row.posted_at,
			"reception",
			", ".join(s.service_name for s in row.services),
			row.status,
			row.total,
			("Clinic Reception", row.name),
		)
		for row in rows
	]


def _appointments_by_time(patient: str, need: int) -> list[dict[str, Any]]:
	rows, _more = appointments(patient, 0, need + 1)
	return [
		_event(row.start, "appointment", row.service_name, row.status, None, ("Clinic Appointment", row.name))
		for row in rows
	]


def _payments_by_time(patient: str, need: int) -> list[dict[str, Any]]:
	rows = frappe.get_all(
		"Clinic Payment",
		filters={"patient": patient, "docstatus": (">", 0)},
		fields=["name", "posted_at", "direction", "purpose", "status", "total", "receipt_no"],
		order_by="posted_at desc, name desc",
		limit=need + 1,
	)
	return [
		_event(
			_when(row.posted_at),
			_kind_of(row),
			row.receipt_no,
			row.status,
			-row.total if row.direction == "Refund" else row.total,
			("Clinic Payment", row.name),
		)
		for row in rows
	]


def _kind_of(row: Any) -> str:
	if row.direction == "Refund":
		return "refund"
	return "deposit" if row.purpose == "Deposit" else "payment"


def _event(
	when: str | None, kind: str, title: str, status: str, amount: float | None, document: tuple[str, str]
) -> dict[str, Any]:
	return {
		"when": when,
		"kind": kind,
		"title": title,
		"status": status,
		"amount": amount,
		"doctype": document[0],
		"name": document[1],
	}


_SOURCES = (_receptions_by_time, _appointments_by_time, _payments_by_time)

OURS: dict[str, Callable[[str, int, int], Page]] = {
	"summary": summary,
	"receptions": receptions,
	"appointments": appointments,
	"transactions": transactions,
	"deposits": deposits,
	"club": club,
}


def labels() -> list[dict[str, str]]:
	"""Tabs in order with translated labels; tabs of other apps stand before the club."""
	ours = [
		{"tab": "summary", "label": _("Summary")},
		{"tab": "receptions", "label": _("Receptions")},
		{"tab": "appointments", "label": _("Appointments")},
		{"tab": "transactions", "label": _("Transactions")},
		{"tab": "deposits", "label": _("Deposits")},
	]
	others = [{"tab": tab["tab"], "label": _(tab["label"])} for tab in foreign()]
	return [*ours, *others, {"tab": "club", "label": _("Customer club")}]


def foreign() -> list[dict[str, str]]:
	"""Tabs other apps add through the hook `clinic_statement_tabs`: {tab, label, method}."""
	return [tab for answer in events.gather("clinic_statement_tabs") for tab in answer]


def _page(
	doctype: str,
	filters: dict[str, Any],
	fields: list[str],
	newest_by: tuple[str, str],
	start: int,
	page_length: int,
) -> list[Any]:
	return frappe.get_all(
		doctype,
		filters=filters,
		fields=fields,
		order_by=", ".join(f"`tab{doctype}`.`{field}` desc" for field in newest_by),
		limit_start=start,
		limit_page_length=page_length + 1,
	)


def _split(rows: list[Any], page_length: int) -> Page:
	return rows[:page_length], len(rows) > page_length


def _when(value: Any) -> str | None:
	return str(value)[:19] if value else None
