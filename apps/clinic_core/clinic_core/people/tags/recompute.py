"""Gives and takes tags by rule, over all patients (D46): in chunks, resumable, the same when run twice.

Each chunk is one transaction that keeps its place on the rule, so a killed run goes on where it was.
Permission-free.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.query_builder.functions import Count
from frappe.utils import now_datetime

from clinic_core.foundation import live
from clinic_core.foundation.boundary import command
from clinic_core.people.tags import measures, rule_documents, rules
from clinic_core.people.tags.chips import PATIENT, ROW
from clinic_core.people.tags.rules import Column, Condition

RULE = "Clinic Tag Rule"
CHUNK = 5000
SHOWN = 20
BY_HAND, BY_RULE = "By Hand", "By Rule"
RUNNING, DONE, INVALID = "Running", "Done", "Invalid"


@dataclass
class Outcome:
	"""What a rule would do, or did: counts, and the first of those concerned."""

	fits: int = 0
	gains: int = 0
	loses: int = 0
	first_gains: list[str] = field(default_factory=list)
	first_loses: list[str] = field(default_factory=list)

	def add(self, fitting: set[str], gains: set[str], loses: set[str]) -> None:
		"""Count one chunk."""
		self.fits, self.gains, self.loses = (
			self.fits + len(fitting),
			self.gains + len(gains),
			self.loses + len(loses),
		)
		self.first_gains += sorted(gains)[: SHOWN - len(self.first_gains)]
		self.first_loses += sorted(loses)[: SHOWN - len(self.first_loses)]


@dataclass(frozen=True)
class _Chunk:
	names: set[str]
	asked: measures.Asked


def preview(rule: Document) -> Outcome:
	"""Who would get the tag of a rule and who would lose it; nothing is written."""
	known, conditions = measures.registry(), rule_documents.read(rule)
	merged, outcome = measures.merged_into(), Outcome()
	for chunk in _chunks(merged):
		fitting = _fitting(rule.match, conditions, known, chunk, merged)
		by_rule, by_hand = _holders(rule.tag, chunk)
		outcome.add(fitting, *rules.changes(fitting, set(by_rule), by_hand, chunk.names))
	return outcome


def run(rule: str, from_start: bool = True) -> str:
	"""Bring one tag up to date; returns the state the rule ended in.

	With `from_start=False` a run that was killed goes on where it was. A rule that has become invalid is
	marked with what is wrong and left alone: its tags stay.
	"""
	problem = command("people.tags.begin", None, partial(_begin, rule, from_start))
	if problem:
		return INVALID
	while command("people.tags.chunk", None, partial(_next_chunk, rule)):
		pass
	return DONE


def run_within(rule: str) -> str:
	"""The same within the caller's transaction, for few patients."""
	if _begin(rule, from_start=True):
		return INVALID
	while _next_chunk(rule):
		pass
	return DONE


def _begin(name: str, from_start: bool) -> str | None:
	doc = frappe.get_doc(RULE, name, for_update=True)
	try:
		rule_documents.read(doc)
	except rule_documents.InvalidRuleError as error:
		_note(name, status=INVALID, problem=str(error), cursor=None)
		return str(error)
	if from_start or doc.status != RUNNING or not doc.cursor:
		_note(name, status=RUNNING, cursor="", patient_count=0, progress_percent=0, problem=None)
	return None


def _next_chunk(name: str) -> bool:
	"""One chunk of a rule. Returns whether there is more."""
	rule = frappe.get_doc(RULE, name, for_update=True)
	known, conditions = measures.registry(), rule_documents.read(rule)
	merged = measures.merged_into()
	chunk = next(_chunks(merged, rule.cursor or ""), None)
	if not chunk:
		_note(name, status=DONE, last_run_at=now_datetime(), cursor=None, progress_percent=100)
		live.changed(PATIENT, "")
		return False
	fitting = _fitting(rule.match, conditions, known, chunk, merged)
	by_rule, by_hand = _holders(rule.tag, chunk)
	gains, loses = rules.changes(fitting, set(by_rule), by_hand, chunk.names)
	give(rule.tag, gains)
	take([row for patient in loses for row in by_rule[patient]])
	_note(
		name,
		cursor=chunk.asked.upto,
		patient_count=(rule.patient_count or 0) + len(fitting),
		progress_percent=_progress(chunk.asked.upto),
	)
	return True


def _note(name: str, **values: Any) -> None:
	frappe.db.set_value(RULE, name, values, update_modified=False)
	live.changed(RULE, name)


def _progress(upto: str) -> int:
	table = frappe.qb.DocType(PATIENT)
	count = frappe.qb.from_(table).select(Count(table.name))
	whole = count.run()[0][0] or 1
	return round(100 * count.where(table.name <= upto).run()[0][0] / whole)


def _chunks(merged: dict[str, str], after: str = "") -> Iterator[_Chunk]:
	"""All patients who are not merged, by name."""
	table = frappe.qb.DocType(PATIENT)
	while True:
		rows = (
			frappe.qb.from_(table)
			.select(table.name, table.status)
			.where(table.name > after)
			.orderby(table.name)
			.limit(CHUNK)
			.run()
		)
		if not rows:
			return
		names = {name for name, status in rows if status != "Merged"}
		also = tuple(sorted(gone for gone, kept in merged.items() if kept in names))
		yield _Chunk(names, measures.Asked(after, rows[-1][0], also))
		after = rows[-1][0]


def _fitting(
	match: str,
	conditions: list[Condition],
	known: dict[str, measures.Measure],
	chunk: _Chunk,
	merged: dict[str, str],
) -> set[str]:
	columns: dict[Column, tuple[dict[str, Any], Any]] = {
		column: measures.read(column, known[column.measure], chunk.asked, merged)
		for column in {condition.column for condition in conditions}
	}
	return {
		name
		for name in chunk.names
		if rules.fits(
			conditions, match, {c: values.get(name, default) for c, (values, default) in columns.items()}
		)
	}


def _holders(tag: str, chunk: _Chunk) -> tuple[dict[str, list[str]], set[str]]:
	"""({patient: rows given by a rule}, patients who were given the tag by hand) of a chunk."""
	row = frappe.qb.DocType(ROW)
	rows = (
		frappe.qb.from_(row)
		.select(row.parent, row.name, row.given)
		.where((row.tag == tag) & (row.parenttype == PATIENT))
		.where((row.parent > chunk.asked.after) & (row.parent <= chunk.asked.upto))
		.run()
	)
	by_rule: dict[str, list[str]] = {}
	for parent, name, given in rows:
		if given == BY_RULE:
			by_rule.setdefault(parent, []).append(name)
	return by_rule, {parent for parent, _name, given in rows if given != BY_RULE}


def give(tag: str, patients: set[str]) -> None:
	"""Rows of a tag given by a rule; the patients themselves stay as they are."""
	if not patients:
		return
	now, user = now_datetime(), frappe.session.user
	same = {
		"creation": now,
		"modified": now,
		"owner": user,
		"modified_by": user,
		"docstatus": 0,
		"idx": 0,
		"parenttype": PATIENT,
		"parentfield": "tags",
		"tag": tag,
		"given": BY_RULE,
		"added_on": now,
		"added_by": user,
	}
	columns = ["name", "parent", *same]
	values = [[frappe.generate_hash(length=12), patient, *same.values()] for patient in sorted(patients)]
	frappe.db.bulk_insert(ROW, columns, values)


def take(rows: list[str]) -> None:
	"""Take rows away."""
	if rows:
		table = frappe.qb.DocType(ROW)
		frappe.qb.from_(table).delete().where(table.name.isin(sorted(rows))).run()


def drop_left_over() -> int:
	"""Take what rules gave that are no more, or off: one chunk. Returns how many rows."""
	row, rule = frappe.qb.DocType(ROW), frappe.qb.DocType(RULE)
	kept = frappe.qb.from_(rule).select(rule.tag).where(rule.is_active == 1)
	found = (
		frappe.qb.from_(row)
		.select(row.name)
		.where((row.given == BY_RULE) & row.tag.notin(kept))
		.orderby(row.name)
		.limit(CHUNK)
		.run(pluck=True)
	)
	take(found)
	return len(found)


def invalid_note(rule: str) -> str:
	"""What a manager reads about a rule that was skipped."""
	return _("The rule “{0}” was left out: {1}").format(
		*frappe.db.get_value(RULE, rule, ["title", "problem"])
	)
