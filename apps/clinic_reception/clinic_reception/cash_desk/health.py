"""Whether the ledger is sealed in time: the till's part of the manager's health page (E123, N2)."""

from functools import reduce
from operator import or_
from typing import Any

import frappe
from clinic_core.operations.queues import seconds_since
from clinic_core.operations.texts import age
from frappe import _
from frappe.query_builder.functions import Count, Max, Min
from frappe.utils import add_days

from clinic_reception.cash_desk.posting import DOCTYPE as LEDGER
from clinic_reception.cash_desk.sealer import LATE_DAYS, SEAL, entities

LATE_SECONDS = 10 * 60
"""The sealer runs every minute: ten turns without it are no coincidence."""


def part() -> dict[str, Any]:
	"""Hook `clinic_health`: {part, facts: {sealed_at, waiting, oldest_seconds}, findings}. Four queries."""
	last = _last_seals()
	waiting, first = _unsealed({row.legal_entity: row.posted_at for row in last})
	facts = {
		"sealed_at": str(max(row.sealed_at for row in last))[:19] if last else None,
		"waiting": waiting,
		"oldest_seconds": seconds_since(first),
	}
	return {"part": "seal", "facts": facts, "findings": judge(facts)}


def judge(facts: dict[str, Any]) -> list[dict[str, Any]]:
	"""Red if a committed entry has waited too long for its seal."""
	seconds = facts["oldest_seconds"] or 0
	if seconds <= LATE_SECONDS:
		return []
	return [
		{
			"code": "seal_late",
			"severity": "red",
			"title": lambda: _("{0} ledger entries are not sealed, the first for {1}.").format(
				f"{facts['waiting']:,}", age(seconds)
			),
			"advice": lambda: _(
				"Receipts are valid, but a change behind our back would not be noticed. "
				"Look at the scheduler and the workers first."
			),
		}
	]


def _last_seals() -> list[frappe._dict]:
	"""The last seal of each legal entity {legal_entity, sealed_at, posted_at of its entry}."""
	seal, entry = frappe.qb.DocType(SEAL), frappe.qb.DocType(LEDGER)
	tops = (
		frappe.qb.from_(seal).select(seal.legal_entity, Max(seal.sequence)).groupby(seal.legal_entity).run()
	)
	if not tops:
		return []
	is_top = reduce(or_, [(seal.legal_entity == name) & (seal.sequence == top) for name, top in tops])
	return (
		frappe.qb.from_(seal)
		.join(entry)
		.on(entry.name == seal.ledger_entry)
		.select(seal.legal_entity, seal.sealed_at, entry.posted_at)
		.where(is_top)
		.run(as_dict=True)
	)


def _unsealed(frontiers: dict[str, Any]) -> tuple[int, Any]:
	"""How many entries have no seal, and when the first was entered; looks back as far as the sealer."""
	seal, entry = frappe.qb.DocType(SEAL), frappe.qb.DocType(LEDGER)
	wanted = []
	for name in entities():
		of_entity = entry.legal_entity == name
		since = frontiers.get(name)
		wanted.append(of_entity & (entry.posted_at >= add_days(since, -LATE_DAYS)) if since else of_entity)
	if not wanted:
		return 0, None
	query = (
		frappe.qb.from_(entry)
		.left_join(seal)
		.on(seal.ledger_entry == entry.name)
		.select(Count("*"), Min(entry.creation))
		.where(seal.name.isnull() & reduce(or_, wanted))
	)
	return query.run()[0]
