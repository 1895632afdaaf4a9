"""Endpoint of appointments that come back (F13)."""

import frappe
from frappe import _

from clinic_core.foundation import digits, wire
from clinic_core.foundation.boundary import command
from clinic_core.foundation.errors import refuse_input
from clinic_core.scheduling.series import repeating


@frappe.whitelist(methods=["POST"])
def repeat(
	appointment: str,
	times: int | str,
	every_weeks: int | str = 1,
	idempotency_key: str | None = None,
) -> dict:
	"""Book an appointment again `times` more times, so many weeks apart, or not at all → {appointments}.

	Each is {appointment, start}. Who may not book alone may not repeat (C072).
	"""
	wire.require_permission(repeating.DOCTYPE, "read", appointment)
	wire.require_permission(repeating.DOCTYPE, "create")
	wanted = {
		"appointment": appointment,
		"times": _number(times, _("How many more times")),
		"every_weeks": _number(every_weeks, _("Weeks between")),
	}

	def work() -> dict:
		made = repeating.repeat(**wanted)
		for doc in made:
			wire.require_document(doc, "create")
		return {"appointments": [{"appointment": doc.name, "start": str(doc.start)} for doc in made]}

	return command("scheduling.repeat", idempotency_key, work, content=wanted)


def _number(value: int | str, label: str) -> int:
	text = digits.to_latin(str(value)).strip()
	if not text.isdecimal():
		refuse_input(label, _("Please enter a whole number."))
	return int(text)
