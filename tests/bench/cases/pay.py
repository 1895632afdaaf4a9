"""Taking one payment for ten open debts, oldest first (F22)."""

from typing import Any

from tests.bench.case import Case, WrongAnswer
from tests.bench.cases import rows
from tests.bench.keep import Keeper
from tests.bench.lab import Plain
from tests.bench.world import DEBTS, MAIN_ENTITY, user


class PayTenDebts(Case):
	"""All ten at once, in cash and by card, another debtor each time."""

	name = "pay-10-debts"
	endpoint = "clinic_reception.cash_desk.api.take_payment"
	role = "cashier"

	def prepare(self, keeper: Keeper, times: int) -> None:
		count = min(2 * (times + self.warm_up), self.world.size.debtors)
		self._debtors = [self.world.debtor(number).name for number in range(count)]
		marks = ", ".join(["%s"] * count)
		keeper.keep("tabClinic Reception", f"patient IN ({marks})", *self._debtors)
		self._owed = dict(
			self.lab.rows(
				"SELECT patient, SUM(outstanding) FROM `tabClinic Reception` WHERE docstatus = 1"
				f" AND patient IN ({marks}) GROUP BY patient",
				*self._debtors,
			)
		)
		self._shift = self._open_shift()
		self._counter = rows.newest_counter(self.lab, "receipt")

	def _open_shift(self) -> str:
		found = self.lab.rows(
			"SELECT name FROM `tabClinic Cash Shift` WHERE open_cashier = %s", user(self.role)
		)
		if found:
			return found[0][0]
		[(desk,)] = self.lab.rows("SELECT name FROM `tabClinic Cash Desk` ORDER BY name LIMIT 1")
		endpoint = "clinic_reception.cash_desk.api.open_shift"
		return self.lab.request(endpoint, {"desk": desk}, user(self.role))[1]["shift"]

	def arguments(self, number: int) -> dict[str, Any] | None:
		if 2 * number + 1 >= len(self._debtors):
			return None
		patient = self._debtors[2 * number]
		owed = int(self._owed[patient])
		cash = owed * 2 // 5
		lines = [{"method": "CASH", "amount": cash}, {"method": "CARD", "amount": owed - cash}]
		lines[1]["reference"] = f"bench-{number}"
		return {"patient": patient, "lines": lines}

	def floor(self, sql: Plain, number: int, arguments: dict[str, Any]) -> Any:
		"""Lock patient, shift and debts; one INSERT for each table, one UPDATE of what is open."""
		patient, now = self._debtors[2 * number + 1], sql.now()
		sql.lock("Clinic Patient", patient)
		sql.lock("Clinic Cash Shift", self._shift)
		debts = sql.rows(
			"SELECT name, outstanding FROM `tabClinic Reception` WHERE patient = %s AND docstatus = 1"
			" AND outstanding > 0 ORDER BY posted_at, name FOR UPDATE",
			patient,
		)
		total = sum(amount for _name, amount in debts)
		payment = rows.document(
			sql,
			docstatus=1,
			patient=patient,
			shift=self._shift,
			direction="Receive",
			purpose="Debt",
			status="Submitted",
			posted_at=now,
			total=total,
			allocated=total,
			receipt_no=f"floor-{sql.number(self._counter)}",
		)
		name, parts = (
			payment["name"],
			(("CASH", "Cash", total * 2 // 5), ("CARD", "Bank", total - total * 2 // 5)),
		)
		sql.insert("Clinic Payment", payment)
		sql.insert(
			"Clinic Payment Line",
			*(
				rows.child(sql, name, "Clinic Payment", "lines", method=method, amount=amount)
				for method, _account, amount in parts
			),
		)
		sql.insert(
			"Clinic Payment Allocation",
			*(
				rows.child(sql, name, "Clinic Payment", "allocations", reception=reception, amount=amount)
				for reception, amount in debts
			),
		)
		about = {"patient": patient, "legal_entity": MAIN_ENTITY, "shift": self._shift}
		money = [
			{"account": account, "amount": amount, "method": method, "reception": None, **about}
			for method, account, amount in parts
		]
		paid = [
			{"account": "Receivable", "amount": -amount, "method": None, "reception": reception, **about}
			for reception, amount in debts
		]
		rows.ledger(sql, "Clinic Payment", name, *money, *paid)
		marks = ", ".join(["%s"] * len(debts))
		sql.do(
			f"UPDATE `tabClinic Reception` SET outstanding = 0, modified = %s WHERE name IN ({marks})",
			*(now, *(reception for reception, _amount in debts)),
		)
		sql.commit()
		return len(debts)

	def check(self, answer: Any, floor: Any) -> None:
		if answer["balance"] or len(answer["allocations"]) != DEBTS or floor != DEBTS:
			raise WrongAnswer(f"pay-10-debts: {answer}, floor paid {floor}")
