"""What became of each row: the book of an import, written in the same transaction as the rows."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

import frappe
from frappe.query_builder.functions import Count, Max, Sum
from frappe.utils import now_datetime

from clinic_core.foundation.bulk import insert_many
from clinic_core.foundation.money import to_decimal
from clinic_core.foundation.table_files import cell_text
from clinic_core.people.importing.kind import Done, Kind
from clinic_core.people.importing.rows import FAILED, KEPT, TAKEN_BACK, WRITTEN, Row

DOCTYPE = "Clinic Import Row"
_COLUMNS = (
	"name",
	"creation",
	"modified",
	"owner",
	"modified_by",
	"clinic_import",
	"row_no",
	"outcome",
	"reference_doctype",
	"reference_name",
	"reason",
	"problems",
	"cells",
	"fingerprint_key",
	"before",
	"amount",
)


def keep(import_name: str, kind: Kind, rows: Sequence[Row]) -> Counter[str]:
	"""Write the book-keeping rows of a chunk. Returns how many of each outcome."""
	now, user = now_datetime(), frappe.session.user
	values = []
	for row in rows:
		outcome = FAILED if row.problems else row.outcome
		is_written = outcome in WRITTEN
		values.append(
			(
				frappe.generate_hash(length=16),
				*(now, now, user, user, import_name, row.number, outcome),
				kind.doctype if row.reference else None,
				row.reference,
				" ".join(problem.text for problem in row.problems) or row.note,
				json.dumps([[p.field, p.text] for p in row.problems]) if row.problems else None,
				json.dumps([_plain(cell) for cell in row.whole]) if row.problems else None,
				key_of(kind.key, row.fingerprint) if is_written else None,
				json.dumps(row.before, default=str) if row.before else None,
				float(row.amount),
			)
		)
	insert_many(DOCTYPE, _COLUMNS, values)
	return Counter(value[7] for value in values)


def _plain(cell: Any) -> Any:
	return cell if isinstance(cell, int | float) and not isinstance(cell, bool) else cell_text(cell)


def key_of(kind: str, fingerprint: str) -> str:
	"""What a written row is known by, whichever import wrote it."""
	return f"{kind}:{fingerprint}"


def written(kind: str, fingerprints: Sequence[str]) -> dict[str, tuple[str, Any]]:
	"""Fingerprints that an import has written: → (record, when). One query."""
	if not fingerprints:
		return {}
	keys = {key_of(kind, one): one for one in fingerprints}
	table = frappe.qb.DocType(DOCTYPE)
	rows = (
		frappe.qb.from_(table)
		.select(table.fingerprint_key, table.reference_name, table.creation)
		.where(table.fingerprint_key.isin(list(keys)))
		.run()
	)
	return {keys[key]: (reference, creation) for key, reference, creation in rows}


def last_row(import_name: str) -> int:
	"""The number of the last row that is settled: a run that was killed goes on behind it."""
	table = frappe.qb.DocType(DOCTYPE)
	found = (
		frappe.qb.from_(table)
		.select(Max(table.row_no))
		.where(table.clinic_import == import_name)
		.run(pluck=True)
	)
	return found[0] or 0


def sums(import_names: Iterable[str]) -> dict[str, dict[str, tuple[int, Decimal]]]:
	"""Import → outcome → (rows, amount). One query."""
	names = sorted(set(import_names))
	if not names:
		return {}
	table = frappe.qb.DocType(DOCTYPE)
	rows = (
		frappe.qb.from_(table)
		.select(table.clinic_import, table.outcome, Count(table.name), Sum(table.amount))
		.where(table.clinic_import.isin(names))
		.groupby(table.clinic_import, table.outcome)
		.run()
	)
	found: dict[str, dict[str, tuple[int, Decimal]]] = {name: {} for name in names}
	for name, outcome, count, amount in rows:
		found[name][outcome] = (count, to_decimal(amount))
	return found


def of(
	import_name: str, outcome: Sequence[str], after: int = 0, limit: int = 500, is_backwards: bool = False
) -> list[frappe._dict]:
	"""Rows of some outcomes in the order of the file (or from its end), from behind row number `after`."""
	return frappe.get_all(
		DOCTYPE,
		filters={"clinic_import": import_name, "outcome": ("in", list(outcome)), "row_no": (">", after)},
		fields=[
			*("name", "row_no", "outcome", "reference_doctype", "reference_name", "reason"),
			*("problems", "cells", "creation", "before", "amount"),
		],
		order_by="row_no desc" if is_backwards else "row_no asc",
		limit=limit,
	)


def as_done(row: Mapping[str, Any]) -> Done:
	"""A written row for its kind to take back."""
	before = json.loads(row["before"]) if row["before"] else None
	return Done(row["name"], row["outcome"], row["reference_name"], row["creation"], before)


def settle_taken_back(names: Sequence[str], kept: Mapping[str, str]) -> None:
	"""Mark rows as taken back, those of `kept` with the reason why they stay. Both in few statements."""
	gone = [name for name in names if name not in kept]
	if gone:
		frappe.db.set_value(DOCTYPE, {"name": ("in", gone)}, {"outcome": TAKEN_BACK, "fingerprint_key": None})
	for name, why in kept.items():
		frappe.db.set_value(DOCTYPE, name, {"outcome": KEPT, "reason": why})
