"""The diary of the measured clinic: every appointment is computed from its number. Pure.

Past days and today are full alike: each practitioner has `daily` appointments, on different half
hours of the shift. Coming days thin out. Appointments are numbered past, today, future.
"""

import datetime
from functools import cached_property, lru_cache
from math import gcd
from typing import NamedTuple

from tests.bench.data.mixing import mix
from tests.bench.data.people import People
from tests.bench.data.staff import PLACES, SERVICES, WORKPLACE_MINUTES, Practitioner

FRIDAY, THURSDAY = 4, 3
_STEPS = (1, 3, 5, 9, 11, 13)
COMING = ((6, 0.75), (6, 0.5), (12, 0.25))
"""How full the coming working days are: (days, share of an ordinary day)."""
NOON = datetime.time(12, 0)
NOW = datetime.time(14, 0)
"""The data sets show a clinic at two o'clock of the anchor day, whenever they are loaded."""
PAST_STATUS = ("Completed",) * 4 + ("No Show",) + ("Completed",) * 5 + ("Cancelled",)
PAST_STATUS += ("Completed",) * 4 + ("No Show",) + ("Completed",) * 3 + ("Cancelled",)
"""Of twenty past appointments sixteen were completed; which ones is fixed, so it can be counted."""
COMPLETED_PLACES = tuple(i for i, status in enumerate(PAST_STATUS) if status == "Completed")
HOLDING = ("Booked", "Confirmed", "Arrived", "Admitted")


def closed_weekday(anchor: datetime.date) -> int:
	"""The weekly holiday: Friday; in a data set of a Friday it is Thursday, so that today is a working day."""
	return THURSDAY if anchor.weekday() == FRIDAY else FRIDAY


class Appointment(NamedTuple):
	"""One appointment. `patient` and `practitioner` are numbers; `visit_waits` orders today's open visits."""

	number: int
	name: str
	patient: int
	practitioner: int
	service: str
	start: datetime.datetime
	minutes: int
	status: str

	@property
	def end(self) -> datetime.datetime:
		"""When it is over."""
		return self.start + datetime.timedelta(minutes=self.minutes)


class Diary:
	"""All appointments of a data set: `past`, `today` and `future` are their counts."""

	def __init__(
		self,
		count: int,
		anchor: datetime.date,
		staff: tuple[Practitioner, ...],
		daily: int,
		first_patient: int,
	) -> None:
		self.anchor, self.staff, self.daily, self.first_patient = anchor, staff, daily, first_patient
		self.closed = closed_weekday(anchor)
		self.coming = [max(1, int(daily * share)) for days, share in COMING for _ in range(days)]
		self.today = len(staff) * daily
		self.future = len(staff) * sum(self.coming)
		self.past = count - self.today - self.future
		self.count = count
		self.past_days = -(-self.past // self.today)
		# The oldest day may be a short one, so that the count is exact.
		self._pad = self.past_days * self.today - self.past

	def working_day(self, offset: int) -> datetime.date:
		"""The working day `offset` working days from the anchor: negative ones are past, 0 is the anchor."""
		weeks, rest = divmod(abs(offset), 6)
		step = 1 if offset >= 0 else -1
		day = self.anchor + datetime.timedelta(days=step * 7 * weeks)
		while rest:
			day += datetime.timedelta(days=step)
			rest -= day.weekday() != self.closed
		return day

	@cached_property
	def _past_dates(self) -> list[datetime.date]:
		return [self.working_day(i - self.past_days) for i in range(self.past_days)]

	@cached_property
	def future_days(self) -> list[datetime.date]:
		"""The coming working days that have appointments."""
		return [self.working_day(i + 1) for i in range(len(self.coming))]

	def bind(self, people: People) -> None:
		"""Tell the diary whom it may book; patients below `first_patient` have histories of their own."""
		self._people = people
		self._pools = [
			max(people.registered_before(day) - self.first_patient, self.today) for day in self._past_dates
		]
		self._pool = people.count - self.first_patient
		if self._pool < max(self.future, self.today):
			raise ValueError("more bookings than patients")

	def places(self, practitioner: int, day: datetime.date, taken: int) -> list[int]:
		"""The half hours of the shift that the first `taken` appointments of this day hold."""
		figure = mix(10, practitioner, day.toordinal())
		step = _STEPS[(figure >> 8) % len(_STEPS)]
		return [(figure + i * step) % PLACES for i in range(taken)]

	def moment(self, practitioner: int, day: datetime.date, place: int) -> datetime.datetime:
		"""The start of a half hour of this practitioner's shift."""
		begins = datetime.datetime.combine(day, self.staff[practitioner].begins)
		return begins + datetime.timedelta(minutes=place * WORKPLACE_MINUTES)

	def booked(self, day: datetime.date) -> int:
		"""How many appointments each practitioner has on a day in the data set."""
		if day == self.anchor:
			return self.daily
		if day in self.future_days:
			return self.coming[self.future_days.index(day)]
		return self.daily if day in self._past_dates else 0

	def free_starts(self, practitioner: int, day: datetime.date) -> list[datetime.datetime]:
		"""The half hours that are free on a day, in order; none on the weekly holiday."""
		if day.weekday() == self.closed:
			return []
		taken = set(self.places(practitioner, day, self.booked(day)))
		return [self.moment(practitioner, day, place) for place in range(PLACES) if place not in taken]

	def get(self, number: int) -> Appointment:
		"""Appointment `number` (0 … count - 1)."""
		if number < self.past + self.today:
			day_no, rest = divmod(number + self._pad, self.today)
			person, place_no = divmod(rest, self.daily)
			is_past = number < self.past
			day = self._past_dates[day_no] if is_past else self.anchor
			pool = self._pools[day_no] if is_past else self._pool
			patient = self.first_patient + (mix(11, day_no) + rest) % pool
			taken = self.daily
		else:
			order = number - self.past - self.today
			day, person, place_no, taken = self._future_place(order)
			is_past, patient = False, self.first_patient + order * self._stride % self._pool
		start = self.moment(person, day, self._places_cached(person, day, taken)[place_no])
		figure = mix(12, number)
		offered = self.staff[person].diary_services
		service = offered[figure % len(offered)]
		if is_past:
			status = PAST_STATUS[number % 20]
		else:
			status = self._coming_status(start, SERVICES[service].minutes, figure >> 16)
		return Appointment(
			number, f"ba-{number:07d}", patient, person, service, start, SERVICES[service].minutes, status
		)

	@cached_property
	def _stride(self) -> int:
		stride = 7919
		while gcd(stride, self._pool) != 1:
			stride += 2
		return stride

	@cached_property
	def _places_cached(self):
		return lru_cache(maxsize=4096)(self.places)

	def _future_place(self, order: int) -> tuple[datetime.date, int, int, int]:
		for day, taken in zip(self.future_days, self.coming, strict=True):
			if order < taken * len(self.staff):
				person, place_no = divmod(order, taken)
				return day, person, place_no, taken
			order -= taken * len(self.staff)
		raise IndexError(order)

	def _coming_status(self, start: datetime.datetime, minutes: int, figure: int) -> str:
		"""Today up to noon is done, until two people are in the house; later ones have promised to come."""
		if start.date() == self.anchor:
			end = (start + datetime.timedelta(minutes=minutes)).time()
			if end <= NOON:
				return "Completed"
			if start.time() < NOW:
				return "Admitted" if figure % 10 < 8 else "Arrived"
		return "Confirmed" if figure % 4 == 0 else "Booked"

	def completed(self, order: int) -> int:
		"""Number of the past appointment that was completed as the `order`-th (0 …)."""
		block, place = divmod(order, len(COMPLETED_PLACES))
		return block * 20 + COMPLETED_PLACES[place]

	@property
	def completed_count(self) -> int:
		"""How many past appointments were completed."""
		whole, rest = divmod(self.past, 20)
		return whole * len(COMPLETED_PLACES) + sum(place < rest for place in COMPLETED_PLACES)
