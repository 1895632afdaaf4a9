"""Tells the managers when a backup is red, and takes the alarm back when one is green again."""

from collections.abc import Sequence

import frappe
from frappe import _
from frappe.utils import escape_html, get_url_to_form, split_emails

from clinic_core.operations import alerts
from clinic_core.operations.backup import sentences, settings
from clinic_core.operations.backup.findings import Finding
from clinic_core.operations.backup.retention import FAILED, VERIFIED

ALERT = "backup_failed"


def tell(name: str, status: str, found: Sequence[Finding]) -> None:
	"""Raise or clear the alarm about backup `name`. Part of the caller's transaction."""
	if status == VERIFIED:
		alerts.clear_alert(ALERT)
	elif status == FAILED:

		def subject() -> str:
			return _("The backup {0} has failed").format(name)

		def message() -> str:
			return sentences.say_all(found)

		if alerts.raise_alert(ALERT, subject, message):
			_mail_to_others(name, subject(), message())


def _mail_to_others(name: str, subject: str, message: str) -> None:
	"""To the addresses of the settings. A site without outgoing mail still has the alert in the desk."""
	addresses = split_emails(settings.get("also_mail_to") or "")
	if not addresses:
		return
	text = escape_html(message).replace("\n", "<br>")
	link = escape_html(get_url_to_form("Clinic Backup", name))
	try:
		frappe.sendmail(
			recipients=addresses,
			subject=subject,
			message=f'<p>{text}</p><p><a href="{link}">{_("Open in the desk")}</a></p>',
			reference_doctype="Clinic Backup",
			reference_name=name,
			add_unsubscribe_link=0,
		)
	except frappe.OutgoingEmailError:
		frappe.clear_last_message()
		frappe.log_error("Clinic backup: the alert could not be mailed")
