"""Kavenegar over its REST interface (kavenegar.com/rest.html); no `frappe`.

The key is part of the address, so an address is never shown or logged. `localid` is our own number: after a
call without an answer the messages are asked about by it (`statuslocalmessageid`).
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import requests

from clinic_core.messaging.gateways.base import (
	Busy,
	Fate,
	Gateway,
	GatewayError,
	NoCredit,
	Outgoing,
	Refused,
	Reply,
	Stopped,
	Unanswered,
	post,
)
from clinic_core.messaging.states import DELIVERED, FAILED, SENT

ADDRESS = "https://api.kavenegar.com"
OK, BUSY, NO_CREDIT = 200, 409, 418
STOPPED = frozenset({401, 403, 404, 407, 412, 416, 426, 430})
"""Account, key, address or line: a person has to act before anything goes."""
UNKNOWN_HERE = 100
# 1 queued, 2 scheduled, 4 and 5 with the operator, 10 delivered; 6 failed, 11 not delivered, 13 cancelled,
# 14 the receiver blocked the line (advertising, *800#).
STATES = {1: SENT, 2: SENT, 4: SENT, 5: SENT, 10: DELIVERED, 6: FAILED, 11: FAILED, 13: FAILED, 14: FAILED}
LOOKUP = "verify/lookup"
NO_PATTERN = frozenset({"424", "426", "431", "432"})
"""The pattern is unknown there, its place is another one, or the account may not use patterns: nothing went out."""
BLOCKED_BY_RECEIVER = "14"
MOST_ASKED = 500


@dataclass
class Kavenegar(Gateway):
	"""One account."""

	key: str = field(default="", repr=False)
	address: str = ADDRESS
	code_pattern: str = ""

	def __post_init__(self) -> None:
		self._session = requests.Session()

	def send(self, messages: Sequence[Outgoing]) -> list[Fate]:
		"""One by `send`, several by `sendarray`; `localid` goes along with each.

		A code by `lookup`, in the words of an approved pattern: it also reaches who blocked advertising lines.
		Where Kavenegar does not take the pattern the code goes as any other message.
		"""
		if len(messages) == 1:
			(one,) = messages
			if self.goes_alone(one) and (fate := self._by_pattern(one)):
				return [fate]
			given = {"receptor": local_form(one.number), "message": one.text, "localid": one.local_id}
			entries = self._call("sms/send", {**given, **({"sender": one.sender} if one.sender else {})}, 1)
		else:
			arrays = {
				"receptor": [local_form(one.number) for one in messages],
				"message": [one.text for one in messages],
				"sender": [one.sender for one in messages],
				"localmessageids": [one.local_id for one in messages],
			}
			given = {name: json.dumps(values, ensure_ascii=False) for name, values in arrays.items()}
			entries = self._call("sms/sendarray", given, len(messages))
		if len(entries) != len(messages):
			# Which of them it means cannot be told: they are asked about one by one.
			raise Unanswered("answers_do_not_match", f"{len(entries)} of {len(messages)}")
		return [_fate(entry, one.local_id) for entry, one in zip(entries, messages, strict=True)]

	def goes_alone(self, message: Outgoing) -> bool:
		"""`lookup` takes one receiver."""
		return bool(self.code_pattern and message.code)

	def _by_pattern(self, one: Outgoing) -> Fate | None:
		"""None: it certainly did not go out, because of the pattern. It knows no number of ours."""
		given = {"receptor": local_form(one.number), "token": one.code, "template": self.code_pattern}
		try:
			entries = self._call(LOOKUP, given, 1)
		except GatewayError as error:
			if error.code in NO_PATTERN:
				return None
			raise
		if len(entries) != 1:
			raise Unanswered("answers_do_not_match", f"{len(entries)} of 1")
		return _fate(entries[0], one.local_id)

	def fates(self, gateway_ids: Sequence[str]) -> list[Fate]:
		"""`status`, five hundred at most."""
		entries = self._call("sms/status", {"messageid": ",".join(gateway_ids)}, len(gateway_ids))
		return [_fate(entry) for entry in entries]

	def fates_of_local(self, local_ids: Sequence[str]) -> list[Fate]:
		"""`statuslocalmessageid`; it remembers half a day."""
		entries = self._call("sms/statuslocalmessageid", {"localid": ",".join(local_ids)}, len(local_ids))
		return [_fate(entry) for entry in entries]

	def replies(self, line: str, again: bool = False) -> list[Reply]:
		"""`receive`: a hundred at most; what was fetched counts as read there."""
		given = {"linenumber": line, "isread": 1 if again else 0}
		return [
			Reply(
				str(entry.get("messageid")),
				str(entry.get("sender") or ""),
				str(entry.get("message") or ""),
				int(entry.get("date") or 0),
				str(entry.get("receptor") or line),
			)
			for entry in self._call("sms/receive", given, 1)
		]

	def credit(self) -> int:
		"""`account/info`, in Rial."""
		entries = self._call("account/info", {}, 0)
		return int(entries[0].get("remaincredit") or 0) if entries else 0

	def _call(self, method: str, given: dict[str, Any], count: int) -> list[dict[str, Any]]:
		return self._logged(method, count, lambda: self._ask(method, given))

	def _ask(self, method: str, given: dict[str, Any]) -> list[dict[str, Any]]:
		url = f"{self.address.rstrip('/')}/v1/{self.key}/{method}.json"
		answer = post(self._session, url, given, self.timeout_seconds)
		try:
			said = answer.json()
			code, text = int(said["return"]["status"]), str(said["return"].get("message") or "")
		except (ValueError, KeyError, TypeError):
			# Not its language: a proxy on the way, or half an answer. It may have done it.
			raise Unanswered(f"http_{answer.status_code}") from None
		if code != OK:
			raise error_of(code, text)
		entries = said.get("entries") or []
		return entries if isinstance(entries, list) else [entries]


def error_of(code: int, text: str) -> GatewayError:
	"""The error a code stands for."""
	if code == NO_CREDIT:
		return NoCredit(str(code), text)
	if code in STOPPED:
		return Stopped(str(code), text)
	if code == BUSY:
		return Busy(str(code), text)
	if code == 402 or code >= 500:
		return Unanswered(str(code), text)
	return Refused(str(code), text)


def local_form(e164: str) -> str:
	"""A number as Kavenegar takes it: 0912… in Iran, 0090… abroad."""
	return f"0{e164[3:]}" if e164.startswith("+98") else f"00{e164.lstrip('+')}"


def _fate(entry: dict[str, Any], local_id: str = "") -> Fate:
	status = int(entry.get("status") or 0)
	state = None if status == UNKNOWN_HERE else STATES.get(status, SENT)
	said = str(entry.get("statustext") or "") if state == FAILED else ""
	return Fate(
		state,
		local_id=local_id or str(entry.get("localid") or ""),
		gateway_id=str(entry.get("messageid") or "") if state else "",
		code=str(status) if state == FAILED else "",
		text=said,
		cost=int(entry.get("cost") or 0),
	)
