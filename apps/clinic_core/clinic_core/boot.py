"""What the desk is told once per page load, beside Frappe's own boot data."""

from typing import Any

import frappe

from clinic_core.foundation import settings
from clinic_core.foundation.help_links import HELP_TABS, help_for
from clinic_core.foundation.user_calendar import preference
from clinic_core.people.masking import matrix, rules
from clinic_core.people.patient_file import required


def extend(bootinfo: dict[str, Any]) -> None:
	"""Add `clinic` to the boot data: the unit of money, the region of phones, the branches.

	Hook `extend_bootinfo`; the client reads it through `clinic.boot()`. Nothing here depends on
	patients; branch titles are what every member of the staff sees on the screen anyway.

	Times are the clinic's for everybody (`design.md` §4.10): a user's own time zone, which Frappe gives
	to users made before the site had one, would show an appointment hours off.
	"""
	if zones := bootinfo.get("time_zone"):
		zones["user"] = zones["system"]
	bootinfo["clinic"] = {
		"unit": _unit(),
		"type_in_display_unit": bool(settings.get("type_in_display_unit")),
		"currency": settings.get("currency"),
		"currency_label": settings.stored_unit(),
		"phone_region": settings.get("phone_region"),
		"notify_patients": settings.get("notify_patients"),
		"default_branch": settings.get("default_branch"),
		"require_referral_source": bool(settings.get("require_referral_source")),
		"required_of_patients": required.fields(),
		"name_order": settings.get("name_order"),
		"calendar": preference.chosen(),
		"branches": _branches(),
		"sees_identity": rules.sees(matrix.IDENTITY),
		"service_help": _service_help(),
	}


def _unit() -> dict[str, Any] | None:
	unit = settings.display_unit()
	if not unit:
		return None
	return {"label": unit.label, "factor": float(unit.factor), "decimals": unit.decimals}


def _service_help() -> dict[str, dict[str, str]]:
	"""The training videos beside the tabs of a service (A86), by tab; only those that are set."""
	found = {tab: help_for(settings.get(f"help_{tab}_url")) for tab in HELP_TABS}
	return {tab: help_link._asdict() for tab, help_link in found.items() if help_link}


def _branches() -> dict[str, str]:
	rows = frappe.get_all(
		"Clinic Branch", filters={"is_active": 1}, fields=["name", "title"], order_by="title asc"
	)
	return {row.name: row.title for row in rows}
