"""Numbers people read: per kind, branch and Jalali year, without gaps inside a transaction.

A number is taken last, right before the commit: its row is a lock for everyone who wants the
next one (`design.md` §2, Names).
"""

import datetime

import frappe
from frappe.utils import getdate

from clinic_core.foundation.jalali import jalali_year

DOCTYPE = "Clinic Counter"


def next_number(kind: str, branch: str | None = None, on: datetime.date | str | None = None) -> str:
	"""The next number of `kind`, e.g. `1405-BR1-000042`; without a branch `1405-000042`."""
	parts = [str(jalali_year(getdate(on)))]
	if branch:
		parts.append(branch)
	return "-".join([*parts, f"{next_value(':'.join([kind, *parts])):06d}"])


def next_numbers(
	kind: str, count: int, branch: str | None = None, on: datetime.date | str | None = None
) -> list[str]:
	"""The next `count` numbers of `kind` at once: for imports and other bulk work."""
	parts = [str(jalali_year(getdate(on))), *([branch] if branch else [])]
	last = next_value(":".join([kind, *parts]), count)
	return ["-".join([*parts, f"{value:06d}"]) for value in range(last - count + 1, last + 1)]


def next_value(key: str, count: int = 1) -> int:
	"""Take the next `count` values of the counter `key`, starting at 1, and return the last one.

	Locks the counter until the commit.
	"""
	value = frappe.db.get_value(DOCTYPE, key, "value", for_update=True)
	if value is None:
		_insert_if_missing(key)
		value = frappe.db.get_value(DOCTYPE, key, "value", for_update=True)
	frappe.db.set_value(DOCTYPE, key, "value", value + count, update_modified=False)
	return value + count


def _insert_if_missing(key: str) -> None:
	table = frappe.qb.DocType(DOCTYPE)
	frappe.qb.into(table).ignore().columns("name", "key", "value").insert(key, key, 0).run()
