"""The proof of a go-live (G13): what the old books say, what came in, what stands in the books now."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import frappe
from frappe import _

from clinic_core.foundation.money import to_decimal
from clinic_core.people.importing import imports, kind, outcomes
from clinic_core.people.importing.rows import CREATED, FAILED, KEPT


@dataclass(frozen=True)
class Figures:
	"""Rows and totals of one import together with the files that correct it."""

	control: tuple[int, Decimal]
	file: tuple[int, Decimal]
	imported: tuple[int, Decimal]
	rejected: tuple[int, Decimal]
	books: tuple[int, Decimal]

	@property
	def difference(self) -> tuple[int, Decimal]:
		"""What the books have more than the old ones."""
		return self.books[0] - self.control[0], self.books[1] - self.control[1]

	@property
	def agrees(self) -> bool:
		"""Green only when all of them say the same."""
		return self.control == self.file == self.imported == self.books


def lines() -> list[dict[str, Any]]:
	"""A line for each go-live import that stands: {import, kind, label, title, figures}."""
	docs = frappe.get_all(
		imports.DOCTYPE,
		filters={"is_go_live": 1, "status": ("not in", [imports.DRAFT, imports.TAKEN_BACK])},
		fields=[
			*("name", "title", "kind", "status", "corrects", "row_count"),
			*("file_total", "control_rows", "control_total", "failed_count", "skipped_count"),
		],
		order_by="creation asc",
	)
	sums = outcomes.sums([doc.name for doc in docs])
	root = _roots(docs)
	kinds = kind.all_kinds()
	found = []
	for doc in docs:
		if root[doc.name] != doc.name or doc.kind not in kinds:
			continue
		family = [one for one in docs if root[one.name] == doc.name]
		figures = _figures(kinds[doc.kind], doc, family, sums)
		if figures.imported == figures.rejected == (0, 0) and _repeats(doc):
			continue
		found.append(
			{
				"import": doc.name,
				"kind": doc.kind,
				"label": _(kinds[doc.kind].label),
				"title": doc.title,
				"status": doc.status,
				"figures": figures,
			}
		)
	return sorted(found, key=lambda line: kinds[line["kind"]].order)


def _repeats(doc: Any) -> bool:
	"""A file that came a second time and brought nothing new proves nothing."""
	return bool(doc.skipped_count) and doc.skipped_count == doc.row_count


def _roots(docs: Sequence[Any]) -> dict[str, str]:
	"""Import → the first one of its line of corrections."""
	above = {doc.name: doc.corrects for doc in docs}
	found = {}
	for name in above:
		at = name
		while above.get(at) in above:
			at = above[at]
		found[name] = at
	return found


def _figures(chosen: kind.Kind, doc: Any, family: Sequence[Any], sums: dict[str, Any]) -> Figures:
	names = [one.name for one in family]
	imported = _together(
		[sums[name].get(outcome, (0, Decimal(0))) for name in names for outcome in (CREATED, KEPT)]
	)
	# A row that was refused in the first file is in the next one again.
	last = family[-1]
	rejected = sums[last.name].get(FAILED, (0, Decimal(0)))
	file = (doc.row_count, to_decimal(doc.file_total))
	control = (doc.control_rows or file[0], to_decimal(doc.control_total) or file[1])
	return Figures(control, file, imported, rejected, chosen.measure(_references(names)))


def _together(parts: Sequence[tuple[int, Decimal]]) -> tuple[int, Decimal]:
	return sum(count for count, _total in parts), sum((total for _count, total in parts), Decimal(0))


def _references(names: Sequence[str]) -> list[str]:
	return frappe.get_all(
		outcomes.DOCTYPE,
		filters={"clinic_import": ("in", list(names)), "outcome": ("in", [CREATED, KEPT])},
		pluck="reference_name",
		order_by="row_no asc",
		limit_page_length=0,
	)
