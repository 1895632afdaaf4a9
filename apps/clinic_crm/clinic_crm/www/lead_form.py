"""The public page of a lead form, `/lead/<route>`; it works without JavaScript too."""

from typing import Any

import frappe
from clinic_core.foundation import boundary, settings
from clinic_core.people.consent import policies, policy_page
from frappe import _
from frappe.utils import cint

from clinic_crm.pipeline import attachments, services, submissions, submitted_consent
from clinic_crm.pipeline.form_fields import ATTACHMENT_TYPES, FIELDS, HONEYPOT

no_cache = 1
sitemap = 0

RTL = frozenset({"fa", "ar", "he", "ps", "ur", "ckb"})


def get_context(context: Any) -> None:
	"""What the template shows: the fields, the errors of a refused one, or the thank-you."""
	context.update(
		{
			"lang": frappe.local.lang,
			"direction": "rtl" if frappe.local.lang in RTL else "ltr",
			"state": "form",
		}
	)
	context.update({"errors": {}, "given": {}, "problem": None, "title": _("Contact form")})
	try:
		form = submissions.form_at(frappe.form_dict.get("lead_route") or "")
	except submissions.FormClosedError:
		frappe.clear_messages()
		context.update({"state": "closed", "http_status_code": 404})
		return
	context.title = form.form_name
	context.clinic = _clinic_name(form)
	context.form = form
	context.form_title, context.intro = _(form.form_name), _(form.description or "")
	context.csrf_token = "" if frappe.session.user == "Guest" else frappe.sessions.get_csrf_token()
	context.honeypot = HONEYPOT
	context.accept = ",".join(ATTACHMENT_TYPES)
	context.request_key = frappe.generate_hash(length=20)
	context.max_bytes = attachments.MAX_ATTACHMENT_BYTES
	context.fields = [_field(row) for row in form.form_fields]
	context.service = services.shown(frappe.form_dict.get("service"))
	context.service_title = services.title(context.service)
	context.update(_policies())
	if frappe.request and frappe.request.method == "POST":
		_receive(context, form)


def _policies() -> dict[str, Any]:
	"""The texts the sender agrees to, in his language: {privacy, marketing}, each {name, title, link}."""
	found = {}
	for kind, policy in submitted_consent.shown().items():
		if policy:
			title = policies.text_of(policy.name, frappe.local.lang)["title"]
			found[kind] = {"name": policy.name, "title": title, "link": policy_page.link(policy)}
	return found


def _clinic_name(form: Any) -> str:
	"""The branch the form is for, else the clinic itself."""
	branch = form.branch or settings.get("default_branch")
	if branch:
		return _(frappe.get_cached_value("Clinic Branch", branch, "title"))
	entity = settings.get("default_legal_entity")
	return _(frappe.get_cached_value("Clinic Legal Entity", entity, "title")) if entity else ""


def _field(row: Any) -> dict[str, Any]:
	known = FIELDS[row.fieldname]
	return {
		"name": row.fieldname,
		"label": row.label or _(known.label),
		"kind": known.kind,
		"autocomplete": known.autocomplete,
		"length": known.length,
		"is_required": cint(row.is_required),
	}


def _receive(context: Any, form: Any) -> None:
	"""A plain form post: the same work as the endpoint, answered as a page."""
	values = {field: frappe.form_dict.get(field) for field in [*FIELDS, HONEYPOT]}
	values.pop("attachment")
	values["service"] = context.service
	for field in ("privacy_policy", "marketing_consent"):
		values[field] = frappe.form_dict.get(field)
	try:
		file = attachments.read(_uploaded())
		boundary.command(
			"clinic_crm.www.lead_form",
			frappe.form_dict.get("request_key"),
			lambda: _store(form, values, file),
			content={"form": form.name, "values": values},
		)
	except frappe.ValidationError as error:
		context.errors = frappe.local.response.pop("field_errors", None) or {}
		context.given = values
		context.problem = None if context.errors else str(error)
		context.http_status_code = getattr(error, "http_status_code", 422)
		frappe.clear_messages()
		return
	context.update({"state": "thanks", **submissions.thank_you(form)})


def _store(form: Any, values: dict[str, Any], file: tuple[str, bytes] | None) -> dict[str, Any]:
	submission = submissions.receive(form, {**values, "attachment": file})
	if file:
		attachments.keep(submission, file)
	return submissions.thank_you(form)


def _uploaded() -> tuple[str, bytes] | None:
	file = frappe.request.files.get("attachment")
	if not file or not file.filename:
		return None
	return file.filename, file.stream.read(attachments.MAX_ATTACHMENT_BYTES + 1)
