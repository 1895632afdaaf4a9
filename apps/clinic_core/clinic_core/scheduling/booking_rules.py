"""What a booking has to obey, each rule with an error that says what is possible instead."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NoReturn

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import (
	add_days,
	cint,
	escape_html,
	get_datetime,
	getdate,
	now_datetime,
)

from clinic_core.foundation import rows, settings
from clinic_core.foundation.errors import refuse_input
from clinic_core.foundation.shown_days import shown_clock, shown_day, shown_moment, shown_number
from clinic_core.people.patient_file import returning
from clinic_core.scheduling import exceptions, records, roster, states
from clinic_core.scheduling.cells import CELL_MINUTES, minute_of, moment_of
from clinic_core.scheduling.resource_rules import titles
from clinic_core.scheduling.slots import QUEUE, Need, Resource, Shift, gender_fits

LONGEST_MINUTES = 12 * 60


@dataclass(frozen=True)
class Patient:
	"""What booking has to know of a patient; `gender` empty: not recorded."""

	name: str
	full_name: str
	gender: str
	first_visit_on: datetime.date | None = None

	def is_first_visit(self, start: datetime.datetime) -> bool:
		"""Whether he was never here before that day (F10)."""
		return not returning.is_returning(self.first_visit_on, start)


def ask_for_missing(doc: Document) -> None:
	"""Refuse an appointment that lacks one of its four corners, by name."""
	for field, label in (
		("patient", _("Patient")),
		("service", _("Service")),
		("practitioner", _("Practitioner")),
		("start", _("Start")),
	):
		if not doc.get(field):
			refuse_input(label, _("Please choose one."))


def check_patient(name: str) -> Patient:
	"""The patient, if he may be booked (not blocked, not merged away)."""
	fields = ["full_name", "gender", "status", "merged_into", "first_visit_on"]
	row = rows.one("Clinic Patient", name, fields)
	if not row:
		frappe.throw(_("Patient {0} not found").format(escape_html(name)), frappe.DoesNotExistError)
	if row.status == "Blocked":
		refuse_input(_("Patient"), _("{0} is blocked. A manager can lift the block.").format(row.full_name))
	if row.status == "Erased":
		refuse_input(_("Patient"), _("This person's data was erased."))
	if row.status == "Merged":
		refuse_input(
			_("Patient"),
			_("{0} was merged into another file. Please book for {1}.").format(
				row.full_name, row.merged_into
			),
		)
	return Patient(name, row.full_name, row.gender or "", row.first_visit_on)


def check_service(service: records.Service) -> None:
	"""The service is offered at all."""
	if service.status != "Active":
		refuse_input(_("Service"), _("{0} is not offered any more.").format(service.title))


def check_own_length(doc: Document, service: records.Service) -> int:
	"""The minutes somebody gave this appointment by hand (E180); stages have lengths of their own."""
	minutes = cint(doc.own_minutes)
	if service.stages:
		refuse_input(_("Length"), _("The stages of {0} decide how long it takes.").format(service.title))
	if service.group_size > 1:
		refuse_input(_("Length"), _("All of a group take as long as {0} does.").format(service.title))
	if minutes % CELL_MINUTES or not CELL_MINUTES <= minutes <= LONGEST_MINUTES:
		refuse_input(
			_("Length"),
			_("Please give a multiple of {0} minutes, {1} at most.").format(CELL_MINUTES, LONGEST_MINUTES),
		)
	return minutes


def check_length(service: records.Service, need: Need) -> None:
	"""A service without a length cannot be put into a calendar."""
	if need.duration <= 0:
		refuse_input(_("Service"), _("Please set the duration of {0} first.").format(service.title))


def check_start(doc: Document) -> None:
	"""On the five-minute grid, not past (but for managers, G09), not beyond the horizon."""
	start = get_datetime(doc.start)
	if start.second or start.microsecond or start.minute % CELL_MINUTES:
		earlier = start.replace(minute=start.minute - start.minute % CELL_MINUTES, second=0, microsecond=0)
		refuse_input(
			_("Start"),
			_("Appointments begin every {0} minutes, for example at {1}.").format(
				CELL_MINUTES, clock(minute_of(earlier))
			),
		)
	now = now_datetime()
	if start < now - datetime.timedelta(minutes=CELL_MINUTES) and not may_back_date():
		refuse_input(
			_("Start"),
			_("{0} has passed. Choose a later time; a manager can enter past appointments.").format(
				shown_moment(start)
			),
		)
	horizon = settings.get("booking_horizon_days") or 180
	if getdate(start) > getdate(add_days(getdate(now), horizon)):
		refuse_input(
			_("Start"), _("Appointments can be booked up to {0} days ahead.").format(shown_number(horizon))
		)


def may_back_date() -> bool:
	"""Whether this user may enter appointments of the past."""
	if frappe.flags.clinic_patient_move:
		return False
	if frappe.session.user == "Administrator" or frappe.flags.clinic_system_move:
		return True
	return bool(states.BACK_DATERS & set(frappe.get_roles()))


def check_offer(offer: records.Offer, service: str, need: Need, patient: Patient) -> None:
	"""The practitioner is active, gives the service, and gives it to this patient (G01)."""
	if not offer.is_active:
		refuse_input(_("Practitioner"), _("{0} does not work here any more.").format(offer.practitioner_name))
	if not offer.offered:
		others = [o.practitioner_name for o in records.offers(service)]
		hint = _("It is given by: {0}.").format(", ".join(others[:5])) if others else ""
		problem = _("{0} does not give this service.").format(offer.practitioner_name)
		refuse_input(_("Practitioner"), f"{problem} {hint}".strip())
	check_gender(need.genders, patient, _("This service of {0}").format(offer.practitioner_name))


def check_gender(genders: Iterable[str | None], patient: Patient, what: str) -> None:
	"""Everything that is for one gender only is for this patient's (G01)."""
	only = [g for g in genders if not gender_fits((g,), patient.gender)]
	if not only:
		return
	audience = _("women") if only[0] == "Female" else _("men")
	problem = _("{0} is for {1} only.").format(what, audience)
	if not patient.gender:
		problem += " " + _("The gender of {0} is not recorded yet; please fill it in.").format(
			patient.full_name
		)
	refuse_input(_("Patient"), problem)


def find_shift(
	doc: Document, offer: records.Offer, start: int, end: int, patient: Patient, *, is_timed: bool
) -> Shift:
	"""The shift of the practitioner that contains the whole treatment, in the branch asked for.

	In a queue shift (G03) any minute of it stands for the whole of it: a number is given. `is_timed`: only
	a shift with times will do, because several people or things have to meet.
	"""
	day = getdate(moment_of(start))
	today = roster.shifts([offer.practitioner], day, day)
	inside = [s for s in today if s.start <= start and (end <= s.end or (s.kind == QUEUE and start < s.end))]
	here = [s for s in inside if not doc.branch or s.branch == doc.branch]
	if not here:
		_refuse_hours(doc, offer, start, end, today, inside)
	usable = [s for s in here if s.kind != QUEUE] or ([] if is_timed or doc.is_squeeze_in else here)
	if not usable:
		refuse_input(
			_("Start"),
			_("{0} receives by order of arrival at that time; this needs a time of its own.").format(
				offer.practitioner_name
			),
		)
	fitting = [s for s in usable if gender_fits((s.gender,), patient.gender)]
	if not fitting:
		check_gender((usable[0].gender,), patient, _("The time {0}").format(hours(usable[0])))
	return fitting[0]


def _refuse_hours(
	doc: Document,
	offer: records.Offer,
	start: int,
	end: int,
	today: list[Shift],
	inside: list[Shift],
) -> NoReturn:
	day = getdate(moment_of(start))
	name = offer.practitioner_name
	if absence := exceptions.told(offer.practitioner, doc.branch, start, end):
		refuse_input(_("Start"), _("{0} does not work then: {1}.").format(name, absence))
	if inside:
		branch = frappe.db.get_value("Clinic Branch", inside[0].branch, "title")
		refuse_input(_("Branch"), _("At that time {0} works in {1}.").format(name, branch))
	if today:
		text = ", ".join(dict.fromkeys(hours(s) for s in today))
		refuse_input(_("Start"), _("On {0} {1} works {2}.").format(shown_day(day), name, text))
	soon = roster.shifts([offer.practitioner], day, getdate(add_days(day, 28)))
	problem = _("{0} does not work on {1}.").format(name, shown_day(day))
	if soon:
		next_day = getdate(moment_of(soon[0].start))
		problem += " " + _("The next working day is {0}, {1}.").format(shown_day(next_day), hours(soon[0]))
	refuse_input(_("Start"), problem)


def check_squeeze_in(doc: Document, offer: records.Offer) -> None:
	"""Somebody may squeeze in, and the day's seats of this practitioner are not used up (G02)."""
	allowed = states.SQUEEZERS & set(frappe.get_roles())
	if frappe.session.user != "Administrator" and not frappe.flags.clinic_system_move and not allowed:
		frappe.throw(_("Your role may not squeeze in appointments."), frappe.PermissionError)
	day = get_datetime(doc.start).replace(hour=0, minute=0, second=0, microsecond=0)
	table = frappe.qb.DocType("Clinic Appointment")
	others = (
		frappe.qb.from_(table)
		.select(table.name)
		.where((table.practitioner == doc.practitioner) & (table.is_squeeze_in == 1))
		.where(table.start[day : day + datetime.timedelta(hours=24)])
		.where(table.status.isin(sorted(states.OCCUPYING)) & (table.name != (doc.name or "")))
		.run(pluck=True)
	)
	if len(others) >= offer.overflow_seats:
		refuse_input(
			_("Squeezed in"),
			_("{0} has {1} extra seats a day and {2} are taken.").format(
				offer.practitioner_name, offer.overflow_seats, len(others)
			),
		)


def check_resource(resource: Resource | None, name: str, patient: Patient) -> Resource:
	"""The resource is in this branch, works, and is for this patient."""
	if not resource:
		refuse_elsewhere(name)
	if not resource.is_active:
		refuse_input(_("Resource"), _("{0} is out of order.").format(titles([name])[0]))
	if not gender_fits((resource.gender,), patient.gender):
		check_gender((resource.gender,), patient, titles([name])[0])
	return resource


def refuse_elsewhere(name: str) -> NoReturn:
	"""It is not in the branch of the appointment, or nowhere."""
	refuse_input(_("Resource"), _("{0} is not in this branch.").format(titles([name])[0]))


def refuse_no_resource(kind: str, branch: str, resources: list[Resource], patient: Patient) -> NoReturn:
	"""No resource of the kind can serve: say whether there is none, or none for this patient."""
	same = [r for r in resources if r.kind == kind and r.branch == branch]
	if same and not any(r.is_active for r in same):
		problem = _("{0} is out of order.").format(", ".join(titles([r.name for r in same])))
	elif same:
		check_gender([r.gender for r in same if r.is_active], patient, _(kind))
		problem = _("No {0} is free for this patient.").format(_(kind))
	else:
		problem = _("There is no {0} in this branch.").format(_(kind))
	refuse_input(_("Resource"), problem)


def hours(shift: Shift) -> str:
	"""Working hours for people, as 08:00–12:00."""
	return f"{clock(shift.start)}–{clock(shift.end)}"


def clock(minute: int) -> str:
	"""Time of day for people, as 08:05."""
	return shown_clock(moment_of(minute))
