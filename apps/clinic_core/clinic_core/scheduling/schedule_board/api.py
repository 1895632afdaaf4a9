"""Endpoints of the Schedule page: one for the screen, one for what changed, one for a single appointment.

Booking and moving are `scheduling.api`.
"""

import datetime
from typing import Any

import frappe
from frappe import _
from frappe.utils import getdate

from clinic_core.foundation import branch_scope, wire
from clinic_core.foundation.boundary import command
from clinic_core.foundation.errors import refuse_input
from clinic_core.people.access_log import rules, seen
from clinic_core.scheduling import booking
from clinic_core.scheduling.history import reading
from clinic_core.scheduling.schedule_board import listing, offered
from clinic_core.scheduling.schedule_board import online_holds as holds
from clinic_core.scheduling.schedule_board.asked import Asked
from clinic_core.scheduling.schedule_board.listing import APPOINTMENT

DAYS_OF_ALL = 7
DAYS_OF_ONE = 42
MOST_NAMES = 200


@frappe.whitelist(methods=["GET"])
def board(
	date: str | None = None,
	days: int | str = 1,
	branch: str | None = None,
	practitioner: str | None = None,
	resource: str | None = None,
) -> dict[str, Any]:
	"""The Schedule page from `date` on (E180, E190, E208): see `listing.board`.

	Up to 7 days of everybody, up to 42 of one practitioner or resource.
	"""
	wire.require_permission(APPOINTMENT, "read")
	return listing.board(_asked(date, days, branch, practitioner, resource))


@frappe.whitelist(methods=["GET"])
def cards(
	appointments: str | list,
	date: str | None = None,
	days: int | str = 1,
	branch: str | None = None,
	practitioner: str | None = None,
	resource: str | None = None,
) -> list[dict[str, Any]]:
	"""These appointments as the same screen shows them; who does not belong there (any more) is left out."""
	wire.require_permission(APPOINTMENT, "read")
	names = list(dict.fromkeys(str(name) for name in wire.parse_list(appointments, _("Appointments"))))
	if len(names) > MOST_NAMES:
		refuse_input(_("Appointments"), _("Please ask for at most {0} at once.").format(MOST_NAMES))
	if not names:
		return []
	return listing.cards(_asked(date, days, branch, practitioner, resource), names)


@frappe.whitelist(methods=["GET"])
def online_holds(
	date: str | None = None,
	days: int | str = 1,
	practitioner: str | None = None,
	resource: str | None = None,
) -> list[dict[str, Any]]:
	"""The times visitors hold on /book in these days, by column (F05): see `online_holds.of`."""
	wire.require_permission(APPOINTMENT, "read")
	return holds.of(_asked(date, days, None, practitioner, resource))


@frappe.whitelist(methods=["GET"])
def details(appointment: str) -> dict[str, Any]:
	"""What the panel of one appointment adds to its card: {entries, origin}, see `history.reading`."""
	wire.require_permission(APPOINTMENT, "read", appointment)
	seen.saw_document(APPOINTMENT, appointment, rules.VIEW, "Schedule")
	return reading.history_of(appointment)


@frappe.whitelist(methods=["GET"])
def services_of(practitioner: str | None = None, resource: str | None = None) -> list[str]:
	"""Names of the services that fit into the column of a practitioner, or of a room or device (E205)."""
	wire.require_permission(APPOINTMENT, "create")
	if bool(practitioner) == bool(resource):
		refuse_input(_("Practitioner"), _("Please choose a practitioner, or a room or device."))
	if practitioner:
		wire.require_permission("Clinic Practitioner", "read", practitioner)
		return offered.of_practitioner(practitioner)
	wire.require_permission("Clinic Resource", "read", resource)
	return offered.of_resource(str(resource))


@frappe.whitelist(methods=["GET"])
def printed(
	date: str | None = None,
	days: int | str = 1,
	branch: str | None = None,
	practitioner: str | None = None,
	resource: str | None = None,
) -> list[dict[str, Any]]:
	"""The appointments for the printed list; the log of views keeps who printed them (F82)."""
	wire.require_permission(APPOINTMENT, "print")
	asked = _asked(date, days, branch, practitioner, resource)
	rows = listing.cards(asked)
	patients = list(dict.fromkeys(row["patient"] for row in rows))
	seen.saw(patients, rules.PRINT, "Schedule", details=f"{asked.first} – {asked.last}")
	return rows


@frappe.whitelist(methods=["POST"])
def resize(
	appointment: str, minutes: int | str, reason: str, idempotency_key: str | None = None
) -> dict[str, Any]:
	"""Make one appointment longer or shorter than its service is → {appointment, start, end} (E180)."""
	wire.require_permission(APPOINTMENT, "write", appointment)
	wanted = {
		"appointment": appointment,
		"minutes": int(wire.parse_number(minutes, _("Length"))),
		"reason": reason,
	}

	def work() -> dict[str, Any]:
		doc = booking.resize(**wanted)
		return {"appointment": doc.name, "start": str(doc.start), "end": str(doc.end)}

	return command("scheduling.resize", idempotency_key, work, content=wanted)


def _asked(
	date: str | None, days: int | str, branch: str | None, practitioner: str | None, resource: str | None
) -> Asked:
	if practitioner and resource:
		refuse_input(_("Resource"), _("Please ask for a practitioner or for a resource, not for both."))
	most = DAYS_OF_ONE if practitioner or resource else DAYS_OF_ALL
	count = int(wire.parse_number(days, _("Days"), 1))
	if not 1 <= count <= most:
		refuse_input(_("Days"), _("Please ask for 1 to {0} days at once.").format(most))
	first = wire.parse_date(date, _("Date")) or getdate()
	if not 1900 < first.year < 2300:
		refuse_input(_("Date"), _("Please give a date as YYYY-MM-DD."))
	return Asked(
		first,
		first + datetime.timedelta(days=count - 1),
		branch_scope.narrow(branch or None),
		practitioner or None,
		resource or None,
	)
