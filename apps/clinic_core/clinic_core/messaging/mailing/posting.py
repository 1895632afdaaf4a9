"""Hands emails to Frappe's queue, never twice, and follows what becomes of them (E174).

The row of the queue and the new state of the message are one transaction: there is no moment in which one is
there without the other, so nobody has to ask after a crash.
"""

import time
from collections import defaultdict
from collections.abc import Sequence
from functools import partial
from typing import Any

import frappe
from frappe.utils import cint, now_datetime

from clinic_core.foundation.boundary import command
from clinic_core.messaging import moves, sending, states, timing, wording
from clinic_core.messaging.drafts import DOCTYPE
from clinic_core.messaging.gateways.base import Refused, Stopped
from clinic_core.messaging.mailing import letters
from clinic_core.messaging.mailing.adapter import FrappeMail
from clinic_core.people.consent import rules

AT_ONCE = 200
_FIELDS = (*letters.FIELDS, "sealed_text", "attempts", "expires_at")


def send_waiting(seconds: float = 40) -> int:
	"""Hand over what waits, for so many seconds at most. Returns how many were looked at."""
	until, seen = time.monotonic() + seconds, set()
	while names := [name for name in _waiting() if name not in seen]:
		for name in names:
			if time.monotonic() > until:
				return len(seen)
			seen.add(name)
			command("messaging.mail", None, partial(hand_over, name))
	return len(seen)


def hand_over(name: str) -> None:
	"""One email; in the caller's transaction. One that another worker holds is left to it."""
	for row in moves.lock([name], states.QUEUED, _FIELDS):
		if why := sending.why_not_now(row, now_datetime()):
			sending.give_up([name], why)
			continue
		try:
			(fate,) = FrappeMail().send([letters.of(row)])
		except Stopped as error:
			_later(row, error)
		except Refused as error:
			moves.move([name], states.QUEUED, states.NOT_SENT, error_code=error.code, error=error.text)
		else:
			_queued(row, fate.gateway_id)


def follow(names: Sequence[str] | None = None) -> int:
	"""Write what became of emails that were handed over (or of these). Returns of how many something is known."""
	after, known = "", 0
	while rows := _handed_over(after, names):
		after = rows[-1].name
		known += command("messaging.mailed", None, partial(_record, rows))
	return known


def _waiting() -> list[str]:
	table = frappe.qb.DocType(DOCTYPE)
	more = (table.channel == states.EMAIL, table.is_prepared == 1, table.not_before <= now_datetime())
	return moves.waiting(states.QUEUED, AT_ONCE, *more)


def _queued(row: Any, queued: str) -> None:
	if queued:
		values = {"attempted_at": now_datetime(), "attempts": cint(row.attempts) + 1, "gateway_id": queued}
		moves.move([row.name], states.QUEUED, states.SENDING, error=None, error_code=None, **values)
	else:
		sending.give_up([row.name], rules.DO_NOT_CONTACT)


def _later(row: Any, error: Stopped) -> None:
	"""The account was taken away meanwhile: it waits for the next one as long as it is true."""
	attempts = cint(row.attempts) + 1
	values = {
		"attempts": attempts,
		"not_before": now_datetime() + timing.retry_pause(attempts),
		"error_code": error.code,
		"error": error.text,
	}
	frappe.db.set_value(DOCTYPE, row.name, values)


def _handed_over(after: str, names: Sequence[str] | None) -> list[Any]:
	table = frappe.qb.DocType(DOCTYPE)
	query = (
		frappe.qb.from_(table)
		.select(table.name, table.gateway_id)
		.where((table.status == states.SENDING) & (table.channel == states.EMAIL) & (table.name > after))
	)
	if names is not None:
		query = query.where(table.name.isin(list(names)))
	return query.orderby(table.name).limit(AT_ONCE).run(as_dict=True)


def _record(rows: Sequence[Any]) -> int:
	"""Write what the queue says of them; what waits in it stays as it is."""
	fates, by_state = FrappeMail().fates([row.gateway_id for row in rows]), defaultdict(list)
	for row, fate in zip(rows, fates, strict=True):
		by_state[fate.state or states.UNKNOWN].append(row.name)
	by_state.pop(states.SENDING, None)
	for state, names in by_state.items():
		code = {states.FAILED: wording.MAIL_FAILED, states.UNKNOWN: wording.MAIL_GONE}.get(state)
		said = {"error_code": code, "error": wording.sentence(code) if code else None}
		sent = {"sent_at": now_datetime()} if state == states.SENT else {}
		moves.move(names, states.SENDING, state, **said, **sent)
	return sum(map(len, by_state.values()))
