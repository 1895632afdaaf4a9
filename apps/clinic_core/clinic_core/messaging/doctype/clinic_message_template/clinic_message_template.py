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
		if not self.texts:
			refuse_input(_("Texts"), _("Write a text in one language at least."))

	def _check_text(self, text: str, place: str) -> None:
		if not text:
			refuse_input(place, _("Please fill this in."))
		if unknown := texts.unknown_in(text):
			known = ", ".join(f"{{{name}}}" for name in texts.PLACEHOLDERS)
			refuse_input(
				place,
				_("Nobody can fill in {0}. These can be: {1}").format(
					escape_html(", ".join(f"{{{name}}}" for name in unknown)), known
				),
			)
		if not texts.is_allowed(text, self.purpose):
			refuse_input(place, _("Advertising must not lead to a page for paying. Take the address out."))
		if self.purpose == states.CODE and "code" not in texts.asked_for(text):
			refuse_input(place, _("A message with a code needs {code}."))
		if segments.measure(text).is_too_long:
			refuse_input(place, _("The text is too long: no more than four parts are taken."))

	def on_trash(self) -> None:
		if frappe.db.exists("Clinic Message", {"template": self.name}):
			frappe.throw(
				_("Messages were written with this template. Take away the tick “Active” instead."),
				frappe.LinkExistsError,
			)

	def text_in(self, language: str, otherwise: str) -> tuple[str, str]:
		"""(language, text): in this language, else in the clinic's, else in English, else the first one."""
		known = {row.language: row.text for row in self.texts}
		for wanted in (language, language[:2], otherwise, otherwise[:2], "en"):
			if wanted in known:
				return wanted, known[wanted]
		return next(iter(known.items()))
