"""What the slot engine is asked with and answers in: data only, for `slots`. Pure.

Times are minutes since 1970-01-01, in the site's zone.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from clinic_core.scheduling.intervals import Interval

Busy = Mapping[str, Sequence[Interval]]


@dataclass(frozen=True)
class Together:
	"""Who shares a practitioner's time with others (F13): those of one service who begin at one time."""

	service: str
	start: int

	@property
	def key(self) -> str:
		"""How it is kept with the claims."""
		return f"{self.start}|{self.service}"

	@staticmethod
	def of(key: str) -> "Together":
		"""The group of such a key."""
		start, _bar, service = key.partition("|")
		return Together(service, int(start))


class Taken(dict[str, list[Interval]]):
	"""What is taken by key. `groups`: what of it is taken by groups, which may have seats left."""

	def __init__(self) -> None:
		super().__init__()
		self.groups: dict[Together, dict[str, list[Interval]]] = {}

	def add(self, key: str, interval: Interval, group: str = "") -> None:
		"""An appointment's time; `group`: key of the group it belongs to."""
		self.setdefault(key, []).append(interval)
		if group:
			self.groups.setdefault(Together.of(group), {}).setdefault(key, []).append(interval)

	def without(self, group: Together) -> Busy:
		"""What is taken by all but a group."""
		gone = self.groups[group]
		return {
			key: [interval for interval in rows if interval not in gone.get(key, ())]
			for key, rows in self.items()
		}


ANY = "Any"
QUEUE = "Queue"
DYNAMIC = "Dynamic"
PRACTITIONER, OPERATOR, NOBODY = "Practitioner", "Operator", "Nobody"
"""Who a stage is given by: who is booked, anybody of the operators who is free, or nobody."""


@dataclass(frozen=True)
class Shift:
	"""Working hours of one practitioner. `resource`: the room he works in, if any.

	`grid`: the minute the fixed starts are counted from, where that is not the start: what a leave
	leaves of a shift keeps the times of the whole one. `capacity`: numbers of a queue shift.
	"""

	practitioner: str
	branch: str
	start: int
	end: int
	kind: str = "Fixed"
	gender: str = ANY
	resource: str | None = None
	grid: int | None = None
	capacity: int = 0


@dataclass(frozen=True)
class Resource:
	"""A room, chair or device; `capacity`: how many patients at once."""

	name: str
	kind: str
	branch: str
	capacity: int = 1
	gender: str = ANY
	is_active: bool = True


@dataclass(frozen=True)
class Stage:
	"""A part of a treatment, of whole cells: how long, by whom, with a resource of which kind."""

	duration: int
	who: str = PRACTITIONER
	resource_kind: str = ""
	title: str = ""


@dataclass(frozen=True)
class Need:
	"""What the service needs when this practitioner gives it; lengths in minutes.

	`genders`: of the service and of the practitioner's offer. `resource_kind`: a resource of this
	kind must be free in the shift's branch; empty when none is needed. `stages`, where there are any,
	follow each other and are together as long as `duration`; each has its own kind of resource. `seats`:
	how many patients of `service` share one start with the practitioner (F13).
	"""

	duration: int
	before: int = 0
	after: int = 0
	genders: tuple[str, ...] = ()
	method: str = "Fixed"
	resource_kind: str = ""
	stages: tuple[Stage, ...] = ()
	service: str = ""
	seats: int = 1

	def laid_out(self) -> list[tuple[int, Stage, int, int]]:
		"""(offset, stage, minutes before it, minutes after it): the buffers are those of its two ends."""
		stages = self.stages or (Stage(self.duration, resource_kind=self.resource_kind),)
		rows, offset = [], 0
		for place, stage in enumerate(stages):
			before = self.before if place == 0 else 0
			after = self.after if place == len(stages) - 1 else 0
			rows.append((offset, stage, before, after))
			offset += stage.duration
		return rows


@dataclass(frozen=True)
class Who:
	"""The patient asked for. `name` None: nobody in particular; `gender` None: not asked yet,
	empty: unknown, which fits only where no gender is set. `is_first_visit`: he was never here (F10)."""

	name: str | None = None
	gender: str | None = None
	is_first_visit: bool = False


@dataclass(frozen=True, order=True)
class Slot:
	"""A free time: minutes, and the resources and operators it would take. `queue_no`: a number of a
	queue, whose turn comes about then. `seats_left`: of a group, how many more may come (F13)."""

	start: int
	end: int
	practitioner: str
	branch: str
	resources: tuple[str, ...] = ()
	operators: tuple[str, ...] = ()
	queue_no: int = 0
	seats_left: int = 0


def practitioner_key(name: str) -> str:
	"""Key of a practitioner's time."""
	return f"PR:{name}"


def patient_key(name: str) -> str:
	"""Key of a patient's time: nobody is in two rooms at once."""
	return f"PT:{name}"


def resource_key(name: str) -> str:
	"""Key of a resource's time."""
	return f"RS:{name}"


def gender_fits(genders: Iterable[str | None], patient_gender: str | None) -> bool:
	"""Whether a patient of this gender may come where these genders are set (G01)."""
	if patient_gender is None:
		return True
	return all(gender in (None, "", ANY, patient_gender) for gender in genders)
