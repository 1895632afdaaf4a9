"""Whom a breach concerns: those whose files an account saw, from the log of views (E007)."""

from typing import Any

import frappe
from frappe import _
from frappe.utils import get_datetime, now_datetime

from clinic_core.foundation.bulk import insert_many
from clinic_core.foundation.errors import refuse_input
from clinic_core.people.access_log.seen import DOCTYPE as LOG
from clinic_core.people.merging import whole

BREACH = "Clinic Breach"
MOST = 2000


def prepare(breach: str) -> dict[str, Any]:
	"""Add everybody whose file the named account saw in the period → {added, affected, unnamed}.

	Who is in the list already keeps his row. Of exports with too many people to be named the log keeps
	their number only: `unnamed` says how many such rows there are, to be looked at by hand.
	"""
	doc = frappe.get_doc(BREACH, breach, for_update=True)
	if not doc.seen_by:
		refuse_input(_("Account that saw the files"), _("Choose the account, or add the people by hand."))
	patients, unnamed = _seen(doc)
	if len(patients) > MOST:
		refuse_input(
			_("Affected"),
			_("{0} people are too many for one list. Choose a shorter period.").format(len(patients)),
		)
	known = {row.patient for row in doc.affected}
	new = [patient for patient in patients if patient not in known]
	if new:
		_add(doc, new)
	return {"added": len(new), "affected": doc.affected_count, "unnamed": unnamed}


def _add(doc: Any, patients: list[str]) -> None:
	"""Two thousand rows in one statement; `save` would ask and write three for each of them."""
	before = frappe.get_doc(BREACH, doc.name)
	rows = frappe.get_all(
		"Clinic Patient",
		{"name": ("in", patients)},
		["name as patient", "full_name as patient_name"],
		order_by="name asc",
		limit_page_length=0,
	)
	for row in rows:
		doc.append("affected", {"name": frappe.generate_hash(length=12), **row})
	doc.validate()
	_insert(doc, doc.affected[-len(rows) :])
	doc.db_set({"affected_count": doc.affected_count, "to_notify_count": doc.to_notify_count}, notify=True)
	version = frappe.new_doc("Version")
	if version.update_version_info(before, doc):
		version.insert(ignore_permissions=True)


def _insert(doc: Any, rows: list[Any]) -> None:
	now, user = now_datetime(), frappe.session.user
	same = {
		"creation": now,
		"modified": now,
		"owner": user,
		"modified_by": user,
		"docstatus": 0,
		"parent": doc.name,
		"parenttype": BREACH,
		"parentfield": "affected",
	}
	insert_many(
		"Clinic Breach Patient",
		["name", "idx", "patient", "patient_name", *same],
		[[row.name, row.idx, row.patient, row.patient_name, *same.values()] for row in rows],
	)


def _seen(doc: Any) -> tuple[list[str], int]:
	"""Patients by the file that is kept, and rows of the log that name nobody. Two queries."""
	table = frappe.qb.DocType(LOG)
	query = frappe.qb.from_(table).select(table.patient).distinct().where(table.user == doc.seen_by)
	if doc.seen_from:
		query = query.where(table.at >= get_datetime(doc.seen_from))
	if doc.seen_to:
		query = query.where(table.at <= get_datetime(doc.seen_to))
	named = query.where(table.patient.isnotnull()).run(pluck=True)
	filters = {"user": doc.seen_by, "patient": ("is", "not set"), "what": "Export"}
	unnamed = len(frappe.get_all(LOG, filters, pluck="name", order_by="at desc", limit=MOST))
	kept = whole.kept_of_many(named)
	return sorted({kept.get(patient, patient) for patient in named}), unnamed
