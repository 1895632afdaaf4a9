"""The occasions on which the clinic writes from day one, and the setting that switches each (G04). Pure."""

from dataclasses import dataclass

from clinic_core.messaging.states import CODE, REMINDER, SERVICE

BOOKING, MANY_BOOKINGS, CHANGE, CANCELLATION = "booking", "bookings", "change", "cancellation"
REMIND, OFFER, RECALL, ONE_TIME_CODE = "reminder", "waiting_offer", "recall", "code"
FROM_FRAPPE = "notification"


@dataclass(frozen=True)
class Occasion:
	"""A template of ours, by code; `setting` is its tick in Clinic Settings, "" for one that is always on."""

	title: str
	purpose: str
	setting: str = ""


OCCASIONS = {
	BOOKING: Occasion("Appointment booked", SERVICE, "sms_booking"),
	MANY_BOOKINGS: Occasion("Several appointments booked", SERVICE, "sms_booking"),
	CHANGE: Occasion("Appointment moved", SERVICE, "sms_change"),
	CANCELLATION: Occasion("Appointment cancelled", SERVICE, "sms_cancellation"),
	REMIND: Occasion("Reminder of an appointment", REMINDER, "sms_reminder"),
	OFFER: Occasion("A time became free", REMINDER, "sms_waiting_offer"),
	RECALL: Occasion("Time for the next visit", REMINDER, "sms_recall"),
	ONE_TIME_CODE: Occasion("One-time code", CODE),
	FROM_FRAPPE: Occasion("Other notifications of the system", SERVICE),
}

EXPECTED = ("Booked", "Confirmed")


def of_change(old: str | None, new: str, is_move: bool) -> str | None:
	"""What a change of an appointment is to its patient: booked, moved, cancelled, or nothing to tell."""
	if new in EXPECTED:
		if old in (None, "Held"):
			return BOOKING
		return CHANGE if is_move and old in EXPECTED else None
	if new == "Cancelled" and old in EXPECTED:
		return CANCELLATION
	return None
