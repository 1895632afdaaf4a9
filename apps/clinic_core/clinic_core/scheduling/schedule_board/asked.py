"""What one asks the Schedule page for."""

import datetime
from dataclasses import dataclass

from clinic_core.scheduling.cells import minute_of
from clinic_core.scheduling.slots import Interval

LONGEST_HOURS = 6


@dataclass(frozen=True)
class Asked:
	"""The days, and whose. `branches` None: everywhere."""

	first: datetime.date
	last: datetime.date
	branches: list[str] | None = None
	practitioner: str | None = None
	resource: str | None = None

	@property
	def begin(self) -> datetime.datetime:
		"""Midnight before the first day."""
		return datetime.datetime.combine(self.first, datetime.time())

	@property
	def end(self) -> datetime.datetime:
		"""Midnight after the last day."""
		return datetime.datetime.combine(self.last, datetime.time()) + datetime.timedelta(days=1)

	@property
	def minutes(self) -> Interval:
		"""The same as minutes."""
		return minute_of(self.begin), minute_of(self.end)

	@property
	def reach(self) -> datetime.datetime:
		"""A night's appointment of the day before may still go on."""
		return self.begin - datetime.timedelta(hours=LONGEST_HOURS)

	def has(self, branch: str | None) -> bool:
		"""Whether a branch is asked for."""
		return self.branches is None or branch in self.branches
