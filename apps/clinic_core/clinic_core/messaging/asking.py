"""Asks gateways about messages: what became of those without an answer, and whether the others arrived (N9)."""

import contextlib
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import frappe
from frappe.utils import get_datetime, now_datetime

from clinic_core.foundation.boundary import command
from clinic_core.messaging import call_log, moves, sending, states, timing, wording
from clinic_core.messaging.drafts import DOCTYPE
from clinic_core.messaging.gateways import registry
from clinic_core.messaging.gateways.base import Fate, Gateway, GatewayError
from clinic_core.messaging.gateways.kavenegar import MOST_ASKED

_FIELDS = ["name", "local_id", "gateway_id", "gateway", "attempted_at", "sent_at", "expires_at", "purpose"]


def ask_unknown(names: Sequence[str] | None = None) -> int:
	"""Ask about the messages that got no answer and are due (or these). Returns how many were asked about."""
	return _ask(states.UNKNOWN, names, lambda adapter, rows: adapter.fates_of_local(_of(rows, "local_id")))


def ask_delivery(names: Sequence[str] | None = None) -> int:
	"""Ask whether sent messages arrived, those that are due (or these)."""
	return _ask(states.SENT, names, lambda adapter, rows: adapter.fates(_of(rows, "gateway_id")))


def _of(rows: Sequence[Any], field: str) -> list[str]:
	return [row[field] for row in rows]


def _ask(
	status: str, names: Sequence[str] | None, ask: Callable[[Gateway, Sequence[Any]], list[Fate]]
) -> int:
	filters: list[list[Any]] = [["status", "=", status], ["channel", "=", states.SMS]]
	if names is None:
		# Frappe takes an empty moment for one long ago: those are not asked about any more.
		filters += [["ask_at", "is", "set"], ["ask_at", "<=", now_datetime()]]
	else:
		filters.append(["name", "in", list(names)])
	if status == states.SENT:
		filters.append(["gateway_id", "is", "set"])
	rows = frappe.get_all(DOCTYPE, filters, _FIELDS, order_by="ask_at asc, name asc", limit=MOST_ASKED)
	by_gateway: dict[str, list[Any]] = {}
	for row in rows:
		by_gateway.setdefault(row.gateway, []).append(row)
	for name, asked in by_gateway.items():
		_ask_one(status, name, asked, ask)
	return len(rows)


def _ask_one(
	status: str, name: str, rows: Sequence[Any], ask: Callable[[Gateway, Sequence[Any]], list[Fate]]
) -> None:
	gateway = registry.get(name)
	adapter = registry.adapter(gateway)
	fates: list[Fate] | None = None
	with contextlib.suppress(GatewayError):  # it is in the log; asked again later
		fates = ask(adapter, rows)

	def write() -> None:
		call_log.write(name, adapter.calls)
		if fates is None:
			_later([row.name for row in rows], status)
		elif status == states.UNKNOWN:
			_record_unknown(gateway, rows, {fate.local_id: fate for fate in fates})
		else:
			_record_delivery(rows, {fate.gateway_id: fate for fate in fates})

	command("messaging.asked", None, write)


def _later(names: Sequence[str], status: str) -> None:
	ask_at = now_datetime() + 2 * timing.MINUTE
	frappe.db.set_value(
		DOCTYPE, {"name": ("in", list(names)), "status": status}, "ask_at", ask_at, update_modified=False
	)


def _record_unknown(gateway: Any, rows: Sequence[Any], fates: dict[str, Fate]) -> None:
	"""Known ones get their state. One the gateway never got waits again, under the same number of ours."""
	now = now_datetime()
	known = [(row.name, fates[row.local_id]) for row in rows if _is_known(fates.get(row.local_id))]
	sending.record_fates(states.UNKNOWN, known, gateway)
	done = {name for name, _fate in known}
	for row in rows:
		if row.name in done:
			continue
		attempted = get_datetime(row.attempted_at or now)
		# What went by a pattern has no number of ours there: “never got it” means nothing.
		went_by_pattern = row.purpose == states.CODE and gateway.code_pattern
		if went_by_pattern or now - attempted >= timing.ASK_LOCAL_FOR:
			_ask_no_more(row.name)
		elif not timing.settled(attempted, now, gateway.timeout_seconds):
			_later([row.name], states.UNKNOWN)
		elif row.expires_at and row.expires_at <= now:
			said = wording.sentence(wording.NEVER_RECEIVED)
			values = {
				"error_code": wording.NEVER_RECEIVED,
				"error": said,
				"sealed_text": None,
				"ask_at": None,
			}
			moves.move([row.name], states.UNKNOWN, states.FAILED, **values)
		else:
			moves.move([row.name], states.UNKNOWN, states.QUEUED, ask_at=None, not_before=now)


def _is_known(fate: Fate | None) -> bool:
	return bool(fate and fate.state in states.OUTCOMES)


def _ask_no_more(name: str) -> None:
	"""The gateway forgot it: nobody can tell any more, and it is not sent again."""
	values = {"ask_at": None, "sealed_text": None}
	frappe.db.set_value(DOCTYPE, name, values, update_modified=False)


def _record_delivery(rows: Sequence[Any], fates: dict[str, Fate]) -> None:
	now = now_datetime()
	answered = [(row.name, fates[row.gateway_id]) for row in rows if row.gateway_id in fates]
	sending.record_fates(states.SENT, answered)
	table = frappe.qb.DocType(DOCTYPE)
	by_time: dict[Any, list[str]] = {}
	for row in rows:
		ask_at = timing.next_ask(get_datetime(row.sent_at or now), now)
		by_time.setdefault(ask_at and ask_at.replace(second=0, microsecond=0), []).append(row.name)
	for ask_at, names in by_time.items():
		frappe.qb.update(table).set(table.ask_at, ask_at).where(
			table.name.isin(sorted(names)) & (table.status == states.SENT)
		).run()


def work(name: str, status: str) -> int:
	"""Ask about one message now, whatever its time."""
	return partial(ask_unknown if status == states.UNKNOWN else ask_delivery, [name])()
