"""A visitor books the time he holds (A07, E174). Permission-free, one transaction.

What he held is given back and booked in the same breath: the practitioner's row is locked, so nobody comes
between. If the hold was over and somebody has the time, the loser is told and keeps what he typed.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import add_to_date, cint, get_datetime, now_datetime

from clinic_core.foundation import compat, settings
from clinic_core.foundation.errors import ConflictError, InvalidInputError, SlotTakenError, refuse_input
from clinic_core.foundation.locks import lock_rows
from clinic_core.foundation.state import as_patient
from clinic_core.online_booking import catalogue, holding, opening, persons
from clinic_core.online_booking.payments import choosing, paying
from clinic_core.scheduling import booking, states
from clinic_core.scheduling.history.origins import ONLINE
from clinic_core.service_catalog.public_page import profile

APPOINTMENT = "Clinic Appointment"
APPROVAL_HOURS = 24
MOST_TO_COME = 5
BOOKED, WAITING, PAY = "booked", "waiting", "pay"


@dataclass(frozen=True)
class Done:
	"""What came of it."""

	appointment: Document
	is_new_person: bool

	@property
	def state(self) -> str:
		"""Whether the clinic still has to say yes."""
		return WAITING if self.appointment.status == states.HELD else BOOKED


def book_or_pay(
	token: str, wish: holding.Wish, visitor: persons.Visitor, note: str | None = None
) -> dict[str, Any]:
	"""{state, code, payment}: booked, or held and to be paid where the service asks for it (A59)."""
	amount = payment_due(wish)
	done = book(token, wish, visitor, note, opening.hold_minutes() if amount else None)
	answer = {"state": done.state, "code": done.appointment.tracking_code}
	if not amount:
		return answer
	return {**answer, "state": PAY, "payment": paying.record(done.appointment, amount)}


def payment_due(wish: holding.Wish) -> Decimal:
	"""What this booking pays at once; nothing while the clinic has no gateway."""
	if not choosing.name():
		return Decimal(0)
	return catalogue.amount_to_pay(catalogue.service(wish.service), wish.area)


def book(
	token: str,
	wish: holding.Wish,
	visitor: persons.Visitor,
	note: str | None = None,
	hold_minutes: int | None = None,
) -> Done:
	"""Book what was wished, for somebody found or registered now.

	`hold_minutes`: only hold it for so long, while it is being paid. Raises SlotTakenError, InvalidInputError,
	ConflictError when somebody books far more than he can come for.
	"""
	patient = persons.find(visitor)
	is_new = patient is None
	if not patient:
		patient = persons.register(visitor, None)
	lock_rows([("Clinic Patient", patient), ("Clinic Practitioner", wish.practitioner)])
	_refuse_too_many(patient)
	holding.release(token)
	until = _hold_until(wish, is_new, hold_minutes)
	messages = compat.mark_messages()
	try:
		with as_patient():
			made = booking.book(
				patient,
				wish.service,
				wish.practitioner,
				wish.start,
				note=(note or "").strip()[:500] or None,
				area=wish.area,
				hold_until=until,
				booked_through=ONLINE,
			)
	except SlotTakenError:
		compat.forget_messages(messages)
		holding.refuse_taken()
	except InvalidInputError:
		if is_new:
			raise
		compat.forget_messages(messages)
		refuse_person()
	return Done(made, is_new)


def refuse_person() -> None:
	"""The rules of the clinic are against it; what exactly is the person's own business. Raises InvalidInputError."""
	frappe.local.response.pop("book_first", None)
	frappe.local.response.pop("may_override", None)
	number = profile.shown().phone
	problem = _("This cannot be booked online. Please call us.")
	refuse_input(_("Appointment"), f"{problem} {number}".strip())


def _hold_until(wish: holding.Wish, is_new: bool, hold_minutes: int | None) -> Any:
	if hold_minutes:
		return add_to_date(now_datetime(), minutes=hold_minutes)
	if is_new and cint(settings.get("online_approve_new")):
		return min(add_to_date(now_datetime(), hours=APPROVAL_HOURS), get_datetime(wish.start))
	return None


def _refuse_too_many(patient: str) -> None:
	table = frappe.qb.DocType(APPOINTMENT)
	coming = (
		frappe.qb.from_(table)
		.select(table.name)
		.where((table.patient == patient) & (table.start >= now_datetime()))
		.where(table.booked_through == ONLINE)
		.where(
			table.status.isin([states.BOOKED, states.CONFIRMED])
			| ((table.status == states.HELD) & (table.hold_until >= now_datetime()))
		)
		.limit(MOST_TO_COME)
		.run()
	)
	if len(coming) >= MOST_TO_COME:
		frappe.throw(
			_("Several appointments are booked for you already. Please call us for more."), ConflictError
		)
