"""One appointment as its holder sees it behind the link (F16): no phone, no surname, nothing of the file.

Who knows the code is taken for the patient, as with the slip of paper it replaces. A wrong code and
somebody's else are one: not found.
"""

from dataclasses import dataclass
from typing import Any

import frappe
from frappe import _
from frappe.utils import get_datetime, now_datetime

from clinic_core.online_booking import limits, opening, rules
from clinic_core.online_booking.payments import states as payment_states
from clinic_core.scheduling import states
from clinic_core.scheduling.policies import cancelling, penalties

APPOINTMENT = "Clinic Appointment"
_FIELDS = [
	"name",
	"patient",
	"service",
	"area",
	"area_title",
	"practitioner",
	"branch",
	"start",
	"end",
	"status",
	"hold_until",
	"session",
	"queue_no",
	"tracking_code",
	"ics_sequence",
	"modified",
	"penalty_text",
	"paid_online",
]
BOOKED, WAITING, CANCELLED, OVER, DONE, MISSED = (
	*("booked", "waiting", "cancelled"),
	*("over", "done", "missed"),
)
TO_PAY, ASKING, KEPT = "to_pay", "asking", "kept"
"""Of who pays online: still to be paid, the bank is being asked, paid but the time was gone."""


@dataclass(frozen=True)
class Penalty:
	"""What a change costs now: why, and how much (None where only the clinic knows)."""

	text: str
	amount: float | None
	note: str


def find(code: str) -> Any:
	"""The appointment with this code. Raises frappe.DoesNotExistError, TooManyTriesError for who guesses."""
	row = (
		frappe.db.get_value(APPOINTMENT, {"tracking_code": code}, _FIELDS, as_dict=True)
		if rules.is_code(code)
		else None
	)
	if not row:
		limits.wrong_code()
		frappe.throw(_("There is no appointment behind this link."), frappe.DoesNotExistError)
	return row


def state_of(row: Any, payment: Any = None) -> str:
	"""How it stands, for the patient; `payment`: the latest one for it (`paying.due`)."""
	if payment and row.status in (states.HELD, states.CANCELLED):
		if payment.status == payment_states.PAID and not payment.booked_appointment:
			return KEPT
		if payment.status == payment_states.UNKNOWN:
			return ASKING
	if row.status == states.HELD:
		if not (row.hold_until and get_datetime(row.hold_until) > now_datetime()):
			return OVER
		return TO_PAY if payment else WAITING
	if row.status in (states.BOOKED, states.CONFIRMED):
		return BOOKED
	return {states.CANCELLED: CANCELLED, states.NO_SHOW: MISSED}.get(row.status, DONE)


def may_change(row: Any) -> bool:
	"""Whether the patient may still move or cancel it by himself."""
	until = rules.changeable_until(get_datetime(row.start), opening.change_hours())
	return state_of(row) == BOOKED and now_datetime() <= until


def penalty(row: Any, event: str) -> Penalty | None:
	"""What cancelling or moving it now costs (F11, F12, F16), told before it is done."""
	if row.session or row.status not in states.EXPECTED:
		return None
	fallen = cancelling.Fallen(row.name, row.service, row.practitioner, get_datetime(row.start), row.area)
	found = cancelling.judge([fallen], event).get(row.name)
	if not found:
		return None
	amount = None if found.kind == penalties.DEPOSIT else float(found.amount)
	return Penalty(found.text, amount, found.note)
