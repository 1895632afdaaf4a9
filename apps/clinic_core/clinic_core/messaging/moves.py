"""Moves of many messages at once, each by the table of states (`states.py`)."""

from collections.abc import Iterable, Sequence
from typing import Any

import frappe
from frappe.utils import now_datetime

from clinic_core.foundation import compat
from clinic_core.messaging import states
from clinic_core.messaging.drafts import DOCTYPE


def move(names: Sequence[str], old: str, new: str, **values: Any) -> None:
	"""Those of the messages that are still `old` become `new`; one statement. Part of the caller's transaction.

	Raises ValueError for a move that does not exist: that would be a fault of ours.
	"""
	if not states.MESSAGE.allows(old, new):
		raise ValueError(f"no message goes from {old} to {new}")
	if not names:
		return
	table = frappe.qb.DocType(DOCTYPE)
	query = frappe.qb.update(table).where(table.name.isin(sorted(names)) & (table.status == old))
	for field, value in {**values, "status": new, "modified": now_datetime()}.items():
		query = query.set(table[field], value)
	query.run()


def lock(names: Sequence[str], status: str, fields: Iterable[str]) -> list[Any]:
	"""Lock those of the messages that are in this state and that nobody else holds; in the order of `names`.

	By their names alone, so that no gap is locked into which somebody's booking writes a new message.
	"""
	if not names:
		return []
	table = frappe.qb.DocType(DOCTYPE)
	query = (
		frappe.qb.from_(table)
		.force_index("PRIMARY")
		.select(table.name, *(table[field] for field in fields))
		.where(table.name.isin(sorted(names)) & (table.status == status))
	)
	rows = compat.skipping_locked(query.for_update()).run(as_dict=True)
	order = {name: at for at, name in enumerate(names)}
	return sorted(rows, key=lambda row: order[row.name])


def waiting(status: str, limit: int, *more: Any) -> list[str]:
	"""Names of messages in this state, the most urgent and oldest first; nothing is locked."""
	table = frappe.qb.DocType(DOCTYPE)
	query = frappe.qb.from_(table).select(table.name).where(table.status == status)
	for condition in more:
		query = query.where(condition)
	return query.orderby(table.priority).orderby(table.creation).limit(limit).run(pluck=True)
