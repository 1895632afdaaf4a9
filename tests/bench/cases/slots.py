"""Finding free times (A64, G01)."""

import datetime
from collections import defaultdict
from typing import Any

from tests.bench.case import Case, WrongAnswer, agree
from tests.bench.lab import Plain
from tests.bench.world import SEARCHED_SERVICE, SERVICES

_EPOCH = datetime.datetime(1970, 1, 1)
_CELL = datetime.timedelta(minutes=5)
_STEP = datetime.timedelta(minutes=15)
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class _Slots(Case):
	endpoint = "clinic_core.scheduling.api.find_slots"
	practitioners: tuple[str, ...]

	def floor(self, sql: Plain, number: int, arguments: dict[str, Any]) -> Any:
		"""Two queries, working hours and what is taken, and the shortest loop over the grid."""
		first = datetime.date.fromisoformat(arguments["from_date"])
		last = datetime.date.fromisoformat(arguments["to_date"])
		people = self.people(arguments)
		marks = ", ".join(["%s"] * len(people))
		hours = sql.rows(
			"SELECT s.practitioner, r.weekday, r.start, r.end, s.valid_from, s.valid_to"
			" FROM `tabClinic Schedule` s JOIN `tabClinic Schedule Shift` r ON r.parent = s.name"
			f" WHERE s.practitioner IN ({marks}) AND s.is_active = 1 AND s.valid_from <= %s"
			" AND (s.valid_to IS NULL OR s.valid_to >= %s)",
			*(*people, last, first),
		)
		cells = sql.rows(
			f"SELECT resource_key, cell FROM `tabClinic Time Claim` WHERE resource_key IN ({marks})"
			" AND cell BETWEEN %s AND %s",
			*(f"PR:{name}" for name in people),
			_cell(datetime.datetime.combine(first, datetime.time())),
			_cell(datetime.datetime.combine(last, datetime.time(23, 59))),
		)
		taken = defaultdict(set)
		for key, cell in cells:
			taken[key[3:]].add(cell)
		length = datetime.timedelta(minutes=SERVICES[SEARCHED_SERVICE].minutes)
		found, now = [], datetime.datetime.now()
		for name, weekday, start, end, valid_from, valid_to in hours:
			day = first
			while day <= last:
				if _WEEKDAYS[day.weekday()] == weekday and valid_from <= day <= (valid_to or day):
					midnight = datetime.datetime.combine(day, datetime.time())
					at = midnight + start
					while at + length <= midnight + end:
						if at >= now and taken[name].isdisjoint(range(_cell(at), _cell(at + length))):
							found.append((str(at), name))
						at += _STEP
				day += datetime.timedelta(days=1)
		return sorted(found)[: arguments["limit"]]

	def people(self, arguments: dict[str, Any]) -> list[str]:
		raise NotImplementedError

	def check(self, answer: Any, floor: Any) -> None:
		agree([(row["start"], row["practitioner"]) for row in answer], floor, self.name)
		if not floor:
			raise WrongAnswer(f"{self.name}: nothing is free")


class SlotsWeek(_Slots):
	"""The week after next of one practitioner, another one each time."""

	name = "slots-week"
	repetitions = 200

	def arguments(self, number: int) -> dict[str, Any]:
		first = self.world.working_day(1 + number % 15)
		doctors = self.world.doctors
		return {
			"service": SEARCHED_SERVICE,
			"from_date": str(first),
			"to_date": str(first + datetime.timedelta(days=6)),
			"practitioner": doctors[number % len(doctors)].code,
			"limit": 1000,
		}

	def people(self, arguments: dict[str, Any]) -> list[str]:
		return [arguments["practitioner"]]


class SlotsTenByFourteen(_Slots):
	"""The first free times among all doctors of a service: ten or more of them, fourteen days.

	Where a branch has ten doctors it is asked for; else the whole clinic has twelve.
	"""

	name = "slots-10x14"

	def _branch(self) -> str | None:
		of_first = [p for p in self.world.doctors if p.branch == self.world.branches[0]]
		return self.world.branches[0] if len(of_first) >= 10 else None

	def arguments(self, number: int) -> dict[str, Any]:
		first = self.world.working_day(1 + number % 10)
		asked = {
			"service": SEARCHED_SERVICE,
			"from_date": str(first),
			"to_date": str(first + datetime.timedelta(days=13)),
			"limit": 10,
		}
		return asked | ({"branch": branch} if (branch := self._branch()) else {})

	def people(self, arguments: dict[str, Any]) -> list[str]:
		branch = arguments.get("branch")
		return [p.code for p in self.world.doctors if branch in (None, p.branch)]


def _cell(moment: datetime.datetime) -> int:
	return (moment - _EPOCH) // _CELL
