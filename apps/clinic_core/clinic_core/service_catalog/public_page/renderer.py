"""Answers /center and everything below it (Frappe's hook `page_renderer`), and adds it to /sitemap.xml.

The same HTML for everybody, kept for a while (`page_cache`); only the CSRF token of who is signed in is put
in afterwards. Templates escape by themselves, unlike those of the framework.
"""

import functools
import hashlib
from pathlib import Path
from urllib.parse import quote
from xml.sax.saxutils import escape

import frappe
from frappe import _
from frappe.utils import cstr, get_url, nowdate
from frappe.utils.jinja_globals import bundled_asset
from frappe.website.page_renderers.base_renderer import BaseRenderer
from frappe.website.page_renderers.template_page import TemplatePage
from jinja2 import Environment, FileSystemLoader
from werkzeug.wrappers import Response

from clinic_core.service_catalog.public_page import meta, page_cache, pages, profile, reads, visitor

ROOT = "center"
SEARCH_LENGTH = 60
_CSRF = "<!-- clinic csrf -->"


class CenterPage(BaseRenderer):
	"""The public page of the centre, its services and articles (A01–A03, A92)."""

	def can_render(self) -> bool:
		"""Whether the address is ours."""
		return self.path == ROOT or self.path.startswith(f"{ROOT}/")

	def render(self) -> Response:
		"""The page in the visitor's language; 404 for what is not there or not shown."""
		lang, is_chosen = visitor.language()
		frappe.local.lang = lang
		path = self.path[len(ROOT) :].strip("/")
		text = cstr(frappe.form_dict.get("q") or "").strip()[:SEARCH_LENGTH] if not path else ""
		key = "|".join((page_cache.generation(), lang, str(int(is_chosen)), nowdate(), path))
		html, status = (None if text else page_cache.read(key)), 200
		if html is None:
			html, status = _render(pages.Visit(lang, is_chosen), path, text)
			if status == 200 and not text:
				page_cache.keep(key, html)
		return _response(html, status)


class SitemapPage(TemplatePage):
	"""The framework's sitemap with our pages added: it knows only DocTypes with a web view."""

	def can_render(self) -> bool:
		"""Only the sitemap."""
		return self.path == "sitemap.xml" and super().can_render()

	def render(self) -> Response:
		"""The framework's answer, ours before its end."""
		response = super().render()
		entries = "".join(
			f"<url><loc>{escape(get_url('/' + quote(address)))}</loc><lastmod>{day}</lastmod></url>\n"
			for address, day in _addresses()
		)
		response.data = response.get_data(as_text=True).replace("</urlset>", entries + "</urlset>")
		return response


def _addresses() -> list[tuple[str, str]]:
	if not profile.read().published:
		return [(ROOT, nowdate())]
	return [(ROOT, nowdate())] + [(f"{ROOT}/{path}", f"{day:%Y-%m-%d}") for path, day in reads.addresses()]


def _render(visit: pages.Visit, path: str, text: str) -> tuple[str, int]:
	page = _find(visit, path, text)
	status = 200
	if page is None:
		page, status = pages.not_found(visit), 404
	template = _environment().get_template(page["template"])
	html = template.render(
		_=_,
		style=bundled_asset("clinic_center.bundle.css", rtl=False),
		script=bundled_asset("clinic_center.bundle.js"),
		csrf=_CSRF,
		texts=_texts(),
		**page,
	)
	return html, status


def _texts() -> str:
	"""What the script says, as JSON that cannot end its element."""
	return meta.as_script(
		{
			"required": _("Please fill this in."),
			"offline": _("No connection. Please try again."),
			"failed": _("This did not work. Please try again in a moment."),
			"of": _("{0} of {1}", context="picture"),
		}
	)


def _find(visit: pages.Visit, path: str, text: str) -> pages.Context | None:
	if not path:
		return pages.home(visit, text)
	if path == "articles":
		return pages.article_list(visit)
	head, _slash, rest = path.partition("/")
	if head == "articles":
		return pages.article(visit, rest)
	if head == "departments" and rest:
		return pages.department(visit, rest)
	return None if rest else pages.service(visit, head)


def _response(html: str, status: int) -> Response:
	is_guest = frappe.session.user == "Guest"
	token = "" if is_guest else frappe.sessions.get_csrf_token()
	response = Response(html.replace(_CSRF, token), status=status, mimetype="text/html")
	response.headers["Vary"] = "Accept-Language, Cookie"
	response.headers["Cache-Control"] = "private, max-age=0, must-revalidate"
	if is_guest and status == 200 and frappe.request:
		response.set_etag(hashlib.sha1(html.encode(), usedforsecurity=False).hexdigest())
		response.make_conditional(frappe.request)
	return response


@functools.cache
def _environment() -> Environment:
	folder = Path(__file__).parent / "templates"
	return Environment(loader=FileSystemLoader(folder), autoescape=True, trim_blocks=True, lstrip_blocks=True)
