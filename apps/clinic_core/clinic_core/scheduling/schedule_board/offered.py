"""Which services fit where somebody points on the board: what a practitioner gives, what a room is for (E205)."""

import frappe
from pypika.terms import Criterion

SERVICE, STAGE = "Clinic Service", "Clinic Service Stage"
GIVES, SHIFT, SCHEDULE = "Clinic Practitioner Service", "Clinic Schedule Shift", "Clinic Schedule"
ROOM = "Room"


def of_practitioner(practitioner: str) -> list[str]:
	"""Names of the services somebody gives, in one query."""
	gives = frappe.qb.DocType(GIVES)
	return (
		frappe.qb.from_(gives)
		.select(gives.service)
		.where((gives.parent == practitioner) & (gives.parenttype == "Clinic Practitioner"))
		.orderby(gives.service)
		.run(pluck=True)
	)


def of_resource(resource: str) -> list[str]:
	"""Active services that may be given in a room, on a chair or with a device, in two queries.

	Those that need its kind, in one of their stages or as a whole. A room also serves what needs nothing,
	and all that those give who have their hours in it.
	"""
	kind = frappe.db.get_value("Clinic Resource", resource, "kind")
	service, stage = frappe.qb.DocType(SERVICE), frappe.qb.DocType(STAGE)
	staged = frappe.qb.from_(stage).select(stage.parent)
	staged = staged.where((stage.parenttype == SERVICE) & (stage.resource_kind == kind))
	fits = [service.resource_kind == kind, service.name.isin(staged)]
	if kind == ROOM:
		needs_nothing = service.resource_kind.isnull() | (service.resource_kind == "")
		fits += [needs_nothing & (service.is_staged == 0), service.name.isin(_given_in(resource))]
	return (
		frappe.qb.from_(service)
		.select(service.name)
		.where((service.status == "Active") & Criterion.any(fits))
		.orderby(service.name)
		.run(pluck=True)
	)


def _given_in(room: str) -> object:
	gives, shift, schedule = (frappe.qb.DocType(name) for name in (GIVES, SHIFT, SCHEDULE))
	return (
		frappe.qb.from_(shift)
		.join(schedule)
		.on((schedule.name == shift.parent) & (schedule.is_active == 1))
		.join(gives)
		.on((gives.parent == schedule.practitioner) & (gives.parenttype == "Clinic Practitioner"))
		.select(gives.service)
		.where((shift.resource == room) & (shift.parenttype == SCHEDULE))
	)
