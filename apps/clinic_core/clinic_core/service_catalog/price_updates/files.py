"""Price lists as files: the one to fill in, and what it says when it comes back (A50). Permission-free."""

from decimal import Decimal
from typing import Any

import frappe
from frappe import _

from clinic_core.foundation import settings, sheets, table_files
from clinic_core.foundation.money import to_decimal
from clinic_core.service_catalog.price_updates import preview, price_files, sentences
from clinic_core.service_catalog.price_updates.draft import SERVICES, Draft, key_of
from clinic_core.service_catalog.price_updates.rows import everything, rows_of
from clinic_core.service_catalog.quotes import as_number

XLSX, CSV = "xlsx", "csv"
# What people write for the two units of Iran, beside the labels of the settings.
_SPELLINGS = {"toman": ("Toman", "تومان", "تومن"), "rial": ("Rial", "ریال", "IRR")}


def template(draft: Draft, kind: str) -> bytes:
	"""The chosen prices as a file to fill in: `xlsx` or `csv`, in the user's language and unit."""
	rows = rows_of(draft)
	amounts = preview.current_amounts(draft, rows)
	label, factor = _shown_unit()

	def shown(amount: Decimal) -> int | float:
		return as_number(amount / factor)

	table = [
		[
			row.service,
			row.barcode,
			row.service_name,
			row.area_title,
			row.department,
			shown(amounts[row.target]),
			shown(draft.typed[row.target]) if row.target in draft.typed else None,
		]
		for row in rows
	]
	if kind == CSV:
		return sheets.to_csv(_headings(label), table)
	return sheets.to_xlsx(
		_("Price list"), _headings(label), table, right_to_left=frappe.local.lang in ("fa", "ar")
	)


def _headings(unit: str) -> list[str]:
	return [
		_("Code"),
		_("Barcode"),
		_("Service name"),
		_("Body area"),
		_("Department"),
		_("{0} ({1})", context="heading (unit)").format(_("Current price"), unit),
		_("{0} ({1})", context="heading (unit)").format(_("New price"), unit),
	]


def _shown_unit() -> tuple[str, Decimal]:
	unit = settings.shown_unit()
	if unit:
		return _(unit.label), unit.factor
	return _(settings.stored_unit()), Decimal(1)


def _units() -> list[price_files.Unit]:
	"""The unit people see first, then the other one they may have meant."""
	stored = _unit(settings.stored_unit(), Decimal(1))
	display = settings.display_unit()
	if not display:
		return [stored]
	units = [_unit(display.label, display.factor), stored]
	return units if settings.shown_unit() else units[::-1]


def _unit(label: str, factor: Decimal) -> price_files.Unit:
	names = {label, _(label), _(label, lang="fa"), *_SPELLINGS.get(label.lower(), ())}
	return price_files.Unit(tuple(sorted(names)), to_decimal(factor))


def read(draft: Draft, content: bytes) -> dict[str, Any]:
	"""What a file says → {prices: {key: amount}, services, problems, blank, unit, encoding}.

	Money in stored units. With single services chosen the file may name others: they are added to the
	choice (`services`). Nothing is written. Raises InvalidInputError for a file that cannot be read.
	"""
	known = everything(draft)
	is_open = draft.applies_to == SERVICES
	chosen = None if is_open else {row.target for row in rows_of(draft)}
	try:
		table = table_files.read(content)
		reading = price_files.read_prices(table, [row.known() for row in known], _units(), chosen)
	except (table_files.TableFileError, price_files.PriceFileError) as error:
		sentences.refuse_file(error)
	named = dict.fromkeys(service for service, _area in reading.prices)
	return {
		"prices": {key_of(target): int(amount) for target, amount in reading.prices.items()},
		"services": list(dict.fromkeys([*draft.services, *named])) if is_open else [],
		"problems": [
			{"row": one.row, "named": one.named, "text": sentences.problem_text(one)}
			for one in reading.problems
		],
		"blank": reading.blank,
		"unit": _label_of(reading.unit.factor),
		"is_unit_named": reading.is_unit_named,
		"encoding": table.encoding,
	}


def _label_of(factor: Decimal) -> str:
	display = settings.display_unit()
	is_display = display and display.factor == factor
	return _(display.label) if is_display else _(settings.stored_unit())
