"""Whose time it is that is taken, in words: the patient's, a room's, a number's, an operator's or the practitioner's."""

import frappe
from frappe import _
from frappe.model.document import Document

from clinic_core.scheduling.seats import CellTaken


def problem(appointment: Document, taken: CellTaken) -> str:
	"""Why an appointment has no place, from the key of the claim that stood in its way."""
	own, key = appointment.own_resource, taken.key
	if taken.is_full:
		return _("All places of that group are taken.")
	if own and key == f"RS:{own}":
		title = frappe.db.get_value("Clinic Resource", own, "title")
		return _("“{0}” is taken at that time.").format(title)
	if key.startswith("PT:"):
		return _("The patient has another appointment at that time.")
	if key.startswith("RS:"):
		return _("No room or device is free at that time.")
	if key.startswith("QU:"):
		return _("All numbers of that queue are given out.")
	if key != f"PR:{appointment.practitioner}":
		return _("No operator is free at that time.")
	return _("That time is already taken.")
