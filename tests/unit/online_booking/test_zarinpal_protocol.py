"""Answers of a gateway are read, never guessed."""

from decimal import Decimal

import pytest
from clinic_core.online_booking.payments import zarinpal_protocol as protocol
from clinic_core.online_booking.payments.gateway import GatewayError, Order
from clinic_core.online_booking.payments.states import FAILED, PAID, PAYMENT, UNKNOWN
from hypothesis import given
from hypothesis import strategies as st

AMOUNT = Decimal(500_000)


def verified(**data):
	return {"data": {"code": 100, "ref_id": 201, "card_pan": "5022**5995", **data}, "errors": []}


@pytest.mark.parametrize(
	("answer", "status"),
	[
		(verified(), PAID),
		(verified(code=101), PAID),
		(verified(amount=500_000), PAID),
		(verified(amount=50_000), UNKNOWN),
		(verified(amount="much"), UNKNOWN),
		(verified(ref_id=None), UNKNOWN),
		({"data": [], "errors": {"code": -51, "message": "not paid"}}, FAILED),
		({"data": [], "errors": {"code": -50, "message": "other amount"}}, FAILED),
		({"data": [], "errors": {"code": -9, "message": "validation"}}, UNKNOWN),
		({"data": {"code": 200}}, UNKNOWN),
		([], UNKNOWN),
		(None, UNKNOWN),
		("OK", UNKNOWN),
	],
)
def test_what_an_answer_means(answer, status):
	assert protocol.read_verify(answer, AMOUNT).status == status


json_values = st.recursive(
	st.none() | st.booleans() | st.integers() | st.text(max_size=8),
	lambda inner: (
		st.lists(inner, max_size=3)
		| st.dictionaries(st.sampled_from(["data", "errors", "code", "ref_id", "amount"]), inner, max_size=4)
	),
	max_leaves=12,
)


@given(json_values)
def test_nothing_but_the_right_answer_is_paid_and_nothing_raises(answer):
	found = protocol.read_verify(answer, AMOUNT)
	if found.status == PAID:
		assert answer["data"]["code"] in (100, 101) and answer["data"]["ref_id"]
		assert "amount" not in answer["data"] or Decimal(str(answer["data"]["amount"])) == AMOUNT


def test_a_request_tells_the_amount_in_rial_and_its_refusal_names_the_reason():
	body = protocol.request_body("secret", Order(AMOUNT, "x" * 400, "https://c.example/back", "abc"))
	assert (body["amount"], body["currency"], len(body["description"])) == (500_000, "IRR", 250)
	assert protocol.read_request({"data": {"code": 100, "authority": "A" * 36}, "errors": []}) == "A" * 36
	for bad in ({}, {"data": {"code": 100, "authority": 5}}, {"data": {"code": 100, "authority": "A"}}):
		with pytest.raises(GatewayError):
			protocol.read_request(bad)
	with pytest.raises(GatewayError, match="-11"):
		protocol.read_request({"data": [], "errors": {"code": -11, "message": "not active"}})


def test_paid_is_the_end():
	assert PAYMENT.next_states(PAID) == []
