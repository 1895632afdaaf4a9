"""The people at work as locust users: each task of `mix.ROLES` is a method of its role.

Needs the load generator's environment (locust), not our apps.
"""

import uuid
from http.cookiejar import DefaultCookiePolicy

import gevent
from locust import FastHttpUser

from tests.bench.http import mix
from tests.bench.http.asking import TIMEOUT, Asking
from tests.bench.http.visitors import Visitor

SCHEDULING, PEOPLE = "clinic_core.scheduling.api.", "clinic_core.people.api."
DESK, TILL = "clinic_reception.front_desk.api.", "clinic_reception.cash_desk.api."
STATEMENT, CRM = "clinic_reception.statement.api.get_statement", "clinic_crm.pipeline.api."


class Staff(Asking, FastHttpUser):
	"""Somebody who has signed in."""

	abstract = True
	role = ""
	network_timeout = connection_timeout = TIMEOUT

	def on_start(self):
		"""Sit down at the desk; not all at the same moment."""
		session = self.clinic.session_of(self.role)
		# The cookie is ours to send: what the answers set must not take its place.
		self.client.cookiejar.set_policy(DefaultCookiePolicy(allowed_domains=[]))
		self.headers = {"Cookie": f"sid={session['sid']}", "X-Frappe-CSRF-Token": session["csrf"]}
		self.login = session["user"]
		self.branch = self.dice.choice(self.about["branches"])
		gevent.sleep(self.dice.uniform(0, self.environment.think[1]))

	def look_at_board(self):
		if lanes := self.read("board", DESK + "board", date=self.about["day"], branch=self.branch):
			self.clinic.learn_board(lanes)

	def find_patient(self):
		patient, dice = self.clinic.somebody(), self.dice.random()
		if dice < 0.5:
			self.read("find-phone-tail", PEOPLE + "find_patients", text=patient["phone_tail"], limit=10)
		elif dice < 0.9 or not patient["code"]:
			self.read("find-name", PEOPLE + "find_patients", text=patient["full_name"], limit=10)
		else:
			self.read("find-code", PEOPLE + "find_patients", text=patient["code"], limit=10)

	def open_statement(self):
		"""One in ten accounts is a long one."""
		if self.dice.random() < 0.1 and self.about["heavy"]:
			self.read("statement-500", STATEMENT, patient=self.about["heavy"], tab="transactions")
		else:
			self.read("statement", STATEMENT, patient=self.clinic.somebody()["name"])

	def look_at_times(self):
		"""The first free times of anybody, or of one practitioner in a week."""
		about = self.about
		if self.dice.random() < 0.5:
			span = {"from_date": about["first_day"], "to_date": about["last_day"], "limit": 20}
			return self.read("slots-10x14", SCHEDULING + "find_slots", service=about["service"], **span)
		asked = {"service": about["service"], "practitioner": self.dice.choice(about["practitioners"])}
		span = {"from_date": about["first_day"], "to_date": about["week_end"]}
		return self.read("slots-week", SCHEDULING + "find_slots", **asked, **span)

	def look_at_office(self):
		if office := self.read("crm-office", CRM + "office", date=self.about["day"]):
			self.clinic.leads[self.login] = office["leads"]["rows"]

	def follow_lead(self):
		"""Open one of my leads, then write down what was said and what comes next."""
		row = self._lead()
		if not row or not self.read("lead-details", CRM + "lead_details", lead=row["name"]):
			return
		self.write(
			"log-activity",
			CRM + "log_activity",
			lead=row["name"],
			title="پیگیری تلفنی",
			contact_method=self.dice.choice(("PHONE", "PHONE", "WHATSAPP", "SMS")),
			feedback=self.dice.choice(("WILLBOOK", "THINKING", "CALLLATER")),
			upcoming={"date": self.about["first_day"], "title": "پیگیری", "description": "تصمیم گرفت؟"},
		)

	def new_lead(self):
		self.write(
			"new-lead",
			CRM + "create_lead",
			title="پرسش دربارهٔ قیمت",
			first_name="سارا",
			last_name="احمدی",
			mobile=self.clinic.new_number(),
			services=[self.about["service"]],
		)

	def _lead(self):
		if not self.clinic.leads.get(self.login):
			self.look_at_office()
		rows = self.clinic.leads.get(self.login)
		return self.dice.choice(rows) if rows else None


class Reception(Staff):
	role = "reception"

	def register_patient(self):
		self.write(
			"register",
			PEOPLE + "register_patient",
			first_name="مریم",
			last_name=self.clinic.somebody()["full_name"].split()[-1],
			mobile=self.clinic.new_number(),
			gender="Female",
			referral_source="WALKIN",
		)

	def book_by_phone(self):
		"""The caller takes one of the first free times; now and then somebody else was faster."""
		slots = self.look_at_times()
		if not slots:
			return
		slot = self.dice.choice(slots)
		asked = {key: slot[key] for key in ("practitioner", "start", "branch")}
		patient = self.clinic.somebody()["name"]
		self.write("book", SCHEDULING + "book", patient=patient, service=self.about["service"], **asked)

	def patient_arrives(self):
		if not self.clinic.expected:
			return self.look_at_board()
		row = self.clinic.expected.popleft()
		if self.write("arrive", SCHEDULING + "arrive", appointment=row["appointment"]):
			self.clinic.arrived.append(row)

	def receive_appointment(self):
		if not self.clinic.arrived:
			return self.patient_arrives()
		row = self.clinic.arrived.popleft()
		line = {"service": row["service"], "action": "Perform Now", "practitioner": row["practitioner"]}
		asked = {} if row.get("session") else {"services": [line]}
		if answer := self.write("receive", DESK + "receive", appointment=row["appointment"], **asked):
			self.clinic.received(row["patient"], answer)

	def receive_walk_in(self):
		patient, about = self.clinic.somebody()["name"], self.about
		doctor = self.dice.choice(about["practitioners"])
		line = {"service": about["service"], "action": "Perform Now", "practitioner": doctor}
		answer = self.write(
			"receive-walk-in",
			DESK + "receive",
			patient=patient,
			visit_type="Consultation",
			services=[line],
			practitioner=doctor,
			branch=self.branch,
		)
		if answer:
			self.clinic.received(patient, answer)


class Cashier(Staff):
	role = "cashier"

	def on_start(self):
		"""People of one login share its shift."""
		super().on_start()
		with self.clinic.shift_lock:
			shift = self.read("shift", TILL + "current_shift", think=False)
			if shift and not shift["shift"]:
				free = [row["name"] for row in shift["desks"]]
				desk = next((name for name in free if name in self.about["tills"]), free[0])
				self.write("open-shift", TILL + "open_shift", think=False, desk=desk, opening_float=0)

	def take_payment(self):
		patient = self.clinic.next_debtor()
		if not patient:
			return self.look_at_receipts()
		debts = self.read("open-debts", TILL + "open_debts", patient=patient)
		if not debts or debts["balance"] <= 0:
			return
		line = {"method": self.dice.choice(("CARD", "CASH")), "amount": debts["balance"]}
		if line["method"] == "CARD":
			line["reference"] = uuid.uuid4().hex[:12]
		name = "pay-10-debts" if len(debts["receptions"]) == 10 else "pay-bill"
		if paid := self.write(name, TILL + "take_payment", patient=patient, lines=[line]):
			self.read("receipt", TILL + "receipt", payment=paid["payment"])

	def look_at_receipts(self):
		self.read("receipts-today", TILL + "payments_today")


class Agent(Staff):
	role = "agent"

	def take_new_lead(self):
		rows = self.clinic.leads.get(self.login) or ()
		new = [row for row in rows if row["status"] == "New Lead"]
		if not new:
			return self.look_at_office()
		self.write("take-lead", CRM + "take_lead", lead=self.dice.choice(new)["name"])


class Caller(Staff):
	role = "call"


class Doctor(Staff):
	role = "doctor"

	def look_at_day(self):
		self.read("day", SCHEDULING + "day", date=self.about["day"], branch=self.branch)

	def move_visit(self):
		"""Call in who waits, or finish with who is inside."""
		found = self.clinic.next_visit()
		if not found:
			return self.look_at_board()
		visit, status = found
		if self.write("visit-status", DESK + "set_visit_status", visit=visit, status=status):
			self.clinic.visits[visit] = status


class Manager(Staff):
	role = "manager"

	def open_workspace(self):
		"""The browser asks for the page, its cards and its charts one after the other."""
		page = {"name": "Clinic Front Office", "title": "Clinic Front Office", "public": 1}
		self.read("workspace", "frappe.desk.desktop.get_desktop_page", think=False, page=page)
		for method in mix.CARDS:
			self.write("card", method, think=False)
		for doctype, filters in mix.COUNTED:
			asked = {"doc": {"document_type": doctype, "function": "Count"}, "filters": filters}
			counting = "frappe.desk.doctype.number_card.number_card.get_result"
			self.write("card-count", counting, think=False, **asked)
		self.read("chart-sales", DESK + "chart_sales", think=False)
		counted = "clinic_core.foundation.api.chart_counts"
		self.read("chart-counts", counted, chart_name="Clinic Visits by Type")


CLASSES = {
	"reception": Reception,
	"cashier": Cashier,
	"agent": Agent,
	"call": Caller,
	"doctor": Doctor,
	"manager": Manager,
	"visitor": Visitor,
}
for _name, _class in CLASSES.items():
	_class.weight = mix.ROLES[_name].share
	_class.tasks = {getattr(_class, task): weight for task, weight in mix.ROLES[_name].tasks.items()}
