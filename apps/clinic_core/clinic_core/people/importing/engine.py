"""Rows of a table on their way: read by their columns, checked by their kind, written in chunks."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import frappe
from frappe import _
from frappe.utils import getdate

from clinic_core.foundation import settings
from clinic_core.foundation.money import to_decimal
from clinic_core.foundation.shown_days import shown_day
from clinic_core.foundation.table_files import cell_text
from clinic_core.people import phones
from clinic_core.people.importing import cells, outcomes, sentences
from clinic_core.people.importing.columns import Field
from clinic_core.people.importing.kind import Kind, Run
from clinic_core.people.importing.options import Options
from clinic_core.people.importing.rows import SKIP, SKIPPED, Row, fingerprints, open_rows
from clinic_core.people.names import fold

_SPELLINGS = {"toman": ("Toman", "Tomans", "تومان", "تومن"), "rial": ("Rial", "Rials", "ریال", "IRR", "﷼")}


def money_units() -> dict[str, Decimal]:
	"""What people write for units of money → stored units in one; the one the clinic types comes first."""
	found: dict[str, Decimal] = {}
	stored, display = settings.stored_unit(), settings.display_unit()
	units = [(display.label, to_decimal(display.factor))] if display else []
	units.insert(0 if not settings.shown_unit() else len(units), (stored, Decimal(1)))
	if stored == "Rial":
		units.append(("Toman", Decimal(10)))  # whatever is shown, a file may have been written in it
	for label, factor in units:
		for word in (label, _(label), _(label, lang="fa"), *_SPELLINGS.get(label.lower(), ())):
			found.setdefault(fold(word) or word, factor)
	return found


def unit_choices() -> list[dict[str, Any]]:
	"""The units a file's amounts may be in, the likely one first."""
	units: dict[Decimal, str] = {}
	stored, display = settings.stored_unit(), settings.display_unit()
	shown = settings.shown_unit()
	if shown:
		units[to_decimal(shown.factor)] = _(shown.label)
	units.setdefault(Decimal(1), _(stored))
	if display:
		units.setdefault(to_decimal(display.factor), _(display.label))
	return [{"factor": float(factor), "label": label} for factor, label in units.items()]


class Reader:
	"""Reads the cells of rows by the options of an import."""

	def __init__(self, kind: Kind, options: Options) -> None:
		self.kind, self.options = kind, options
		units = money_units()
		factor = to_decimal(options.factor) if options.factor else next(iter(units.values()), Decimal(1))
		self._common = {"region": phones.region(), "factor": factor, "units": units, "today": getdate()}
		self._settings = {field.key: self._of(field) for field in kind.fields}

	def _of(self, field: Field) -> cells.Settings:
		style = self.options.date_styles.get(field.key)
		more = {"date_style": style} if style else {}
		return cells.Settings(**self._common, **more, max_length=field.max_length)

	def pick(self, row: Sequence[Any]) -> dict[str, Any]:
		"""The cells of the chosen columns."""
		return {
			key: row[at]
			for key, at in self.options.columns.items()
			if at < len(row) and not cells.is_empty(row[at])
		}

	def read(self, row: Row) -> None:
		"""Fill in the values of a row; what cannot be read is refused by its column."""
		for field in self.kind.fields:
			raw = row.cells.get(field.key)
			if raw is None:
				raw = self.options.defaults.get(field.key)
			try:
				row.values[field.key] = cells.read(raw, field.reader, self._settings[field.key])
			except cells.CellError as error:
				row.values[field.key] = None
				row.refuse(field.key, sentences.of_cell(error))
				continue
			if field.required and row.values[field.key] is None:
				row.refuse(field.key, sentences.missing())

	def amount(self, picked: Mapping[str, Any]) -> Decimal:
		"""What a row adds to the total of its file; 0 if it cannot be read."""
		key = self.kind.total_field
		field = next((one for one in self.kind.fields if one.key == key), None)
		if not field:
			return Decimal(0)
		try:
			return to_decimal(cells.read(picked.get(key), field.reader, self._settings[key]))
		except cells.CellError:
			return Decimal(0)


def numbered(rows: Sequence[Sequence[Any]], options: Options, reader: Reader) -> list[Row]:
	"""The rows below the headings that are not empty, with the number a spreadsheet shows beside them."""
	kept = [
		(number, row)
		for number, row in enumerate(rows, start=1)
		if number > options.header_row + 1 and any(cell_text(cell) for cell in row)
	]
	picked = [reader.pick(row) for _number, row in kept]
	prints = fingerprints(reader.kind.key, picked)
	return [
		Row(number, some, whole, fingerprint)
		for (number, whole), some, fingerprint in zip(kept, picked, prints, strict=True)
	]


def fresh(row: Row) -> Row:
	"""The same row before anything was done with it: a transaction that is run again starts anew."""
	return Row(row.number, row.cells, row.whole, row.fingerprint)


def settle(run: Run, kind: Kind, reader: Reader, rows: Sequence[Row]) -> None:
	"""Read and check rows: afterwards each has problems, is settled as skipped, or is open to be written."""
	_skip_known(kind, rows)
	waiting = [row for row in rows if row.outcome is None]
	for row in waiting:
		reader.read(row)
		row.amount = reader.amount(row.cells)
	kind.settle(run, waiting)
	for row in open_rows(waiting):
		if row.existing and run.options.duplicates == SKIP:
			row.done(SKIPPED, row.existing, _("It is there already."))


def _skip_known(kind: Kind, rows: Sequence[Row]) -> None:
	"""A row that an import has written already is not written twice."""
	known = outcomes.written(kind.key, [row.fingerprint for row in rows])
	for row in rows:
		if row.fingerprint in known:
			reference, on = known[row.fingerprint]
			row.done(SKIPPED, reference, _("It was imported already, on {0}.").format(shown_day(on)))


def write(run: Run, kind: Kind, rows: Sequence[Row]) -> None:
	"""Write the open ones of settled rows."""
	waiting = open_rows(rows)
	if waiting:
		kind.write(run, waiting)
	for row in waiting:
		if not row.problems and row.outcome is None:
			raise AssertionError(f"row {row.number} of {frappe.utils.cstr(run.name)} has no outcome")
