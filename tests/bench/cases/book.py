"""Booking an appointment (C086, D30–D32), its claims included."""

import datetime
import secrets
from typing import Any

from tests.bench.case import Case, WrongAnswer
from tests.bench.cases import rows
from tests.bench.lab import Plain
from tests.bench.world import SEARCHED_SERVICE, SERVICES

_EPOCH = datetime.datetime(1970, 1, 1)


class Book(Case):
	"""A visit of fifteen minutes at a free time of the coming weeks, another patient each time."""

	name = "book"
	endpoint = "clinic_core.scheduling.api.book"

	def prepare(self, keeper: Any, times: int) -> None:
		days = [self.world.working_day(offset) for offset in range(2, 14)]
		self._free = [
			(doctor, start)
			for day in days
			for doctor in self.world.doctors
			for start in self.world.free_starts(doctor.number, day)[:4]
		]

	def _one(self, number: int) -> dict[str, Any] | None:
		if number >= len(self._free):
			return None
		doctor, start = self._free[number]
		return {
			"patient": self.world.ordinary(number * 13).name,
			"service": SEARCHED_SERVICE,
			"practitioner": doctor.code,
			"start": str(start),
			"branch": doctor.branch,
		}

	def arguments(self, number: int) -> dict[str, Any] | None:
		return self._one(2 * number) if self._one(2 * number + 1) else None

	def floor(self, sql: Plain, number: int, arguments: dict[str, Any]) -> Any:
		"""Lock patient and practitioner, look who has the cells, write appointment, step and claims."""
		wanted = self._one(2 * number + 1)
		doctor, start = self._free[2 * number + 1]
		minutes = SERVICES[SEARCHED_SERVICE].minutes
		sql.lock("Clinic Patient", wanted["patient"])
		sql.lock("Clinic Practitioner", wanted["practitioner"])
		first = (start - _EPOCH) // datetime.timedelta(minutes=5)
		cells = range(first, first + minutes // 5)
		keys = [f"PR:{doctor.code}", f"PT:{wanted['patient']}", f"RS:{doctor.room}"]
		taken = sql.rows(
			"SELECT resource_key, cell, seat FROM `tabClinic Time Claim` WHERE resource_key IN (%s, %s, %s)"
			" AND cell BETWEEN %s AND %s",
			*(*keys, cells[0], cells[-1]),
		)
		appointment = rows.document(
			sql,
			patient=wanted["patient"],
			service=SEARCHED_SERVICE,
			practitioner=doctor.code,
			branch=doctor.branch,
			start=start,
			end=start + datetime.timedelta(minutes=minutes),
			duration_minutes=minutes,
			status="Booked",
			tracking_code=secrets.token_hex(6),
		)
		name = appointment["name"]
		sql.insert("Clinic Appointment", appointment)
		sql.insert(
			"Clinic Appointment Step",
			rows.child(
				sql,
				*(name, "Clinic Appointment", "steps"),
				service=SEARCHED_SERVICE,
				practitioner=doctor.code,
				resource=doctor.room,
				duration_minutes=minutes,
			),
		)
		claims = [(key, cell) for key in keys for cell in cells]
		sql.insert(
			"Clinic Time Claim",
			*(rows.document(sql, resource_key=k, cell=c, seat=0, appointment=name) for k, c in claims),
		)
		sql.commit()
		return taken

	def check(self, answer: Any, floor: Any) -> None:
		if answer["status"] != "Booked" or floor:
			raise WrongAnswer(f"book: {answer}, taken {floor}")
