"""Makes the lists of a day for all branches and says how it went (G09)."""

import datetime
from typing import Any

import frappe
from frappe.utils import now_datetime

from clinic_core.scheduling.day_lists import files, sheet

BRANCH = "Clinic Branch"


def active_branches(only: list[str] | None = None) -> dict[str, str]:
	"""{name: title} of the branches that are open, of `only` these if given."""
	filters: dict[str, Any] = {"is_active": 1}
	if only is not None:
		filters["name"] = ("in", only or [""])
	rows = frappe.get_all(BRANCH, filters, ["name", "title"], order_by="title asc, name asc")
	return {row.name: row.title for row in rows}


def make(day: datetime.date, branches: dict[str, str]) -> dict[str, Any]:
	"""One list for each branch → {day, at, made: [branch], failed: {branch: why}}. One failure stops no other."""
	made, failed = [], {}
	for branch in branches:
		try:
			files.keep(day, branch, sheet.pdf(branch, day))
			made.append(branch)
		except Exception as error:  # whatever a disk or a font says, the other branches get theirs
			failed[branch] = f"{type(error).__name__}: {error}"[:300]
			frappe.log_error(title="Clinic day list", reference_doctype=BRANCH, reference_name=branch)
	return {
		"day": day.isoformat(),
		"at": str(now_datetime().replace(microsecond=0)),
		"made": made,
		"failed": failed,
	}


def is_made(day: datetime.date, branches: dict[str, str]) -> bool:
	"""Whether every branch has its list of a day."""
	return all(files.path_of(day, branch).is_file() for branch in branches)
