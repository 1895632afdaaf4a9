"""Tells the managers that something is wrong with the system, in the desk's bell and by e-mail (E123).

An alert is told once per code and day, however many workers find it: its row has a unique key. When
all is well again `clear_alert` frees the key, so that a new failure is told anew. Alerts speak of the
system only, never of patients.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import frappe
from frappe import _
from frappe.utils import escape_html, get_url_to_form, now_datetime, nowdate

from clinic_core.operations.access import MANAGERS

DOCTYPE = "Clinic Alert"
SUBJECT_LENGTH = 140

# A text, or a function that builds it in the language of the moment: each recipient reads his own.
Text = str | Callable[[], str]


def raise_alert(code: str, subject: Text, message: Text) -> bool:
	"""Tell every manager, at most once per `code` and day. Returns whether they were told now.

	`code` is ours (`backup_failed`, `disk_low:files`); `subject` and `message` are plain text or
	functions that return it (called once for each language). Part of the caller's transaction: the
	caller commits. A second worker with the same code waits for the first one's commit.
	"""
	alert = _take(code, subject, message)
	if not alert:
		return False
	for language, users in _recipients().items():
		with _speaking(language):
			_notify(alert, users, _said(subject)[:SUBJECT_LENGTH], _said(message))
	return True


def clear_alert(code: str) -> bool:
	"""All is well again: the next failure with this code is told anew. Returns whether one was raised.

	Part of the caller's transaction.
	"""
	names = frappe.get_all(DOCTYPE, {"code": code, "status": "Raised"}, pluck="name", order_by="name asc")
	if names:
		cleared = {"status": "Cleared", "open_key": None, "cleared_at": now_datetime()}
		frappe.db.set_value(DOCTYPE, {"name": ("in", names)}, cleared)
	return bool(names)


def raised_codes() -> set[str]:
	"""Codes that were told and are not well again."""
	return set(frappe.get_all(DOCTYPE, {"status": "Raised"}, pluck="code", order_by="code asc"))


def _take(code: str, subject: Text, message: Text) -> str | None:
	"""The name of the new alert, or None if today's is there already.

	One INSERT IGNORE: looking first and inserting then would let two workers tell the same.
	"""
	name, key, now, user = (
		frappe.generate_hash(length=10),
		f"{code}:{nowdate()}",
		now_datetime(),
		"Administrator",
	)
	with _speaking(frappe.db.get_default("lang") or "en"):
		row = {
			"name": name,
			"creation": now,
			"modified": now,
			"owner": user,
			"modified_by": user,
			"code": code,
			"open_key": key,
			"status": "Raised",
			"raised_at": now,
			"subject": _said(subject)[:SUBJECT_LENGTH],
			"message": _said(message),
		}
	table = frappe.qb.DocType(DOCTYPE)
	frappe.qb.into(table).ignore().columns(*row).insert(*row.values()).run()
	stands = frappe.db.get_value(DOCTYPE, {"open_key": key}, "name", for_update=True)
	return name if stands == name else None


def _recipients() -> dict[str, list[frappe._dict]]:
	"""Enabled managers {name, email, wants_mail} by their language."""
	user, role = frappe.qb.DocType("User"), frappe.qb.DocType("Has Role")
	setting = frappe.qb.DocType("Notification Settings")
	rows = (
		frappe.qb.from_(user)
		.join(role)
		.on((role.parent == user.name) & (role.parenttype == "User") & role.role.isin(MANAGERS))
		.left_join(setting)
		.on(setting.name == user.name)
		.select(user.name, user.email, user.language, setting.enable_email_notifications.as_("wants_mail"))
		.distinct()
		.where(user.enabled == 1)
		.orderby(user.name)
		.run(as_dict=True)
	)
	default = frappe.db.get_default("lang") or "en"
	users: dict[str, list[frappe._dict]] = {}
	for row in rows:
		users.setdefault(row.language or default, []).append(row)
	return users


def _notify(alert: str, users: list[frappe._dict], subject: str, message: str) -> None:
	for user in users:
		frappe.get_doc(
			{
				"doctype": "Notification Log",
				"type": "Alert",
				"for_user": user.name,
				"from_user": "Administrator",
				"subject": escape_html(subject),
				"email_content": _as_html(message),
				"document_type": DOCTYPE,
				"document_name": alert,
			}
		).insert(ignore_permissions=True)
	wanted = [user.email for user in users if user.email and user.wants_mail != 0]
	_mail(alert, [email for email in wanted if email != "admin@example.com"], subject, message)


def _mail(alert: str, recipients: list[str], subject: str, message: str) -> None:
	"""Queue the mail. A site without an outgoing account still shows the alert in the desk."""
	if not recipients:
		return
	link = f'<p><a href="{escape_html(get_url_to_form(DOCTYPE, alert))}">{_("Open in the desk")}</a></p>'
	try:
		frappe.sendmail(
			recipients=recipients,
			subject=subject,
			message=_as_html(message) + link,
			reference_doctype=DOCTYPE,
			reference_name=alert,
			add_unsubscribe_link=0,
		)
	except frappe.OutgoingEmailError:
		frappe.clear_last_message()
		frappe.log_error("Clinic alert could not be mailed")


def _as_html(text: str) -> str:
	return "<p>" + escape_html(text).replace("\n", "<br>") + "</p>"


def _said(text: Text) -> str:
	return text() if callable(text) else _(text)


@contextmanager
def _speaking(language: str) -> Iterator[None]:
	before = frappe.local.lang
	frappe.local.lang = language
	try:
		yield
	finally:
		frappe.local.lang = before
