"""Endpoints of the pipeline (design §5): check, parse, call, return. No logic here."""

from typing import Any

import frappe
from clinic_core.foundation import boundary, branch_scope, wire
from clinic_core.foundation.errors import refuse_input
from clinic_core.people.access_log import seen
from frappe import _
from frappe.utils import getdate

from clinic_crm.pipeline import activities, attachments, calendar, details, leads, submissions, upcoming
from clinic_crm.pipeline import office as crm_office

_API = "clinic_crm.pipeline.api"


@frappe.whitelist(methods=["POST"])
def create_lead(
	title: str,
	person_type: str = "Contact",
	contact: str | None = None,
	patient: str | None = None,
	first_name: str | None = None,
	last_name: str | None = None,
	mobile: str | None = None,
	email: str | None = None,
	services: str | list | None = None,
	patients: str | list | None = None,
	channel: str | None = None,
	assigned_to: str | None = None,
	team: str | None = None,
	branch: str | None = None,
	priority: str | None = None,
	feedback: str | None = None,
	description: str | None = None,
	upcoming: str | dict | None = None,
	idempotency_key: str | None = None,
) -> dict:
	"""New lead (C029–C042, C071, C072) → {lead, contact, duplicates}."""
	wire.require_permission("Clinic Lead", "create")
	branch_scope.require(branch)
	_require_title(title)
	data = {
		"title": title, "person_type": person_type, "contact": contact, "patient": patient,
		"first_name": first_name, "last_name": last_name, "mobile": mobile, "email": email,
		"channel": channel, "assigned_to": assigned_to, "team": team, "branch": branch,
		"priority": priority, "feedback": feedback, "description": description,
		"services": _names(services, _("Services")),
		"patients": _names(patients, _("Family and companions")),
		**_switch(upcoming),
	}  # fmt: skip
	return _command("create_lead", idempotency_key, data, lambda: leads.create(_copy(data)))


@frappe.whitelist(methods=["POST"])
def log_activity(
	lead: str,
	title: str,
	contact_method: str | None = None,
	feedback: str | None = None,
	description: str | None = None,
	priority: str | None = None,
	upcoming: str | dict | None = None,
	idempotency_key: str | None = None,
) -> dict:
	"""Record what was done for a lead (C073–C084) → {activity, call, upcoming}."""
	wire.require_permission("Clinic Lead", "read", lead)
	wire.require_permission("Clinic Activity", "create")
	_require_title(title)
	data = _activity(title, contact_method, feedback, description, priority)
	plan = _plan(upcoming)
	content = {"lead": lead, **data, "plan": plan}
	return _command("log_activity", idempotency_key, content, lambda: activities.log(lead, dict(data), plan))


@frappe.whitelist(methods=["POST"])
def complete_activity(
	activity: str,
	title: str | None = None,
	contact_method: str | None = None,
	feedback: str | None = None,
	description: str | None = None,
	priority: str | None = None,
	upcoming: str | dict | None = None,
	idempotency_key: str | None = None,
) -> dict:
	"""Record an activity on a planned one, which is Done by that (C017) → {activity, call, upcoming}."""
	wire.require_permission("Clinic Activity", "write", activity)
	data = _activity(title, contact_method, feedback, description, priority)
	plan = _plan(upcoming)
	content = {"activity": activity, **data, "plan": plan}
	return _command(
		"complete_activity",
		idempotency_key,
		content,
		lambda: activities.complete(activity, dict(data), plan),
	)


@frappe.whitelist(methods=["POST"])
def convert_to_patient(
	lead: str,
	patient: str | None = None,
	referral_source: str | None = None,
	idempotency_key: str | None = None,
) -> dict:
	"""Make a patient of the lead's contact (C085) → {patient, reused, duplicates}."""
	wire.require_permission("Clinic Lead", "write", lead)
	wire.require_permission("Clinic Patient", "create")
	if patient:
		wire.require_permission("Clinic Patient", "read", patient)
	content = {"lead": lead, "patient": patient, "referral_source": referral_source}
	return _command(
		"convert_to_patient",
		idempotency_key,
		content,
		lambda: leads.convert_to_patient(lead, patient, referral_source),
	)


@frappe.whitelist(methods=["POST"])
def book_for_lead(
	lead: str,
	service: str,
	practitioner: str,
	start: str,
	branch: str | None = None,
	note: str | None = None,
	override_reason: str | None = None,
	idempotency_key: str | None = None,
) -> dict:
	"""Book an appointment for the lead's patient (C006, C086) → {appointment, status, start, end, lead_status}."""
	wire.require_permission("Clinic Lead", "read", lead)
	wire.require_permission("Clinic Appointment", "create")
	branch_scope.require(branch)
	content = {
		"lead": lead, "service": service, "practitioner": practitioner, "start": start, "branch": branch,
		"note": note, "override_reason": override_reason or None,
	}  # fmt: skip

	def work() -> dict:
		answer = leads.book(**content)
		# Known only now when none was asked for.
		branch_scope.require(frappe.db.get_value("Clinic Appointment", answer["appointment"], "branch"))
		return answer

	return _command("book_for_lead", idempotency_key, content, work)


@frappe.whitelist(methods=["POST"])
def take_lead(lead: str, idempotency_key: str | None = None) -> dict:
	"""The user takes care of the lead → {lead, assigned_to}."""
	wire.require_permission("Clinic Lead", "write", lead)

	def work() -> dict:
		doc = leads.take(lead, frappe.session.user)
		return {"lead": doc.name, "assigned_to": doc.assigned_to}

	return _command("take_lead", idempotency_key, {"lead": lead}, work)


@frappe.whitelist(methods=["POST"])
def set_stagnant(lead: str, reason: str, idempotency_key: str | None = None) -> dict:
	"""The person gave up; `reason` is required (C015) → {lead, status}."""
	wire.require_permission("Clinic Lead", "write", lead)
	content = {"lead": lead, "reason": reason}
	return _command(
		"set_stagnant", idempotency_key, content, lambda: _state(leads.set_stagnant(lead, reason))
	)


@frappe.whitelist(methods=["POST"])
def reopen(lead: str, idempotency_key: str | None = None) -> dict:
	"""Follow a stagnant lead again → {lead, status}."""
	wire.require_permission("Clinic Lead", "write", lead)
	return _command("reopen", idempotency_key, {"lead": lead}, lambda: _state(leads.reopen(lead)))


@frappe.whitelist(methods=["GET"])
def lead_details(lead: str) -> dict:
	"""One lead → {lead, activities, calls, status_log, duplicates, actions}."""
	wire.require_permission("Clinic Lead", "read", lead)
	seen.saw_document("Clinic Lead", lead, "View", "Lead")
	return details.of(frappe.get_doc("Clinic Lead", lead))


@frappe.whitelist(methods=["GET"])
def office(date: str | None = None, team: str | None = None) -> dict:
	"""The CRM Office of a day (C010) → {leads, opportunities, current_activities, activities, calls}."""
	wire.require_permission("Clinic Lead", "read")
	return crm_office.of_day(_day(date), team)


@frappe.whitelist(methods=["GET", "POST"])
def activity_events(start: str, end: str, filters: str | list | None = None) -> list:
	"""Activities for the calendar (C024) → [{name, title, start, end, all_day, color}]."""
	wire.require_permission("Clinic Activity", "read")
	return calendar.events(_day(start), _day(end), wire.parse_list(filters, _("Filters")))


@frappe.whitelist(allow_guest=True, methods=["POST"])
def submit_lead_form(route: str, values: str | dict, idempotency_key: str | None = None) -> dict:
	"""A lead form was sent, by anybody it is open to (C003) → {status, message, return_url}.

	Its permission is the form itself: active, and public or the sender works here.
	"""
	form = submissions.form_at(route)
	given = wire.parse_dict(values, _("Fields"))
	file = attachments.read(given.get("attachment"))
	content = {"route": route, "values": given}
	return _command("submit_lead_form", idempotency_key, content, lambda: _receive(form, given, file))


def _receive(form: Any, given: dict, file: tuple[str, bytes] | None) -> dict:
	submission = submissions.receive(form, {**given, "attachment": file})
	if file:
		attachments.keep(submission, file)
	return submissions.thank_you(form)


def _command(method: str, key: str | None, content: dict, work: Any) -> dict:
	return boundary.command(f"{_API}.{method}", key, work, content=content)


def _activity(
	title: str | None, method: str | None, feedback: str | None, description: str | None, priority: str | None
) -> dict:
	data = {"title": title, "contact_method": method, "feedback": feedback, "description": description}
	return {**data, "priority": priority} if priority else data


def _require_title(title: str) -> None:
	if not title.strip():
		refuse_input(_("Title"), _("Please fill this in."))


def _plan(given: str | dict | None) -> dict | None:
	plan = wire.parse_dict(given, _("Upcoming activity"))
	if not plan:
		return None
	checked = upcoming.check(plan.get("title"), plan.get("date"), plan.get("description"))
	return {**checked, "date": str(checked["date"])}


def _names(given: str | list | None, label: str) -> list[str]:
	names = wire.parse_list(given, label)
	if not all(isinstance(name, str) for name in names):
		refuse_input(label, _("Send a list of names."))
	return names


def _switch(given: str | dict | None) -> dict:
	plan = _plan(given)
	return {"plan_upcoming": 1, **{f"upcoming_{key}": value for key, value in plan.items()}} if plan else {}


def _copy(data: dict) -> dict:
	# The work may run again after a deadlock: it must not eat its own arguments.
	return {key: list(value) if isinstance(value, list) else value for key, value in data.items() if value}


def _state(lead: Any) -> dict:
	return {"lead": lead.name, "status": lead.status}


def _day(date: str | None) -> Any:
	if not date:
		return None
	try:
		return getdate(date)
	except (ValueError, frappe.ValidationError):
		refuse_input(_("Date"), _("This is not a date."))
