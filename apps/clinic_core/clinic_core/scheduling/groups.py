"""How many are in a group (F13), for screens: “3 of 8”."""

from typing import Any

import frappe
from frappe.query_builder.functions import Count
from frappe.utils import get_datetime, now_datetime

from clinic_core.scheduling import states

DOCTYPE = "Clinic Appointment"


def put_counts(rows: list[dict[str, Any]]) -> None:
	"""Give each row of a group `group_taken`, 0 without a group. One query where there are groups, else none.

	Rows have practitioner, service, start and group_size. Everybody of the group counts, also whom the user
	may not see.
	"""
	for row in rows:
		row["group_size"], row["group_taken"] = row["group_size"] or 1, 0
	shared = [row for row in rows if row["group_size"] > 1]
	if not shared:
		return
	starts = [get_datetime(row["start"]) for row in shared]
	table = frappe.qb.DocType(DOCTYPE)
	counted = (
		frappe.qb.from_(table)
		.select(table.practitioner, table.service, table.start, Count("*"))
		.where(table.practitioner.isin(sorted({row["practitioner"] for row in shared})))
		.where(table.service.isin(sorted({row["service"] for row in shared})))
		.where(table.start[min(starts) : max(starts)])
		.where((table.group_size > 1) & table.status.isin(sorted(states.OCCUPYING)))
		.where(table.hold_until.isnull() | (table.hold_until >= now_datetime()))
		.groupby(table.practitioner, table.service, table.start)
		.run()
	)
	found = {(who, what, start): count for who, what, start, count in counted}
	for row, start in zip(shared, starts, strict=True):
		row["group_taken"] = found.get((row["practitioner"], row["service"], start), 0)
