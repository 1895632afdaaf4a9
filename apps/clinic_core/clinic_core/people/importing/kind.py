"""What a kind of import is: its columns, how its rows are checked, written and taken back.

Other apps add kinds by the hook `clinic_import_kinds` (paths of classes made of this one).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import frappe
from frappe import _
from frappe.utils import strip_html

from clinic_core.foundation import compat
from clinic_core.people.importing.columns import Field, missing
from clinic_core.people.importing.options import Options
from clinic_core.people.importing.rows import SKIP, Row

HOOK = "clinic_import_kinds"


@dataclass
class Run:
	"""One import at work. `context` is the kind's own: what it looked up once for all rows."""

	name: str
	options: Options
	context: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Done:
	"""A row that was written, as its book-keeping row remembers it."""

	name: str
	outcome: str
	reference: str
	written_at: Any
	before: dict[str, Any] | None


class Kind:
	"""Base of the kinds. Rows come in chunks, each inside one transaction."""

	key = ""
	label = ""
	doctype = ""
	hint = ""
	fields: tuple[Field, ...] = ()
	duplicates: tuple[str, ...] = (SKIP,)
	matches: tuple[str, ...] = ()
	chunk = 200
	total_field: str | None = None
	is_go_live = False
	order = 100

	def missing(self, columns: Mapping[str, int], given: Mapping[str, Any]) -> list[str]:
		"""Labels (English) of what the table lacks."""
		return [one.label for one in missing(self.fields, columns, given)]

	def begin(self, run: Run) -> None:
		"""Look up once what all rows need."""

	def settle(self, run: Run, rows: Sequence[Row]) -> None:
		"""Bring the values of open rows into the form they are stored in; refuse; find what is there.

		A row that was refused for one cell comes, too, so that all its problems are said at once.
		"""

	def write(self, run: Run, rows: Sequence[Row]) -> None:
		"""Write open rows; each gets its outcome or a problem."""
		raise NotImplementedError

	def shown(self, run: Run, row: Row) -> dict[str, Any]:
		"""The values of a row as they will be stored, for the preview."""
		return dict(row.values)

	def take_back(self, run: Run, done: Sequence[Done]) -> dict[str, str]:
		"""Undo what was written, but not what was used since: name of the row → why it stays."""
		raise NotImplementedError

	def measure(self, references: Sequence[str]) -> tuple[int, Decimal]:
		"""How many of these records are in the books now, and what they add up to."""
		count = frappe.db.count(self.doctype, {"name": ("in", list(references) or [""])})
		return count, Decimal(0)


def one_by_one(rows: Sequence[Row], work: Callable[[Row], None]) -> None:
	"""Write rows through their documents, each in a savepoint: what is refused is the row's problem."""
	for row in rows:
		mark = compat.mark_messages()
		savepoint = "import_" + frappe.generate_hash(length=8)
		frappe.db.savepoint(savepoint)
		try:
			work(row)
		except Exception as error:
			if compat.is_retryable(error) or not isinstance(
				error, frappe.ValidationError | frappe.PermissionError | frappe.DuplicateEntryError
			):
				raise
			frappe.db.rollback(save_point=savepoint)
			row.outcome = None
			row.refuse(None, sentence_of(error))
		finally:
			compat.forget_messages(mark)


def sentence_of(error: Exception) -> str:
	"""What an error says, as plain text."""
	return strip_html(str(error)).strip() or _("This row was refused.")


def all_kinds() -> dict[str, Kind]:
	"""The kinds of all apps by key, in the order they are offered."""
	found = [frappe.get_attr(path)() for path in frappe.get_hooks(HOOK)]
	return {kind.key: kind for kind in sorted(found, key=lambda kind: (kind.order, kind.key))}


def get(key: str) -> Kind:
	"""One kind. Raises InvalidInputError for a key nobody knows."""
	from clinic_core.foundation.errors import refuse_input

	kinds = all_kinds()
	if key not in kinds:
		refuse_input(_("Kind"), _("There is no such kind of import."))
	return kinds[key]
