"""Answers /book, /booking/… and /my (Frappe's hook `page_renderer`). Templates escape by themselves.

Written out on the server, so that a slow phone shows something at once; the scripts take over from there.
"""

import functools
from pathlib import Path
from typing import Any

import frappe
from frappe import _
from frappe.utils.jinja_globals import bundled_asset
from frappe.website.page_renderers.base_renderer import BaseRenderer
from jinja2 import Environment, FileSystemLoader
from werkzeug.wrappers import Response

from clinic_core.foundation import settings, tries
from clinic_core.online_booking import limits, opening, rules
from clinic_core.online_booking.my import page as my_page
from clinic_core.online_booking.pages import start, texts
from clinic_core.online_booking.payments import console, paying
from clinic_core.online_booking.payments import pages as payment_pages
from clinic_core.online_booking.tracking import page as tracking_page
from clinic_core.service_catalog.public_page import meta, visitor
from clinic_core.service_catalog.public_page.visit import Visit

BOOK, BOOKING, MY = "book", "booking", "my"
TEMPLATES = Path(__file__).parent / "templates"


class BookingPages(BaseRenderer):
	"""The public pages of online booking."""

	def can_render(self) -> bool:
		"""Whether the address is ours."""
		return self.path in (BOOK, MY) or self.path.startswith(f"{BOOKING}/")

	def render(self) -> Response:
		"""The page in the visitor's language; 404 for what is not there, 429 for who asks without end."""
		lang, is_chosen = visitor.language()
		frappe.local.lang = lang
		visit = Visit(lang, is_chosen)
		is_embedded = self.path == BOOK and frappe.form_dict.get("embed") == "1"
		try:
			limits.read()
			return self._answer(visit, is_embedded)
		except (opening.NotOnlineError, frappe.DoesNotExistError):
			frappe.clear_messages()
			return html(visit, "missing.html", 404, is_embedded, title=_("This page does not exist"))
		except tries.TooManyTriesError as error:
			frappe.clear_messages()
			return html(visit, "missing.html", 429, is_embedded, title=str(error))

	def _answer(self, visit: Visit, is_embedded: bool) -> Response:
		if self.path == BOOK:
			return html(visit, "start.html", is_embedded=is_embedded, **start.context(visit))
		if self.path == MY:
			return html(visit, "my.html", **my_page.context(visit))
		if self.path == paying.RETURN:
			return payment_pages.returned()
		if self.path.startswith(f"{console.PATH}/"):
			return self._at_the_bank(visit, self.path.removeprefix(f"{console.PATH}/"))
		code = self.path.removeprefix(f"{BOOKING}/")
		if code.endswith(".ics"):
			return tracking_page.calendar_file(code.removesuffix(".ics"))
		return html(visit, "tracking.html", **tracking_page.context(visit, code))

	def _at_the_bank(self, visit: Visit, authority: str) -> Response:
		if frappe.form_dict.get("answer"):
			return payment_pages.decided(authority)
		return html(visit, "console.html", **payment_pages.bank(visit, authority))


def html(
	visit: Visit, template: str, status: int = 200, is_embedded: bool = False, **context: Any
) -> Response:
	"""A page of ours; a frame on another site may show it only where the clinic allows that site."""
	token = "" if frappe.session.user == "Guest" else frappe.sessions.get_csrf_token()
	body = (
		_environment()
		.get_template(template)
		.render(
			_=_,
			visit=visit,
			centre=visit.profile,
			lang=visit.lang,
			direction="rtl" if visit.lang in meta.RTL else "ltr",
			languages=_languages(visit),
			style=bundled_asset("clinic_booking.bundle.css", rtl=False),
			script=bundled_asset("clinic_booking.bundle.js"),
			csrf=token,
			texts=meta.as_script(texts.of_pages()),
			is_embedded=is_embedded,
			as_script=meta.as_script,
			**context,
		)
	)
	answer = Response(body, status=status, mimetype="text/html")
	answer.headers["Cache-Control"] = "private, no-store"
	answer.headers["X-Robots-Tag"] = "noindex" if template != "start.html" else "all"
	answer.headers["Referrer-Policy"] = "same-origin"
	answer.headers["Content-Security-Policy"] = f"frame-ancestors {' '.join(_may_frame(is_embedded))}"
	return answer


def _may_frame(is_embedded: bool) -> list[str]:
	allowed = rules.origins_of(settings.get("online_embed_origins")) if is_embedded else []
	return ["'self'", *allowed]


def _languages(visit: Visit) -> list[dict[str, str]]:
	"""This page in the other languages; what else the address says is kept."""
	kept = "".join(
		f"&{key}={frappe.utils.quoted(str(frappe.form_dict[key]))}"
		for key in ("service", "practitioner", "embed")
		if frappe.form_dict.get(key)
	)
	return [
		{"code": code, "title": title, "link": f"?_lang={code}{kept}"}
		for code, title in meta.LANGUAGES.items()
		if code != visit.lang
	]


@functools.cache
def _environment() -> Environment:
	return Environment(
		loader=FileSystemLoader(TEMPLATES), autoescape=True, trim_blocks=True, lstrip_blocks=True
	)
