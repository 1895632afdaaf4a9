from typing import Any

import frappe
from frappe import _
from frappe.utils import escape_html

from clinic_core.foundation.coded_master import CodedMaster
from clinic_core.foundation.errors import refuse_input
from clinic_core.messaging import segments, states, texts

LANGUAGES = ("fa", "en", "tr", "zh")


class ClinicMessageTemplate(CodedMaster):
	"""What the clinic writes on one occasion, a text for each language (G04, N9)."""

	code_prefix = "MSG"

	def validate(self) -> None:
		before = self.get_doc_before_save()
		if before and before.purpose != self.purpose and states.CODE in (before.purpose, self.purpose):
			refuse_input(_("Purpose"), _("A template for codes stays one; make another template instead."))
		seen = set()
		for row in self.texts:
			place = _("Texts, row {0}").format(row.idx)
			row.text = (row.text or "").strip()
			if row.language in seen:
				refuse_input(place, _("There is a text in this language already."))
			seen.add(row.language)
			self._check_text(row.text, place)
			self._check_subject(row, place)
		if not self.texts:
			refuse_input(_("Texts"), _("Write a text in one language at least."))

	def _check_text(self, text: str, place: str) -> None:
		if not text:
			refuse_input(place, _("Please fill this in."))
		if unknown := texts.unknown_in(text):
			self._refuse_unknown(unknown, place)
		if not texts.is_allowed(text, self.purpose):
			refuse_input(place, _("Advertising must not lead to a page for paying. Take the address out."))
		if self.purpose == states.CODE and "code" not in texts.asked_for(text):
			refuse_input(place, _("A message with a code needs {code}."))
		if segments.measure(text).is_too_long:
			refuse_input(place, _("The text is too long: no more than four parts are taken."))

	def _check_subject(self, row: Any, place: str) -> None:
		row.subject = " ".join((row.subject or "").split())
		if unknown := texts.unknown_in(row.subject):
			self._refuse_unknown(unknown, f"{place}, {_('Subject of the email')}")

	@staticmethod
	def _refuse_unknown(unknown: list[str], place: str) -> None:
		known = ", ".join(f"{{{name}}}" for name in texts.PLACEHOLDERS)
		wrong = escape_html(", ".join(f"{{{name}}}" for name in unknown))
		refuse_input(place, _("Nobody can fill in {0}. These can be: {1}").format(wrong, known))

	def on_trash(self) -> None:
		if frappe.db.exists("Clinic Message", {"template": self.name}):
			frappe.throw(
				_("Messages were written with this template. Take away the tick “Active” instead."),
				frappe.LinkExistsError,
			)

	def text_in(self, language: str, otherwise: str) -> tuple[str, str]:
		"""(language, text): in this language, else in the clinic's, else in English, else the first one."""
		row = self._row_in(language, otherwise)
		return row.language, row.text

	def subject_in(self, language: str, otherwise: str) -> str:
		"""What an email's subject is made of, in the language its text is in."""
		row = self._row_in(language, otherwise)
		return row.subject or _(self.title, row.language)

	def _row_in(self, language: str, otherwise: str) -> Any:
		known = {row.language: row for row in self.texts}
		for wanted in (language, language[:2], otherwise, otherwise[:2], "en"):
			if wanted in known:
				return known[wanted]
		return self.texts[0]
