"""Who has to be called again by a rule: read in bulk, a chunk of patients at a time (A30, A90)."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

import frappe
from frappe.query_builder.functions import Max
from frappe.utils import cint, getdate

from clinic_core.foundation import events
from clinic_core.people import states as people_states
from clinic_core.people.consent import message_gate, purposes
from clinic_core.scheduling import states as appointment_states
from clinic_core.scheduling.recall_rules import AFTER_COURSE_END, AFTER_LAST_VISIT
from clinic_core.scheduling.recalls import states
from clinic_core.scheduling.recalls.due import Rule, bases

RECALL = "Clinic Recall"
RULE = "Clinic Recall Rule"
APPOINTMENT = "Clinic Appointment"
PATIENT = "Clinic Patient"
CHANNELS = {"Phone": message_gate.CALL, "SMS": message_gate.SMS, "WhatsApp": message_gate.WHATSAPP}
HOOK = "clinic_performed_services"


@dataclass(frozen=True)
class Candidate:
	"""A patient with the day his cycle began, and who treated him last where appointments say so."""

	patient: str
	base: datetime.date
	practitioner: str | None = None
	branch: str | None = None


def rules() -> list[Rule]:
	"""The active rules of active services, and the reminder periods of services without one. Two queries."""
	rows = frappe.get_all(
		RULE,
		{"is_active": 1},
		[
			"name",
			"service",
			"service.status as service_status",
			"trigger",
			"after_days",
			"first_on",
			"max_reminders",
			"repeat_every_days",
			"channel",
			"contact_by",
		],
		order_by=f"`tab{RULE}`.service asc, `tab{RULE}`.name asc",
		limit_page_length=0,
	)
	found = [
		Rule(
			service=row.service,
			trigger=row.trigger,
			after_days=cint(row.after_days),
			first_on=getdate(row.first_on) if row.first_on else None,
			most_attempts=cint(row.max_reminders),
			again_days=cint(row.repeat_every_days),
			name=row.name,
			channel=row.channel or "Phone",
			contact_by=row.contact_by or "CRM",
		)
		for row in rows
		if row.service_status == "Active"
	]
	return found + _periods({row.service for row in rows})


def _periods(with_rule: set[str]) -> list[Rule]:
	"""A service with a reminder period and no rule of its own is a rule (A90)."""
	rows = frappe.get_all(
		"Clinic Service",
		{"status": "Active", "reminder_days": (">", 0)},
		["name", "reminder_days", "is_session_based"],
		order_by="name asc",
		limit_page_length=0,
	)
	return [
		Rule(
			row.name, AFTER_COURSE_END if row.is_session_based else AFTER_LAST_VISIT, cint(row.reminder_days)
		)
		for row in rows
		if row.name not in with_rule
	]


def of_rule(rule: Rule, today: datetime.date, after: str, limit: int) -> list[Candidate]:
	"""The next patients of a rule whose names come after `after`, in the order of their names."""
	if not (span := bases(rule, today)):
		return []
	read = _course_ends if rule.trigger == AFTER_COURSE_END else _last_visits
	return read(rule.service, span, after, limit)


def _last_visits(
	service: str, span: tuple[datetime.date, datetime.date], after: str, limit: int
) -> list[Candidate]:
	"""From completed appointments and from what the other apps performed (hook `clinic_performed_services`)."""
	days = dict(_completed(service, span, after, limit))
	for patient, day in _performed(service, *span, after=after, limit=limit):
		days[patient] = max(days.get(patient, day), day)
	return [Candidate(patient, days[patient]) for patient in sorted(days)[:limit]]


def _completed(
	service: str, span: tuple[datetime.date, datetime.date], after: str, limit: int
) -> list[tuple[str, datetime.date]]:
	table = frappe.qb.DocType(APPOINTMENT)
	last = Max(table.start)
	begin = datetime.datetime.combine(span[0], datetime.time())
	end = datetime.datetime.combine(span[1], datetime.time(23, 59, 59))
	rows = (
		frappe.qb.from_(table)
		.select(table.patient, last)
		.where((table.service == service) & (table.status == appointment_states.COMPLETED))
		.where(table.patient > after)
		.groupby(table.patient)
		.having((last >= begin) & (last <= end))
		.orderby(table.patient)
		.limit(limit)
		.run()
	)
	return [(patient, getdate(moment)) for patient, moment in rows]


def _performed(
	service: str,
	first: datetime.date,
	last: datetime.date,
	*,
	after: str = "",
	limit: int = 0,
	patients: list[str] | None = None,
) -> list[tuple[str, datetime.date]]:
	"""What the apps know: patient and the last day he had the service, those within the days only."""
	span = {"first": str(first), "last": str(last)}
	answers = events.gather(HOOK, service=service, **span, after=after, limit=limit, patients=patients)
	return [(patient, getdate(day)) for answer in answers for patient, day in answer]


def _course_ends(
	service: str, span: tuple[datetime.date, datetime.date], after: str, limit: int
) -> list[Candidate]:
	"""The last attended session of courses that are over."""
	plan, session = frappe.qb.DocType("Clinic Session Plan"), frappe.qb.DocType("Clinic Session")
	last = Max(session.date)
	rows = (
		frappe.qb.from_(plan)
		.join(session)
		.on((session.session_plan == plan.name) & (session.status == appointment_states.ATTENDED))
		.select(plan.patient, last)
		.where((plan.service == service) & (plan.status == appointment_states.COMPLETED))
		.where(plan.patient > after)
		.groupby(plan.patient)
		.having((last >= span[0]) & (last <= span[1]))
		.orderby(plan.patient)
		.limit(limit)
		.run()
	)
	return [Candidate(patient, getdate(day)) for patient, day in rows]


def not_seen_since(rule: Rule, found: list[Candidate]) -> list[Candidate]:
	"""Without those who came for the service later than their cycle began, or are to come.

	Appointments tell of visits in one app, bills in another: each knows a later one that the other does not.
	"""
	names = [one.patient for one in found]
	table = frappe.qb.DocType(APPOINTMENT)
	rows = (
		frappe.qb.from_(table)
		.select(table.patient, Max(table.start))
		.where(table.patient.isin(names) & (table.service == rule.service))
		.where(table.status.isin(sorted(appointment_states.OCCUPYING - {appointment_states.HELD})))
		.groupby(table.patient)
		.run()
	)
	newest = {patient: getdate(moment) for patient, moment in rows}
	for patient, day in _performed(rule.service, min(one.base for one in found), getdate(), patients=names):
		newest[patient] = max(newest.get(patient, day), day)
	return [one for one in found if newest.get(one.patient, one.base) <= one.base]


def allowed(rule: Rule, found: list[Candidate]) -> dict[str, str]:
	"""Who may be reached on the rule's channel (N15: the one gate decides) and whose file is in use: names."""
	if not found:
		return {}
	persons = [(PATIENT, one.patient) for one in found]
	answers = message_gate.may_send_many(persons, CHANNELS[rule.channel], purposes.REMINDER)
	rows = frappe.get_all(
		PATIENT,
		{"name": ("in", [one.patient for one in found]), "status": people_states.ACTIVE},
		["name", "full_name"],
		order_by="name asc",
		limit_page_length=0,
	)
	return {row.name: row.full_name for row in rows if answers[PATIENT, row.name][0]}


def followed(rule: Rule, patients: Iterable[str]) -> set[str]:
	"""Patients who have an open recall for the same service: nobody is called twice."""
	return set(
		frappe.get_all(
			RECALL,
			{
				"patient": ("in", sorted(patients)),
				"service": rule.service,
				"status": ("in", [*states.TO_FOLLOW, states.BOOKED]),
				"next_on": ("is", "set"),
			},
			pluck="patient",
			order_by="patient asc",
			limit_page_length=0,
		)
	)


def last_treated(service: str, patients: list[str]) -> dict[str, tuple[str, str]]:
	"""Patient → practitioner and branch of his last completed appointment of the service. One query."""
	table = frappe.qb.DocType(APPOINTMENT)
	rows = (
		frappe.qb.from_(table)
		.select(table.patient, table.practitioner, table.branch)
		.where(table.patient.isin(patients) & (table.service == service))
		.where(table.status == appointment_states.COMPLETED)
		.orderby(table.start)
		.orderby(table.name)
		.run()
	)
	return {patient: (practitioner, branch) for patient, practitioner, branch in rows}
