"""Talks to Zarinpal, or whatever speaks its protocol at the address of Clinic Settings (tests, a sandbox)."""

from decimal import Decimal
from typing import Any

import frappe
import requests

from clinic_core.online_booking.payments import zarinpal_protocol as protocol
from clinic_core.online_booking.payments.gateway import Begun, GatewayError, Order, Outcome
from clinic_core.online_booking.payments.states import UNKNOWN

TIMEOUT = (4, 10)
"""Seconds to connect, and to wait for an answer: somebody is looking at the page meanwhile."""


class Zarinpal:
	"""The adapter. `merchant` is the secret the clinic got; it is never logged."""

	def __init__(self, merchant: str, address: str = "", timeout: tuple[float, float] = TIMEOUT) -> None:
		self._merchant = merchant
		self._address = (address or protocol.DEFAULT_ADDRESS).rstrip("/")
		self._timeout = timeout

	def begin(self, order: Order) -> Begun:
		"""Tell of a payment. Raises GatewayError."""
		try:
			answer = self._post(protocol.REQUEST, protocol.request_body(self._merchant, order))
		except (requests.RequestException, ValueError) as error:
			raise GatewayError(type(error).__name__) from error
		authority = protocol.read_request(answer)
		return Begun(authority, self.address_of(authority))

	def address_of(self, authority: str) -> str:
		"""Where a begun payment is paid."""
		return f"{self._address}{protocol.START}{authority}"

	def verify(self, authority: str, amount: Decimal) -> Outcome:
		"""Ask what became of a payment; no answer is Unknown."""
		try:
			answer = self._post(protocol.VERIFY, protocol.verify_body(self._merchant, authority, amount))
		except (requests.RequestException, ValueError) as error:
			return Outcome(UNKNOWN, problem=f"no answer: {type(error).__name__}")
		return protocol.read_verify(answer, amount)

	def _post(self, path: str, body: dict[str, Any]) -> Any:
		"""One call, logged without the secret. Redirects are not followed: they would carry it elsewhere."""
		headers = {"Accept": "application/json"}
		log = frappe.logger("clinic_payments")
		told = {key: value for key, value in body.items() if key != "merchant_id"}
		try:
			answer = requests.post(
				self._address + path, json=body, headers=headers, timeout=self._timeout, allow_redirects=False
			)
		except requests.RequestException as error:
			log.warning(f"{path} {told} → {type(error).__name__}")
			raise
		log.info(f"{path} {told} → {answer.status_code}")
		return answer.json()
