"""Patients of the measured clinic, each computed from its number. Pure."""

import bisect
import datetime
from functools import cached_property
from typing import NamedTuple

from clinic_core.foundation.jalali import jalali_year

from tests.bench.data import names
from tests.bench.data.mixing import mix, skewed

PREFIXES = ("912", "935", "936", "919", "901", "910", "933", "921")
OLD_SHARE = 0.6
"""Share of the patients whose file is older than the diary."""
OLD_DAYS = 900
SOURCES = ("WALKIN", "FRIEND", "DOCTOR", "INSTAGRAM", "WEBSITE", "GOOGLE", "AD", "OTHER")
ALERTS = ("حساسیت به لیدوکائین", "باردار", "مصرف داروی ضد انعقاد", "دیابت")
CONTACT_PHONES_FROM = 5_000_000


class Patient(NamedTuple):
	"""A patient; `mobile` in E.164, `created` the moment of registration."""

	number: int
	name: str
	first_name: str
	last_name: str
	full_name: str
	gender: str
	mobile: str
	national_code: str | None
	file_no: str
	birth_date: datetime.date
	referral_source: str
	branch: str
	city: str
	alerts: str | None
	created: datetime.datetime

	@property
	def local_mobile(self) -> str:
		"""The mobile as it is dialled: 09…"""
		return "0" + self.mobile[3:]

	@property
	def phone_tail(self) -> str:
		"""The last four digits, as people search."""
		return self.mobile[-4:]


def mobile(number: int) -> str:
	"""An Iranian mobile number in E.164; a different one for every number below 10,000,000."""
	return f"+98{PREFIXES[number % 8]}{(number * 6_364_137 + 2_718_281) % 10_000_000:07d}"


def national_code(number: int) -> str:
	"""A ten-digit code with a right check digit; a different one for every number."""
	nine = f"{(number * 48_271 + 123_456_789) % 1_000_000_000:09d}"
	rest = sum(int(digit) * (10 - place) for place, digit in enumerate(nine)) % 11
	return nine + str(rest if rest < 2 else 11 - rest)


def given_and_family(stream: int, number: int, gender: str) -> tuple[str, str]:
	"""A person's name; frequent names come more often."""
	given = names.FEMALE if gender == "Female" else names.MALE
	return (
		given[skewed(mix(stream, number, 1), len(given))],
		names.FAMILY[skewed(mix(stream, number, 2), len(names.FAMILY))],
	)


class People:
	"""All patients: `count` of them, the last registered the day before `anchor`."""

	def __init__(self, count: int, anchor: datetime.date, diary_days: int, branches: tuple[str, ...]) -> None:
		self.count, self.anchor, self.branches = count, anchor, branches
		self.old = int(count * OLD_SHARE)
		self.diary_begins = anchor - datetime.timedelta(days=diary_days)
		self.diary_days = diary_days

	def created(self, number: int) -> datetime.datetime:
		"""When the file was opened: later for higher numbers, between 8 and 20 o'clock."""
		if number < self.old:
			first, days, place, among = self.diary_begins, OLD_DAYS, number, self.old
			first -= datetime.timedelta(days=OLD_DAYS)
		else:
			first, days = self.diary_begins, self.diary_days
			place, among = number - self.old, self.count - self.old
		day, part = divmod(place * days, among)
		opened = datetime.datetime.combine(first, datetime.time(8))
		return opened + datetime.timedelta(days=day, seconds=part * 43_200 // among)

	def registered_before(self, day: datetime.date) -> int:
		"""How many patients there are when `day` begins."""
		return bisect.bisect_left(range(self.count), day, key=lambda i: self.created(i).date())

	@cached_property
	def years(self) -> list[tuple[int, int]]:
		"""(first number, Jalali year) of the files, oldest first."""
		found: list[tuple[int, int]] = []
		number = 0
		while number < self.count:
			year = jalali_year(self.created(number).date())
			found.append((number, year))
			number = bisect.bisect_right(
				range(self.count), year, lo=number, key=lambda i: jalali_year(self.created(i).date())
			)
		return found

	def file_no(self, number: int) -> str:
		"""The number on the file, counted in each Jalali year as the product does."""
		first, year = self.years[bisect.bisect_right(self.years, (number, 9999)) - 1]
		return f"{year}-{number - first + 1:06d}"

	@cached_property
	def full_names(self) -> list[str]:
		"""Full names of all patients by number: appointments and bills carry them."""
		return [" ".join(self._name(i)) for i in range(self.count)]

	def _name(self, number: int) -> tuple[str, str]:
		first, last = given_and_family(4, number, self._gender(number))
		if self._is_child(number):
			last = given_and_family(4, number - 1, "Male")[1]
		return first, last

	def _gender(self, number: int) -> str:
		return "Female" if mix(3, number) % 100 < 72 else "Male"

	def _is_child(self, number: int) -> bool:
		"""Every twentieth comes with the phone and the family name of the parent before."""
		return number % 20 == 19

	def mobile(self, number: int) -> str:
		"""The number a patient is called at."""
		return mobile(number - 1 if self._is_child(number) else number)

	def get(self, number: int) -> Patient:
		"""Patient `number` (0 … count - 1)."""
		figure = mix(3, number)
		first, last = self._name(number)
		is_child = self._is_child(number)
		days = 3 * 365 + (figure >> 8) % (12 * 365) if is_child else 16 * 365 + (figure >> 8) % (52 * 365)
		born = self.anchor - datetime.timedelta(days=days)
		return Patient(
			number,
			f"bp-{number:07d}",
			first,
			last,
			f"{first} {last}",
			self._gender(number),
			self.mobile(number),
			None if number % 8 == 7 else national_code(number),
			self.file_no(number),
			born,
			SOURCES[(figure >> 20) % len(SOURCES)],
			self.branches[(figure >> 24) % len(self.branches)],
			names.CITIES[skewed(figure >> 28, len(names.CITIES))],
			ALERTS[(figure >> 52) % 4] if (figure >> 54) % 100 < 8 else None,
			self.created(number),
		)
