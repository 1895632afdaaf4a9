import frappe
from frappe import _

from clinic_core.foundation.append_only import differences
from clinic_core.foundation.document import ClinicDocument
from clinic_core.foundation.errors import AppendOnlyError, refuse_input
from clinic_core.foundation.state import guard_status
from clinic_core.people.consent import policies, policy_rules
from clinic_core.service_catalog.public_page.rich_text import clean_html, plain_text


class ClinicPolicy(ClinicDocument):
	"""One version of a text that people agree to (E001, E013, F40). Published, it never changes."""

	def validate(self) -> None:
		before = self.get_doc_before_save()
		guard_status(self, policy_rules.STATES)
		if before and before.status != policy_rules.DRAFT:
			self._refuse_changes(before)
			return
		self.slug = policies.slug_of(self)
		self._check_purposes()
		self._check_texts()
		self._number()
		if self.status == policy_rules.PUBLISHED and not self.published_at:
			self.published_at = frappe.utils.now_datetime()

	def on_trash(self) -> None:
		if self.status != policy_rules.DRAFT:
			frappe.throw(
				_("A published policy is never deleted: people agreed to it. Retire it instead."),
				AppendOnlyError,
			)

	def _refuse_changes(self, before: "ClinicPolicy") -> None:
		changed = differences(self, before) - {"status"}
		if changed:
			frappe.throw(
				_("A published policy is never changed. Make a new version of it and publish that."),
				AppendOnlyError,
			)

	def _check_purposes(self) -> None:
		given = [row.purpose for row in self.purposes]
		if len(set(given)) < len(given):
			refuse_input(_("Purposes"), _("A purpose is named twice."))
		if self.kind == policy_rules.SERVICE_CONSENT and given:
			refuse_input(
				_("Purposes"), _("A consent to a service has no further purpose. Take the rows out.")
			)
		if self.kind in policy_rules.NEEDS_PURPOSE and not given:
			refuse_input(_("Purposes"), _("Say what a person who agrees allows."))

	def _check_texts(self) -> None:
		languages = [row.language for row in self.texts]
		if len(set(languages)) < len(languages):
			refuse_input(_("Text in each language"), _("A language is given twice."))
		for row in self.texts:
			row.body = clean_html(row.body)
			if not plain_text(row.body):
				refuse_input(_("Text"), _("Row {0}: the text must not be empty.").format(row.idx))

	def _number(self) -> None:
		"""The next version of its address; a draft takes its number when it is made."""
		if self.is_new() or not self.version_no:
			self.version_no = policies.next_version(self.slug)


def on_doctype_update() -> None:
	"""One version of a number per address; the current one is asked for at every consent."""
	frappe.db.add_unique("Clinic Policy", ["slug", "version_no"], "clinic_policy_version")
