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
	table = frappe.qb.DocType(DOCTYPE)
	# One statement takes the exclusive lock at once: looking first and inserting then would let two
	# takers of a new counter wait for each other.
	(
		frappe.qb.into(table)
		.columns("name", "key", "value")
		.insert(key, key, count)
		.on_duplicate_key_update(table.value, table.value + count)
	).run()
	return int(frappe.db.get_value(DOCTYPE, key, "value"))
