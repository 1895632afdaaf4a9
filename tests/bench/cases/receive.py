"""Receiving a patient of today with a service performed at once (D07, D16–D20)."""

from typing import Any

from tests.bench.case import Case, WrongAnswer
from tests.bench.cases import rows
from tests.bench.keep import Keeper
from tests.bench.lab import Plain
from tests.bench.world import MAIN_ENTITY, SERVICES

EXPECTED = ("Booked", "Confirmed")


class Receive(Case):
	"""Appointment, visit, bill, ledger: all of it in one request, as the reception does."""

	name = "receive"
	endpoint = "clinic_reception.front_desk.api.receive"

	def prepare(self, keeper: Keeper, times: int) -> None:
		diary = self.world.diary
		todays = (self.world.appointment(diary.past + i) for i in range(diary.today))
		coming = (self.world.appointment(diary.past + diary.today + i) for i in range(diary.future))
		waiting = [a for a in todays if a.status in EXPECTED]
		wanted = 2 * (times + self.warm_up)
		# A small clinic expects fewer patients today than there are repetitions: then tomorrow's come early.
		waiting += [next(coming) for _missing in range(wanted - len(waiting))]
		self._waiting = waiting[:wanted]
		names = [a.name for a in self._waiting]
		keeper.keep_named("Clinic Appointment", names, ("Clinic Appointment Step",))
		marks = ", ".join(["%s"] * len(names))
		keeper.keep("tabClinic Time Claim", f"appointment IN ({marks})", *names)
		leads = self.lab.rows(f"SELECT name FROM `tabClinic Lead` WHERE appointment IN ({marks})", *names)
		patients = [self.world.patient(a.patient).name for a in self._waiting]
		keeper.keep_named("Clinic Lead", self._leads(leads, patients))
		self._counters = [rows.newest_counter(self.lab, kind) for kind in ("visit", "reception")]

	def _leads(self, leads: list[tuple], patients: list[str]) -> list[str]:
		marks = ", ".join(["%s"] * len(patients))
		theirs = self.lab.rows(f"SELECT name FROM `tabClinic Lead` WHERE patient IN ({marks})", *patients)
		return sorted({name for (name,) in [*leads, *theirs]})

	def arguments(self, number: int) -> dict[str, Any] | None:
		if 2 * number + 1 >= len(self._waiting):
			return None
		appointment = self._waiting[2 * number]
		line = {"service": appointment.service, "quantity": 1, "action": "Perform Now"}
		return {"appointment": appointment.name, "services": [line]}

	def floor(self, sql: Plain, number: int, arguments: dict[str, Any]) -> Any:
		"""The locks, one UPDATE, one INSERT for each table, two numbers."""
		appointment = self._waiting[2 * number + 1]
		patient = self.world.patient(appointment.patient)
		person = self.world.staff[appointment.practitioner]
		amount, now = SERVICES[appointment.service].amount, sql.now()
		sql.lock("Clinic Appointment", appointment.name)
		sql.lock("Clinic Patient", patient.name)
		sql.rows(
			"SELECT name FROM `tabClinic Visit` WHERE appointment = %s AND status <> 'Cancelled' FOR UPDATE",
			appointment.name,
		)
		sql.do(
			"UPDATE `tabClinic Appointment` SET status = 'Admitted', admitted_at = %s, modified = %s WHERE name = %s",
			*(now, now, appointment.name),
		)
		who = {"patient": patient.name, "patient_name": patient.full_name, "branch": person.branch}
		visit = rows.document(
			sql,
			**who,
			appointment=appointment.name,
			practitioner=person.code,
			visit_type="Treatment",
			status="Waiting",
			arrived_at=now,
			visit_no=f"floor-{sql.number(self._counters[0])}",
		)
		sql.insert("Clinic Visit", visit)
		bill = rows.document(
			sql,
			**who,
			docstatus=1,
			visit=visit["name"],
			legal_entity=MAIN_ENTITY,
			posted_at=now,
			status="Submitted",
			total=amount,
			patient_share=amount,
			outstanding=amount,
			reception_no=f"floor-{sql.number(self._counters[1])}",
		)
		sql.insert("Clinic Reception", bill)
		line = {"service": appointment.service, "action": "Perform Now", "quantity": 1, "total": amount}
		sql.insert(
			"Clinic Reception Line", rows.child(sql, bill["name"], "Clinic Reception", "lines", **line)
		)
		about = {"patient": patient.name, "reception": bill["name"], "legal_entity": MAIN_ENTITY}
		signed = (("Receivable", 1), ("Unearned", -1), ("Unearned", 1), ("Revenue", -1))
		rows.ledger(
			sql,
			*("Clinic Reception", bill["name"]),
			*({"account": account, "amount": sign * amount, **about} for account, sign in signed),
		)
		sql.commit()

	def check(self, answer: Any, floor: Any) -> None:
		if not answer["reception"] or not answer["total"]:
			raise WrongAnswer(f"receive: {answer}")
