"""Answers /policy/<address> and /policy/<address>/<version> (E001, E013): what people agree to, for anybody."""

import functools
from pathlib import Path
from typing import Any

import frappe
from frappe import _
from frappe.utils import cstr
from frappe.website.page_renderers.base_renderer import BaseRenderer
from jinja2 import Environment, FileSystemLoader
from werkzeug.wrappers import Response

from clinic_core.foundation import settings
from clinic_core.people.consent import policies, policy_rules
from clinic_core.service_catalog.public_page.formats import Words
from clinic_core.service_catalog.public_page.rich_text import clean_html

ROOT = "policy"
LANGUAGES = {"fa": "فارسی", "en": "English", "tr": "Türkçe", "zh": "中文"}
RTL = frozenset({"fa", "ar"})


class PolicyPage(BaseRenderer):
	"""The public page of a policy; older versions stay readable, for those who agreed to them."""

	def can_render(self) -> bool:
		"""Whether the address is ours."""
		return self.path.startswith(f"{ROOT}/")

	def render(self) -> Response:
		"""The text in the visitor's language; 404 for what is not published."""
		language = _language()
		slug, _slash, version = self.path[len(ROOT) :].strip("/").partition("/")
		policy = _find(slug, version)
		text = policies.text_of(policy.name, language) if policy else None
		frappe.local.lang = language
		html = _environment().get_template("policy.html").render(_=_, **_context(policy, text, language))
		response = Response(html, status=200 if policy else 404, mimetype="text/html")
		response.headers["Vary"] = "Accept-Language, Cookie"
		return response


def link(policy: Any) -> str:
	"""The address of this very version."""
	return f"/{ROOT}/{policy.slug}/{policy.version_no}"


def _find(slug: str, version: str) -> Any:
	if not version:
		return policies.current(slug)
	if not version.isdecimal() or len(version) > 6:
		return None
	return frappe.db.get_value(
		policies.DOCTYPE,
		{"slug": slug, "version_no": int(version), "status": ("!=", policy_rules.DRAFT)},
		["name", "slug", "version_no", "valid_from", "status"],
		as_dict=True,
	)


def _context(policy: Any, text: dict[str, str] | None, language: str) -> dict[str, Any]:
	shown = text["language"] if text else language
	entity = settings.get("default_legal_entity")
	context = {
		"lang": shown,
		"direction": "rtl" if shown in RTL else "ltr",
		"clinic": _(frappe.get_cached_value("Clinic Legal Entity", entity, "title")) if entity else "",
		"text": text,
		"languages": [],
	}
	if not policy:
		return context
	row = frappe.db.get_value(policies.DOCTYPE, policy.name, ["valid_from", "status"], as_dict=True)
	current = policies.current(policy.slug)
	return {
		**context,
		"body": clean_html(text["body"]) if text else "",
		"version": Words(shown).number(policy.version_no),
		"valid_from": Words(shown).day(row.valid_from),
		"is_old": bool(current and current.version_no != policy.version_no),
		"newest": f"/{ROOT}/{policy.slug}",
		"languages": [
			(code, LANGUAGES[code])
			for code in policies.languages_of(policy.name)
			if code in LANGUAGES and code != shown
		],
	}


def _language() -> str:
	chosen = cstr(frappe.form_dict.get("_lang") or "")
	wanted = (chosen, (frappe.local.lang or "").split("-")[0], frappe.db.get_default("lang"))
	return next((one for one in wanted if one in LANGUAGES), "en")


@functools.cache
def _environment() -> Environment:
	folder = Path(__file__).parent / "templates"
	return Environment(loader=FileSystemLoader(folder), autoescape=True, trim_blocks=True, lstrip_blocks=True)
