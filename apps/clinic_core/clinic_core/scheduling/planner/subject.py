"""What is to be planned: a purchase without a plan yet, or the sessions of a plan that have no time.

Reads for proposing and for booking alike. A session is never counted here: the plan has its rows, a
purchase what is left of it.
"""

import datetime
from dataclasses import dataclass, field, replace

import frappe
from frappe import _
from frappe.utils import cint, get_datetime, getdate, now_datetime

from clinic_core.foundation.errors import refuse_input
from clinic_core.people import entitlement_entries, entitlements
from clinic_core.people.patient_file import returning
from clinic_core.scheduling import session_plans, states
from clinic_core.scheduling.session_follow import PLAN, SESSION


@dataclass(frozen=True)
class Item:
	"""One session to come. `session` is empty while there is no plan; `appointment`: it has a time."""

	number: int
	session: str | None = None
	status: str = states.PLANNED
	date: datetime.date | None = None
	appointment: str | None = None
	start: datetime.datetime | None = None
	end: datetime.datetime | None = None
	practitioner: str | None = None
	branch: str | None = None


@dataclass(frozen=True)
class Subject:
	"""The patient, what he has bought, what happened of it, and the sessions to come in their order."""

	patient: str
	full_name: str
	gender: str
	service: str
	service_name: str
	area: str | None
	area_title: str | None
	interval: int
	start_days: int
	allowed_absences: int
	plan: str | None = None
	entitlement: str | None = None
	valid_to: datetime.date | None = None
	practitioner: str | None = None
	branch: str | None = None
	first_date: datetime.date | None = None
	last_treated: datetime.date | None = None
	is_first_visit: bool = False
	items: tuple[Item, ...] = field(default_factory=tuple)

	@property
	def without_time(self) -> list[Item]:
		"""The sessions that nobody has given a time yet."""
		return [item for item in self.items if not item.appointment]


def of_plan(name: str) -> Subject:
	"""The sessions to come of a plan. Raises frappe.DoesNotExistError, InvalidInputError if it is closed."""
	plan = frappe.db.get_value(PLAN, name, "*", as_dict=True)
	if not plan:
		frappe.throw(_("Session plan {0} not found").format(name), frappe.DoesNotExistError)
	if plan.status == states.CANCELLED:
		refuse_input(_("Session plan"), _("It was cancelled. Sell the service again to plan new sessions."))
	rows = _rows(name)
	base = _base(plan.patient, plan.service)
	return replace(
		base,
		area=plan.area or None,
		area_title=plan.area_title or None,
		interval=max(cint(plan.interval_days), 1),
		allowed_absences=cint(plan.allowed_absence_count),
		plan=name,
		entitlement=plan.entitlement or None,
		valid_to=_valid_to(plan.entitlement),
		practitioner=plan.practitioner or None,
		branch=plan.branch or None,
		first_date=getdate(plan.first_date),
		last_treated=_last_treated(rows),
		items=tuple(_item(row) for row in rows if _is_to_come(row)),
	)


def of_entitlement(name: str) -> Subject:
	"""What is left of a purchase that has no plan. Raises InvalidInputError when it has one."""
	fields = ["patient", "service", "area", "area_title", "branch", "valid_to", "status"]
	bought = frappe.db.get_value(entitlements.DOCTYPE, name, fields, as_dict=True)
	if not bought:
		frappe.throw(_("Entitlement {0} not found").format(name), frappe.DoesNotExistError)
	if planned := frappe.db.get_value(PLAN, {"entitlement": name, "status": ("!=", states.CANCELLED)}):
		title = frappe.db.get_value(PLAN, planned, "title")
		refuse_input(_("Entitlement"), _("Its sessions are planned already: {0}.").format(title))
	base = _base(bought.patient, bought.service)
	left = cint(entitlement_entries.sums_of([name])[name]["left"])
	if left < 1 or bought.status != "Active":
		refuse_input(_("Entitlement"), _("Nothing is left of this purchase."))
	return replace(
		base,
		area=bought.area or None,
		area_title=bought.area_title or None,
		entitlement=name,
		valid_to=getdate(bought.valid_to) if bought.valid_to else None,
		branch=bought.branch or None,
		last_treated=_last_used(name),
		items=tuple(Item(number) for number in range(1, min(left, session_plans.MAX_SESSIONS) + 1)),
	)


def beginning_with(subject: Subject, number: int) -> Subject:
	"""The same from one session on: those before it stay where they are, and the gap counts from them.

	Raises InvalidInputError when nothing of it is still to come.
	"""
	rest = tuple(item for item in subject.items if item.number >= number)
	if not rest:
		refuse_input(_("Session"), _("From session {0} on nothing is still to come.").format(number))
	stay = [item.date for item in subject.items if item.number < number and item.appointment]
	last = max([day for day in (subject.last_treated, *stay) if day], default=None)
	return replace(subject, items=rest, last_treated=last)


def _base(patient: str, service: str) -> Subject:
	who = frappe.db.get_value(
		"Clinic Patient", patient, ["full_name", "gender", "first_visit_on"], as_dict=True
	)
	fields = [
		"service_name",
		"is_session_based",
		"session_interval_days",
		"session_start_days",
		"allowed_absence_count",
	]
	what = frappe.db.get_value("Clinic Service", service, fields, as_dict=True)
	if not what.is_session_based:
		refuse_input(_("Service"), _("{0} is not given in sessions.").format(what.service_name))
	return Subject(
		patient=patient,
		full_name=who.full_name,
		gender=who.gender or "",
		is_first_visit=not returning.is_returning(who.first_visit_on),
		service=service,
		service_name=what.service_name,
		area=None,
		area_title=None,
		interval=max(cint(what.session_interval_days), 1),
		start_days=cint(what.session_start_days),
		allowed_absences=cint(what.allowed_absence_count),
	)


def _rows(plan: str) -> list[frappe._dict]:
	return frappe.get_all(
		SESSION,
		{"session_plan": plan},
		[
			"name",
			"session_no",
			"status",
			"date",
			"appointment",
			"appointment.status as appointment_status",
			"appointment.start as start",
			"appointment.end as finish",
			"appointment.practitioner as practitioner",
			"appointment.branch as branch",
		],
		order_by="session_no asc",
	)


def _is_to_come(row: frappe._dict) -> bool:
	"""Still to be given a time, or booked and not begun yet."""
	if row.status in (states.PLANNED, states.ABSENT):
		return True
	return row.status == states.BOOKED and _may_move(row)


def _may_move(row: frappe._dict) -> bool:
	return row.appointment_status in states.MOVABLE and get_datetime(row.start) > now_datetime()


def _item(row: frappe._dict) -> Item:
	if row.status != states.BOOKED:
		# An absent one still names the appointment that was missed.
		return Item(row.session_no, row.name, row.status, getdate(row.date))
	return Item(
		row.session_no,
		row.name,
		row.status,
		getdate(row.date),
		row.appointment,
		get_datetime(row.start),
		get_datetime(row.finish),
		row.practitioner,
		row.branch,
	)


def _last_treated(rows: list[frappe._dict]) -> datetime.date | None:
	"""The day of the last treatment; one that goes on now, or was begun today, is one."""
	days = [
		getdate(row.date)
		for row in rows
		if row.status == states.ATTENDED or (row.status == states.BOOKED and not _may_move(row))
	]
	return max(days, default=None)


def _last_used(entitlement: str) -> datetime.date | None:
	"""The day a unit was last used without a session: the first one is often given at once."""
	found = frappe.get_all(
		entitlement_entries.ENTRY,
		{"entitlement": entitlement, "kind": "Consume", "quantity": ("<", 0)},
		["posted_at"],
		order_by="posted_at desc",
		limit=1,
	)
	return getdate(found[0].posted_at) if found else None


def _valid_to(entitlement: str | None) -> datetime.date | None:
	day = frappe.db.get_value(entitlements.DOCTYPE, entitlement, "valid_to") if entitlement else None
	return getdate(day) if day else None
