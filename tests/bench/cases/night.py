"""The night job over appointments nobody received (A84, `design.md` §4.11)."""

from typing import Any

from clinic_core.scheduling import jobs, states

from tests.bench.case import Job
from tests.bench.keep import Keeper
from tests.bench.lab import Plain

_SHARE = 5
"""One of five past appointments is made un-received: 100,000 in L. In S and M a tenth of all."""


class Night(Job):
	"""Appointments of the past are made Booked again; the job makes them No Show, chunk by chunk."""

	name = "night-100k"
	items = "appointments"

	def prepare(self, keeper: Keeper, times: int) -> None:
		self._wanted = {"L": 100_000}.get(self.world.size.code, self.world.size.appointments // 10)
		self._names = f"name < 'ba-{self._wanted:07d}' AND name LIKE 'ba-%'"
		keeper.keep("tabClinic Appointment", self._names)
		keeper.keep(
			"tabClinic Time Claim", "appointment < %s AND appointment LIKE 'ba-%%'", f"ba-{self._wanted:07d}"
		)
		keeper.keep_named("Clinic Appointment", self._missed_of_today())
		self.reset()

	def _missed_of_today(self) -> list[str]:
		"""Of the set's own day the hours go by: who was still to come in the morning is missed by noon."""
		marks = ", ".join(["%s"] * len(states.EXPECTED))
		with self.lab.plain() as sql:
			found = sql.rows(
				f"SELECT name FROM `tabClinic Appointment` WHERE status IN ({marks}) AND end < %s",
				*(*sorted(states.EXPECTED), sql.now()),
			)
		return [name for (name,) in found]

	def reset(self) -> None:
		"""Booked, as if nobody had come; the data sets keep no claims of the past."""
		self.lab.run(f"UPDATE `tabClinic Appointment` SET status = 'Booked' WHERE {self._names}")

	def chunk(self) -> int:
		return jobs.close_missed()

	def floor_chunk(self, sql: Plain) -> int:
		"""Find, lock, set, free: four statements and a commit."""
		found = sql.rows(
			"SELECT name FROM `tabClinic Appointment` WHERE status = 'Booked' AND end < %s"
			f" ORDER BY end, name LIMIT {jobs.CHUNK} FOR UPDATE",
			sql.now(),
		)
		if not found:
			return 0
		names = [name for (name,) in found]
		marks = ", ".join(["%s"] * len(names))
		sql.do(
			f"UPDATE `tabClinic Appointment` SET status = 'No Show', modified = %s WHERE name IN ({marks})",
			*(sql.now(), *names),
		)
		sql.do(f"DELETE FROM `tabClinic Time Claim` WHERE appointment IN ({marks})", *names)
		sql.commit()
		return len(names)

	def check(self, answer: Any, floor: Any) -> None:
		"""Counted by the chunks themselves."""
