"""Reads Clinic Settings out of Frappe's cache, never an older state than the one saved last.

A job that began before a save sees the old values until it ends. Finding the cache empty it would put them back
there, and everybody would read them until somebody saves again. So a save also leaves its time, and who finds
something older in the cache reads the table.
"""

import datetime
from collections.abc import Iterable
from typing import Any

import frappe
from frappe.model.document import Document
from frappe.utils import getdate

from clinic_core.foundation.money import DisplayUnit, to_decimal, unit_on

DOCTYPE = "Clinic Settings"
_SAVED_AT = "clinic_settings_saved_at"
_LONGEST_JOB = 6 * 3600  # seconds


def saved(modified: str) -> None:
	"""Called when a save has been committed: what is older counts no more."""
	frappe.cache.set_value(_SAVED_AT, str(modified), expires_in_sec=_LONGEST_JOB)


def _document() -> Document:
	doc = frappe.get_cached_doc(DOCTYPE)
	if str(doc.modified) < (frappe.cache.get_value(_SAVED_AT) or ""):
		frappe.clear_document_cache(DOCTYPE, DOCTYPE)
		doc = frappe.get_cached_doc(DOCTYPE)
	return doc


def get(field: str) -> Any:
	"""One value of Clinic Settings."""
	return _document().get(field)


def password(field: str) -> str:
	"""A secret of Clinic Settings, empty when there is none; Frappe keeps it encrypted."""
	return _document().get_password(field, raise_exception=False) or ""


def ticked(fields: Iterable[str], prefix: str = "") -> list[str]:
	"""Those of the fields whose check `prefix + field` is set."""
	settings = _document()
	return [field for field in fields if settings.get(prefix + field)]


def display_unit(on: datetime.date | None = None) -> DisplayUnit | None:
	"""The unit money is shown in on a day (today), None when it is the stored one."""
	rows = _document().money_units
	units = [DisplayUnit(getdate(r.valid_from), r.label, to_decimal(r.factor), r.decimals or 0) for r in rows]
	return unit_on(units, on or getdate())


def shown_unit(on: datetime.date | None = None) -> DisplayUnit | None:
	"""The unit amounts are shown in where the clinic asks for one, None for the stored unit."""
	return display_unit(on) if get("type_in_display_unit") else None


def stored_unit() -> str:
	"""What people call the unit amounts are stored in, untranslated: "Rial" rather than "IRR"."""
	currency = get("currency")
	return "Rial" if currency == "IRR" else currency or ""
