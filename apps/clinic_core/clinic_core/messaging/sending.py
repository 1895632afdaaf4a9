"""Hands messages to the gateway: claimed and committed first, sent then, recorded last (N9).

Two workers never send one twice: a message is claimed under its row lock, and only who claimed it sends it.
Whoever is killed in between leaves it in Sending; after a while it becomes Unknown and the gateway is asked
(`asking.py`). Nothing that may have gone out is sent again without that.
"""

import datetime
import time
from collections.abc import Sequence
from functools import partial
from typing import Any

import frappe
from frappe.utils import add_to_date, cint, now_datetime

from clinic_core.foundation import settings
from clinic_core.foundation.boundary import command
from clinic_core.messaging import call_log, moves, pausing, sealing, states, timing, wording
from clinic_core.messaging.drafts import DOCTYPE
from clinic_core.messaging.gateways import registry
from clinic_core.messaging.gateways.base import (
	Fate,
	Gateway,
	GatewayError,
	Outgoing,
	Refused,
	Stopped,
	Unreached,
)

FIELDS = ("local_id", "recipient", "text", "sealed_text", "purpose", "attempts", "expires_at")
MOST_ATTEMPTS = 20
UNANSWERED_IN_A_ROW = 3
"""After so many calls without an answer the run ends: the next minute tries again."""


def send_waiting(seconds: float = 240) -> int:
	"""Hand over what waits, batch after batch, for so many seconds at most. Returns how many were claimed."""
	until, done, unanswered = time.monotonic() + seconds, 0, 0
	while time.monotonic() < until:
		gateway = registry.current()
		if not gateway or gateway.is_paused:
			break
		adapter = registry.adapter(gateway)
		batch = command("messaging.claim", None, partial(claim, gateway.name, adapter.most_at_once))
		if not batch:
			break
		done += len(batch)
		trouble = hand_over(gateway, adapter, batch)
		unanswered = unanswered + 1 if trouble else 0
		if isinstance(trouble, Unreached | Stopped) or unanswered >= UNANSWERED_IN_A_ROW:
			break
	return done


def claim(gateway: str, count: int) -> list[Any]:
	"""Take the next messages for this worker; in the caller's transaction."""
	for names in _candidates(count):
		rows = moves.lock(names, states.QUEUED, FIELDS)
		now = now_datetime()
		against = {row.name: why for row in rows if (why := why_not_now(row, now))}
		for why in sorted(set(against.values())):
			give_up([name for name, code in against.items() if code == why], why)
		rows = [row for row in rows if row.name not in against]
		if rows:
			_stamp([row.name for row in rows], gateway)
			return rows
	return []


def hand_over(gateway: Any, adapter: Gateway, batch: Sequence[Any]) -> GatewayError | None:
	"""Send a claimed batch and record what came of it. Returns what went wrong, None if nothing did.

	One bad message spoils a batch: a refused one is halved until the bad ones are found. Each further try
	takes only what is still claimed.
	"""
	outgoing = [_outgoing(gateway, row) for row in batch]
	alone = [row for row, one in zip(batch, outgoing, strict=True) if adapter.goes_alone(one)]
	if alone and len(batch) > 1:
		others = [row for row in batch if row not in alone]
		return _in_parts(gateway, adapter, [*([row] for row in alone), others])
	try:
		fates = adapter.send(outgoing)
	except GatewayError as error:
		if isinstance(error, Refused) and len(batch) > 1:
			_recorded(gateway, adapter, lambda: None)
			middle = len(batch) // 2
			return _in_parts(gateway, adapter, [batch[:middle], batch[middle:]])
		_recorded(gateway, adapter, partial(_not_handed_over, gateway, batch, error))
		return None if isinstance(error, Refused) else error
	_recorded(gateway, adapter, partial(_handed_over, gateway, batch, fates))
	return None


def give_up_stale() -> int:
	"""Messages of a worker that died are Unknown from now on: they may have gone out. Returns how many."""
	before = add_to_date(now_datetime(), seconds=-_stale_seconds())
	table = frappe.qb.DocType(DOCTYPE)
	names = moves.waiting(states.SENDING, 1000, table.attempted_at < before, table.channel == states.SMS)
	moves.move(names, states.SENDING, states.UNKNOWN, ask_at=now_datetime())
	return len(names)


def _stale_seconds() -> int:
	"""Longer than any call can take."""
	longest = frappe.get_all(
		"Clinic SMS Gateway", pluck="timeout_seconds", order_by="timeout_seconds desc", limit=1
	)
	return 6 * (cint(longest[0]) if longest else 10) + 30


def _candidates(count: int) -> list[list[str]]:
	"""The next messages in parts: when another worker holds the first part, the second is there."""
	table = frappe.qb.DocType(DOCTYPE)
	now = now_datetime()
	more = [table.channel == states.SMS, table.is_prepared == 1, table.not_before <= now]
	if timing.is_quiet(now, cint(settings.get("quiet_from")), cint(settings.get("quiet_until"))):
		more.append(table.purpose != states.ADVERTISING)
	names = moves.waiting(states.QUEUED, count * 4, *more)
	return [names[start : start + count] for start in range(0, len(names), count)]


def _stamp(names: list[str], gateway: str) -> None:
	table = frappe.qb.DocType(DOCTYPE)
	moves.move(
		names,
		states.QUEUED,
		states.SENDING,
		gateway=gateway,
		attempted_at=now_datetime(),
		attempts=table.attempts + 1,
		error=None,
		error_code=None,
	)


def why_not_now(row: Any, now: datetime.datetime) -> str | None:
	"""What stands against sending it now; a sealed text is opened here, so that one that cannot be spoils no batch."""
	if row.expires_at and row.expires_at <= now:
		return wording.EXPIRED
	if cint(row.attempts) >= MOST_ATTEMPTS:
		return wording.IN_VAIN
	if row.sealed_text:
		try:
			row.text, row.code = sealing.opened(row.sealed_text)
		except frappe.ValidationError:  # the site's key is another one now
			frappe.clear_last_message()
			return wording.UNREADABLE
	return None


def give_up(names: list[str], why: str) -> None:
	"""Messages that wait and will never go out."""
	said = {"error_code": why, "error": wording.sentence(why), "sealed_text": None}
	moves.move(names, states.QUEUED, states.NOT_SENT, **said)


def _outgoing(gateway: Any, row: Any) -> Outgoing:
	line = registry.line_for(gateway, row.purpose)
	return Outgoing(row.local_id, row.recipient, row.text, line, row.get("code") or "")


def _in_parts(gateway: Any, adapter: Gateway, parts: Sequence[Sequence[Any]]) -> GatewayError | None:
	"""One after the other; when it does not go on, what is left waits again."""
	for number, part in enumerate(parts, 1):
		left = command("messaging.renew", None, partial(_renew, part))
		trouble = hand_over(gateway, adapter, left) if left else None
		if isinstance(trouble, Unreached | Stopped):
			rest = [row for later in parts[number:] for row in later]
			if rest:
				command("messaging.release", None, partial(_release, rest))
			return trouble
	return None


def _renew(part: Sequence[Any]) -> list[Any]:
	"""Those that are still ours, with the time of this try: nobody takes them for lost meanwhile."""
	left = {row.name for row in moves.lock([row.name for row in part], states.SENDING, ())}
	if left:
		frappe.db.set_value(
			DOCTYPE, {"name": ("in", sorted(left))}, "attempted_at", now_datetime(), update_modified=False
		)
	return [row for row in part if row.name in left]


def _release(rows: Sequence[Any]) -> None:
	moves.move([row.name for row in rows], states.SENDING, states.QUEUED)


def _recorded(gateway: Any, adapter: Gateway, work: Any) -> None:
	def write() -> None:
		call_log.write(gateway.name, adapter.calls)
		work()

	command("messaging.record", None, write)
	adapter.calls.clear()


def _handed_over(gateway: Any, batch: Sequence[Any], fates: Sequence[Fate]) -> None:
	record_fates(states.SENDING, zip((row.name for row in batch), fates, strict=True), gateway)


def record_fates(old: str, fates: Any, gateway: Any = None) -> None:
	"""Write what the gateway said of each (name, fate); a message it does not know stays as it is."""
	now = now_datetime()
	console = bool(gateway and gateway.kind == "Console")
	for name, fate in fates:
		if fate.state is None or (fate.state == old and old == states.SENT):
			continue
		values: dict[str, Any] = {
			"error_code": fate.code or None,
			"error": fate.text or None,
			"sealed_text": None,
		}
		if fate.gateway_id:
			values["gateway_id"] = fate.gateway_id
		if fate.cost:
			values["cost"] = fate.cost
		if old != states.SENT:
			values["sent_at"] = now
		values["ask_at"] = timing.next_ask(now, now) if fate.state == states.SENT and not console else None
		if fate.state == states.DELIVERED:
			values["delivered_at"] = now
		if console:
			values |= {"error_code": wording.CONSOLE_ONLY, "error": wording.sentence(wording.CONSOLE_ONLY)}
		moves.move([name], old, fate.state, **values)


def _not_handed_over(gateway: Any, batch: Sequence[Any], error: GatewayError) -> None:
	names, now = [row.name for row in batch], now_datetime()
	said = {"error_code": error.code[:140], "error": error.text or wording.sentence(error.code)}
	if isinstance(error, Refused):
		moves.move(names, states.SENDING, states.FAILED, sealed_text=None, **said)
	elif isinstance(error, Stopped):
		moves.move(names, states.SENDING, states.QUEUED, **said)
		pausing.pause(gateway.name, error)
	elif isinstance(error, Unreached):
		_try_later(batch, said)
	else:
		moves.move(names, states.SENDING, states.UNKNOWN, ask_at=now + timing.MINUTE / 2, **said)


def _try_later(batch: Sequence[Any], said: dict[str, Any]) -> None:
	now = now_datetime()
	tired = [row.name for row in batch if cint(row.attempts) + 1 >= MOST_ATTEMPTS]
	moves.move(tired, states.SENDING, states.FAILED, sealed_text=None, **said)
	for attempts in sorted({cint(row.attempts) for row in batch}):
		names = [row.name for row in batch if cint(row.attempts) == attempts and row.name not in set(tired)]
		again = now + timing.retry_pause(attempts + 1)
		moves.move(names, states.SENDING, states.QUEUED, not_before=again, **said)
