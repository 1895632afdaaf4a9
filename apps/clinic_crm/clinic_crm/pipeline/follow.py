"""What an appointment or a visit means for the lead behind it. Pure (C008, C087, C088, C090)."""

import datetime
from collections.abc import Collection

from clinic_crm.pipeline.states import CLOSED, IN_PROGRESS, NEW, OPPORTUNITY, STAGNANT

STANDING = frozenset({"Booked", "Confirmed", "Arrived"})
RECEIVED = frozenset({"Admitted", "Completed"})
FALLEN = frozenset({"Cancelled", "No Show"})


def after_appointment(lead_status: str, appointment_status: str, *, is_linked: bool) -> str | None:
	"""The state a lead should be in once its appointment is in `appointment_status`.

	`is_linked`: the lead already carries this appointment. None means: nothing changes. A closed
	lead is only reopened, and an opportunity only lost, by its own appointment.
	"""
	if appointment_status in STANDING:
		if lead_status in (NEW, IN_PROGRESS, STAGNANT) or (lead_status == CLOSED and is_linked):
			return OPPORTUNITY
	elif appointment_status in RECEIVED:
		if lead_status != CLOSED:
			return CLOSED
	elif appointment_status in FALLEN and is_linked and lead_status in (OPPORTUNITY, CLOSED):
		return IN_PROGRESS
	return None


def fulfils(wished: Collection[str], received: Collection[str]) -> bool:
	"""Whether what a walk-in receives answers a lead: it wished for nothing special, or for this."""
	return not wished or bool(set(wished) & set(received))


def follow_up_day(appointment_day: datetime.date, today: datetime.date, *, is_no_show: bool) -> datetime.date:
	"""The day to call after an appointment fell through.

	The day after the missed appointment, but never in the past; after a cancellation the coming day.
	"""
	one = datetime.timedelta(days=1)
	if not is_no_show:
		return today + one
	return max(appointment_day + one, today)
