"""Frappe's own email as a gateway (E174): to hand over is to write a row of its queue, in our transaction.

Its scheduler sends that row, tries again when the mail server is away, and says in it what became of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import frappe

from clinic_core.messaging import drafts, states, wording
from clinic_core.messaging.gateways.base import Fate, Gateway, Refused, Stopped
from clinic_core.messaging.mailing.letters import TEMPLATE, Letter
from clinic_core.operations import records

QUEUE = "Email Queue"
FATES = {
	"Sent": states.SENT,
	**dict.fromkeys(("Error", "Partially Errored", "Expired"), states.FAILED),
}
"""State of a row of the queue → ours; in any other it is on its way."""


@dataclass
class FrappeMail(Gateway):
	"""`send` and `fates` of the base; no credit, and answers go to the clinic's mail box."""

	most_at_once = 1

	def send(self, messages: Sequence[Letter]) -> list[Fate]:
		"""Queue each; the fate's `gateway_id` is the row. Raises Stopped without an account, Refused."""
		return [self._queue(letter) for letter in messages]

	def fates(self, gateway_ids: Sequence[str]) -> list[Fate]:
		"""What became of rows of the queue: `state` None for one that is gone, Sending for one that waits."""
		rows = frappe.get_all(
			QUEUE,
			{"name": ("in", list(gateway_ids) or [""])},
			["name", "status"],
			order_by="name asc",
			limit_page_length=0,
		)
		known = {str(row.name): FATES.get(row.status, states.SENDING) for row in rows}
		return [Fate(known.get(name), gateway_id=name) for name in gateway_ids]

	def forget(self, gateway_id: str) -> None:
		"""Take a failed row out of the queue: the message goes out anew, and nobody sends both."""
		frappe.db.delete("Email Queue Recipient", {"parent": gateway_id})
		frappe.db.delete(QUEUE, {"name": gateway_id})

	def _queue(self, letter: Letter) -> Fate:
		if not records.has_mail_account():
			raise _stopped()
		try:
			frappe.sendmail(
				recipients=[letter.to],
				subject=letter.subject,
				template=TEMPLATE,
				args=letter.values,
				attachments=letter.attachments,
				reference_doctype=drafts.DOCTYPE,
				reference_name=letter.message,
				add_unsubscribe_link=0,
			)
		except frappe.OutgoingEmailError:
			frappe.clear_last_message()
			raise _stopped() from None
		except (frappe.ValidationError, ValueError) as error:
			frappe.clear_last_message()
			raise Refused(wording.MAIL_FAILED, str(error)[:200]) from None
		about = {"reference_doctype": drafts.DOCTYPE, "reference_name": letter.message}
		rows = frappe.get_all(QUEUE, about, pluck="name", order_by="creation desc, name desc", limit=1)
		# Frappe leaves out who has unsubscribed from everything.
		return Fate(states.SENDING if rows else None, gateway_id=str(rows[0]) if rows else "")


def _stopped() -> Stopped:
	return Stopped(wording.NO_ACCOUNT, wording.sentence(wording.NO_ACCOUNT))
