"""Clinics that were there before the lists for paper and calendar feeds get their settings."""

import frappe

DEFAULTS = {
	"notify_patients": "Ask, ticked",
	"feed_names": "Initials",
	"day_list_enabled": 1,
	"day_list_hour": 20,
	"day_list_numbers": "Last digits",
	"day_list_keep_days": 30,
}


def execute() -> None:
	"""Write what is missing; a new site has them from the start."""
	known = frappe.db.get_singles_dict("Clinic Settings")
	for field, value in DEFAULTS.items():
		if known and known.get(field) in (None, ""):
			frappe.db.set_single_value("Clinic Settings", field, value)
