"""The print of a signed consent: the text of its own version, the answer, the signature (E013, F40)."""

import functools
from pathlib import Path

import frappe
from frappe import _
from jinja2 import Environment, FileSystemLoader

from clinic_core.foundation import settings
from clinic_core.people.consent import policies
from clinic_core.people.consent.policy_page import RTL
from clinic_core.service_catalog.public_page.formats import Words
from clinic_core.service_catalog.public_page.rich_text import clean_html


def clinic_consent_html(name: str) -> str:
	"""The page of one consent; the same every time, for neither the text nor the answer can change."""
	doc = frappe.get_doc("Clinic Consent", name)
	doc.check_permission("print")
	language = doc.language or frappe.local.lang
	words = Words(language)
	entity = settings.get("default_legal_entity")
	text = policies.text_of(doc.policy, language) if doc.policy else {"title": "", "body": ""}
	before, frappe.local.lang = frappe.local.lang, language
	try:
		return (
			_environment()
			.get_template("consent.html")
			.render(
				_=_,
				doc=doc,
				direction="rtl" if language in RTL else "ltr",
				lang=language,
				clinic=_(frappe.get_cached_value("Clinic Legal Entity", entity, "title")) if entity else "",
				title=text["title"] or _(doc.purpose),
				body=clean_html(text["body"]),
				version=words.number(doc.policy_version) if doc.policy_version else "",
				day=words.day(doc.at),
				time=words.text(f"{doc.at:%H:%M}"),
				taken_by=frappe.get_cached_value("User", doc.taken_by, "full_name") if doc.taken_by else "",
				file_no=frappe.db.get_value("Clinic Patient", doc.patient, "file_no") if doc.patient else "",
			)
		)
	finally:
		frappe.local.lang = before


@functools.cache
def _environment() -> Environment:
	folder = Path(__file__).parent / "templates"
	return Environment(loader=FileSystemLoader(folder), autoescape=True, trim_blocks=True, lstrip_blocks=True)
