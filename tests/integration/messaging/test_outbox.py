"""The outbox: one key, one message; gates with their reason; codes that are not kept readable (N9)."""

import datetime

import pytest

from tests.integration.messaging.conftest import MOBILE
from tests.integration.people import privacy_people as act


@pytest.fixture
def queue(site):
	from clinic_core.messaging import outbox

	return outbox.queue


def test_the_same_key_gives_the_same_message(site, queue, template, messages):
	code = template(en="Hello {reason}")
	first = queue(code, to=MOBILE, key="k1", values={"reason": "one"})
	assert first and queue(code, to=MOBILE, key="k1", values={"reason": "two"}) == first
	assert queue(code, to=MOBILE, key="k2", values={"reason": "two"}) != first
	(one, two) = messages(template=code)
	assert (one.text, one.status, one.recipient, one.segments) == ("Hello one", "Queued", MOBILE, 1)
	assert one.local_id != two.local_id


def test_days_are_written_in_the_receivers_calendar(queue, template, messages):
	code = template(fa="نوبت {day} ساعت {time}", en="On {day} at {time}")
	moment = datetime.datetime(2026, 11, 29, 9, 30)
	values = {"day": moment, "time": moment.time()}
	queue(code, to=MOBILE, key="fa", values=values, language="fa")
	queue(code, to=MOBILE, key="en", values=values, language="en")
	queue(code, to=MOBILE, key="tr", values=values, language="tr")
	assert [row.text for row in messages(template=code)] == [
		"نوبت یکشنبه ۸ آذر ۱۴۰۵ ساعت ۰۹:۳۰",
		"On Sunday 29 November 2026 at 09:30",
		"On Sunday 29 November 2026 at 09:30",
	]


@pytest.mark.parametrize(
	("purpose", "decision", "consent", "goes"),
	[
		("Service", "Refused", "Marketing", True),
		("Reminder", "Refused", "Reminders", False),
		("Reminder", "Refused", "Marketing", True),
		("Advertising", "Refused", "Marketing", False),
		("Advertising", "Given", "Marketing", True),
	],
)
def test_the_gate_decides_by_the_purpose(
	site, queue, template, messages, who, purpose, decision, consent, goes
):
	from clinic_core.messaging import outbox

	act.answer(site, who, decision, purpose=consent)
	code = template(purpose, en="Hello {patient}")
	name = queue(code, to=who.mobile, key="k", values={}, patient=who.name)
	assert bool(name) is goes
	(row,) = messages(template=code)
	assert row.status == ("Queued" if goes else "Not Sent")
	assert bool(outbox.why_not(code, "k")) is not goes
	assert queue(code, to=who.mobile, key="k", values={}, patient=who.name) == name


def test_a_number_that_wants_nothing_gets_nothing_but_codes(site, queue, template, messages, who):
	act.unwanted(site, who.mobile, scope="Everything")
	service, code = template(en="Hello {patient}"), template("Code", en="Code {code}")
	assert queue(service, to=who.mobile, key="k", values={}, patient=who.name) is None
	assert queue(service, to=who.mobile, key="without a patient", values={"patient": "x"}) is None
	assert queue(code, to=who.mobile, key="k", values={"code": "12345"})
	assert {row.error_code for row in messages(template=service)} == {"do_not_contact"}


def test_a_code_is_not_kept_readable(queue, template, messages):
	code = template("Code", en="Your code: {code}")
	queue(code, to=MOBILE, key="k", values={"code": "48213"})
	(row,) = messages(template=code)
	assert row.text == "Your code: •••••"
	assert row.sealed_text and "48213" not in row.sealed_text
	assert row.priority < 3


def test_advertising_never_leads_to_a_payment_and_knows_whom_it_goes_to(site, queue, template, messages, who):
	code = template("Advertising", en="Look {link}")
	assert queue(code, to=MOBILE, key="nobody", values={"link": "clinic.ir"}) is None
	link = "https://zarinpal.com/pg/1"
	assert queue(code, to=who.mobile, key="pay", values={"link": link}, patient=who.name) is None
	assert [row.error_code for row in messages(template=code)] == ["unknown_person", "payment_link"]


def test_a_fixed_line_and_too_many_messages_are_refused_with_the_reason(site, queue, template, messages):
	site.db.set_single_value("Clinic Settings", "message_limit_per_number", 2)
	code = template(en="Hello")
	assert queue(code, to="+982122334455", key="fixed", values={}) is None
	names = [queue(code, to=MOBILE, key=str(number), values={}) for number in range(3)]
	assert [bool(name) for name in names] == [True, True, False]
	assert [row.error_code for row in messages(template=code, status="Not Sent")] == [
		"no_mobile",
		"number_limit",
	]


def test_many_are_queued_with_as_few_statements_as_one(site, template, who, count_queries):
	from clinic_core.messaging import outbox
	from clinic_core.messaging.drafts import Draft

	code = template("Reminder", en="Hello {patient}")

	def ask(numbers):
		drafts = [Draft(code, key=f"n{number}", patient=who.name, to=who.mobile) for number in numbers]
		with count_queries() as queries:
			outbox.queue_many(drafts)
		return len(queries)

	ask([1])
	assert ask(range(10, 210)) == ask([2])


@pytest.mark.parametrize(
	("text", "purpose"),
	[
		("Hello {nobody}", "Service"),
		("Pay at https://zarinpal.com/x", "Advertising"),
		("No code", "Code"),
		("س" * 269, "Service"),
	],
)
def test_a_template_that_cannot_go_out_is_refused(site, template, text, purpose):
	from clinic_core.foundation.errors import InvalidInputError

	with pytest.raises(InvalidInputError):
		template(purpose, en=text)


def test_a_message_is_neither_made_nor_changed_nor_deleted_by_hand(site, queue, template, user_with):
	from clinic_core.foundation.errors import AppendOnlyError, InvalidInputError

	name = queue(template(en="Hello"), to=MOBILE, key="k", values={})
	doc = site.get_doc("Clinic Message", name)
	doc.text = "Something else"
	with pytest.raises(AppendOnlyError):
		doc.save()
	with pytest.raises(AppendOnlyError):
		site.delete_doc("Clinic Message", name)
	with pytest.raises(InvalidInputError):
		site.get_doc({"doctype": "Clinic Message", "recipient": MOBILE, "status": "Queued"}).insert()


def test_an_erased_person_gets_nothing_more_and_his_number_is_forgotten(site, queue, template, messages, who):
	from clinic_core.messaging import forgetting

	service, code = template(en="Hello {patient}"), template("Code", en="Code {code}")
	waiting = queue(service, to=who.mobile, key="k", values={}, patient=who.name)
	other = queue(service, to="+989121110002", key="other", values={"patient": "x"})
	queue(code, to=who.mobile, key="k", values={"code": "12345"})
	forgetting.forget_person([["Clinic Patient", who.name]])
	assert messages(name=waiting)[0].status == "Not Sent" and messages(name=other)[0].status == "Queued"
	assert [(row.recipient, row.text) for row in messages(template=code)] == [(None, None)]
