"""Visits with their bills, each computed from its number. Pure.

Stays are numbered by time: the patient with the long statement, the debtors, ordinary stays of past
appointments, today's, and last the shop's, whose books nobody has sealed.
"""

import datetime
from typing import NamedTuple

from tests.bench.data.diary import Appointment
from tests.bench.data.mixing import mix
from tests.bench.data.shapes import CARD, CYCLE, CYCLE_ENTRIES, DEBT, OPEN, Booked, Shape, booked, fill
from tests.bench.data.staff import (
	MAIN_ENTITY,
	SHOP_BRANCH,
	SHOP_ENTITY,
	SHOP_KEEPER,
	SHOP_SERVICE,
	SOLD_FOR_LATER,
)

DEPOSIT_DAYS = 2
OPEN_STATES = ("Waiting", "Triaged", "In Service")
SHOP_DAYS = 120
HEAVY_VISITS = 250


class Stay(NamedTuple):
	"""One stay with its bill. `patient` is a number, `appointment` a name; `status` is the visit's."""

	number: int
	patient: int
	branch: str
	entity: str
	practitioner: str
	service: str
	appointment: Appointment | None
	arrived: datetime.datetime
	status: str
	shape: Shape

	@property
	def billed(self) -> datetime.datetime:
		"""When the bill was made."""
		return self.arrived + datetime.timedelta(minutes=2)

	@property
	def paid(self) -> datetime.datetime:
		"""When it was paid."""
		return self.arrived + datetime.timedelta(minutes=6)

	@property
	def deposited(self) -> datetime.datetime:
		"""When the deposit was taken."""
		return self.paid - datetime.timedelta(days=DEPOSIT_DAYS)

	@property
	def booked(self) -> Booked:
		"""What it leaves in the books."""
		return booked(self.shape, self.service)


class Books:
	"""All stays of a world."""

	def __init__(self, world) -> None:
		self.world = world
		diary, size = world.diary, world.size
		self.todays = [
			a
			for a in (diary.get(diary.past + i) for i in range(diary.today))
			if a.status in ("Completed", "Admitted")
		]
		self.heavy, self.debts = HEAVY_VISITS, size.debtors * 10
		today = sum(6 if a.status == "Completed" else 4 for a in self.todays)
		rest = size.ledger_entries - size.unsealed - self.heavy * 6 - self.debts * 2 - today
		cycles, rest = divmod(rest, CYCLE_ENTRIES)
		if rest == 2:
			cycles, rest = cycles - 1, rest + CYCLE_ENTRIES
		self.tail = fill(rest)
		self.regular = cycles * len(CYCLE) + len(self.tail)
		self._first_completed = diary.completed_count - self.regular
		self.shop_shapes = fill(size.unsealed)
		self.sealed_stays = self.heavy + self.debts + self.regular + len(self.todays)
		self.count = self.sealed_stays + len(self.shop_shapes)
		if self._first_completed < 0:
			raise ValueError("more bills than completed appointments")
		first = diary.get(diary.completed(self._first_completed))
		self.begins = first.start.date()

	def get(self, number: int) -> Stay:
		"""Stay `number` (0 … count - 1)."""
		order = number
		for count, make in (
			(self.heavy, self._heavy),
			(self.debts, self._debt),
			(self.regular, self._regular),
			(len(self.todays), self._today),
			(len(self.shop_shapes), self._shop),
		):
			if order < count:
				return make(number, order)
			order -= count
		raise IndexError(number)

	def _heavy(self, number: int, order: int) -> Stay:
		"""Once every few days over the two years before the ordinary stays begin."""
		day = self.begins - datetime.timedelta(days=30 + (self.heavy - order) * 2)
		person = self.world.staff[order % len(self.world.staff)]
		service = person.diary_services[order % len(person.diary_services)]
		return self._stay(number, 0, person.code, person.branch, service, day, order, CARD)

	def _debt(self, number: int, order: int) -> Stay:
		"""Ten rounds in the weeks before the ordinary stays: every debtor buys something on credit."""
		round_no, debtor = divmod(order, self.world.size.debtors)
		day = self.begins - datetime.timedelta(days=3 * (10 - round_no))
		person = self.world.staff[debtor % len(self.world.staff)]
		return self._stay(number, 1 + debtor, person.code, person.branch, SOLD_FOR_LATER, day, order, DEBT)

	def _regular(self, number: int, order: int) -> Stay:
		appointment = self.world.diary.get(self.world.diary.completed(self._first_completed + order))
		plain = self.regular - len(self.tail)
		shape = CYCLE[order % len(CYCLE)] if order < plain else self.tail[order - plain]
		return self._of_appointment(number, appointment, "Closed", shape)

	def _today(self, number: int, order: int) -> Stay:
		"""Who is done has paid; who is in the house has a bill."""
		appointment = self.todays[order]
		if appointment.status == "Completed":
			return self._of_appointment(number, appointment, "Done", CARD)
		return self._of_appointment(number, appointment, OPEN_STATES[order % 3], OPEN)

	def _of_appointment(self, number: int, appointment: Appointment, status: str, shape: Shape) -> Stay:
		person = self.world.staff[appointment.practitioner]
		return Stay(
			number,
			appointment.patient,
			person.branch,
			MAIN_ENTITY,
			person.code,
			appointment.service,
			appointment,
			arrival(appointment),
			status,
			shape,
		)

	def _shop(self, number: int, order: int) -> Stay:
		"""Spread over the last months; nobody needs an appointment."""
		count = len(self.shop_shapes)
		day = self.world.anchor - datetime.timedelta(days=SHOP_DAYS - order * SHOP_DAYS // count)
		patient = self.world.ordinary(mix(21, order)).number
		shape = self.shop_shapes[order]
		stay = self._stay(number, patient, SHOP_KEEPER["code"], SHOP_BRANCH, SHOP_SERVICE, day, order, shape)
		return stay._replace(entity=SHOP_ENTITY)

	def _stay(
		self,
		number: int,
		patient: int,
		practitioner: str,
		branch: str,
		service: str,
		day: datetime.date,
		order: int,
		shape: Shape,
	) -> Stay:
		came = datetime.datetime.combine(day, datetime.time(9)) + datetime.timedelta(
			seconds=mix(22, number) % 36_000
		)
		return Stay(
			number,
			patient,
			branch,
			MAIN_ENTITY,
			practitioner,
			service,
			None,
			came,
			"Closed",
			shape,
		)


def arrival(appointment: Appointment) -> datetime.datetime:
	"""When the patient of an appointment was received: a few minutes around its start."""
	return appointment.start + datetime.timedelta(minutes=mix(23, appointment.number) % 15 - 10)
