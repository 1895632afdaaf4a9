"""Opening the statement of a patient with a long history (B01, B20–B23)."""

from typing import Any

from tests.bench.case import Case, WrongAnswer, agree
from tests.bench.lab import Plain
from tests.bench.world import HEAVY_ENTRIES

PAGE = 50


class _OfHeavyPatient(Case):
	endpoint = "clinic_reception.statement.api.get_statement"
	repetitions = 100
	tab: str

	def arguments(self, number: int) -> dict[str, Any]:
		return {"patient": self.world.heavy.name, "tab": self.tab, "page_length": PAGE}

	def header(self, sql: Plain, patient: str) -> tuple:
		"""Who it is, what he owes, when he was here and comes again: three queries."""
		[person] = sql.rows(
			"SELECT p.full_name, p.file_no, p.mobile, p.alerts, (SELECT GROUP_CONCAT(phone) FROM"
			" `tabClinic Patient Phone` WHERE parent = p.name) FROM `tabClinic Patient` p WHERE p.name = %s",
			patient,
		)
		accounts = dict(
			sql.rows(
				"SELECT account, SUM(amount) FROM `tabClinic Ledger Entry` WHERE patient = %s"
				" AND account IN ('Receivable', 'Deposits', 'Credit') GROUP BY account",
				patient,
			)
		)
		[(last, coming)] = sql.rows(
			"SELECT (SELECT MAX(arrived_at) FROM `tabClinic Visit` WHERE patient = %s AND status <> 'Cancelled'),"
			" (SELECT MIN(start) FROM `tabClinic Appointment` WHERE patient = %s AND start >= %s"
			" AND status IN ('Held', 'Booked', 'Confirmed'))",
			*(patient, patient, sql.now()),
		)
		return person[0], float(accounts.get("Receivable", 0)), str(last)[:19] if last else None, coming

	def check(self, answer: Any, floor: Any) -> None:
		(full_name, owes, last, _coming), expected = floor
		header = answer["header"]
		agree(
			(header["full_name"], header["balance"], header["last_visit"]), (full_name, owes, last), "header"
		)
		agree([self.key(row) for row in answer["rows"]], expected, self.name)
		if len(expected) != PAGE or not answer["has_more"]:
			raise WrongAnswer(f"{self.name}: {len(expected)} rows")

	def key(self, row: dict[str, Any]) -> tuple:
		"""What identifies a row of the tab."""
		raise NotImplementedError


class Statement(_OfHeavyPatient):
	"""The first tab: everything by time."""

	name = "statement-500"
	tab = "summary"

	def floor(self, sql: Plain, number: int, arguments: dict[str, Any]) -> Any:
		patient, more = arguments["patient"], PAGE + 1
		bills = sql.rows(
			"SELECT r.posted_at, 'Clinic Reception', r.name, (SELECT GROUP_CONCAT(s.service_name) FROM"
			" `tabClinic Reception Line` l JOIN `tabClinic Service` s ON s.name = l.service"
			" WHERE l.parent = r.name), r.status, r.total FROM `tabClinic Reception` r WHERE r.patient = %s"
			f" ORDER BY r.creation DESC, r.name DESC LIMIT {more}",
			patient,
		)
		booked = sql.rows(
			"SELECT a.start, 'Clinic Appointment', a.name, s.service_name, a.status FROM `tabClinic Appointment` a"
			f" JOIN `tabClinic Service` s ON s.name = a.service WHERE a.patient = %s ORDER BY a.start DESC LIMIT {more}",
			patient,
		)
		paid = sql.rows(
			"SELECT posted_at, 'Clinic Payment', name, receipt_no, status, total FROM `tabClinic Payment`"
			f" WHERE patient = %s AND docstatus > 0 ORDER BY posted_at DESC, name DESC LIMIT {more}",
			patient,
		)
		asked = sql.rows(
			f"SELECT creation, 'Clinic Lead', name FROM `tabClinic Lead` WHERE patient = %s LIMIT {more}",
			patient,
		)
		rows = sorted([*bills, *booked, *paid, *asked], key=lambda row: str(row[0])[:19], reverse=True)
		return self.header(sql, patient), [(row[1], row[2]) for row in rows[:PAGE]]

	def key(self, row: dict[str, Any]) -> tuple:
		return row["doctype"], row["name"]


class Account(_OfHeavyPatient):
	"""The account with its running balance."""

	name = "statement-500-account"
	tab = "transactions"

	def floor(self, sql: Plain, number: int, arguments: dict[str, Any]) -> Any:
		patient = arguments["patient"]
		rows = sql.rows(
			"SELECT voucher_no, balance FROM (SELECT voucher_no, MIN(posted_at) AS at, SUM(SUM(IF(account ="
			" 'Receivable', amount, 0))) OVER (ORDER BY MIN(posted_at), voucher_no) AS balance"
			" FROM `tabClinic Ledger Entry` WHERE patient = %s GROUP BY voucher_type, voucher_no) v"
			f" ORDER BY at DESC, voucher_no DESC LIMIT {PAGE}",
			patient,
		)
		names = [name for name, _balance in rows]
		marks = ", ".join(["%s"] * len(names))
		sql.rows(
			f"SELECT name, receipt_no, total FROM `tabClinic Payment` WHERE name IN ({marks}) UNION ALL"
			f" SELECT name, reception_no, total FROM `tabClinic Reception` WHERE name IN ({marks})",
			*(*names, *names),
		)
		return self.header(sql, patient), [(name, float(balance)) for name, balance in rows]

	def key(self, row: dict[str, Any]) -> tuple:
		return row["voucher_no"], row["balance"]

	def check(self, answer: Any, floor: Any) -> None:
		super().check(answer, floor)
		if HEAVY_ENTRIES // PAGE < 2:
			raise WrongAnswer("the history is too short to measure")
