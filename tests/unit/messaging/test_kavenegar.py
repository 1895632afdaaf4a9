"""The adapter over the wire: a local server that speaks Kavenegar's protocol and misbehaves (N9)."""

import logging
import socket

import pytest
from clinic_core.messaging.gateways import base
from clinic_core.messaging.gateways.kavenegar import Kavenegar, local_form

from tests.kavenegar_server import KEY
from tests.kavenegar_server import Kavenegar as Server


@pytest.fixture
def server():
	with Server(late_seconds=1.6) as running:
		yield running


@pytest.fixture
def adapter(server):
	return Kavenegar(timeout_seconds=1, key=KEY, address=server.address)


def outgoing(*numbers):
	return [base.Outgoing(str(number), f"+98912000{number:04d}", f"پیام {number}") for number in numbers]


def test_one_and_many_are_handed_over_under_our_numbers(server, adapter):
	(one,) = adapter.send(outgoing(1))
	many = adapter.send(outgoing(2, 3, 4))
	assert server.calls == {"sms/send": 1, "sms/sendarray": 1}
	assert [fate.local_id for fate in [one, *many]] == ["1", "2", "3", "4"]
	assert {fate.state for fate in many} == {"Sent"} and one.cost == 1450
	assert server.messages[int(many[0].gateway_id)] == {
		"receptor": "09120000002", "message": "پیام 2", "sender": "", "localid": "2",
	}  # fmt: skip


def test_numbers_as_the_gateway_takes_them():
	assert local_form("+989121110001") == "09121110001"
	assert local_form("+905321110001") == "00905321110001"


@pytest.mark.parametrize("mood", ["slow", "lost", "half", "proxy", "dropped", "402", "500"])
def test_no_usable_answer_means_that_it_may_have_gone_out(server, adapter, mood):
	server.moods.append(mood)
	with pytest.raises(base.Unanswered):
		adapter.send(outgoing(1, 2))
	fates = {fate.local_id: fate.state for fate in adapter.fates_of_local(["1", "2"])}
	arrived = mood in ("slow", "lost", "half")
	assert fates == dict.fromkeys(("1", "2"), "Delivered" if arrived else None)


@pytest.mark.parametrize(
	("code", "error"),
	[
		("418", base.NoCredit), ("430", base.Stopped), ("401", base.Stopped), ("407", base.Stopped),
		("409", base.Busy), ("411", base.Refused), ("413", base.Refused), ("422", base.Refused),
	],
)  # fmt: skip
def test_a_code_is_an_error_of_its_kind(server, adapter, code, error):
	server.moods.append(code)
	with pytest.raises(error) as caught:
		adapter.send(outgoing(1))
	assert type(caught.value) is error and caught.value.code == code
	assert not server.accepted


def test_a_wrong_key_stops_and_is_told_nowhere(server, caplog):
	secret = "SECRET-KEY-9"
	adapter = Kavenegar(timeout_seconds=1, key=secret, address=server.address)
	with caplog.at_level(logging.INFO), pytest.raises(base.Stopped) as caught:
		adapter.credit()
	assert secret not in f"{caught.value!r} {adapter!r} {adapter.calls!r} {caplog.text}"
	assert caught.value.__cause__ is None


def test_nobody_there_is_no_doubt():
	with socket.socket() as free:
		free.bind(("127.0.0.1", 0))
		port = free.getsockname()[1]
	adapter = Kavenegar(timeout_seconds=1, key="SECRET", address=f"http://127.0.0.1:{port}")
	with pytest.raises(base.Unreached) as caught:
		adapter.send(outgoing(1))
	assert "SECRET" not in f"{caught.value!r} {adapter.calls!r}"
	assert caught.value.__suppress_context__  # what requests raised names the address


def test_delivery_replies_and_credit(server, adapter):
	fates = adapter.send(outgoing(1, 2, 3))
	server.final |= {"2": 14, "3": 4}
	told = adapter.fates([fate.gateway_id for fate in fates])
	assert [(fate.state, fate.code) for fate in told] == [("Delivered", ""), ("Failed", "14"), ("Sent", "")]
	assert adapter.fates(["77"])[0].state is None
	server.say("09121110001", "لغو")
	(reply,) = adapter.replies("10004346")
	assert (reply.number, reply.text) == ("09121110001", "لغو")
	assert adapter.replies("10004346") == [] and adapter.replies("10004346", again=True) == [reply]
	assert adapter.credit() == 1_000_000


def test_every_call_is_kept_without_numbers(server, adapter):
	adapter.send(outgoing(1, 2))
	server.moods.append("418")
	with pytest.raises(base.NoCredit):
		adapter.send(outgoing(3))
	assert [(call.method, call.count, call.outcome, call.code) for call in adapter.calls] == [
		("sms/sendarray", 2, "OK", ""),
		("sms/send", 1, "NoCredit", "418"),
	]
	assert "0912000" not in repr(adapter.calls)


def a_code(number="1"):
	return base.Outgoing(number, f"+98912000{int(number):04d}", "Your code: 48213", code="48213")


def by_pattern(server, name="clinic-code"):
	return Kavenegar(timeout_seconds=1, key=KEY, address=server.address, code_pattern=name)


def test_a_code_goes_by_the_pattern_in_a_call_of_its_own(server, adapter):
	adapter = by_pattern(server)
	assert adapter.goes_alone(a_code()) and not adapter.goes_alone(outgoing(1)[0])
	(fate,) = adapter.send([a_code()])
	assert server.calls == {"verify/lookup": 1}
	assert (fate.state, fate.local_id, fate.cost) == ("Sent", "1", 1450)
	assert server.messages[int(fate.gateway_id)]["message"] == "کد تأیید: 48213"


def test_without_a_pattern_a_code_is_a_message(server, adapter):
	assert not adapter.goes_alone(a_code())
	adapter.send([a_code()])
	assert server.calls == {"sms/send": 1}


@pytest.mark.parametrize("code", ["424", "426", "431", "432"])
def test_a_pattern_that_is_not_taken_does_not_keep_the_code_back(server, code):
	server.moods.append(code)
	adapter = by_pattern(server)
	(fate,) = adapter.send([a_code()])
	assert fate.state == "Sent" and list(server.accepted) == ["1"]
	assert [(call.method, call.code) for call in adapter.calls] == [("verify/lookup", code), ("sms/send", "")]


@pytest.mark.parametrize("mood", ["slow", "lost", "half", "proxy", "500"])
def test_a_code_without_an_answer_is_sent_by_no_other_way(server, mood):
	server.moods.append(mood)
	with pytest.raises(base.Unanswered):
		by_pattern(server).send([a_code()])
	assert server.calls == {"verify/lookup": 1}
