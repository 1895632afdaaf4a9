"""Recalls nobody may follow any more leave the list at night: blocked, erased or merged files, a closed channel."""

import frappe

from clinic_core.foundation import live
from clinic_core.people import states as people_states
from clinic_core.people.consent import message_gate, purposes
from clinic_core.scheduling.recalls import states
from clinic_core.scheduling.recalls.candidates import CHANNELS, PATIENT, RECALL

CHUNK = 1000


def close_forbidden(after: str = "") -> str:
	"""One chunk in the order of names; returns the last one, empty when there are no more (job)."""
	table = frappe.qb.DocType(RECALL)
	rows = (
		frappe.qb.from_(table)
		.select(table.name, table.patient, table.channel)
		.where(table.status.isin(states.TO_FOLLOW) & table.next_on.isnotnull() & (table.name > after))
		.orderby(table.name)
		.limit(CHUNK)
		.run(as_dict=True)
	)
	if not rows:
		return ""
	may = _may(rows)
	if names := [row.name for row in rows if not may[row.name]]:
		values = {"status": states.DONE, "outcome": states.NOT_TO_BE_CONTACTED, "next_on": None}
		frappe.db.set_value(RECALL, {"name": ("in", names)}, values)
		live.changed(RECALL, names[0])
	return rows[-1].name if len(rows) == CHUNK else ""


def _may(rows: list[frappe._dict]) -> dict[str, bool]:
	"""Recall → whether its patient may still be reached; as many questions to the gate as there are channels."""
	active = set(
		frappe.get_all(
			PATIENT,
			{"name": ("in", sorted({row.patient for row in rows})), "status": people_states.ACTIVE},
			pluck="name",
			order_by="name asc",
			limit_page_length=0,
		)
	)
	found = {}
	for channel in sorted({row.channel or "Phone" for row in rows}):
		mine = [row for row in rows if (row.channel or "Phone") == channel]
		answers = message_gate.may_send_many(
			[(PATIENT, row.patient) for row in mine], CHANNELS[channel], purposes.REMINDER
		)
		found |= {row.name: row.patient in active and answers[PATIENT, row.patient][0] for row in mine}
	return found
