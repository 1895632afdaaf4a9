"""Answers of people are read once, and the word that ends advertising is obeyed (N9)."""

import pytest

from tests.integration.messaging.conftest import MOBILE


@pytest.fixture
def fetch(gateway):
	from clinic_core.messaging import receiving

	return lambda: receiving.fetch(gateway)


@pytest.fixture
def replies(site, gateway):
	return lambda: site.get_all(
		"Clinic Incoming Message", {"gateway": gateway}, ["*"], order_by="creation asc"
	)


def test_a_reply_is_kept_with_its_patient(server, fetch, replies, who):
	server.say("09121110001", "سلام")
	assert (fetch(), fetch()) == (1, 0)
	(row,) = replies()
	assert (row.sender, row.text, row.patient, row.is_opt_out) == (MOBILE, "سلام", who.name, 0)


def test_a_number_of_two_people_is_nobodys(site, server, fetch, replies, who):
	from tests.integration.people import privacy_people as act

	act.patient(site, mobile="09121110001")
	server.say("989121110001", "سلام")
	fetch()
	assert [(row.sender, row.patient) for row in replies()] == [(MOBILE, None)]


@pytest.mark.parametrize("word", ["لغو", "stop", "لغو۱۱"])
def test_the_word_ends_advertising_and_nothing_else(site, server, fetch, replies, who, template, word):
	from clinic_core.messaging import outbox

	server.say("09121110001", word)
	fetch()
	(row,) = replies()
	assert (
		row.is_opt_out
		and site.db.get_value("Clinic Do Not Contact", row.do_not_contact, "reason") == "Reply by SMS"
	)
	offer, service = template("Advertising", en="Offer"), template(en="Your appointment")
	wanted = {"to": MOBILE, "values": {}, "patient": who.name}
	assert outbox.queue(offer, key="k", **wanted) is None
	assert outbox.queue(service, key="k", **wanted)


def test_a_reply_whose_answer_was_lost_is_read_after_all_and_only_once(server, fetch, replies):
	server.say("09121110001", "one")
	server.moods.append("lose_replies")
	assert fetch() == 0 and server.inbox == [], "the gateway thinks that we have it"
	server.say("09121110002", "two")
	assert fetch() == 2 and fetch() == 0
	assert sorted(row.text for row in replies()) == ["one", "two"]


def test_frappes_own_messages_go_through_the_outbox(site, user_with, messages, gateway, server):
	from clinic_core.messaging import sending
	from frappe.core.doctype.sms_settings import sms_settings

	path = "frappe.core.doctype.sms_settings.sms_settings.send_sms"
	(door,) = site.get_hooks("override_whitelisted_methods")[path]
	with pytest.raises(site.PermissionError):
		site.set_user(user_with("Clinic Cashier"))
		site.get_attr(door)(["09121110001"], "Hello")
	site.set_user("Administrator")
	assert (
		sms_settings.send_sms
		and site.get_attr(door)('["09121110001", "nonsense"]', "Hello {x}")["queued"] == 1
	)
	sending.send_waiting()
	assert [row["message"] for row in server.messages.values()] == ["Hello {x}"]


def test_a_notification_by_sms_goes_through_the_outbox(site, messages, who):
	note = site.get_doc(
		{
			"doctype": "Notification",
			"name": "Test by SMS",
			"subject": "x",
			"channel": "SMS",
			"document_type": "Clinic Patient",
			"event": "Save",
			"message": "File {{ doc.name }} was saved",
			"recipients": [{"receiver_by_document_field": "mobile"}],
			"enabled": 1,
		}
	).insert()
	note.send(who)
	(row,) = messages(template="notification")
	assert (row.recipient, row.text) == (MOBILE, f"File {who.name} was saved")
