"""Whether last night's lists were made, for the page of the system's health (G09, E123)."""

import datetime
from typing import Any

from frappe import _
from frappe.utils import cint, now_datetime

from clinic_core.foundation import settings
from clinic_core.operations.findings import YELLOW
from clinic_core.scheduling.day_lists import files, jobs, making

PART = "day_lists"


def part() -> dict[str, Any]:
	"""Hook `clinic_health`: {part, facts: {enabled, day, made_at, missing}, findings}. One query."""
	is_on = bool(settings.get("day_list_enabled"))
	hour = cint(settings.get("day_list_hour"))
	# An hour of grace: the scheduler looks once an hour.
	day = jobs.due_day(now_datetime() - datetime.timedelta(hours=1), hour)
	last = files.remembered()
	branches = making.active_branches() if is_on else {}
	missing = [title for name, title in branches.items() if not files.path_of(day, name).is_file()]
	return {
		"part": PART,
		"facts": {"enabled": is_on, "day": last.get("day"), "made_at": last.get("at"), "missing": missing},
		"findings": [_finding(missing, last)] if missing and last else [],
	}


def _finding(missing: list[str], last: dict[str, Any]) -> dict[str, Any]:
	why = "; ".join((last.get("failed") or {}).values())

	def title() -> str:
		return _("The list of appointments for paper is missing: {0}").format(", ".join(missing))

	def advice() -> str:
		said = _("Make it from the list of appointments, menu “Lists for paper”.")
		return f"{said} {why}".strip()

	return {"code": "day_list_missing", "severity": YELLOW, "title": title, "advice": advice}
