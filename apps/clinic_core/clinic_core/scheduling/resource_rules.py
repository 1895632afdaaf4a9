"""Rooms and devices that were chosen by hand instead of those that would follow (E180)."""

from collections.abc import Iterable
from typing import NoReturn

import frappe
from frappe import _

from clinic_core.foundation.errors import refuse_input
from clinic_core.scheduling import records
from clinic_core.scheduling.slots import Resource


def titles(names: list[str]) -> list[str]:
	"""What people call rooms and devices; of one that does not exist the name that was given."""
	rows = frappe.get_all("Clinic Resource", {"name": ("in", names)}, ["name", "title"], order_by="name asc")
	known = {row.name: row.title for row in rows}
	return [known.get(name) or name for name in names]


def existing(name: str | None) -> str | None:
	"""The name of a room or device that was chosen. Raises InvalidInputError when there is none."""
	if name and not frappe.db.exists("Clinic Resource", name):
		refuse_input(_("Resource"), _("{0} does not exist.").format(frappe.utils.escape_html(name)))
	return name


def check_own_resource(chosen: Resource, kinds: Iterable[str], resources: Iterable[Resource]) -> None:
	"""What was chosen by hand is of a kind that the treatment or the shift has need of; a room always is
	when there is none yet."""
	wanted = [kind for kind in dict.fromkeys(kinds) if kind] or ["Room"]
	if chosen.kind in wanted:
		return
	possible = [r.name for r in resources if r.kind in wanted and r.branch == chosen.branch and r.is_active]
	problem = _("“{0}” does not serve here: {1} is needed.").format(
		titles([chosen.name])[0], " / ".join(_(kind) for kind in wanted)
	)
	hint = _("Possible in this branch: {0}.").format(", ".join(titles(possible))) if possible else ""
	refuse_input(_("Resource"), f"{problem} {hint}".strip())


def refuse_own_resource(service: records.Service) -> NoReturn:
	"""Several steps have their own rooms and devices."""
	refuse_input(
		_("Resource"),
		_("{0} has several steps, each with its own room or device: change them in the form.").format(
			service.title
		),
	)


def refuse_room_of_group(service: records.Service) -> NoReturn:
	"""Patients who share a start share the room and the device as well (F13)."""
	refuse_input(
		_("Resource"), _("All of a group of {0} are in the same room: choose no room.").format(service.title)
	)


def refuse_room_of_queue(offer: records.Offer) -> NoReturn:
	"""Who comes by order of arrival goes into the room of the shift."""
	refuse_input(
		_("Resource"),
		_("{0} receives by order of arrival at that time: the room is that of the shift.").format(
			offer.practitioner_name
		),
	)
