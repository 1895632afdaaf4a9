"""A submission of a lead form: checked, stored as it came, turned into one lead (C003, C051–C070).

Runs as Guest. What it writes it writes with the permissions of this module alone; guests may read
nothing.
"""

import hashlib
import json
from typing import Any

import frappe
from clinic_core.foundation import cached, compat
from clinic_core.foundation.digits import to_latin
from clinic_core.foundation.document import write_late
from clinic_core.foundation.errors import InvalidInputError
from clinic_core.foundation.state import as_system
from clinic_core.people import names, phones
from frappe import _
from frappe.model.document import Document
from frappe.utils import add_to_date, now_datetime, validate_email_address

from clinic_crm.pipeline import contacts, flood, leads, limits, services, submitted_consent, teams
from clinic_crm.pipeline.form_fields import FIELDS, HONEYPOT

SUBMISSION = "Clinic Lead Submission"
FORM = "Clinic Lead Form"
TITLE_LENGTH = 60
ACCEPTED, REPEATED, REJECTED = "Accepted", "Repeated", "Rejected"


class FormClosedError(frappe.ValidationError):
	"""The form is not open to this person: unknown, inactive, or private."""

	http_status_code = 404


def form_at(route: str) -> Document:
	"""The form at `/lead/<route>` if it is open to the user. Raises FormClosedError."""
	name = frappe.db.get_value(FORM, {"route": to_latin(route or "").strip("/ ").lower()}, "name")
	if not name:
		_closed()
	form = cached.document(FORM, name)
	_check_open(form)
	return form


def receive(form: Document, values: dict[str, Any]) -> Document:
	"""Store what was sent through `form`. Unknown fields are left out; hidden ones are not asked."""
	shown = {row.fieldname for row in form.form_fields} - {"attachment"}
	doc = frappe.new_doc(SUBMISSION)
	doc.lead_form = form.name
	for field in [*sorted(shown), HONEYPOT]:
		value = values.get(field)
		doc.set(field, str(value) if value is not None else None)
	doc.service = services.shown(values.get("service"))
	doc.privacy_policy = str(values.get("privacy_policy") or "") or None
	doc.marketing_consent = int(str(values.get("marketing_consent") or "0") in ("1", "on", "true", "True"))
	doc.flags.has_file = bool(values.get("attachment"))
	doc.insert(ignore_permissions=True)
	return doc


def check(doc: Document) -> None:
	"""The rules of a new submission, whatever the door.

	Sets `status`: Accepted, Repeated (the same content within minutes) or Rejected (a machine filled
	the honeypot). Raises FormClosedError, InvalidInputError with `field_errors` in the response, or
	TooManySubmissionsError.
	"""
	form = cached.document(FORM, doc.lead_form) if doc.lead_form else _closed()
	_check_open(form)
	_stamp(doc)
	flood.check_tries(doc.ip_address)
	if (doc.get(HONEYPOT) or "").strip():
		flood.check_limits(None, doc.ip_address)
		doc.status = REJECTED
		return
	_check_values(doc, form)
	doc.content_hash = _hash(doc)
	# One submission of a form after the other: two clicks at once are one request.
	frappe.db.get_value(FORM, form.name, "name", for_update=True)
	first = _same_before(doc)
	if first:
		doc.status, doc.lead, doc.contact = REPEATED, first.lead, first.contact
		return
	flood.check_limits(doc.mobile, doc.ip_address)
	doc.status = ACCEPTED


def _check_open(form: Document) -> None:
	if form.status != "Active":
		_closed()
	if form.visibility == "Private":
		user_type = frappe.get_cached_value("User", frappe.session.user, "user_type")
		if user_type != "System User":
			_closed()


def _closed() -> None:
	frappe.throw(_("This form is not open. Please ask the clinic for the right link."), FormClosedError)


def _stamp(doc: Document) -> None:
	"""What the sender does not get to say."""
	doc.update({"lead": None, "contact": None, "status": ACCEPTED, "content_hash": None})
	request = getattr(frappe.local, "request", None)
	doc.ip_address = getattr(frappe.local, "request_ip", None)
	doc.user_agent = (request.headers.get("User-Agent") or "")[:500] if request else None
	submitted_consent.stamp(doc)


def _check_values(doc: Document, form: Document) -> None:
	errors: dict[str, str] = {}
	rows = {row.fieldname: row for row in form.form_fields}
	for field, known in FIELDS.items():
		if field == "attachment":
			continue
		value = (
			" ".join((doc.get(field) or "").split())
			if known.kind != "textarea"
			else (doc.get(field) or "").strip()
		)
		doc.set(field, value or None)
		if value and field not in rows:
			doc.set(field, None)
		elif value and len(value) > known.length:
			errors[field] = _("At most {0} characters.").format(known.length)
	for field, row in rows.items():
		if row.is_required and not _is_given(doc, field):
			errors[field] = _("Please fill this in.")
	_check_numbers(doc, errors)
	if doc.email and not validate_email_address(doc.email):
		errors["email"] = _("This is not an email address.")
	doc.person_name = names.full_name(doc.first_name, doc.last_name) or doc.company_name or doc.mobile
	if errors:
		_refuse(errors, rows)


def _is_given(doc: Document, field: str) -> bool:
	if field == "attachment":
		# Files come through our own page only.
		return bool(doc.attachment or doc.flags.has_file or frappe.flags.in_web_form)
	return bool(doc.get(field))


def _check_numbers(doc: Document, errors: dict[str, str]) -> None:
	for field in ("mobile", "phone"):
		if not doc.get(field) or field in errors:
			continue
		messages = compat.mark_messages()
		try:
			doc.set(field, phones.normalise(doc.get(field), _(FIELDS[field].label)))
		except InvalidInputError:
			compat.forget_messages(messages)
			errors[field] = (
				_("This is not a mobile number. Example: 0912 345 6789")
				if field == "mobile"
				else _("This is not a telephone number. Please add the area code.")
			)


def _refuse(errors: dict[str, str], rows: dict[str, Any]) -> None:
	labels = {field: row.label or _(FIELDS[field].label) for field, row in rows.items()}
	lines = [
		_("{0}: {1}", context="field: problem").format(
			frappe.utils.escape_html(labels.get(field) or _(FIELDS[field].label)), problem
		)
		for field, problem in errors.items()
	]
	frappe.local.response["field_errors"] = errors
	frappe.throw("<br>".join(lines), InvalidInputError, title=_("Please check"))


def _hash(doc: Document) -> str:
	content = {field: doc.get(field) for field in FIELDS if field != "attachment"}
	about = [doc.service] if doc.service else []
	return hashlib.sha256(json.dumps([doc.lead_form, content, *about], sort_keys=True).encode()).hexdigest()


def _same_before(doc: Document) -> Any:
	table = frappe.qb.DocType(SUBMISSION)
	rows = (
		frappe.qb.from_(table)
		.select(table.lead, table.contact)
		.where(table.content_hash == doc.content_hash)
		.where(table.status == ACCEPTED)
		.where(table.creation > add_to_date(now_datetime(), minutes=-limits.REPEAT_MINUTES))
		.orderby(table.creation)
		.limit(1)
		.for_update()
		.run(as_dict=True)
	)
	return rows[0] if rows else None


def turn_into_lead(doc: Document) -> None:
	"""Make the New Lead of an accepted submission, for the form's team (C055, C069, C070)."""
	if doc.status != ACCEPTED:
		return
	form = cached.document(FORM, doc.lead_form)
	person = {field: doc.get(field) for field in contacts.FIELDS if doc.meta.has_field(field)}
	person.update({"channel": form.channel, "branch": form.branch})
	contact, is_known = contacts.reuse_or_create(person)
	with as_system():
		lead = frappe.get_doc(
			{
				"doctype": leads.DOCTYPE,
				"title": _title(doc, form),
				"person_type": "Contact",
				"contact": contact,
				"channel": form.channel,
				"team": form.team,
				"assigned_to": teams.able(form.assigned_to),
				"branch": form.branch,
				"description": doc.description,
				"lead_form": form.name,
				"services": [{"service": doc.service}] if doc.service else [],
			}
		).insert(ignore_permissions=True)
	if is_known:
		lead.add_comment("Info", _("This person was known already: the contact was used again."))
	write_late(doc, lead=lead.name, contact=contact)
	submitted_consent.record(doc)


def _title(doc: Document, form: Document) -> str:
	"""What the lead is called: what the sender wrote, else the form it came through."""
	wish = (doc.description or "").strip().split("\n")[0]
	if len(wish) > TITLE_LENGTH:
		wish = wish[:TITLE_LENGTH].rsplit(" ", 1)[0] + " …"
	return doc.title or wish or form.form_name


def thank_you(form: Document) -> dict[str, Any]:
	"""What the sender is told, whatever became of the submission."""
	return {
		"status": "received",
		"message": form.thank_you_message
		or _("Thank you. We have received your request and will call you soon."),
		"return_url": form.return_url or None,
	}
