"""Zarinpal's protocol, version 4: what is sent and what its answers mean. Pure.

`request.json` gives an authority; the payer pays at `/pg/StartPay/<authority>` and comes back with
`?Authority=…&Status=OK|NOK`, which proves nothing; `verify.json` is told the amount and says 100 (paid), 101
(paid and verified before) or an error. Amounts are Rial (`currency: IRR`).
"""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from clinic_core.online_booking.payments.gateway import GatewayError, Order, Outcome
from clinic_core.online_booking.payments.states import FAILED, PAID, UNKNOWN

DEFAULT_ADDRESS = "https://payment.zarinpal.com"
REQUEST, VERIFY, START = "/pg/v4/payment/request.json", "/pg/v4/payment/verify.json", "/pg/StartPay/"
PAID_NOW, PAID_BEFORE = 100, 101
NOT_PAID = frozenset({-51, -55, -50, -54})
"""Said of a payment that was not made (-51, -55), was of another amount (-50) or is too old (-54)."""
OTHER_AMOUNT = -50
_LONGEST = 250


def request_body(merchant: str, order: Order) -> dict[str, Any]:
	"""What `request.json` is sent."""
	return {
		"merchant_id": merchant,
		"amount": int(order.amount),
		"currency": "IRR",
		"description": order.description[:_LONGEST],
		"callback_url": order.back,
		"metadata": {"order_id": order.number},
	}


def read_request(answer: Any) -> str:
	"""The authority. Raises GatewayError for any other answer."""
	data = _part(answer, "data")
	authority = data.get("authority")
	if data.get("code") == PAID_NOW and isinstance(authority, str) and 8 <= len(authority) <= 64:
		return authority
	raise GatewayError(_problem(answer))


def verify_body(merchant: str, authority: str, amount: Decimal) -> dict[str, Any]:
	"""What `verify.json` is sent: our amount, so that the gateway refuses any other."""
	return {"merchant_id": merchant, "amount": int(amount), "authority": authority}


def read_verify(answer: Any, amount: Decimal) -> Outcome:
	"""What became of a payment. An answer about another amount is not believed."""
	data = _part(answer, "data")
	code = data.get("code")
	if code in (PAID_NOW, PAID_BEFORE):
		if "amount" in data and _number(data["amount"]) != amount:
			return Outcome(UNKNOWN, problem=f"verified for another amount: {data['amount']!r}"[:_LONGEST])
		reference = str(data.get("ref_id") or "")[:64]
		if not reference:
			return Outcome(UNKNOWN, problem="verified without a reference")
		return Outcome(PAID, reference, str(data.get("card_pan") or "")[:32])
	said = _part(answer, "errors").get("code", code)
	if isinstance(said, int) and said in NOT_PAID:
		return Outcome(FAILED, problem=_problem(answer))
	return Outcome(UNKNOWN, problem=_problem(answer))


def _part(answer: Any, key: str) -> Mapping[str, Any]:
	"""`data` and `errors` are empty lists when there is nothing in them."""
	part = answer.get(key) if isinstance(answer, Mapping) else None
	return part if isinstance(part, Mapping) else {}


def _problem(answer: Any) -> str:
	errors = _part(answer, "errors") or _part(answer, "data")
	return f"{errors.get('code', '?')}: {errors.get('message', 'no readable answer')}"[:_LONGEST]


def _number(value: Any) -> Decimal | None:
	try:
		return Decimal(str(value))
	except InvalidOperation:
		return None
