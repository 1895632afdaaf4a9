"""The log of calls to gateways: what was asked, how long it took, what was said; no key, no number."""

from collections.abc import Sequence

import frappe
from frappe.utils import now_datetime

from clinic_core.foundation.bulk import insert_documents
from clinic_core.messaging.gateways.base import Call
from clinic_core.people.masking import matrix, shapes

DOCTYPE = "Clinic SMS Gateway Call"
LONGEST = 500


def write(gateway: str, calls: Sequence[Call]) -> None:
	"""One row for each call, one statement."""
	now, user = now_datetime(), frappe.session.user
	insert_documents(
		DOCTYPE,
		[
			{
				"name": frappe.generate_hash(length=12),
				**{"creation": now, "modified": now, "owner": user, "modified_by": user},
				**{"docstatus": 0, "idx": 0},
				"gateway": gateway,
				"method": call.method,
				"called_at": now,
				"message_count": call.count,
				"outcome": call.outcome,
				"error_code": call.code[:140] or None,
				# A gateway may repeat a number in what it says.
				"error": shapes.scrub(call.text[:LONGEST], set(matrix.KINDS)) or None,
				"milliseconds": call.milliseconds,
			}
			for call in calls
		],
	)


def retention() -> list[dict[str, str]]:
	"""Handler of `clinic_retention`: the log goes after the days of the Clinic Settings."""
	return [{"doctype": DOCTYPE, "date_field": "called_at"}]
