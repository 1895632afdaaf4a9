"""“Who opened my file”, as the patient himself may read it (N3). No internal data leaves here.

Ready for the patient's page: `opened(patient)` gives days, what was done and by whom, as the clinic
chose to name its people (Clinic Settings: by role, by name, or both). Addresses, screens, documents and
searches stay inside.
"""

from typing import TypedDict

import frappe
from frappe import _
from frappe.utils import getdate

from clinic_core.foundation import settings
from clinic_core.people.access_log import rules
from clinic_core.people.access_log.seen import DOCTYPE
from clinic_core.people.merging.whole import names_of

BY_NAME, BOTH = "Name", "Name and role"
MOST = 500


class Opened(TypedDict):
	"""One line of the list: `who` did `what` on `day`, `times` times."""

	day: str
	who: str
	what: str
	times: int


def opened(patient: str, limit: int = 100) -> list[Opened]:
	"""Who looked into a patient's file, newest day first; files merged into it count as his.

	Two queries. No permission is asked: the caller knows that it is the patient who asks.
	"""
	rows = frappe.get_all(
		DOCTYPE,
		filters={"patient": ("in", names_of(patient)), "what": ("in", rules.LOOKED_INTO)},
		fields=["at", "user", "role", "what"],
		order_by="at desc",
		limit=MOST,
	)
	titles = _names({row.user for row in rows})
	lines: dict[tuple, Opened] = {}
	for row in rows:
		day = str(getdate(row.at))
		line = lines.setdefault(
			(day, row.user, row.what),
			Opened(
				day=day, who=_who(titles.get(row.user), row.role), what=_(row.what, context=DOCTYPE), times=0
			),
		)
		line["times"] += 1
	return list(lines.values())[:limit]


def _names(users: set[str]) -> dict[str, str]:
	if not users or settings.get("access_log_names") not in (BY_NAME, BOTH):
		return {}
	rows = frappe.get_all("User", {"name": ("in", list(users))}, ["name", "full_name"], order_by="name asc")
	return {row.name: row.full_name for row in rows}


def _who(name: str | None, role: str | None) -> str:
	duty = _(role) if role else _("Staff of the clinic")
	if not name:
		return duty
	return name if settings.get("access_log_names") == BY_NAME else _("{0} ({1})").format(name, duty)
