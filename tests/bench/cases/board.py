"""The flow board of a day (D02, D03)."""

from typing import Any

from tests.bench.case import Case, WrongAnswer, agree
from tests.bench.lab import Plain


class Board(Case):
	"""One branch, today, as the reception keeps it open."""

	name = "board"
	endpoint = "clinic_reception.front_desk.api.board"

	def arguments(self, number: int) -> dict[str, Any]:
		return {
			"date": str(self.world.anchor),
			"branch": self.world.branches[number % len(self.world.branches)],
		}

	def floor(self, sql: Plain, number: int, arguments: dict[str, Any]) -> Any:
		"""Appointments, visits with triage, services and what is open, and who has debts: three queries."""
		day, branch = arguments["date"], arguments["branch"]
		expected = sql.rows(
			"SELECT a.name, p.name, p.full_name, p.file_no, p.mobile, p.alerts, s.service_name, d.practitioner_name,"
			" a.start, a.end, a.status, a.note, p.birth_date FROM `tabClinic Appointment` a"
			" JOIN `tabClinic Patient` p ON p.name = a.patient JOIN `tabClinic Service` s ON s.name = a.service"
			" JOIN `tabClinic Practitioner` d ON d.name = a.practitioner"
			" WHERE a.branch = %s AND a.start >= %s AND a.start < %s + INTERVAL 1 DAY"
			" AND a.status IN ('Booked', 'Confirmed', 'Arrived', 'No Show') ORDER BY a.start, a.name",
			*(branch, day, day),
		)
		visits = sql.rows(
			"SELECT v.name, p.full_name, p.file_no, p.mobile, p.alerts, v.status, v.arrived_at, d.practitioner_name,"
			" t.name, t.kind, r.outstanding, GROUP_CONCAT(s.service_name) FROM `tabClinic Visit` v"
			" JOIN `tabClinic Patient` p ON p.name = v.patient"
			" LEFT JOIN `tabClinic Practitioner` d ON d.name = v.practitioner"
			" LEFT JOIN `tabClinic Triage` t ON t.visit = v.name AND t.status = 'Active'"
			" LEFT JOIN `tabClinic Reception` r ON r.visit = v.name AND r.docstatus < 2"
			" LEFT JOIN `tabClinic Reception Line` l ON l.parent = r.name"
			" LEFT JOIN `tabClinic Service` s ON s.name = l.service"
			" WHERE v.branch = %s AND v.arrived_at >= %s AND v.arrived_at < %s + INTERVAL 1 DAY"
			" AND v.status <> 'Cancelled' GROUP BY v.name ORDER BY v.arrived_at, v.name",
			*(branch, day, day),
		)
		patients = [row[1] for row in expected]
		if patients:
			marks = ", ".join(["%s"] * len(patients))
			sql.rows(
				"SELECT patient, account, SUM(amount) FROM `tabClinic Ledger Entry`"
				f" WHERE patient IN ({marks}) AND account IN ('Receivable', 'Deposits') GROUP BY patient, account",
				*patients,
			)
		return [row[0] for row in expected], {row[0] for row in visits}

	def check(self, answer: Any, floor: Any) -> None:
		expected, visits = floor
		agree([row["appointment"] for row in answer["appointments"]], expected, "appointments")
		lanes = [row["visit"] for lane, rows in answer.items() if lane != "appointments" for row in rows]
		agree(set(lanes), visits, "visits")
		if not expected or not visits:
			raise WrongAnswer("board: an empty board was measured")
