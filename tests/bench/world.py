"""What the data sets of `./clinic bench` hold, without asking their database. Pure.

A data set is a function of its size and of its *anchor*, the day it was loaded. Cases address
records through `World`: patients, practitioners, appointments and free times by number.

    world = World(SIZES["L"], anchor)
    world.patient(5).phone_tail, world.practitioner(0).code, world.debtor(17).name

The anchor of a loaded site is in its stamp: `stamp.read(site_folder)` in `tests/bench/data`.
"""

import datetime
from dataclasses import dataclass
from functools import cached_property, lru_cache

from tests.bench.data import staff
from tests.bench.data.books import Books
from tests.bench.data.diary import Appointment, Diary
from tests.bench.data.people import Patient, People
from tests.bench.data.pipeline import Pipeline
from tests.bench.data.staff import (
	MAIN_ENTITY,
	PASSWORD,
	ROLES,
	SEARCHED_SERVICE,
	SERVICES,
	SHOP_BRANCH,
	SHOP_ENTITY,
	Practitioner,
	Service,
	user,
)

__all__ = [
	"DEBTS",
	"HEAVY_ENTRIES",
	"MAIN_ENTITY",
	"PASSWORD",
	"ROLES",
	"SEARCHED_SERVICE",
	"SERVICES",
	"SHOP_BRANCH",
	"SHOP_ENTITY",
	"SIZES",
	"Appointment",
	"Patient",
	"Practitioner",
	"Service",
	"Size",
	"World",
	"site_of",
	"user",
]

DEBTS = 10
"""Open debts of each debtor."""
HEAVY_ENTRIES = 500
"""Lines on the account of the patient with the long statement: 250 receptions, 250 payments."""
HEAVY = 0
"""Number of that patient; the debtors follow, then everybody else."""

MANY = 8
"""So many receptionists and cashiers work at once."""


@dataclass(frozen=True)
class Size:
	"""Counts of one data set; `unsealed` ledger entries are the shop's and part of `ledger_entries`."""

	code: str
	patients: int
	appointments: int
	ledger_entries: int
	leads: int
	branches: int
	practitioners: int
	daily: int
	debtors: int
	agents: int

	@property
	def unsealed(self) -> int:
		"""Ledger entries of the legal entity that no seal covers."""
		return self.ledger_entries // 10


SIZES: dict[str, Size] = {
	"S": Size("S", 2_000, 10_000, 20_000, 20_000, 2, 16, 6, 300, 4),
	"M": Size("M", 20_000, 100_000, 200_000, 200_000, 2, 24, 8, 600, 8),
	"L": Size("L", 100_000, 500_000, 1_000_000, 1_000_000, 4, 60, 10, 1_000, 16),
}


def site_of(size: Size | str) -> str:
	"""The site that keeps this data set, e.g. `bench-l.localhost`."""
	code = size if isinstance(size, str) else size.code
	return f"bench-{code.lower()}.localhost"


class World:
	"""One data set. Numbers begin with 0; everything else is what stands in the database."""

	def __init__(self, size: Size, anchor: datetime.date) -> None:
		self.size, self.anchor = size, anchor
		self.branches = staff.BRANCHES[: size.branches]
		self.staff = tuple(
			staff.practitioner(i, size.branches, user("doctor")) for i in range(size.practitioners)
		)
		self.first_ordinary = 1 + size.debtors
		self.diary = Diary(size.appointments, anchor, self.staff, size.daily, self.first_ordinary)
		begins = self.diary.working_day(-self.diary.past_days)
		self.people = People(size.patients, anchor, (anchor - begins).days, self.branches)
		self.diary.bind(self.people)
		self.books = Books(self)
		self.pipeline = Pipeline(self)
		self.patient = lru_cache(maxsize=65_536)(self.people.get)

	@property
	def site(self) -> str:
		"""The site that keeps it."""
		return site_of(self.size)

	# Users

	def logins(self, role: str) -> list[str]:
		"""Logins of a role, the plain one first: `user(login)` is the name, PASSWORD the password."""
		if role == "agent":
			return [role, *(f"agent{i + 1:02d}" for i in range(self.size.agents))]
		return (
			[role, *(f"{role}{i}" for i in range(2, MANY + 1))]
			if role in ("reception", "cashier")
			else [role]
		)

	@property
	def tills(self) -> list[str]:
		"""Cash desks of the first branch, one for each cashier: nobody has a shift open at them."""
		return [f"TILL-{i}" for i in range(1, MANY + 1)]

	# People

	@property
	def heavy(self) -> Patient:
		"""The patient with 500 lines on the account."""
		return self.patient(HEAVY)

	def debtor(self, number: int) -> Patient:
		"""Debtor `number` (0 … size.debtors - 1): ten open debts, no other history."""
		if not 0 <= number < self.size.debtors:
			raise IndexError(number)
		return self.patient(1 + number)

	def ordinary(self, number: int) -> Patient:
		"""Some patient with an ordinary history; any number will do."""
		return self.patient(self.first_ordinary + number % (self.size.patients - self.first_ordinary))

	# Who works where, and when

	def practitioner(self, number: int) -> Practitioner:
		"""Practitioner `number` (0 … size.practitioners - 1); number 0 is the user `doctor`."""
		return self.staff[number]

	@cached_property
	def doctors(self) -> tuple[Practitioner, ...]:
		"""Those who offer SEARCHED_SERVICE: twelve in S, more in M and L."""
		return tuple(p for p in self.staff if SEARCHED_SERVICE in p.services)

	def appointment(self, number: int) -> Appointment:
		"""Appointment `number` (0 … size.appointments - 1): past, then today's, then future ones."""
		return self.diary.get(number)

	def free_starts(self, practitioner: int, day: datetime.date) -> list[datetime.datetime]:
		"""Free half hours of a practitioner on a day from the anchor on, before any case booked."""
		return self.diary.free_starts(practitioner, day)

	def working_day(self, offset: int) -> datetime.date:
		"""The working day so many working days after (before) the anchor."""
		return self.diary.working_day(offset)
