"""The Frappe Web Form underneath a lead form: the framework's own door, with the same fields.

Our page at `/lead/<route>` is what people see; `/lead/<route>/new` is the framework's, and both end
in the same Clinic Lead Submission.
"""

from typing import Any
from urllib.parse import urlsplit

import frappe
from frappe import _
from frappe.model.document import Document

from clinic_crm.pipeline.form_fields import FIELDS, HONEYPOT

SUBMISSION = "Clinic Lead Submission"
_TYPES = {"textarea": "Small Text"}


def is_web_address(url: str) -> bool:
	"""Whether people may be sent there: http or https with a host, nothing else."""
	parts = urlsplit(url)
	return parts.scheme in ("http", "https") and bool(parts.netloc) and not set(url) & set("\\\r\n\t ")


def sync(form: Document) -> str:
	"""Create or update the Web Form of a lead form. Returns its name."""
	name = form.web_form if form.web_form and frappe.db.exists("Web Form", form.web_form) else None
	doc = frappe.get_doc("Web Form", name) if name else frappe.new_doc("Web Form")
	doc.update(_settings(form))
	doc.set("web_form_fields", [])
	for row in form.form_fields:
		# Files only come through our own page, where they are checked before they are kept.
		if FIELDS[row.fieldname].kind != "file":
			doc.append("web_form_fields", _field(row))
	for fieldname, default in (("lead_form", form.name), (HONEYPOT, None)):
		doc.append(
			"web_form_fields", {"fieldname": fieldname, "fieldtype": "Data", "hidden": 1, "default": default}
		)
	doc.flags.ignore_permissions = True
	if name:
		doc.save()
	else:
		doc.insert(set_name=f"clinic-lead-{form.name}")
	return doc.name


def _settings(form: Document) -> dict[str, Any]:
	is_public = form.visibility == "Public"
	return {
		"title": form.form_name,
		"route": f"lead/{form.route}",
		"doc_type": SUBMISSION,
		"module": "Pipeline",
		"is_standard": 0,
		"published": int(form.status == "Active"),
		"anonymous": int(is_public),
		"login_required": int(not is_public),
		"allow_multiple": 1,
		"allow_edit": 0,
		"show_list": 0,
		"introduction_text": frappe.utils.escape_html(form.description or ""),
		"success_message": form.thank_you_message,
		"success_url": form.return_url,
	}


def _field(row: Document) -> dict[str, Any]:
	known = FIELDS[row.fieldname]
	return {
		"fieldname": row.fieldname,
		"fieldtype": _TYPES.get(known.kind, "Data"),
		"label": row.label or _(known.label),
		"reqd": row.is_required,
	}
