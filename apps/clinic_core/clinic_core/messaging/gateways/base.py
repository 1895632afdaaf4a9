"""What a gateway is: sends batches, tells the fate of messages, gives replies and credit. No `frappe`.

Whatever goes wrong is one of the errors below; the worker decides by the class alone. None of them carries
the address that was called: a key may be part of it.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import requests
from urllib3.exceptions import ConnectTimeoutError, NewConnectionError


class GatewayError(Exception):
	"""A call that brought no answer we can use. `code` is the gateway's own, or a word of ours."""

	def __init__(self, code: str, text: str = "") -> None:
		super().__init__(f"{code} {text}".strip())
		self.code, self.text = code, text


class Unreached(GatewayError):
	"""Nobody was there: the messages certainly did not go out, and may be tried again later."""


class Busy(Unreached):
	"""It answered that it cannot now: nothing went out."""


class Unanswered(GatewayError):
	"""It was reached and did not answer: the messages may have gone out. They are asked about, never resent."""


class Refused(GatewayError):
	"""It refused the whole call for what is in it; nothing went out. One bad message spoils a batch."""


class Stopped(GatewayError):
	"""Nothing goes until somebody acts: key, address, account not verified (401, 403, 407, 430)."""


class NoCredit(Stopped):
	"""The account is empty (418)."""


@dataclass(frozen=True)
class Outgoing:
	"""One message as a gateway gets it; `local_id` is our number for it."""

	local_id: str
	number: str
	text: str
	sender: str = ""
	code: str = ""
	"""The one-time code in the text, for gateways that have patterns for those."""


@dataclass(frozen=True)
class Fate:
	"""What the gateway says of one message. `state` None: it does not know it."""

	state: str | None
	local_id: str = ""
	gateway_id: str = ""
	code: str = ""
	text: str = ""
	cost: int = 0


@dataclass(frozen=True)
class Reply:
	"""A message somebody sent to us."""

	gateway_id: str
	number: str
	text: str
	received_at: int
	line: str = ""


@dataclass
class Call:
	"""What is kept of a call: neither secrets nor numbers."""

	method: str
	count: int
	outcome: str = "OK"
	code: str = ""
	text: str = ""
	milliseconds: int = 0


@dataclass
class Gateway:
	"""Base of all gateways. `calls` collects what was done, for the log."""

	timeout_seconds: int = 10
	calls: list[Call] = field(default_factory=list)

	most_at_once = 200
	is_real = True

	def send(self, messages: Sequence[Outgoing]) -> list[Fate]:
		"""Hand over a batch; one fate for each, in their order. Raises GatewayError."""
		raise NotImplementedError

	def goes_alone(self, message: Outgoing) -> bool:
		"""Whether it needs a call of its own."""
		return False

	def fates(self, gateway_ids: Sequence[str]) -> list[Fate]:
		"""What became of messages, by the gateway's numbers. Raises GatewayError."""
		raise NotImplementedError

	def fates_of_local(self, local_ids: Sequence[str]) -> list[Fate]:
		"""The same by ours: the question after a call that was not answered. Raises GatewayError."""
		raise NotImplementedError

	def replies(self, line: str, again: bool = False) -> list[Reply]:
		"""Messages to one of our lines that were not fetched yet; `again`: those that were, too."""
		raise NotImplementedError

	def credit(self) -> int:
		"""What is left on the account. Raises GatewayError."""
		raise NotImplementedError

	def _logged(self, method: str, count: int, work: Callable[[], Any]) -> Any:
		call = Call(method, count)
		begun = time.monotonic()
		try:
			return work()
		except GatewayError as error:
			call.outcome, call.code, call.text = type(error).__name__, error.code, error.text
			raise
		finally:
			call.milliseconds = round((time.monotonic() - begun) * 1000)
			self.calls.append(call)


def post(session: requests.Session, url: str, data: dict[str, Any], timeout: int) -> requests.Response:
	"""One POST. Raises Unreached or Unanswered, without the address and what caused it."""
	failure: GatewayError
	try:
		return session.post(url, data=data, timeout=(min(timeout, 5), timeout), allow_redirects=False)
	except requests.ConnectTimeout:
		failure = Unreached("connect_timeout")
	except requests.Timeout:
		failure = Unanswered("timeout")
	except requests.ConnectionError as error:
		failure = Unreached("no_connection") if _never_began(error) else Unanswered("connection_lost")
	except requests.RequestException as error:
		failure = Unanswered(type(error).__name__)
	raise failure from None


def _never_began(error: requests.ConnectionError) -> bool:
	"""Whether not even a connection was made; a connection that broke may have carried the message."""
	cause = error.args[0] if error.args else None
	reason = getattr(cause, "reason", cause)
	return isinstance(reason, NewConnectionError | ConnectTimeoutError)
