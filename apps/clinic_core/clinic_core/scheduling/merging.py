"""Appointments and the merging of patients: nobody is in two rooms at once (N1, N6)."""

import frappe
from frappe import _
from frappe.utils import now_datetime

from clinic_core.foundation.shown_days import shown_moment
from clinic_core.scheduling.states import OCCUPYING

DOCTYPE = "Clinic Appointment"


def clinic_merge_refusals(keep: str, duplicate: str) -> list[str]:
	"""Appointments of the two files that overlap from now on, each pair named. One query."""
	rows = frappe.get_all(
		DOCTYPE,
		filters={
			"patient": ("in", [keep, duplicate]),
			"end": (">", now_datetime()),
			"status": ("in", sorted(OCCUPYING)),
		},
		fields=["name", "patient", "start", "end", "service.service_name as service_name"],
		order_by="`tabClinic Appointment`.`start` asc, `tabClinic Appointment`.`name` asc",
		limit_page_length=0,
	)
	mine = [row for row in rows if row.patient == keep]
	others = [row for row in rows if row.patient == duplicate]
	return [
		_("Appointments overlap: {0} on {1} and {2} on {3}. Move or cancel one of them.").format(
			_escaped(one.service_name),
			shown_moment(one.start),
			_escaped(other.service_name),
			shown_moment(other.start),
		)
		for one in mine
		for other in others
		if one.start < other.end and other.start < one.end
	]


def _escaped(text: str | None) -> str:
	return frappe.utils.escape_html(text or _("Appointment"))
