import json

import frappe
from frappe import _
from frappe.utils import getdate, now_datetime

from clinic_core.foundation.document import ClinicDocument, write_late
from clinic_core.foundation.errors import AppendOnlyError, ConflictError, refuse_input
from clinic_core.foundation.user_calendar.shown import clinic_day
from clinic_core.service_catalog.price_updates import applying, draft, preview
from clinic_core.service_catalog.price_updates.rows import rows_of

_RESULTS = (
	"seen",
	"previewed_at",
	"changed_count",
	"submitted_by",
	"submitted_at",
	"reverted_by",
	"reverted_at",
	"revert_reason",
	"left_count",
)
LONG = 500
"""From so many prices on, the screen is told how far it is."""


class ClinicPriceUpdate(ClinicDocument):
	"""Changes many prices at once, all or none (A50).

	Draft: every save notes the prices as they are. Submitted: they were changed, and only if they still
	were as noted. Cancelled is reverted: the prices before hold again, by new rows of the history.
	"""

	def before_validate(self) -> None:
		super().before_validate()
		for field in ("departments", "services"):
			names = draft.read_names(self.get(field), _(self.meta.get_label(field)))
			self.set(field, json.dumps(names, ensure_ascii=False) if names else None)
		typed = draft.read_amounts(self.overrides, _("Prices typed for single services"))
		self.overrides = draft.write_amounts(typed) if typed else None

	def validate(self) -> None:
		wanted = draft.of_document(self)
		self._check_choice(wanted)
		self.status = "Submitted" if self.docstatus == 1 else "Draft"
		if wanted.valid_from < getdate():
			refuse_input(
				_("Valid from"), _("Choose today or a later day. Prices of the past stay as they were.")
			)
		self._keep_results()
		if self.docstatus == 0 or self.is_new():
			self._look(wanted)
		self.title = self.title or _("Prices from {0}").format(clinic_day(wanted.valid_from))

	def before_submit(self) -> None:
		before = self.get_doc_before_save()
		if before and draft.of_document(self) != draft.of_document(before):
			frappe.throw(_("Save the changes and look at the new prices first, then submit."), ConflictError)

	def on_submit(self) -> None:
		seen = draft.read_amounts(self.seen, _("Prices at the last look"))
		count = applying.apply(self.name, draft.of_document(self), seen, self._tell_progress)
		if not count:
			refuse_input(_("Change by"), _("No price would change."))
		write_late(self, changed_count=count, submitted_by=frappe.session.user, submitted_at=now_datetime())

	def before_cancel(self) -> None:
		# Only prices of the history link here, thousands of them, and they stay: Frappe need not look.
		self.flags.ignore_links = True

	def on_cancel(self) -> None:
		done = applying.revert(self.name, bool(self.flags.leave_changed), self._tell_progress)
		write_late(
			self,
			status="Reverted",
			reverted_by=frappe.session.user,
			reverted_at=now_datetime(),
			revert_reason=self.flags.revert_reason,
			left_count=done.left,
		)

	def on_trash(self) -> None:
		if self.docstatus != 0:
			frappe.throw(_("{0} is never deleted.").format(_(self.doctype)), AppendOnlyError)

	def _check_choice(self, wanted: draft.Draft) -> None:
		if wanted.applies_to == draft.DEPARTMENTS:
			_check_known(_("Departments"), "Clinic Department", wanted.departments)
		if wanted.applies_to == draft.SERVICES:
			_check_known(_("Services"), "Clinic Service", wanted.services)

	def _keep_results(self) -> None:
		"""What is found out here is typed by nobody."""
		before = self.get_doc_before_save()
		for field in _RESULTS:
			self.set(field, before.get(field) if before else None)

	def _look(self, wanted: draft.Draft) -> None:
		"""Note the prices as they are: the submit asks whether they still are."""
		rows = rows_of(wanted)
		if not rows:
			refuse_input(_("Which services"), _("There are no such prices. Choose others."))
		self.seen = draft.write_amounts(preview.current_amounts(wanted, rows))
		self.previewed_at = now_datetime()

	def _tell_progress(self, done: int, of: int) -> None:
		if of >= LONG:
			frappe.publish_progress(
				100 * done / of, title=_("Changing prices"), doctype=self.doctype, docname=self.name
			)


def _check_known(label: str, doctype: str, names: tuple[str, ...]) -> None:
	if not names:
		refuse_input(label, _("Choose at least one."))
	known = frappe.get_all(doctype, {"name": ("in", names)}, pluck="name", order_by="name asc")
	if missing := set(names) - set(known):
		refuse_input(label, _("“{0}” does not exist.").format(frappe.utils.escape_html(sorted(missing)[0])))


def on_doctype_update() -> None:
	"""What begins when, for the list."""
	frappe.db.add_index("Clinic Price Update", ["docstatus", "valid_from"], "docstatus_valid_from")
