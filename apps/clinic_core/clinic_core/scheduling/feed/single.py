"""One appointment as a file for its patient's calendar; the same event wherever he gets it from (F16, E174)."""

from typing import Any

import frappe
from frappe import _
from frappe.utils import cstr, get_datetime, get_system_timezone

from clinic_core.scheduling.feed import calendar

FIELDS = ("name", "service", "branch", "start", "end", "status", "ics_sequence", "modified", "area_title")


def of_appointment(name: str, centre: str, language: str | None = None) -> bytes | None:
	"""The file of an appointment, None when it is gone."""
	row = frappe.db.get_value("Clinic Appointment", name, FIELDS, as_dict=True)
	if not row:
		return None
	service = frappe.get_cached_value(
		"Clinic Service", row.service, ["service_name", "display_name"], as_dict=True
	)
	title = service.display_name or _(service.service_name, language)
	branch = row.branch and frappe.get_cached_value(
		"Clinic Branch", row.branch, ["title", "address"], as_dict=True
	)
	place = (cstr(branch.address) or _(branch.title, language)) if branch else ""
	title = f"{title} – {row.area_title}" if row.area_title else title
	return file(row, centre=centre, title=title, place=place, language=language)


def file(row: Any, *, centre: str, title: str, place: str, language: str | None = None) -> bytes:
	"""The file of an appointment that was read: its event keeps its name and grows in sequence."""
	summary = _("{0}: {1}", language, context="clinic: service").format(centre, title) if centre else title
	event = calendar.Event(
		uid=f"{row.name}@{frappe.local.site}",
		start=get_datetime(row.start),
		end=get_datetime(row.end),
		summary=summary,
		status=calendar.status_of(row.status),
		sequence=row.ics_sequence or 0,
		changed=get_datetime(row.modified),
		place=place,
	)
	return calendar.render(title, get_system_timezone(), [event])
