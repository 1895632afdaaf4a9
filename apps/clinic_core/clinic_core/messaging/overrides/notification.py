"""Frappe's notifications by SMS: an early 15 knows no hook for them."""

from typing import Any

import frappe
from frappe.email.doctype.notification.notification import Notification

from clinic_core.messaging import frappe_sms


class ClinicNotification(Notification):
	"""A notification whose text messages go through the outbox, in every version."""

	def send_sms(self, doc: Any, context: dict[str, Any]) -> None:
		"""As Frappe does, by our door. Nobody to write to is no error of who saved the document."""
		receivers = [number for number in self.get_receiver_list(doc, context) if number]
		text = frappe.render_template(self.message, context)
		if receivers and text.strip():
			frappe_sms.send(receivers, frappe.utils.strip_html_tags(text), success_msg=False)
