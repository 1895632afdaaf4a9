"""Puts one appointment into the calendar: may it be there, and which cells does it need?

Called by the Clinic Appointment document itself, so form, REST, import and endpoint obey alike
(`design.md` §4.2). Refusals say what is possible instead.
"""

from dataclasses import dataclass

from frappe import _
from frappe.model.document import Document
from frappe.utils import get_datetime

from clinic_core.foundation.errors import refuse_input
from clinic_core.foundation.locks import lock_rows
from clinic_core.scheduling import booking_rules as rules
from clinic_core.scheduling import claims, practitioner_rules, records
from clinic_core.scheduling.cells import CELL_MINUTES, ceil_cell, cover, minute_of, moment_of
from clinic_core.scheduling.slots import (
	Need,
	Resource,
	Shift,
	candidates,
	patient_key,
	practitioner_key,
	resource_key,
)


@dataclass
class Part:
	"""One step of the appointment: who gives what, from which minute to which, on which shift."""

	need: Need
	offer: records.Offer
	service: str
	start: int
	area: str | None = None
	area_title: str = ""
	shift: Shift | None = None
	resource: str | None = None

	@property
	def end(self) -> int:
		"""The minute the treatment ends."""
		return self.start + self.need.duration

	@property
	def cells(self) -> range:
		"""What practitioner and resource are busy with, buffers included."""
		before = ceil_cell(self.need.before) * CELL_MINUTES
		return cover(self.start - before, self.end + self.need.after)


def place(doc: Document, *, fresh: bool = False) -> claims.Plan:
	"""Check the appointment, fill in what follows from its start, and give out seats.

	Sets branch, end, duration and steps. `fresh`: read claims past the snapshot.
	Raises InvalidInputError when it may not be there, claims.CellTaken when it is taken.
	"""
	parts = _parts(doc)
	lock_rows(
		[("Clinic Patient", doc.patient), *(("Clinic Practitioner", p.offer.practitioner) for p in parts)]
	)
	patient = rules.check_patient(doc.patient)
	rules.check_start(doc)
	for part in parts:
		rules.check_offer(part.offer, part.service, part.need, patient)
		practitioner_rules.check(doc, part.offer)
		part.shift = rules.find_shift(doc, part.offer, part.start, part.end, patient)
	doc.branch = parts[0].shift.branch
	if doc.is_squeeze_in:
		rules.check_squeeze_in(doc, parts[0].offer)
	resources = records.resources(doc.branch)
	plan = _seats(doc, parts, resources, patient, fresh)
	_fill_in(doc, parts)
	return plan


def let_in(doc: Document, *, fresh: bool = False) -> claims.Plan:
	"""Seats for a patient who is here already: whatever the calendar says, he is counted.

	The time moves as it is; the length and the steps stay.
	"""
	start = minute_of(get_datetime(doc.start))
	end = start + int(doc.duration_minutes)
	doc.end = moment_of(end)
	lock_rows([("Clinic Patient", doc.patient), ("Clinic Practitioner", doc.practitioner)])
	keys = [practitioner_key(doc.practitioner), patient_key(doc.patient)]
	keys += [resource_key(name) for step in doc.steps for name in [step.resource] if name]
	wants = [claims.Want(key, cover(start, end), None) for key in dict.fromkeys(keys)]
	return claims.seat(wants, claims.read(wants, doc.name, fresh=fresh))


def _parts(doc: Document) -> list[Part]:
	"""One part per step; a single step is made anew from the appointment's own fields."""
	if not (doc.start and doc.service and doc.practitioner and doc.patient):
		rules.ask_for_missing(doc)
	start = minute_of(get_datetime(doc.start))
	if len(doc.steps) > 1:
		lines = [
			(
				(s.service, s.area or None),
				s.practitioner or doc.practitioner,
				s.resource,
				s.offset_minutes or 0,
				s.duration_minutes,
			)
			for s in doc.steps
		]
	else:
		lines = [((doc.service, doc.area or None), doc.practitioner, None, 0, None)]
	services = {what: records.service(*what) for what in dict.fromkeys(line[0] for line in lines)}
	parts = []
	for what, practitioner, resource, offset, minutes in lines:
		wanted = services[what]
		rules.check_service(wanted)
		found = records.offers(wanted.name, [practitioner])
		if not found:
			refuse_input(_("Practitioner"), _("{0} does not exist.").format(practitioner))
		need = records.need_of(wanted, found[0])
		if minutes:
			need = Need(minutes, need.before, need.after, need.genders, need.method, need.resource_kind)
		rules.check_length(wanted, need)
		parts.append(
			Part(need, found[0], wanted.name, start + offset, what[1], wanted.area_title, resource=resource)
		)
	return parts


def _seats(
	doc: Document, parts: list[Part], resources: list[Resource], patient: rules.Patient, fresh: bool
) -> claims.Plan:
	options = [_options(part, resources, patient, bool(doc.is_squeeze_in)) for part in parts]
	names = sorted({r.name for rooms, choices in options for r in (*rooms, *choices)})
	lock_rows([("Clinic Resource", name) for name in names])
	wants, asked = [], []
	for part, (rooms, choices) in zip(parts, options, strict=True):
		seats = 1 + (part.offer.overflow_seats if doc.is_squeeze_in else 0)
		wants.append(claims.Want(practitioner_key(part.offer.practitioner), part.cells, seats))
		wants.append(claims.Want(patient_key(doc.patient), cover(part.start, part.end)))
		wants += [_want(room, part) for room in rooms]
		asked += [_want(choice, part) for choice in choices]
	occupancy = claims.read([*wants, *asked], None if doc.is_new() else doc.name, fresh=fresh)
	for part, (rooms, choices) in zip(parts, options, strict=True):
		part.resource = rooms[0].name if rooms else None
		if not choices:
			continue
		free = [choice for choice in choices if occupancy.has_room(_want(choice, part))]
		if not free:
			raise claims.CellTaken(resource_key(choices[0].name))
		part.resource = free[0].name
		wants.append(_want(free[0], part))
	return claims.seat(wants, occupancy)


def _want(resource: Resource, part: Part) -> claims.Want:
	return claims.Want(resource_key(resource.name), part.cells, resource.capacity)


def _options(
	part: Part, resources: list[Resource], patient: rules.Patient, squeezed: bool
) -> tuple[list[Resource], list[Resource]]:
	"""Resources the part must have, and those of which it needs one.

	Who is squeezed in shares the practitioner's own room.
	"""
	by_name = {r.name: r for r in resources}
	must = [rules.check_resource(by_name.get(name), name, patient) for name in [part.resource] if name]
	room = None
	if part.shift and part.shift.resource:
		room = rules.check_resource(by_name.get(part.shift.resource), part.shift.resource, patient)
		if not squeezed and room not in must:
			must.append(room)
	kind = part.need.resource_kind
	if not kind or any(r.kind == kind for r in [*must, *([room] if room else [])]):
		return must, []
	choices = candidates(resources, kind, part.shift.branch, patient.gender)
	if not choices:
		rules.refuse_no_resource(kind, part.shift.branch, resources, patient)
	return must, choices


def _fill_in(doc: Document, parts: list[Part]) -> None:
	start = min(part.start for part in parts)
	end = max(part.end for part in parts)
	doc.end, doc.duration_minutes = moment_of(end), end - start
	doc.area, doc.area_title = parts[0].area, parts[0].area_title
	rows = [
		{
			"service": part.service,
			"area": part.area,
			"practitioner": part.offer.practitioner,
			"resource": part.resource,
			"offset_minutes": part.start - start,
			"duration_minutes": part.need.duration,
		}
		for part in parts
	]
	if len(doc.steps) == len(rows):
		for step, row in zip(doc.steps, rows, strict=True):
			step.update(row)
	else:
		doc.set("steps", rows)
