"""The clinic's own rules at the booking door: who may be booked for what (F07, F10, F11).

Called by `placement.place`, so that every door obeys. A manager or supervisor makes an exception by giving a
reason, which is kept on the appointment beside the rule that was not kept. What was bought already (a
session) is not held back by them.
"""

import datetime

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import add_to_date, cint, get_datetime, getdate, now_datetime

from clinic_core.foundation import events, settings
from clinic_core.foundation.digits import in_language
from clinic_core.foundation.errors import refuse_input
from clinic_core.foundation.shown_days import shown_day, shown_moment
from clinic_core.scheduling import practitioner_rules, records, states
from clinic_core.scheduling.policies import no_show_block, prerequisites

DOCTYPE = "Clinic Appointment"
NO_SHOW_DAYS = 180
DONE = (states.ADMITTED, states.COMPLETED)
TO_COME = (states.BOOKED, states.CONFIRMED, states.ARRIVED)


def check(doc: Document, service: records.Service, *, is_first_visit: bool) -> None:
	"""Refuse what the rules do not allow, or note why it is allowed. Raises InvalidInputError."""
	if doc.session or frappe.flags.clinic_system_move:
		return
	before = doc.get_doc_before_save()
	is_new = not before or before.patient != doc.patient
	found = [
		_blocked(doc) if is_new else None,
		_prerequisite(doc, service),
		_too_soon(doc) if is_first_visit else None,
	]
	broken = [problem for problem in found if problem]
	if not broken:
		if is_new:
			doc.override_reason = doc.overridden_rules = None
		return
	granted = before and before.overridden_rules and not is_new and before.service == doc.service
	if granted:
		return
	if (doc.override_reason or "").strip() and may_override():
		doc.overridden_rules = "\n".join(problem for _label, problem in broken)
		return
	_refuse(*broken[0])


def may_override() -> bool:
	"""Whether this user may book against a rule of the clinic, with a reason."""
	if frappe.flags.clinic_patient_move:
		return False
	return frappe.session.user == "Administrator" or bool(states.OVERRIDERS & set(frappe.get_roles()))


def _refuse(label: str, problem: str) -> None:
	frappe.local.response["may_override"] = int(may_override())
	if may_override():
		hint = _("To book all the same, give the reason for the exception.")
	else:
		hint = _("A manager or supervisor can make an exception.")
	refuse_input(label, f"{problem} {hint}")


def _blocked(doc: Document) -> tuple[str, str] | None:
	"""Who missed too many appointments lately is not booked (F11)."""
	limit, days = cint(settings.get("no_show_limit")), cint(settings.get("no_show_days")) or NO_SHOW_DAYS
	if limit <= 0:
		return None
	since = add_to_date(getdate(), days=-days)
	table = frappe.qb.DocType(DOCTYPE)
	missed = (
		frappe.qb.from_(table)
		.select(table.start)
		.where((table.patient == doc.patient) & (table.start >= since) & (table.status == states.NO_SHOW))
		.run(pluck=True)
	)
	until = no_show_block.blocked_until([getdate(start) for start in missed], limit, days, getdate())
	if not until:
		return None
	return (
		_("Patient"),
		_("Missed {0} appointments in {1} days: no new booking until {2}.").format(
			_number(len(missed)), _number(days), shown_day(until)
		),
	)


def _prerequisite(doc: Document, service: records.Service) -> tuple[str, str] | None:
	"""A service that needs another one before it (F07); what is booked before it counts as well."""
	first = service.prerequisite
	if not first:
		return None
	done, days = _days_of(doc, first), service.prerequisite_days
	if prerequisites.is_met(done, getdate(doc.start), days):
		return None
	title = frappe.db.get_value("Clinic Service", first, "service_name")
	if days:
		problem = _("“{0}” needs “{1}” first, at most {2} days before. Please book that first.").format(
			service.title, title, _number(days)
		)
	else:
		problem = _("“{0}” needs “{1}” first. Please book that first.").format(service.title, title)
	if last := prerequisites.last_day(done, days):
		problem += " " + _("The last one held until {0}.").format(shown_day(last))
	frappe.local.response["book_first"] = first
	return _("Service"), problem


def _days_of(doc: Document, service: str) -> list[datetime.date]:
	"""When the patient had the service, or will have had it by then."""
	table = frappe.qb.DocType(DOCTYPE)
	come = table.status.isin(DONE) | (table.status.isin(TO_COME) & (table.end >= now_datetime()))
	rows = (
		frappe.qb.from_(table)
		.select(table.start)
		.where((table.patient == doc.patient) & (table.service == service))
		.where((table.end <= get_datetime(doc.start)) & come & (table.name != (doc.name or "")))
		.run(pluck=True)
	)
	answers = events.gather("clinic_last_performed", patient=doc.patient, services=[service])
	performed = [getdate(day) for answer in answers for _service, _area, day in answer]
	return [*(getdate(start) for start in rows), *(day for day in performed if day <= getdate(doc.start))]


def _too_soon(doc: Document) -> tuple[str, str] | None:
	"""Who was never here gives more notice; not when he stands at the front desk (F10)."""
	hours = cint(settings.get("first_visit_notice_hours"))
	earliest = first_visit_from()
	if not earliest or get_datetime(doc.start) >= earliest:
		return None
	return (
		_("Start"),
		_("A first visit needs {0} hours notice: {1} at the earliest.").format(
			_number(hours), shown_moment(earliest)
		),
	)


def first_visit_from() -> datetime.datetime | None:
	"""The first moment this user may book a first visit for; None: no rule."""
	hours = cint(settings.get("first_visit_notice_hours"))
	if not hours or practitioner_rules.at_the_desk():
		return None
	return add_to_date(now_datetime(), hours=hours)


def _number(value: int) -> str:
	return in_language(str(value), frappe.local.lang)
