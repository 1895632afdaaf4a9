"""A gateway for trying: its bank is a page of our own (`/booking/console/…`) and no money moves."""

import secrets
from decimal import Decimal

import frappe

from clinic_core.foundation.money import to_decimal
from clinic_core.online_booking.payments.gateway import Begun, Order, Outcome
from clinic_core.online_booking.payments.states import FAILED, PAID, UNKNOWN

PATH = "booking/console"
SECONDS = 2 * 86400


class Console:
	"""The adapter."""

	def begin(self, order: Order) -> Begun:
		"""Remember it; the payer goes to the page of the pretended bank."""
		authority = "C" + secrets.token_hex(16)
		frappe.cache.set_value(
			_key(authority),
			{"amount": str(order.amount), "back": order.back, "paid": None},
			expires_in_sec=SECONDS,
		)
		return Begun(authority, self.address_of(authority))

	def address_of(self, authority: str) -> str:
		"""The page of the pretended bank."""
		return f"/{PATH}/{authority}"

	def verify(self, authority: str, amount: Decimal) -> Outcome:
		"""What was touched on that page."""
		kept = read(authority)
		if not kept:
			return Outcome(UNKNOWN, problem="the console has forgotten it")
		if kept["paid"] and to_decimal(kept["amount"]) == amount:
			return Outcome(PAID, authority[-10:], "6037-99**-****-1234")
		return Outcome(FAILED, problem="not paid at the console")


def read(authority: str) -> dict | None:
	"""What the console knows of a payment: {amount, back, paid}."""
	return frappe.cache.get_value(_key(authority), expires=True)


def decide(authority: str, *, paid: bool) -> None:
	"""Somebody touched Pay or Cancel."""
	kept = read(authority)
	if kept:
		frappe.cache.set_value(_key(authority), {**kept, "paid": paid}, expires_in_sec=SECONDS)


def _key(authority: str) -> str:
	return f"clinic_console_payment:{authority}"
