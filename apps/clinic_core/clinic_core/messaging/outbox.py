"""The outbox: messages are written in the caller's transaction and sent by a worker after its commit (N9).

Permission-free. A message has a key; the same key gives the same message, however often it is asked for. What
may not go out is kept as well, with its reason.
"""

import datetime
import hashlib
import secrets
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import frappe
from frappe.utils import now_datetime

from clinic_core.foundation.bulk import insert_many
from clinic_core.foundation.errors import refuse_input
from clinic_core.messaging import drafts, states
from clinic_core.messaging.drafts import DOCTYPE, Draft

KEY_LENGTH = 140
MAIL_MARK = ":email"
JOB = "clinic_core.messaging.jobs.send"
AT_ONCE = 500
SECONDS = 300


def queue(
	template: str,
	*,
	to: str,
	key: str,
	values: Mapping[str, Any],
	patient: str | None = None,
	language: str | None = None,
	reference_doctype: str | None = None,
	reference_name: str | None = None,
	branch: str | None = None,
	expires_at: datetime.datetime | None = None,
) -> str | None:
	"""Queue one message to a number in E.164. Its name, or None when it may not go out (`why_not` says why).

	The purpose is the template's: a Code asks no consent and no hour, and its text is not kept readable.
	Days and moments among the `values` are written in the receiver's calendar.
	"""
	return queue_many(
		[
			Draft(
				template=template,
				key=key,
				to=to,
				values=dict(values),
				patient=patient,
				language=language,
				reference=(reference_doctype, reference_name) if reference_doctype else None,
				branch=branch,
				expires_at=expires_at,
			)
		]
	)[0]


def queue_many(wanted: Sequence[Draft]) -> list[str | None]:
	"""The same for many; a constant number of statements for each five hundred."""
	names: list[str | None] = []
	for start in range(0, len(wanted), AT_ONCE):
		names += _queue_part(wanted[start : start + AT_ONCE])
	if any(names):
		kick(urgent=any(_is_code(draft.template) for draft in wanted))
	return names


def why_not(template: str, key: str) -> str | None:
	"""Why the message with this key did not go out, as a sentence; None if it may."""
	row = frappe.db.get_value(
		DOCTYPE, {"message_key": key_of(template, key)}, ["status", "error"], as_dict=True
	)
	return row.error if row and row.status == states.NOT_SENT else None


def note_many(wanted: Iterable[Draft]) -> int:
	"""Note what is to be said, in one statement: gate, number and text are found by the worker (`preparing.py`).

	For events that happen in somebody's request: what is said is what is true when the worker comes. Whether
	the template is switched on is asked at once, from the cache. Returns how many were noted.
	"""
	rows, now = [], now_datetime()
	for draft in wanted:
		template = drafts.template_of(draft.template)
		if template and template.is_active:
			found = {"status": states.QUEUED, "is_prepared": 0, "not_before": now}
			priority = states.PRIORITY[template.purpose]
			rows.append(_row(draft, {**found, "purpose": template.purpose, "priority": priority}, now))
	if rows:
		insert_documents_once(rows)
		kick()
	return len(rows)


def kick(urgent: bool = False) -> None:
	"""Have the worker look after the commit; the scheduler looks every minute as well.

	A job that waits is enough, but somebody waits for a code: that one starts another.
	"""
	frappe.db.after_commit.add(_start_another if urgent else _start_one)


def _start_one() -> None:
	"""Asked after the commit. A job that runs already may have looked before it: one more waits behind."""
	for job_id in ("clinic_messages", "clinic_messages_next"):
		if frappe.enqueue(JOB, queue="short", timeout=SECONDS, job_id=job_id, deduplicate=True):
			return


def _start_another() -> None:
	frappe.enqueue(JOB, queue="short", timeout=SECONDS)


def add_finished(wanted: Sequence[Draft], made: Sequence[Mapping[str, Any]]) -> int:
	"""Insert messages whose drafts were finished; one that is there already is left out."""
	now = now_datetime()
	return insert_documents_once([_row(draft, found, now) for draft, found in zip(wanted, made, strict=True)])


def key_of(template: str, key: str, channel: str = states.SMS) -> str:
	"""What a message is known by, in the length of its column; the same by email is another one."""
	whole = f"{template}:{key}{MAIL_MARK if channel == states.EMAIL else ''}"
	if len(whole) <= KEY_LENGTH:
		return whole
	return f"{template[:40]}:{hashlib.sha256(whole.encode()).hexdigest()}"


def new_local_id() -> str:
	"""Our number for a message at the gateway: a whole number that fits everywhere, never used twice."""
	return str(10**15 + secrets.randbelow(8 * 10**15))


def insert_documents_once(rows: list[dict[str, Any]]) -> int:
	"""Insert; a row whose key is there already is left out. Returns how many were written."""
	if not rows:
		return 0
	columns = list(rows[0])
	return insert_many(
		DOCTYPE, columns, [[row[column] for column in columns] for row in rows], skip_known=True
	)


def _queue_part(wanted: Sequence[Draft]) -> list[str | None]:
	for draft in wanted:
		if not draft.key or not draft.template:
			refuse_input("key", "A message needs a template and a key.")
	keys = [key_of(draft.template, draft.key, draft.channel) for draft in wanted]
	known = _by_key(keys)
	new = {key: draft for key, draft in zip(keys, wanted, strict=True) if key not in known}
	if new:
		made = drafts.finish(list(new.values()))
		now = now_datetime()
		rows = [_row(draft, found, now) for draft, found in zip(new.values(), made, strict=True)]
		if insert_documents_once(rows) == len(rows):
			known |= {row["message_key"]: frappe._dict(row) for row in rows}
		else:
			# Another transaction was faster with a key: what stands now is what counts.
			known |= _by_key(list(new), lock=True)
	return [known[key].name if known[key].status != states.NOT_SENT else None for key in keys]


def _by_key(keys: list[str], lock: bool = False) -> dict[str, Any]:
	table = frappe.qb.DocType(DOCTYPE)
	query = (
		frappe.qb.from_(table)
		.select(table.message_key, table.name, table.status)
		.where(table.message_key.isin(sorted(set(keys))))
	)
	rows = (query.for_update() if lock else query).run(as_dict=True)
	return {row.message_key: row for row in rows}


def _row(draft: Draft, found: Mapping[str, Any], now: datetime.datetime) -> dict[str, Any]:
	"""A row of the table; every row has the same columns."""
	user = frappe.session.user
	doctype, name = draft.reference or (None, None)
	empty = dict.fromkeys(
		(
			*("patient_name", "recipient", "email", "language", "subject", "text", "sealed_text"),
			*("error_code", "error"),
		)
	)
	return {
		"name": frappe.generate_hash(length=12),
		**{"creation": now, "modified": now, "owner": user, "modified_by": user, "docstatus": 0, "idx": 0},
		"template": draft.template,
		"message_key": key_of(draft.template, draft.key, draft.channel),
		"channel": draft.channel,
		"local_id": new_local_id(),
		"patient": draft.patient,
		"reference_doctype": doctype,
		"reference_name": name,
		"branch": draft.branch,
		"expires_at": draft.expires_at,
		**empty,
		"segments": 0,
		"cost": 0,
		"attempts": 0,
		**found,
	}


def _is_code(template: str) -> bool:
	found = drafts.template_of(template)
	return bool(found and found.purpose == states.CODE)
