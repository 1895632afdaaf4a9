"""Puts one appointment into the calendar: may it be there, and which cells does it need?

Called by the Clinic Appointment document itself, so form, REST, import and endpoint obey alike
(`design.md` §4.2). Refusals say what is possible instead.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from frappe import _
from frappe.model.document import Document
from frappe.utils import cint, get_datetime, getdate

from clinic_core.foundation.errors import refuse_input
from clinic_core.foundation.locks import lock_rows
from clinic_core.scheduling import booking_rules as rules
from clinic_core.scheduling import claims, parts, practitioner_rules, records, resource_rules, roster
from clinic_core.scheduling.cells import cover, minute_of, moment_of
from clinic_core.scheduling.parts import Part, Parts
from clinic_core.scheduling.policies import door
from clinic_core.scheduling.queue import numbering
from clinic_core.scheduling.slots import (
	OPERATOR,
	PRACTITIONER,
	QUEUE,
	Resource,
	Together,
	candidates,
	gender_fits,
	patient_key,
	practitioner_key,
	resource_key,
)


def place(doc: Document, *, fresh: bool = False) -> claims.Plan:
	"""Check the appointment, fill in what follows from its start, and give out seats.

	Sets branch, start (of a number in a queue), end, duration and steps. `fresh`: read claims past the
	snapshot. Raises InvalidInputError when it may not be there, claims.CellTaken when it is taken.
	"""
	rules.ask_for_missing(doc)
	patient = rules.check_patient(doc.patient)
	practitioner_rules.check_own_calendar(doc)
	found = parts.of(doc, patient)
	lock_rows(
		[("Clinic Patient", doc.patient), *(("Clinic Practitioner", name) for name in found.practitioners)]
	)
	rules.check_start(doc)
	door.check(doc, found.main, is_first_visit=patient.is_first_visit(doc.start))
	return _put(doc, found, patient, fresh)


def place_unnamed(doc: Document, gender: str, *, fresh: bool = False) -> claims.Plan:
	"""The same for a visitor who has not said yet who he is, and holds a time meanwhile (F05).

	`doc.patient` is the name of his hold. What depends on the person is asked when he books. Raises as `place`.
	"""
	rules.ask_for_missing(doc)
	known = rules.Patient(doc.patient, "", gender, getdate("1970-01-01"))
	found = parts.of(doc, known)
	lock_rows([("Clinic Practitioner", name) for name in found.practitioners])
	rules.check_start(doc)
	return _put(doc, found, known, fresh)


def _put(doc: Document, found: Parts, patient: rules.Patient, fresh: bool) -> claims.Plan:
	_find_shifts(doc, found, patient)
	doc.branch = next(part.shift.branch for part in found.rows if part.shift)
	if doc.is_squeeze_in:
		rules.check_squeeze_in(doc, next(part.offer for part in found.rows if part.offer))
	if found.rows[0].shift and found.rows[0].shift.kind == QUEUE:
		if doc.own_resource:
			resource_rules.refuse_room_of_queue(found.rows[0].offer)
		plan = numbering.give(doc, found.rows[0], fresh=fresh)
	else:
		doc.queue_no = 0
		plan = _seats(doc, found.rows, records.resources(doc.branch), patient, fresh)
	_fill_in(doc, found)
	return plan


def let_in(doc: Document, *, fresh: bool = False) -> claims.Plan:
	"""Seats for a patient who is here already: whatever the calendar says, he is counted.

	The time moves as it is; the length and the steps stay.
	"""
	start = minute_of(get_datetime(doc.start))
	end = start + int(doc.duration_minutes)
	doc.end = moment_of(end)
	people = list(dict.fromkeys([doc.practitioner, *(s.practitioner for s in doc.steps if s.practitioner)]))
	lock_rows([("Clinic Patient", doc.patient), *(("Clinic Practitioner", name) for name in people)])
	keys = [patient_key(doc.patient), *map(practitioner_key, people)]
	keys += [resource_key(name) for step in doc.steps for name in [step.resource] if name]
	wants = [claims.Want(key, cover(start, end), None) for key in dict.fromkeys(keys)]
	occupancy = claims.read(wants, doc.name, fresh=fresh)
	return claims.seat([_in_group(doc, want, occupancy) for want in wants], occupancy)


def _in_group(doc: Document, want: claims.Want, occupancy: claims.Occupancy) -> claims.Want:
	"""Who comes late to a group is one of it still (F13)."""
	if cint(doc.group_size) < 2:
		return want
	group = replace(want, group=Together(doc.service, minute_of(get_datetime(doc.start))).key)
	is_shared = want.key == practitioner_key(doc.practitioner) or occupancy.is_joined(group)
	return group if is_shared else want


def _find_shifts(doc: Document, found: Parts, patient: rules.Patient) -> None:
	"""The working hours of each part; the whole of a treatment in stages lies in one shift of its giver."""
	if found.are_stages:
		mine = next(part.offer for part in found.rows if part.offer)
		rules.check_offer(mine, found.main.name, found.rows[0].need, patient)
		practitioner_rules.check(doc, mine)
		shift = rules.find_shift(doc, mine, found.start, found.end, patient, is_timed=True)
		for part in found.rows:
			part.shift = shift
		_find_operators(found, patient)
		return
	alone = len(found.rows) == 1
	for part in found.rows:
		rules.check_offer(part.offer, part.service, part.need, patient)
		practitioner_rules.check(doc, part.offer)
		part.shift = rules.find_shift(doc, part.offer, part.start, part.end, patient, is_timed=not alone)


def _find_operators(found: Parts, patient: rules.Patient) -> None:
	"""Who of the operators works at the time of their stages, in this branch and for this patient."""
	stages = [part for part in found.rows if part.who == OPERATOR]
	if not stages:
		return
	day = getdate(moment_of(found.start))
	names = {name for part in stages for name in part.operators}
	hours = [
		shift
		for shift in roster.shifts(names, day, getdate(moment_of(found.end)), found.rows[0].shift.branch)
		if shift.kind != QUEUE and gender_fits((shift.gender,), patient.gender)
	]
	for part in stages:
		part.operators = sorted(
			{s.practitioner for s in hours if s.start <= part.start and part.end <= s.end}
		)
		if not part.operators:
			refuse_input(
				_("Start"),
				_("No operator works at the time of “{0}”. Choose another time.").format(part.stage),
			)


def _seats(
	doc: Document, rows: list[Part], resources: list[Resource], patient: rules.Patient, fresh: bool
) -> claims.Plan:
	options = [_options(part, resources, patient, bool(doc.is_squeeze_in)) for part in rows]
	names = sorted({r.name for rooms, choices in options for r in (*rooms, *choices)})
	lock_rows([("Clinic Resource", name) for name in names])
	wants, asked = [], []
	for part, (rooms, choices) in zip(rows, options, strict=True):
		if part.offer:
			seats = part.size + (part.offer.overflow_seats if doc.is_squeeze_in else 0)
			key = practitioner_key(part.offer.practitioner)
			wants.append(claims.Want(key, part.cells, seats, part.group))
		wants.append(claims.Want(patient_key(doc.patient), cover(part.start, part.end)))
		wants += [_want(room, part) for room in rooms]
		asked += [_want(choice, part) for choice in choices]
		asked += [claims.Want(practitioner_key(name), part.cells) for name in part.operators]
	occupancy = claims.read([*wants, *asked], None if doc.is_new() else doc.name, fresh=fresh)
	for part, (rooms, choices) in zip(rows, options, strict=True):
		part.resource = rooms[0].name if rooms else None
		if choices:
			able = [(choice.name, _want(choice, part)) for choice in choices]
			# Where the others of a group are already.
			able.sort(key=lambda one: not occupancy.is_joined(one[1]))
			part.resource = _first_free(occupancy, able, wants)
		if part.operators:
			able = [(name, claims.Want(practitioner_key(name), part.cells)) for name in part.operators]
			part.operator = _first_free(occupancy, able, wants)
	return claims.seat(wants, occupancy)


def _first_free(
	occupancy: claims.Occupancy, choices: Iterable[tuple[str, claims.Want]], wants: list[claims.Want]
) -> str:
	"""The first that has room; it is wanted from now on. Raises CellTaken naming the first one."""
	choices = list(choices)
	for name, want in choices:
		if occupancy.has_room(want):
			wants.append(want)
			return name
	raise claims.CellTaken(choices[0][1].key)


def _want(resource: Resource, part: Part) -> claims.Want:
	"""A group has a room to itself; one for several patients at once counts each of them."""
	key = resource_key(resource.name)
	if part.group and resource.capacity == 1:
		return claims.Want(key, part.cells, part.size, part.group)
	return claims.Want(key, part.cells, resource.capacity)


def _options(
	part: Part, resources: list[Resource], patient: rules.Patient, squeezed: bool
) -> tuple[list[Resource], list[Resource]]:
	"""Resources the part must have, and those of which it needs one.

	Who is squeezed in shares the practitioner's own room. What was chosen by hand takes the place of what
	would follow.
	"""
	by_name = {r.name: r for r in resources}
	must = [rules.check_resource(by_name.get(name), name, patient) for name in [part.resource] if name]
	kind, usual = part.need.resource_kind, _usual_room(part, by_name)
	if part.is_by_hand:
		resource_rules.check_own_resource(must[0], [kind, usual.kind if usual else ""], resources)
		# It stands instead of the shift's own, whatever is the matter with that one.
		usual = None if usual and usual.kind == must[0].kind else usual
	room = rules.check_resource(usual, usual.name, patient) if usual else None
	if room and not squeezed and room not in must:
		must.append(room)
	if not kind or any(r.kind == kind for r in [*must, *([room] if room else [])]):
		return must, []
	choices = candidates(resources, kind, part.shift.branch, patient.gender)
	if not choices:
		rules.refuse_no_resource(kind, part.shift.branch, resources, patient)
	return must, choices


def _usual_room(part: Part, by_name: Mapping[str, Resource]) -> Resource | None:
	"""The room of the shift, for what the practitioner gives himself."""
	name = part.shift.resource if part.who == PRACTITIONER and part.shift else None
	if name and name not in by_name:
		rules.refuse_elsewhere(name)
	return by_name[name] if name else None


def _fill_in(doc: Document, found: Parts) -> None:
	start, first = found.start, found.rows[0]
	doc.end, doc.duration_minutes = moment_of(found.end), found.end - start
	doc.area, doc.area_title = first.area, first.area_title
	doc.group_size = 0 if doc.queue_no else first.size
	rows = [
		{
			"service": part.service,
			"area": part.area,
			"practitioner": part.practitioner,
			"resource": part.resource,
			"offset_minutes": part.start - start,
			"duration_minutes": part.need.duration,
			"stage": part.stage,
		}
		for part in found.rows
	]
	if len(doc.steps) == len(rows):
		for step, row in zip(doc.steps, rows, strict=True):
			step.update(row)
	else:
		doc.set("steps", rows)
