"""Who saw what of patients, for who may read the log of views (F82, N3)."""

from typing import Any

import frappe
from frappe import _
from frappe.utils import add_to_date, getdate
from pypika.queries import QueryBuilder

from clinic_core.foundation.errors import refuse_input
from clinic_core.people.access_log import rules
from clinic_core.people.merging.whole import names_of

LOG, PATIENT = "Clinic Access Log", "Clinic Patient"
MOST = 5000


def execute(filters: dict[str, Any] | None = None) -> tuple:
	"""Columns, rows, message; the latest first, at most `MOST`. Raises InvalidInputError for a wrong period."""
	given = frappe._dict(filters or {})
	first = getdate(given.from_date) if given.from_date else None
	last = getdate(given.to_date) if given.to_date else None
	if first and last and first > last:
		refuse_input(_("From date"), _("It must not be after the last day."))
	if given.what and given.what not in rules.KINDS:
		refuse_input(
			_("What", context=LOG),
			_("Choose one of these: {0}.").format(", ".join(_(kind, context=LOG) for kind in rules.KINDS)),
		)
	rows = _query(given, first, last).run(as_dict=True)
	cut = _("Only the latest {0} are shown. Choose a shorter period.").format(MOST)
	return columns(), rows, cut if len(rows) == MOST else None


def _query(given: Any, first: Any, last: Any) -> QueryBuilder:
	log, patient, user = (frappe.qb.DocType(name) for name in (LOG, PATIENT, "User"))
	query = (
		frappe.qb.from_(log)
		.left_join(patient)
		.on(patient.name == log.patient)
		.left_join(user)
		.on(user.name == log.user)
		.select(log.at, log.user, user.full_name.as_("user_name"), log.role, log.what, log.through)
		.select(log.patient, patient.full_name.as_("patient_name"), patient.file_no, log.row_count)
		.select(log.document_type, log.document, log.details, log.ip)
	)
	if given.patient:
		query = query.where(log.patient.isin(names_of(given.patient)))
	for field in ("user", "what"):
		if given.get(field):
			query = query.where(log[field] == given[field])
	if first:
		query = query.where(log.at >= first)
	if last:
		query = query.where(log.at < add_to_date(last, days=1))
	return query.orderby(log.at, log.name, order=frappe.qb.desc).limit(MOST)


def columns() -> list[dict[str, Any]]:
	"""The columns of the report."""
	return [
		_column("at", _("When"), "Datetime", 170),
		_column("user_name", _("Who"), "Data", 160),
		_column("role", _("Role"), "Data", 130),
		_column("what", _("What", context=LOG), "Data", 110),
		_column("patient_name", _("Patient"), "Data", 180),
		_column("file_no", _("File number"), "Data", 100),
		_column("row_count", _("Number of patients"), "Int", 90),
		_column("through", _("Through"), "Data", 130),
		_column("document_type", _("Document type"), "Data", 150),
		_column("details", _("Details"), "Data", 200),
		_column("ip", _("Address of the computer"), "Data", 130),
	]


def _column(fieldname: str, label: str, fieldtype: str, width: int) -> dict[str, Any]:
	return {"fieldname": fieldname, "label": label, "fieldtype": fieldtype, "width": width}
