import frappe
from frappe import _

from clinic_core.foundation.append_only import differences
from clinic_core.foundation.document import ClinicDocument
from clinic_core.foundation.errors import AppendOnlyError, refuse_input
from clinic_core.foundation.state import guard_status
from clinic_core.messaging import states

DOCTYPE = "Clinic Message"


class ClinicMessage(ClinicDocument):
	"""A message to one number or email address: written by the outbox, sent by its worker, never changed by hand (N9)."""

	def validate(self) -> None:
		guard_status(self, states.MESSAGE)
		before = self.get_doc_before_save()
		if not before:
			refuse_input(_(DOCTYPE), _("Messages are written by the clinic's work, not by hand."))
		if differences(self, before) - {"status"} and not frappe.flags.clinic_system_move:
			frappe.throw(_("{0} is never changed.").format(_(DOCTYPE)), AppendOnlyError)
		if before.status != self.status and not frappe.flags.clinic_system_move:
			refuse_input(_("Status"), _("Use “Send again” or “Ask the gateway”."))

	def on_trash(self) -> None:
		frappe.throw(_("{0} is never deleted.").format(_(DOCTYPE)), AppendOnlyError)


def on_doctype_update() -> None:
	"""What the worker takes next, what it asks about next, what a number got, and what a document is about."""
	table = DOCTYPE
	frappe.db.add_index(table, ["status", "is_prepared", "priority", "creation"], "clinic_message_next")
	frappe.db.add_index(table, ["status", "ask_at"], "clinic_message_ask")
	frappe.db.add_index(table, ["recipient", "creation"], "clinic_message_number")
	frappe.db.add_index(table, ["email", "creation"], "clinic_message_email")
	frappe.db.add_index(table, ["reference_doctype", "reference_name"], "clinic_message_about")
