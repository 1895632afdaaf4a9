"""Answers /clinic-calendar/<secret>.ics for the calendar of a phone or another program (F14)."""

from collections.abc import Callable

import frappe
from frappe.website.page_renderers.base_renderer import BaseRenderer
from werkzeug.wrappers import Response

from clinic_core.foundation import tries
from clinic_core.scheduling.feed import addresses, calendar, reading

WRONG, READS, SECONDS = 20, 120, 3600
"""Wrong addresses from one place, and reads of one feed, in an hour; programs ask every few minutes."""


class FeedPage(BaseRenderer):
	"""The feed behind a secret address; everything else below the root is not found."""

	def can_render(self) -> bool:
		"""Whether the address is ours."""
		return self.path.startswith(addresses.ROOT)

	def render(self) -> Response:
		"""The calendar, 304 if the asker has it already, 404 for an address that opens nothing, 429."""
		try:
			practitioner = addresses.practitioner_of(self.path)
			if not practitioner:
				tries.check("feed_wrong", frappe.local.request_ip, WRONG, SECONDS)
				return _plain("Not found", 404)
			tries.check("feed", practitioner, READS, SECONDS)
		except tries.TooManyTriesError:
			frappe.clear_messages()
			answer = _plain("Too many requests", 429)
			answer.headers["Retry-After"] = str(SECONDS)
			return answer
		return _answer(_in_clinics_language(lambda: reading.calendar_of(practitioner)))


def _in_clinics_language(work: Callable[[], bytes]) -> bytes:
	"""Who asks is a program without a language of its own."""
	before = frappe.local.lang
	frappe.local.lang = frappe.db.get_single_value("System Settings", "language") or "en"
	try:
		return work()
	finally:
		frappe.local.lang = before


def _answer(body: bytes) -> Response:
	answer = Response(body, mimetype="text/calendar")
	answer.set_etag(calendar.etag(body))
	answer.headers["Cache-Control"] = "private, no-cache"
	answer.headers["Content-Disposition"] = 'inline; filename="calendar.ics"'
	answer.headers["X-Robots-Tag"] = "noindex"
	return answer.make_conditional(frappe.request.environ)


def _plain(text: str, status: int) -> Response:
	return Response(text, status=status, mimetype="text/plain")
