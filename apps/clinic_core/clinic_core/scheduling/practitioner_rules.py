"""The practitioner's own booking rules at the booking door, each with an error that says what is possible.

And what he may book himself (C072).

Called by `placement.place`, so every door obeys; the slot search asks `at_the_desk` and `OwnRules.allows`.
"""

import datetime

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import get_datetime, getdate, now_datetime

from clinic_core.foundation import roles
from clinic_core.foundation.errors import refuse_input
from clinic_core.foundation.shown_days import shown_day, shown_moment
from clinic_core.people import own_patients
from clinic_core.scheduling import records, states
from clinic_core.scheduling.cells import minute_of, moment_of

DOCTYPE = "Clinic Appointment"


def at_the_desk() -> bool:
	"""Whether the patient may stand in front of the person who books: no notice is asked then."""
	if frappe.flags.clinic_patient_move:
		return False
	if frappe.session.user == "Administrator" or frappe.flags.clinic_system_move:
		return True
	return bool(states.FRONT_DESK & set(frappe.get_roles()))


def may_make_exceptions() -> bool:
	"""Managers and supervisors book new patients with somebody who takes none."""
	if frappe.flags.clinic_patient_move:
		return False
	if frappe.session.user == "Administrator" or frappe.flags.clinic_system_move:
		return True
	return bool(states.BACK_DATERS & set(frappe.get_roles()))


def check_own_calendar(doc: Document) -> None:
	"""Who only treats books his own patients into his own calendar (C072). Raises frappe.PermissionError."""
	user, held = frappe.session.user, set(frappe.get_roles())
	if user == "Administrator" or frappe.flags.clinic_system_move:
		return
	if roles.PRACTITIONER not in held or held & states.BOOKERS:
		return
	people = {doc.practitioner, *(step.practitioner for step in doc.steps if not step.stage)} - {None, ""}
	if people - set(own_patients.practitioners_of(user)):
		frappe.throw(
			_("You may book into your own calendar only. Please ask the reception for anybody else's."),
			frappe.PermissionError,
			title=_("Not allowed"),
		)
	if not frappe.has_permission("Clinic Patient", "read", doc=doc.patient):
		frappe.throw(
			_("You may book for your own patients only. Please ask the reception."),
			frappe.PermissionError,
			title=_("Not allowed"),
		)


def _is_own(offer: records.Offer) -> bool:
	return offer.practitioner in own_patients.practitioners_of(frappe.session.user)


def check(doc: Document, offer: records.Offer) -> None:
	"""Refuse what the practitioner's own rules do not allow. Raises InvalidInputError."""
	rules, start, now = offer.rules, minute_of(get_datetime(doc.start)), minute_of(now_datetime())
	# Who books into his own calendar has his patient before him.
	if not rules.allows(start, now, at_the_desk=at_the_desk()) and not (
		_is_own(offer) and rules.allows(start, now, at_the_desk=True)
	):
		_refuse_time(offer, start, now)
	before = doc.get_doc_before_save()
	if before and before.practitioner == offer.practitioner and before.patient == doc.patient:
		same_day = getdate(before.start) == getdate(doc.start)
	else:
		same_day = False
		if not rules.takes_new and not may_make_exceptions():
			_refuse_new(doc, offer)
	if rules.most_a_day and not same_day and not doc.is_squeeze_in:
		_refuse_full_day(doc, offer)


def _refuse_time(offer: records.Offer, start: int, now: int) -> None:
	last = offer.rules.last_minute(now)
	name = offer.practitioner_name
	if last is not None and start >= last:
		day = shown_day(getdate(moment_of(last - 1)))
		refuse_input(_("Start"), _("{0} is booked until {1} at most.").format(name, day))
	refuse_input(
		_("Start"),
		_("{0} wants {1} hours notice: {2} at the earliest.").format(
			name, offer.rules.notice_hours, shown_moment(moment_of(offer.rules.first_minute(now)))
		),
	)


def _refuse_new(doc: Document, offer: records.Offer) -> None:
	"""Who was here before, or is to come, is not new."""
	known = frappe.db.exists(
		DOCTYPE,
		{
			"patient": doc.patient,
			"practitioner": offer.practitioner,
			"status": ("not in", [states.CANCELLED, states.HELD]),
			"name": ("!=", doc.name or ""),
		},
	)
	if not known:
		refuse_input(
			_("Practitioner"),
			_("{0} takes no new patients. A supervisor can make an exception.").format(
				offer.practitioner_name
			),
		)


def _refuse_full_day(doc: Document, offer: records.Offer) -> None:
	day = get_datetime(doc.start).replace(hour=0, minute=0, second=0, microsecond=0)
	table = frappe.qb.DocType(DOCTYPE)
	taken = (
		frappe.qb.from_(table)
		.select(table.name)
		.where((table.practitioner == offer.practitioner) & (table.name != (doc.name or "")))
		.where(table.start[day : day + datetime.timedelta(hours=23, minutes=59)])
		.where(table.status.isin(sorted(states.OCCUPYING)) & (table.is_squeeze_in == 0))
		.limit(offer.rules.most_a_day)
		.run()
	)
	if len(taken) >= offer.rules.most_a_day:
		refuse_input(
			_("Start"),
			_("{0} sees {1} patients a day at most, and that day is full.").format(
				offer.practitioner_name, offer.rules.most_a_day
			),
		)
