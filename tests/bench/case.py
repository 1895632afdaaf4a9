"""What a case is, and how one is run: the product's endpoint beside the leanest SQL of the same."""

import contextlib
from typing import Any

from clinic_core.foundation import boundary

from tests.bench import measure, world
from tests.bench.keep import Keeper
from tests.bench.lab import Lab, Plain, counted
from tests.bench.measure import Sample

Measured = tuple[list[Sample], list[Sample]]


class WrongAnswer(Exception):
	"""Endpoint and floor do not agree: the measurement would be of something else."""


def agree(answer: Any, floor: Any, what: str) -> None:
	"""Raise WrongAnswer unless both are the same."""
	if answer != floor:
		raise WrongAnswer(f"{what}: the endpoint says {answer!r:.300}, the floor {floor!r:.300}")


class Case:
	"""One thing people do. A subclass says what is sent, what the floor is, and which rows change.

	A run ends after `repetitions` or `seconds`, whatever comes first. `role` is a login of the data set.
	"""

	name: str
	endpoint: str
	role = "reception"
	repetitions = 100
	seconds = 40.0
	warm_up = 5

	def __init__(self, lab: Lab, of: "world.World") -> None:
		self.lab, self.world = lab, of
		self.notes: dict[str, Any] = {}

	def prepare(self, keeper: Keeper, times: int) -> None:
		"""Make what `times` repetitions need, and keep the rows they change; new rows go by themselves."""

	def arguments(self, number: int) -> dict[str, Any] | None:
		"""What repetition `number` sends; None when there is nothing left to send."""
		raise NotImplementedError

	def floor(self, sql: Plain, number: int, arguments: dict[str, Any]) -> Any:
		"""The same with the leanest SQL. What writes must take other records, and commits."""
		raise NotImplementedError

	def check(self, answer: Any, floor: Any) -> None:
		"""Raise WrongAnswer unless both say the same."""

	def measure(self, times: int) -> Measured:
		"""Samples of the endpoint and of its floor, by turns, so that both see the same machine."""
		floors: list[Sample] = []

		def turn(number: int) -> Sample | None:
			arguments = self.arguments(number)
			if arguments is None:
				return None
			steps = [lambda: self._ask(arguments), lambda: self._floor(number, arguments)]
			# Who comes first may find pages that are not in memory yet: each has its turn.
			order = (0, 1) if number % 2 else (1, 0)
			done = {at: steps[at]() for at in order}
			(sample, answer), (floor, expected) = done[0], done[1]
			self.check(answer, expected)
			if number >= self.warm_up:
				floors.append(floor)
			return sample

		return measure.repeat(turn, times, warm_up=self.warm_up, seconds=self.seconds), floors

	def _ask(self, arguments: dict[str, Any]) -> tuple[Sample, Any]:
		user = "Guest" if self.role == "guest" else world.user(self.role)
		return self.lab.request(self.endpoint, arguments, user)

	def _floor(self, number: int, arguments: dict[str, Any]) -> tuple[Sample, Any]:
		with self.lab.plain() as sql:
			ms, answer = measure.timed(lambda: self.floor(sql, number, arguments))
		return Sample(ms), answer


class Job(Case):
	"""Background work: a repetition is one chunk in a transaction of its own, and all of it is done."""

	items = "items"

	def chunk(self) -> int:
		"""The next chunk as the job does it; how many items there were, 0 at the end."""
		raise NotImplementedError

	def step(self) -> int:
		"""One chunk in its transaction."""
		return boundary.command(f"bench.{self.name}", None, self.chunk)

	def floor_chunk(self, sql: Plain) -> int:
		"""The same with the leanest SQL, committed."""
		raise NotImplementedError

	def reset(self) -> None:
		"""Make the work undone again, for the floor."""
		raise NotImplementedError

	def measure(self, times: int) -> Measured:
		"""All of the job, then all of its floor."""
		samples, done = [], 0
		self.lab.fresh("Administrator")
		while True:
			sample, count = counted(self.step)
			if not count:
				break
			samples.append(sample)
			done += count
		seconds = sum(sample.ms for sample in samples) / 1000
		self.reset()
		floors = self._floors()
		floor_seconds = sum(sample.ms for sample in floors) / 1000
		self.notes = {"items": done, "seconds": seconds, "floor_seconds": floor_seconds}
		self.notes["said"] = f"{done:,} {self.items} in {seconds:.0f} s (floor {floor_seconds:.0f} s)"
		return samples, floors

	def _floors(self) -> list[Sample]:
		floors = []
		with contextlib.ExitStack() as stack:
			sql = stack.enter_context(self.lab.plain())
			while True:
				ms, count = measure.timed(lambda: self.floor_chunk(sql))
				if not count:
					return floors
				floors.append(Sample(ms))
