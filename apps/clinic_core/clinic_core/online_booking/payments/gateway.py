"""What every payment gateway does for us: request → redirect → verify. Pure.

An adapter never guesses: what it cannot read, or what does not agree with what we asked, is Unknown.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol


@dataclass(frozen=True)
class Order:
	"""What is to be paid: `amount` in Rial, `back` the address the payer returns to."""

	amount: Decimal
	description: str
	back: str
	number: str


@dataclass(frozen=True)
class Begun:
	"""The gateway's number of the payment, and where the payer goes."""

	authority: str
	address: str


@dataclass(frozen=True)
class Outcome:
	"""What became of it: Paid, Failed or Unknown (see `states`)."""

	status: str
	reference: str = ""
	card: str = ""
	problem: str = ""


class GatewayError(Exception):
	"""A payment could not be begun; the text is for the clinic's log, never with a secret in it."""


class Gateway(Protocol):
	"""An adapter of one provider."""

	def begin(self, order: Order) -> Begun:
		"""Tell the gateway of a payment. Raises GatewayError."""
		...

	def address_of(self, authority: str) -> str:
		"""Where a begun payment is paid."""
		...

	def verify(self, authority: str, amount: Decimal) -> Outcome:
		"""Ask what became of it, telling the amount we expect. Never raises for what the gateway does."""
		...
