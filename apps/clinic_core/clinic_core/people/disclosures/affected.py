"""Whom a breach concerns: those whose files an account saw, from the log of views (E007)."""

from typing import Any

import frappe
from frappe import _
from frappe.utils import get_datetime

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
	for patient in new:
		doc.append("affected", {"patient": patient})
	doc.save(ignore_permissions=True)
	return {"added": len(new), "affected": doc.affected_count, "unnamed": unnamed}


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
