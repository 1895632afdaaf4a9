"""Clinics that were there before privacy get its settings; a new site has them from the start."""

import frappe

DEFAULTS = {
	"privacy_regime": "IR",
	"data_request_days": 30,
	"export_keep_days": 7,
	"log_keep_days": 90,
	"ip_keep_days": 90,
}


def execute() -> None:
	"""Write what is missing; what somebody set stays."""
	known = frappe.db.get_singles_dict("Clinic Settings")
	for field, value in DEFAULTS.items():
		if known and known.get(field) in (None, ""):
			frappe.db.set_single_value("Clinic Settings", field, value)
