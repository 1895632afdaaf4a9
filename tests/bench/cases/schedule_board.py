"""The Schedule page (E180, E208)."""

import datetime
from typing import Any

from tests.bench.case import Case, WrongAnswer, agree
from tests.bench.lab import Plain

_COLUMNS = (
	"a.name, p.name, p.full_name, p.file_no, p.mobile, p.alerts, s.service_name, d.practitioner_name, a.start, a.end,"
	" a.status, a.note, a.branch, t.practitioner, t.resource, t.offset_minutes, t.duration_minutes"
)
_JOINS = (
	" FROM `tabClinic Appointment` a JOIN `tabClinic Patient` p ON p.name = a.patient"
	" JOIN `tabClinic Service` s ON s.name = a.service JOIN `tabClinic Practitioner` d ON d.name = a.practitioner"
	" LEFT JOIN `tabClinic Appointment Step` t ON t.parent = a.name"
)
_HOURS_OF = {"branch": "r.branch", "practitioner": "s.practitioner"}


class _Schedule(Case):
	endpoint = "clinic_core.scheduling.schedule_board.api.board"
	days = 1
	whose = ""

	def floor(self, sql: Plain, number: int, arguments: dict[str, Any]) -> Any:
		"""Appointments with their steps, working hours, exceptions, alerts and rooms: five queries."""
		first = datetime.date.fromisoformat(arguments["date"])
		after = first + datetime.timedelta(days=self.days)
		whose = arguments.get("practitioner") or arguments["branch"]
		rows = sql.rows(
			f"SELECT {_COLUMNS}{_JOINS} WHERE a.{self.whose} = %s AND a.start >= %s AND a.start < %s"
			" ORDER BY a.start, a.name",
			*(whose, first, after),
		)
		sql.rows(
			"SELECT s.practitioner, r.weekday, r.start, r.end, r.branch, s.valid_from, s.valid_to"
			" FROM `tabClinic Schedule` s JOIN `tabClinic Schedule Shift` r ON r.parent = s.name"
			f" WHERE {_HOURS_OF[self.whose]} = %s"
			" AND s.is_active = 1 AND s.valid_from <= %s AND (s.valid_to IS NULL OR s.valid_to >= %s)",
			*(whose, after, first),
		)
		sql.rows(
			"SELECT kind, practitioner, branch, start, end, reason FROM `tabClinic Schedule Exception`"
			" WHERE is_active = 1 AND start < %s AND end > %s",
			*(after, first),
		)
		sql.rows("SELECT name, title, kind, branch, capacity, status FROM `tabClinic Resource`")
		patients = sorted({row[1] for row in rows})
		if patients:
			marks = ", ".join(["%s"] * len(patients))
			sql.rows(
				"SELECT patient, severity, text FROM `tabClinic Patient Alert`"
				f" WHERE is_active = 1 AND patient IN ({marks})",
				*patients,
			)
		return list(dict.fromkeys(row[0] for row in rows))

	def check(self, answer: Any, floor: Any) -> None:
		agree([row["appointment"] for row in answer["appointments"]], floor, self.name)
		if not floor or not any(column["work"] for column in answer["columns"]):
			raise WrongAnswer(f"{self.name}: an empty page was measured")


class ScheduleDay(_Schedule):
	"""One branch on a working day, another one each time."""

	name = "schedule-board"
	whose = "branch"

	def arguments(self, number: int) -> dict[str, Any]:
		branches = self.world.branches
		return {
			"date": str(self.world.working_day(number % 5)),
			"branch": branches[number % len(branches)],
		}


class ScheduleWeek(_Schedule):
	"""Seven days of one doctor, another one each time."""

	name = "schedule-week"
	whose = "practitioner"
	days = 7

	def arguments(self, number: int) -> dict[str, Any]:
		doctors = self.world.doctors
		return {
			"date": str(self.world.working_day(number % 5)),
			"days": 7,
			"practitioner": doctors[number % len(doctors)].code,
		}
