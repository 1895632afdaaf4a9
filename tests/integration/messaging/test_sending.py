"""The worker over the wire: batches, lost answers, refusals, pauses; nothing twice, nothing lost (N9)."""

import pytest
from frappe.utils import add_to_date, now_datetime
from frappe.utils.password import encrypt

from tests.integration.messaging.conftest import MOBILE


@pytest.fixture
def queue(site, template, gateway):
	"""`queue(3)`: names of so many messages to numbers of their own."""
	from clinic_core.messaging import outbox

	code = template(en="Hello {reason}")

	def make(count, template=code, **more):
		return [
			outbox.queue(
				template,
				to=f"+98912777{number:04d}",
				key=f"{template}:{number}",
				values={"reason": number, "code": "48213"},
				**more,
			)
			for number in range(count)
		]

	return make


@pytest.fixture
def send(site):
	from clinic_core.messaging import sending

	return sending.send_waiting


@pytest.fixture
def time_passes(site):
	"""Every message was last tried long ago, and is due to be asked about."""

	def go(seconds=3600):
		values = {"attempted_at": add_to_date(now_datetime(), seconds=-seconds), "ask_at": now_datetime()}
		site.db.set_value("Clinic Message", {"status": ("in", ("Sending", "Unknown"))}, values)
		site.db.set_value("Clinic Message", {"status": "Queued"}, "not_before", now_datetime())

	return go


def states(messages, names):
	return [row.status for row in messages(name=("in", names))]


def test_a_batch_goes_out_in_one_call_and_is_recorded(server, queue, send, messages):
	names = queue(3)
	assert send() == 3
	assert server.calls == {"sms/sendarray": 1}
	rows = messages(name=("in", names))
	assert {(row.status, row.attempts, row.cost) for row in rows} == {("Sent", 1, 1450)}
	assert {server.messages[int(row.gateway_id)]["localid"] for row in rows} == {row.local_id for row in rows}
	assert all(row.sent_at and row.ask_at > row.sent_at for row in rows)
	assert send() == 0


def test_advertising_comes_from_its_own_line_and_waits_for_the_morning(
	site, server, queue, send, template, who, messages
):
	now = now_datetime()
	code = template("Advertising", en="Offer {reason}")
	site.db.set_single_value("Clinic Settings", {"quiet_from": now.hour, "quiet_until": (now.hour + 2) % 24})
	(name,) = queue(1, code, patient=who.name)
	assert send() == 0 and states(messages, [name]) == ["Queued"]
	# Also one that was queued before the quiet hours began.
	site.db.set_value("Clinic Message", name, "not_before", now)
	assert send() == 0
	site.db.set_single_value("Clinic Settings", {"quiet_from": 0, "quiet_until": 0})
	assert send() == 1
	assert [row["sender"] for row in server.messages.values()] == ["30001"]


@pytest.mark.parametrize(
	("mood", "arrived"), [("slow", True), ("lost", True), ("half", True), ("dropped", False)]
)
def test_without_an_answer_the_gateway_is_asked_and_nothing_goes_twice(
	server, queue, send, messages, time_passes, mood, arrived
):
	from clinic_core.messaging import asking

	names = queue(2)
	server.moods.append(mood)
	send()
	assert states(messages, names) == ["Unknown"] * 2
	assert send() == 0, "what may have gone out is not sent again"
	# Asked too early, “not known” means nothing: the request may be on its way.
	asking.ask_unknown(names)
	assert states(messages, names) == (["Delivered"] * 2 if arrived else ["Unknown"] * 2)
	time_passes()
	asking.ask_unknown()
	assert states(messages, names) == (["Delivered"] * 2 if arrived else ["Queued"] * 2)
	send()
	assert set(server.accepted.values()) == {1} and len(server.accepted) == 2
	assert states(messages, names) == (["Delivered"] * 2 if arrived else ["Sent"] * 2)


def test_what_the_gateway_forgot_stays_unknown_and_is_not_sent_again(
	site, server, queue, send, messages, time_passes
):
	from clinic_core.messaging import asking

	names = queue(1)
	server.moods.append("dropped")
	send()
	time_passes(13 * 3600)
	asking.ask_unknown()
	assert (states(messages, names), send()) == (["Unknown"], 0)
	assert asking.ask_unknown() == 0


def test_one_bad_number_does_not_spoil_the_batch(server, queue, send, messages):
	names = queue(9)
	server.bad_numbers.add("09127770004")
	send()
	rows = messages(name=("in", names))
	assert {row.status for row in rows if row.recipient == "+989127770004"} == {"Failed"}
	assert {row.status for row in rows if row.recipient != "+989127770004"} == {"Sent"}
	assert [row.error_code for row in rows if row.status == "Failed"] == ["411"]
	assert set(server.accepted.values()) == {1}


@pytest.mark.parametrize(("code", "words"), [("418", "credit"), ("430", "account")])
def test_no_credit_and_no_account_pause_the_gateway_and_tell_the_manager(
	site, server, gateway, queue, send, messages, code, words
):
	from clinic_core.messaging import health

	names = queue(3)
	server.mood = code
	send()
	assert states(messages, names) == ["Queued"] * 3
	doc = site.get_doc("Clinic SMS Gateway", gateway)
	assert (doc.is_paused, doc.pause_code) == (1, code)
	calls = server.calls.total()
	assert (send(), server.calls.total()) == (0, calls), "a paused gateway is left alone"
	(finding,) = [row for row in health.part()["findings"] if row["code"] == "sms_paused"]
	assert finding["severity"] == "red" and words in finding["advice"]()
	assert site.db.exists("Clinic Alert", {"code": "health:messages:sms_paused", "status": "Raised"})


def test_after_charging_it_goes_on_by_itself(site, server, gateway, queue, send, messages):
	from clinic_core.messaging import pausing

	names = queue(2)
	server.remaining_credit = 0
	send()
	assert pausing.resume_if_paid() == []
	server.remaining_credit = 500_000
	assert pausing.resume_if_paid() == [gateway]
	assert site.db.get_value("Clinic SMS Gateway", gateway, ["is_paused", "credit"]) == (0, 500_000)
	send()
	assert states(messages, names) == ["Sent"] * 2


def test_a_gateway_that_is_busy_or_away_is_tried_later(
	site, server, gateway, queue, send, messages, time_passes
):
	names = queue(2)
	server.moods.append("409")
	send()
	rows = messages(name=("in", names))
	assert {row.status for row in rows} == {"Queued"} and all(row.not_before > now_datetime() for row in rows)
	assert send() == 0
	time_passes()
	send()
	assert states(messages, names) == ["Sent"] * 2


def test_a_worker_that_died_leaves_no_message_behind(
	site, server, gateway, queue, send, messages, time_passes
):
	from clinic_core.messaging import asking, sending

	names = queue(4)
	claimed = sending.claim(gateway, 2)
	assert len(claimed) == 2 and sending.give_up_stale() == 0
	assert [row.name for row in sending.claim(gateway, 200)] == names[2:], "others take what is left"
	time_passes()
	assert sending.give_up_stale() == 4
	asking.ask_unknown()
	send()
	assert states(messages, names) == ["Sent"] * 4 and set(server.accepted.values()) == {1}


def test_delivery_is_asked_until_it_is_known(site, server, queue, send, messages):
	from clinic_core.messaging import asking

	names = queue(3)
	send()
	by_name = {row.name: row for row in messages(name=("in", names))}
	server.final |= {by_name[names[1]].local_id: 14, by_name[names[2]].local_id: 4}
	assert asking.ask_delivery() == 0, "not at once"
	site.db.set_value("Clinic Message", {"name": ("in", names)}, "ask_at", now_datetime())
	assert asking.ask_delivery() == 3
	assert states(messages, names) == ["Delivered", "Failed", "Sent"]
	assert site.db.get_value("Clinic Message", names[1], "error_code") == "14"
	assert asking.ask_delivery() == 0


def test_a_code_is_sent_readable_and_forgotten(site, server, queue, send, template, messages):
	code = template("Code", en="Your code: {code}")
	(name,) = queue(1, code)
	send()
	assert [row["message"] for row in server.messages.values()] == ["Your code: 48213"]
	(row,) = messages(name=name)
	assert (row.text, row.sealed_text) == ("Your code: •••••", None)


@pytest.fixture
def pattern(site, gateway):
	"""Codes go by a pattern of Kavenegar."""
	doc = site.get_doc("Clinic SMS Gateway", gateway)
	doc.code_pattern = "clinic-code"
	doc.save()


def test_codes_go_by_the_pattern_beside_other_messages(server, pattern, queue, send, template, messages):
	codes = queue(2, template("Code", en="Your code: {code}"))
	others = queue(3)
	send()
	assert states(messages, [*codes, *others]) == ["Sent"] * 5
	assert server.calls == {"verify/lookup": 2, "sms/sendarray": 1}
	said = [row["message"] for row in server.messages.values()]
	assert said == ["کد تأیید: 48213"] * 2 + ["Hello 0", "Hello 1", "Hello 2"]


def test_a_code_that_was_not_answered_is_never_sent_again(
	site, server, pattern, queue, send, template, messages, time_passes
):
	from clinic_core.messaging import asking

	(code,) = queue(1, template("Code", en="Your code: {code}"))
	server.moods.append("lost")
	send()
	assert states(messages, [code]) == ["Unknown"]
	time_passes(600)
	asking.ask_unknown()
	send()
	(row,) = messages(name=code)
	assert (row.status, row.sealed_text, row.ask_at) == ("Unknown", None, None)
	assert server.calls["verify/lookup"] == 1 and len(server.messages) == 1


def test_a_gateway_that_goes_away_leaves_the_rest_waiting(server, pattern, queue, send, template, messages):
	codes = queue(2, template("Code", en="Your code: {code}"))
	others = queue(3)
	server.moods.extend(["ok", "409"])
	send()
	assert sorted(states(messages, codes)) == ["Queued", "Sent"]
	assert states(messages, others) == ["Queued"] * 3


def test_a_pattern_nobody_knows_is_said_on_the_health_page(
	site, server, pattern, queue, send, template, messages
):
	from clinic_core.messaging import health

	def findings():
		return {finding["code"] for finding in health.part()["findings"]}

	server.patterns.clear()
	(code,) = queue(1, template("Code", en="Your code: {code}"))
	send()
	assert states(messages, [code]) == ["Sent"]
	assert [row["message"] for row in server.messages.values()] == ["Your code: 48213"]
	assert "sms_pattern" in findings()
	server.patterns["clinic-code"] = "%token"
	queue(1, template("Code", en="Code: {code}"))
	send()
	assert "sms_pattern" not in findings()


def test_a_name_that_is_none_is_refused(site, gateway):
	from clinic_core.foundation.errors import InvalidInputError

	doc = site.get_doc("Clinic SMS Gateway", gateway)
	doc.code_pattern = "کد تأیید"
	with pytest.raises(InvalidInputError, match="Pattern for codes"):
		doc.save()


@pytest.mark.parametrize("held", [None, "Your code: 48213", "48213"], ids=["another key", "text", "number"])
def test_a_text_that_cannot_be_opened_spoils_no_batch(site, server, queue, send, template, messages, held):
	(code,) = queue(1, template("Code", en="Your code: {code}"))
	names = queue(2)
	sealed = encrypt(held) if held else "sealed with another key"  # once there was only the text in it
	site.db.set_value("Clinic Message", code, "sealed_text", sealed)
	send()
	assert states(messages, names) == ["Sent"] * 2
	(row,) = messages(name=code)
	assert (row.status, row.error_code) == ("Not Sent", "unreadable")


def test_what_comes_too_late_is_not_sent(site, server, queue, send, messages):
	(name,) = queue(1, expires_at=add_to_date(now_datetime(), minutes=5))
	site.db.set_value("Clinic Message", name, "expires_at", add_to_date(now_datetime(), minutes=-1))
	send()
	assert states(messages, [name]) == ["Not Sent"] and not server.accepted


def test_only_a_failed_message_is_sent_again_under_a_new_number(site, server, queue, send, messages):
	from clinic_core.foundation.errors import ForbiddenMoveError
	from clinic_core.messaging import actions

	(name,) = queue(1)
	with pytest.raises(ForbiddenMoveError):
		actions.send_again(name)
	server.bad_numbers.add("09127770000")
	send()
	(failed,) = messages(name=name)
	server.bad_numbers.clear()
	assert actions.send_again(name).status == "Queued"
	send()
	(row,) = messages(name=name)
	assert row.status == "Sent" and row.local_id != failed.local_id


def test_the_log_and_the_errors_hold_neither_key_nor_numbers(site, server, gateway, queue, send):
	from tests.kavenegar_server import KEY

	queue(3)
	server.moods.extend(["409"])
	send()
	rows = site.get_all("Clinic SMS Gateway Call", {"gateway": gateway}, ["*"], order_by="called_at asc")
	assert [(row.method, row.message_count, row.outcome) for row in rows] == [("sms/sendarray", 3, "Busy")]
	assert KEY not in str(rows) and "912777" not in str(rows)
	assert KEY not in str(site.get_doc("Clinic SMS Gateway", gateway).as_dict())


def test_without_a_gateway_messages_are_written_to_a_log_and_say_so(site, template, messages):
	from clinic_core.messaging import outbox, sending

	site.db.set_value("Clinic SMS Gateway", {"kind": "Kavenegar"}, "is_active", 0)
	name = outbox.queue(template(en="Hello"), to=MOBILE, key="k", values={})
	sending.send_waiting()
	(row,) = messages(name=name)
	assert (row.status, row.error_code, row.gateway) == ("Sent", "console", "CONSOLE")
