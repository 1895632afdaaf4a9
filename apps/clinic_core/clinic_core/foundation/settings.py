"""Reads Clinic Settings, out of the cache."""

import datetime
from collections.abc import Iterable
from typing import Any

from frappe.utils import getdate

from clinic_core.foundation import cached
from clinic_core.foundation.money import DisplayUnit, to_decimal, unit_on

DOCTYPE = "Clinic Settings"


def get(field: str) -> Any:
	"""One value of Clinic Settings."""
	return cached.document(DOCTYPE).get(field)


def password(field: str) -> str:
	"""A secret of Clinic Settings, empty when there is none; Frappe keeps it encrypted."""
	return cached.document(DOCTYPE).get_password(field, raise_exception=False) or ""


def ticked(fields: Iterable[str], prefix: str = "") -> list[str]:
	"""Those of the fields whose check `prefix + field` is set."""
	settings = cached.document(DOCTYPE)
	return [field for field in fields if settings.get(prefix + field)]


def display_unit(on: datetime.date | None = None) -> DisplayUnit | None:
	"""The unit money is shown in on a day (today), None when it is the stored one."""
	rows = cached.document(DOCTYPE).money_units
	units = [DisplayUnit(getdate(r.valid_from), r.label, to_decimal(r.factor), r.decimals or 0) for r in rows]
	return unit_on(units, on or getdate())


def shown_unit(on: datetime.date | None = None) -> DisplayUnit | None:
	"""The unit amounts are shown in where the clinic asks for one, None for the stored unit."""
	return display_unit(on) if get("type_in_display_unit") else None


def stored_unit() -> str:
	"""What people call the unit amounts are stored in, untranslated: "Rial" rather than "IRR"."""
	currency = get("currency")
	return "Rial" if currency == "IRR" else currency or ""
