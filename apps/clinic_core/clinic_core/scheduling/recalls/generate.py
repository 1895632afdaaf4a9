"""Makes the recalls that are due, every night: in chunks, each its own transaction (A30, A90, F50).

A cycle of a patient is made once (unique key `cycle_key`), so a night that was killed goes on where it was, and
one that runs twice makes nothing twice.
"""

import datetime
from functools import partial
from typing import Any

import frappe
from frappe.utils import getdate, now_datetime

from clinic_core.foundation import live
from clinic_core.foundation.boundary import command
from clinic_core.scheduling.recalls import candidates, states, telling
from clinic_core.scheduling.recalls.candidates import RECALL, Candidate
from clinic_core.scheduling.recalls.due import Rule, cycle, due_on

CHUNK = 500
_COLUMNS = ("name", "creation", "modified", "owner", "modified_by", "docstatus", "idx")
_FIELDS = (
	"patient", "patient_name", "service", "recall_rule", "status", "due_on", "next_on", "base_on", "channel",
	"contact_by", "practitioner", "branch", "cycle_key",
)  # fmt: skip


def run_night() -> int:
	"""Every rule in turn; returns how many recalls were made."""
	return sum(run_rule(rule) for rule in candidates.rules())


def run_rule(rule: Rule) -> int:
	"""One rule, patient by patient in the order of their names."""
	today, after, made = getdate(), "", 0
	while True:
		done = command("scheduling.recalls.make", None, partial(_chunk, rule, today, after))
		made += done["made"]
		if not done["last"]:
			return made
		after = done["last"]


def _chunk(rule: Rule, today: datetime.date, after: str) -> dict[str, Any]:
	"""The next patients of a rule: {made, last}; `last` is empty when there are no more."""
	found = candidates.of_rule(rule, today, after, CHUNK)
	last = found[-1].patient if len(found) == CHUNK else ""
	return {"made": _make(rule, _new(rule, found)), "last": last}


def _new(rule: Rule, found: list[Candidate]) -> list[Candidate]:
	"""Those without a recall for this cycle and without an open one, who have not come since."""
	keys = {cycle(rule, one.patient, one.base): one for one in found}
	if not keys:
		return []
	known = frappe.get_all(
		RECALL,
		{"cycle_key": ("in", sorted(keys))},
		pluck="cycle_key",
		order_by="cycle_key asc",
		limit_page_length=0,
	)
	new = [one for key, one in keys.items() if key not in set(known)]
	if not new:
		return []
	open_ones = candidates.followed(rule, [one.patient for one in new])
	new = [one for one in new if one.patient not in open_ones]
	return candidates.not_seen_since(rule, new) if new else []


def _make(rule: Rule, new: list[Candidate]) -> int:
	people = candidates.allowed(rule, new)
	new = [one for one in new if one.patient in people]
	if not new:
		return 0
	treated = candidates.last_treated(rule.service, [one.patient for one in new])
	now, user = now_datetime(), frappe.session.user
	rows = []
	for one in new:
		day = due_on(rule, one.base)
		practitioner, branch = treated.get(one.patient, (None, None))
		values = (
			one.patient, people[one.patient], rule.service, rule.name or None, states.DUE, day, day, one.base,
			rule.channel, rule.contact_by, practitioner, branch, cycle(rule, one.patient, one.base),
		)  # fmt: skip
		rows.append((frappe.generate_hash(length=10), now, now, user, user, 0, 0, *values))
	frappe.db.bulk_insert(RECALL, [*_COLUMNS, *_FIELDS], rows)
	telling.tell([dict(zip(("name", *_FIELDS), (row[0], *row[7:]), strict=True)) for row in rows], old=None)
	live.changed(RECALL, rows[0][0])
	return len(rows)
