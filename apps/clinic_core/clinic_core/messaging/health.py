"""How messages go, for the page of the system's health (N9, E123)."""

import datetime
from collections.abc import Callable
from typing import Any

import frappe
from frappe import _
from frappe.utils import add_to_date, now_datetime

from clinic_core.foundation import settings
from clinic_core.messaging import call_log, pausing, states
from clinic_core.messaging.doctype.clinic_sms_gateway.clinic_sms_gateway import CONSOLE, DOCTYPE
from clinic_core.messaging.drafts import DOCTYPE as MESSAGE
from clinic_core.messaging.gateways import registry
from clinic_core.messaging.gateways.kavenegar import LOOKUP, NO_PATTERN
from clinic_core.operations import records
from clinic_core.operations.findings import RED, YELLOW

PART = "messages"
LATE = datetime.timedelta(minutes=15)
MANY_FAILED = 20


def part() -> dict[str, Any]:
	"""Hook `clinic_health`: {part, facts: {gateway, queued, failed, unknown}, findings}."""
	gateway = registry.current()
	counts = _counts()
	facts = {
		"gateway": gateway.title if gateway else None,
		"queued": counts.get(states.QUEUED, 0),
		"failed": counts.get(states.FAILED, 0),
		"unknown": counts.get(states.UNKNOWN, 0),
	}
	findings = list(
		filter(
			None,
			(
				_paused(),
				_late(gateway),
				_failed(facts),
				_console(gateway),
				_pattern(gateway),
				_no_account(),
			),
		)
	)
	return {"part": PART, "facts": facts, "findings": findings}


def _counts() -> dict[str, int]:
	"""How many of the last day's messages are in each state that may call for somebody."""
	table = frappe.qb.DocType(MESSAGE)
	count = frappe.query_builder.functions.Count(table.name)
	rows = (
		frappe.qb.from_(table)
		.select(table.status, count)
		.where(table.status.isin([states.QUEUED, states.FAILED, states.UNKNOWN]))
		.where(table.creation > add_to_date(now_datetime(), days=-1))
		.groupby(table.status)
		.run()
	)
	return dict(rows)


def _paused() -> dict[str, Any] | None:
	rows = frappe.get_all(
		DOCTYPE,
		{"is_paused": 1, "is_active": 1},
		["name", "pause_code", "pause_text"],
		order_by="name asc",
		limit=1,
	)
	if not rows:
		return None
	row = rows[0]
	return _finding(
		"sms_paused",
		RED,
		lambda: pausing.title(row.name),
		lambda: pausing.advice(row.pause_code, row.pause_text),
	)


def _late(gateway: Any) -> dict[str, Any] | None:
	if gateway and gateway.is_paused:
		return None
	before = now_datetime() - LATE
	waiting = frappe.db.exists(
		MESSAGE,
		{
			"status": states.QUEUED,
			"creation": ("<", before),
			"not_before": ("<", before),
			"purpose": ("!=", states.ADVERTISING),
		},
	)
	if not waiting:
		return None
	return _finding(
		"sms_late",
		RED,
		lambda: _("Messages have been waiting for more than a quarter of an hour"),
		lambda: _("Look at the log of gateway calls and at the background workers."),
	)


def _failed(facts: dict[str, Any]) -> dict[str, Any] | None:
	if facts["failed"] < MANY_FAILED:
		return None
	return _finding(
		"sms_failed",
		YELLOW,
		lambda: _("{0} messages could not be sent within a day").format(facts["failed"]),
		lambda: _("Open the list of messages with the state “Failed”: it says why for each."),
	)


def _console(gateway: Any) -> dict[str, Any] | None:
	if gateway and gateway.kind != CONSOLE:
		return None
	return _finding(
		"sms_console",
		YELLOW,
		lambda: _("Messages are not sent: no SMS gateway is set up"),
		lambda: _(
			"Add your account under “Clinic SMS Gateway”. Until then messages are only written to a log."
		),
	)


def _pattern(gateway: Any) -> dict[str, Any] | None:
	"""Codes go out all the same, but not by the pattern: what the last call for one was told."""
	if not gateway or gateway.kind == CONSOLE or not gateway.code_pattern:
		return None
	last = frappe.get_all(
		call_log.DOCTYPE,
		{"gateway": gateway.name, "method": LOOKUP, "called_at": (">", add_to_date(now_datetime(), days=-1))},
		["error_code"],
		order_by="called_at desc, creation desc",
		limit=1,
	)
	if not last or last[0].error_code not in NO_PATTERN:
		return None
	return _finding(
		"sms_pattern",
		YELLOW,
		lambda: _("The gateway does not take the pattern for codes ({0})").format(last[0].error_code),
		lambda: _(
			"Codes go out as any other message meanwhile. Look in your account for the name of the approved pattern, and write it into the gateway."
		),
	)


def _no_account() -> dict[str, Any] | None:
	if not settings.get("email_messages") or records.has_mail_account():
		return None
	return _finding(
		"messages_no_account",
		YELLOW,
		lambda: _("Emails to patients are switched on, but no outgoing email account is set up"),
		lambda: _("Set up a default outgoing Email Account, or switch emails off in the Clinic Settings."),
	)


def _finding(code: str, severity: str, title: Callable[[], str], advice: Callable[[], str]) -> dict[str, Any]:
	return {"code": code, "severity": severity, "title": title, "advice": advice}
