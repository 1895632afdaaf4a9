"""Leads, contacts and follow-up of the measured clinic, each computed from its number. Pure.

Every tenth lead is a patient's: the last of them wait for a coming appointment, the others ended with
a visit. All other leads are of contacts, two or three leads to a contact, as people ask again.
Old leads are imported history: they came in the state they ended in. The newest wait or are followed.
"""

import datetime
from functools import lru_cache
from typing import NamedTuple

from tests.bench.data.diary import Appointment
from tests.bench.data.mixing import mix
from tests.bench.data.people import CONTACT_PHONES_FROM, given_and_family, mobile
from tests.bench.data.staff import SERVICES, user

NEW, IN_PROGRESS, OPPORTUNITY = "New Lead", "In Progress", "New Opportunity"
CLOSED, STAGNANT = "Closed Opportunity", "Stagnant"
DAYS = 1095
"""The leads are of the last three years."""
NEW_PART, FOLLOWED_PART, OPPORTUNITY_PART = 200, 40, 200
"""One of so many leads is new, followed, an opportunity."""
OLD_FOLLOWED = 100
"""One of so many older leads is still followed, long overdue."""
BLOCK_LEADS, BLOCK_CONTACTS = 900, 400
CHANNELS = ("INSTAGRAM", "WEBSITE", "WALKIN", "FRIEND")
REASONS = (
	"قیمت برایش بالا بود",
	"مرکز دیگری را انتخاب کرد",
	"پاسخ نمی‌دهد",
	"فعلاً منصرف شد",
)
WISHES = ("{} می‌خواهد", "پرسش دربارهٔ قیمت {}", "مشاوره برای {}")
FIRST_TITLES = ("تماس اول", "ارسال قیمت و نمونه‌کار", "پیگیری")
NEXT_TITLES = ("پیگیری تصمیم", "تماس برای نوبت", "ارسال تخفیف")
GOOD, UNDECIDED, BAD = (
	("WILLBOOK", "INTERESTED"),
	("THINKING", "CALLLATER", "NOANSWER"),
	("PRICE", "NOTINTERESTED"),
)
TEAM = "ONLINE"
_SERVICES = tuple(SERVICES)


class Contact(NamedTuple):
	"""A person who is not a patient (yet)."""

	number: int
	name: str
	first_name: str
	last_name: str
	full_name: str
	mobile: str
	channel: str
	created: datetime.datetime


class Lead(NamedTuple):
	"""One lead. `stay` is the number of the visit that closed it, `appointment` that of the coming one."""

	number: int
	name: str
	status: str
	created: datetime.datetime
	contact: int | None
	patient: int | None
	stay: int | None
	appointment: int | None
	service: str
	agent: str
	figure: int

	@property
	def is_imported(self) -> bool:
		"""History that came in as it ended, with nothing but its end in the log."""
		return self.contact is not None and self.status in (CLOSED, STAGNANT)

	@property
	def title(self) -> str:
		"""What the person wants."""
		return WISHES[self.figure % 3].format(SERVICES[self.service].title)

	@property
	def reason(self) -> str | None:
		"""Why it is stagnant."""
		return REASONS[(self.figure >> 8) % 4] if self.status == STAGNANT else None

	@property
	def first_activity(self) -> datetime.datetime | None:
		"""When it was first followed."""
		if self.status == NEW:
			return None
		return self.created + datetime.timedelta(minutes=10 + (self.figure >> 16) % 50)

	@property
	def feedback(self) -> str | None:
		"""What came of the last activity."""
		if self.status == NEW:
			return None
		pool = BAD if self.status == STAGNANT else UNDECIDED if self.status == IN_PROGRESS else GOOD
		return pool[(self.figure >> 24) % len(pool)]

	@property
	def method(self) -> str:
		"""How it was followed: by phone in six of ten cases."""
		return ("PHONE", "PHONE", "PHONE", "WHATSAPP", "SMS")[(self.figure >> 32) % 5]


class Pipeline:
	"""All leads of a world."""

	def __init__(self, world) -> None:
		self.world, self.count = world, world.size.leads
		self.patients = self.count // 10
		self.coming = min(self.count // OPPORTUNITY_PART, world.diary.future, self.patients // 2)
		self.of_contacts = self.count - self.patients
		blocks, rest = divmod(self.of_contacts, BLOCK_LEADS)
		self.contacts = blocks * BLOCK_CONTACTS + min(rest, BLOCK_CONTACTS)
		# Two or three leads in a row of some hundreds are the same contact's.
		self.contact = lru_cache(maxsize=BLOCK_LEADS)(self._contact)
		# The newest lead came an hour before the two o'clock that the data sets show.
		self._last = datetime.datetime.combine(world.anchor, datetime.time(13))

	def created(self, number: int) -> datetime.datetime:
		"""When lead `number` came: evenly over the three years, in the daytime."""
		age = self.count - 1 - number
		days, part = divmod(age * DAYS, self.count)
		return self._last - datetime.timedelta(days=days, seconds=part * 18_000 // self.count)

	def _contact_of(self, order: int) -> int:
		"""Who is behind the `order`-th lead of contacts: people ask again within their block."""
		block, place = divmod(order, BLOCK_LEADS)
		return block * BLOCK_CONTACTS + place % BLOCK_CONTACTS

	def _contact(self, number: int) -> Contact:
		"""Contact `number` (0 … contacts - 1)."""
		figure = mix(31, number)
		gender = "Female" if figure % 10 < 7 else "Male"
		first, last = given_and_family(32, number, gender)
		block, place = divmod(number, BLOCK_CONTACTS)
		order = block * BLOCK_LEADS + place
		return Contact(
			number,
			f"bc-{number:07d}",
			first,
			last,
			f"{first} {last}",
			mobile(CONTACT_PHONES_FROM + number),
			CHANNELS[(figure >> 8) % 4],
			self.created(order + order // 9 + 1),
		)

	def get(self, number: int) -> Lead:
		"""Lead `number` (0 … count - 1), later ones newer."""
		figure = mix(33, number)
		order, place = divmod(number, 10)
		name = f"bd-{number:07d}"
		agent = user(f"agent{(figure >> 40) % self.world.size.agents + 1:02d}")
		if place == 0:
			return self._of_patient(number, name, order, agent, figure)
		order = number - order - 1
		service = _SERVICES[(figure >> 48) % len(_SERVICES)]
		status, created = self._status(number, figure), self.created(number)
		return Lead(
			number, name, status, created, self._contact_of(order), None, None, None, service, agent, figure
		)

	def _status(self, number: int, figure: int) -> str:
		age = self.count - 1 - number
		fresh = self.count // NEW_PART
		if age < fresh:
			return NEW
		if age < fresh + self.count // FOLLOWED_PART or figure % OLD_FOLLOWED == 0:
			return IN_PROGRESS
		return CLOSED if figure % 3 == 0 else STAGNANT

	def _of_patient(self, number: int, name: str, order: int, agent: str, figure: int) -> Lead:
		"""Ended with a visit, or waits for a coming appointment."""
		ended = self.patients - self.coming
		if order >= ended:
			coming = self.world.diary.past + self.world.diary.today + order - ended
			booked = self.world.diary.get(coming)
			created = min(self.created(number), self.booked_at(booked) - datetime.timedelta(days=1))
			person, what = booked.patient, booked.service
			return Lead(number, name, OPPORTUNITY, created, None, person, None, coming, what, agent, figure)
		books = self.world.books
		stay_no, before = (
			books.heavy + books.debts + (order - back) * books.regular // ended for back in (0, 1)
		)
		stay = books.get(stay_no)
		created = stay.arrived - datetime.timedelta(days=5)
		# With more leads than visits some asked again and did not come again.
		closed = None if order and stay_no == before else stay_no
		status = STAGNANT if closed is None else CLOSED
		return Lead(
			number, name, status, created, None, stay.patient, closed, None, stay.service, agent, figure
		)

	def booked_at(self, appointment: Appointment) -> datetime.datetime:
		"""When a coming appointment was made: ten days before it, but not after the anchor day's morning."""
		latest = datetime.datetime.combine(self.world.anchor, datetime.time(8, 30))
		wanted = min(appointment.start - datetime.timedelta(days=10), latest)
		return max(wanted, self.world.people.created(appointment.patient))

	def origin_of(self, appointment: int) -> str | None:
		"""Name of the lead that a coming appointment was booked for, None if there was none."""
		place = appointment - self.world.diary.past - self.world.diary.today
		if not 0 <= place < self.coming:
			return None
		return f"bd-{(self.patients - self.coming + place) * 10:07d}"
