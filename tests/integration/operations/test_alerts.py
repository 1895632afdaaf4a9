"""Managers are told once per code and day, each in his language, and anew after all was well."""

import pytest
from clinic_core.foundation.roles import MANAGER, RECEPTIONIST
from clinic_core.operations import alerts

CODE = "test_part_failed"


@pytest.fixture
def managers(site, user_with):
	english, persian = user_with(MANAGER), user_with("System Manager")
	site.db.set_value("User", persian, "language", "fa")
	site.db.set_value("User", english, "language", "en")
	return english, persian


def _told(site, user):
	return site.get_all(
		"Notification Log",
		{"for_user": user, "document_type": alerts.DOCTYPE},
		["subject", "email_content", "document_name"],
		order_by="creation asc",
	)


def _raise(site):
	return alerts.raise_alert(CODE, lambda: site._("Not found"), lambda: "Part <1>\nfailed")


def test_managers_are_told_in_their_language(site, managers):
	english, persian = managers
	site.local.lang = "en"
	assert _raise(site)
	assert _told(site, english)[0].subject == "Not found"
	assert _told(site, persian)[0].subject == site._("Not found", "fa") != "Not found"
	assert site.local.lang == "en"


def test_what_is_told_is_text_and_opens_the_alert(site, managers):
	_raise(site)
	row = _told(site, managers[0])[0]
	assert "Part &lt;1&gt;<br>failed" in row.email_content
	alert = site.get_doc(alerts.DOCTYPE, row.document_name)
	assert (alert.code, alert.status, alert.message) == (CODE, "Raised", "Part <1>\nfailed")


def test_nobody_else_is_told_nor_who_has_left(site, managers, user_with):
	reception, gone = user_with(RECEPTIONIST), user_with(MANAGER)
	site.db.set_value("User", gone, "enabled", 0)
	_raise(site)
	assert not _told(site, reception)
	assert not _told(site, gone)


def test_one_code_is_told_once_a_day(site, managers):
	assert _raise(site)
	assert not _raise(site)
	assert len(_told(site, managers[0])) == 1


def test_another_day_it_is_told_again(site, managers):
	_raise(site)
	site.db.set_value(alerts.DOCTYPE, {"code": CODE}, "open_key", f"{CODE}:2020-01-01")
	assert _raise(site)
	assert len(_told(site, managers[0])) == 2


def test_after_all_was_well_a_new_failure_is_told_anew(site, managers):
	_raise(site)
	assert CODE in alerts.raised_codes()
	assert alerts.clear_alert(CODE)
	assert CODE not in alerts.raised_codes()
	assert not alerts.clear_alert(CODE)
	assert _raise(site)
	assert len(_told(site, managers[0])) == 2


@pytest.fixture
def mail(site):
	"""Subject → recipients of the mail queued for our alerts. The account of the bench takes it."""

	def queued():
		rows = site.get_all("Email Queue", {"reference_doctype": alerts.DOCTYPE}, ["name", "message"])
		return {
			row.name: (
				row.message,
				set(site.get_all("Email Queue Recipient", {"parent": row.name}, pluck="recipient")),
			)
			for row in rows
		}

	return queued


def test_mail_is_queued_but_not_for_who_turned_it_off(site, managers, user_with, mail):
	quiet = user_with(MANAGER)
	site.get_doc({"doctype": "Notification Settings", "name": quiet}).db_insert()
	site.db.set_value("Notification Settings", quiet, "enable_email_notifications", 0)
	site.conf.mute_emails = 1  # Frappe then makes up an account: nothing leaves the house
	try:
		_raise(site)
	finally:
		site.conf.pop("mute_emails")
	sent = set().union(*[recipients for _message, recipients in mail().values()])
	assert set(managers) <= sent
	assert quiet not in sent


def test_a_site_that_cannot_mail_still_tells_in_the_desk(site, managers, monkeypatch):
	def no_account(**_mail):
		site.throw("no account", site.OutgoingEmailError)

	monkeypatch.setattr(site, "sendmail", no_account)
	assert _raise(site)
	assert _told(site, managers[0])
	assert not site.local.message_log
