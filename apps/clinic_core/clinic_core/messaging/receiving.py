"""Reads what people answer; the opt-out word ends advertising to that number (N9, E011)."""

import datetime
from functools import partial
from typing import Any

import frappe
from frappe.utils import now_datetime

from clinic_core.foundation import compat, phones, settings
from clinic_core.foundation.boundary import command
from clinic_core.foundation.bulk import insert_many
from clinic_core.messaging import call_log, texts
from clinic_core.messaging.doctype.clinic_do_not_contact import clinic_do_not_contact as register
from clinic_core.messaging.doctype.clinic_sms_gateway.clinic_sms_gateway import CONSOLE, DOCTYPE
from clinic_core.messaging.gateways import registry
from clinic_core.messaging.gateways.base import GatewayError, Reply
from clinic_core.people.consent import message_gate, rules
from clinic_core.people.phones import region

INCOMING = "Clinic Incoming Message"
DEFAULT_WORDS = "لغو\nلغو11\nSTOP"


def fetch_all() -> int:
	"""Fetch what came to the lines of every active gateway. Returns how many were new."""
	rows = frappe.get_all(
		DOCTYPE, {"is_active": 1, "kind": ("!=", CONSOLE)}, pluck="name", order_by="name asc"
	)
	return sum(fetch(name) for name in rows)


def fetch(name: str) -> int:
	"""The same of one gateway.

	A gateway counts a reply as read when it was asked for, even if its answer was lost. So it is noted before
	that we ask; if that note is found later, the ones already read are asked for as well. None is kept twice.
	"""
	gateway = registry.get(name)
	lines = sorted({gateway.service_line, gateway.advertising_line} - {None, ""})
	if not lines:
		return 0
	adapter = registry.adapter(gateway)
	was_lost = bool(gateway.fetching_since)
	command("messaging.fetching", None, partial(_note, name, fetching_since=now_datetime()))
	found: list[Reply] = []
	is_whole = True
	for line in lines:
		try:
			if was_lost:
				found += adapter.replies(line, again=True)
			found += adapter.replies(line)
		except GatewayError:
			is_whole = False

	def write() -> int:
		call_log.write(name, adapter.calls)
		count = keep(name, found)
		_note(name, **({"fetching_since": None, "fetched_at": now_datetime()} if is_whole else {}))
		return count

	return command("messaging.fetched", None, write)


def keep(gateway: str, replies: list[Reply]) -> int:
	"""Keep replies that are not kept yet, and do what they ask for; in the caller's transaction."""
	by_key = {f"{gateway}:{reply.gateway_id}": reply for reply in replies if reply.gateway_id}
	known = set(
		frappe.get_all(
			INCOMING,
			{"gateway_key": ("in", sorted(by_key) or [""])},
			pluck="gateway_key",
			order_by="name asc",
			limit_page_length=0,
		)
	)
	new = {key: reply for key, reply in by_key.items() if key not in known}
	numbers = {key: _number(reply.number) for key, reply in new.items()}
	patients = _patients(set(numbers.values()))
	words = (settings.get("opt_out_words") or DEFAULT_WORDS).split("\n")
	for key, reply in new.items():
		_keep_one(gateway, key, reply, numbers[key], patients, words)
	return len(new)


def _keep_one(
	gateway: str, key: str, reply: Reply, number: str, patients: dict[str, Any], words: list[str]
) -> None:
	is_opt_out = texts.is_opt_out(reply.text, words)
	entry = None
	if is_opt_out and number.startswith("+"):
		entry = register.put(message_gate.SMS, number, rules.ADVERTISING, "Reply by SMS")
	patient = patients.get(number)
	now = now_datetime()
	row = {
		"name": frappe.generate_hash(length=12),
		**{
			"creation": now,
			"modified": now,
			"owner": frappe.session.user,
			"modified_by": frappe.session.user,
		},
		**{"docstatus": 0, "idx": 0},
		"gateway": gateway,
		"gateway_key": key,
		"sender": number,
		"line": reply.line,
		"text": reply.text,
		"received_at": _moment(reply.received_at),
		"patient": patient.name if patient else None,
		"patient_name": patient.full_name if patient else None,
		"is_opt_out": int(is_opt_out),
		"do_not_contact": entry,
	}
	insert_many(INCOMING, list(row), [list(row.values())], skip_known=True)


def _number(text: str) -> str:
	"""A sender in E.164, as the gateway wrote it if it is no number."""
	for form in (text, f"+{text.lstrip('+')}"):
		try:
			return phones.to_e164(form, region())
		except ValueError:
			continue
	return text


def _patients(numbers: set[str]) -> dict[str, Any]:
	"""Number → its patient, where it is one person's; families share numbers."""
	if not numbers:
		return {}
	table, row = frappe.qb.DocType("Clinic Patient"), frappe.qb.DocType("Clinic Patient Phone")
	rows = (
		frappe.qb.from_(row)
		.join(table)
		.on((table.name == row.parent) & (row.parenttype == "Clinic Patient"))
		.select(row.phone, table.name, table.full_name)
		.distinct()
		.where(row.phone.isin(sorted(numbers)) & (table.status == "Active"))
		.run(as_dict=True)
	)
	owners: dict[str, list[Any]] = {}
	for found in rows:
		owners.setdefault(found.phone, []).append(found)
	return {number: people[0] for number, people in owners.items() if len(people) == 1}


def _moment(seconds: int) -> datetime.datetime:
	if not seconds:
		return now_datetime()
	return compat.as_site_time(datetime.datetime.fromtimestamp(seconds, datetime.timezone.utc))


def _note(name: str, **fields: Any) -> None:
	if fields:
		frappe.db.set_value(DOCTYPE, name, fields, update_modified=False)
