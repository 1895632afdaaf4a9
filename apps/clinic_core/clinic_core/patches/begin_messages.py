"""Clinics that were there before the messages get the settings a new one begins with."""

import frappe

DEFAULTS = {
	"sms_booking": 1,
	"sms_change": 1,
	"sms_cancellation": 1,
	"sms_reminder": 1,
	"sms_reminder_hours": 24,
	"sms_waiting_offer": 1,
	"sms_recall": 1,
	"quiet_from": 22,
	"quiet_until": 8,
	"message_limit_per_number": 20,
	"opt_out_words": "لغو\nلغو11\nSTOP",
}


def execute() -> None:
	"""Write what is missing; a new site has them from the start."""
	known = frappe.db.get_singles_dict("Clinic Settings")
	for field, value in DEFAULTS.items():
		if known and known.get(field) in (None, ""):
			frappe.db.set_single_value("Clinic Settings", field, value)
