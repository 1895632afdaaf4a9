"""Service statistics agree with a slow recount over the documents, and need no more queries with more (A29)."""

import datetime
import random
from decimal import Decimal

import pytest

TODAY = datetime.date(2026, 11, 22)
MONEY = ("list_total", "contract_adjustment", "discount", "insurer_share", "patient_share")
CAME = ("Arrived", "Admitted", "Completed")


@pytest.fixture
def past(world):
	return Past(world)


class Past:
	"""Receptions and appointments of other days, written as they would lie there."""

	def __init__(self, world):
		self.world, self.frappe = world, world.frappe
		self.random = random.Random(29)
		self.services = [world.visit_service, world.injection, world.service("Peel", 700_000)]
		self.patients = [world.patient() for _ in range(6)]
		self.receptions = []

	def some_days(self, count):
		"""Receptions on random days of the last two months, some cancelled, some of several lines."""
		for _ in range(count):
			lines = [self.line(service) for service in self.random.sample(self.services, 2)]
			self.reception(self.random.choice(self.patients), self.random.randrange(60), lines)

	def line(self, service):
		percent = self.random.choice([0, 0, 10, 50])
		quantity = self.random.choice([1, 2, 3]) if service == self.world.injection else 1
		action = self.random.choice(["Perform Now", "Sell for Later"])
		return {"service": service, "quantity": quantity, "discount_percent": percent, "action": action}

	def reception(self, patient, days_ago, lines):
		made = self.world.receive(patient, *lines, branch="MAIN")
		at = datetime.datetime.combine(TODAY, datetime.time(11)) - datetime.timedelta(days=days_ago)
		self.frappe.db.set_value("Clinic Reception", made["reception"], "posted_at", at)
		self.frappe.db.set_value("Clinic Visit", made["visit"], "arrived_at", at)
		self.receptions.append(made["reception"])
		if self.random.random() < 0.2:
			from clinic_reception.front_desk import receptions

			receptions.cancel(made["reception"], "Test")
		return made["reception"]

	def appointments(self, count):
		statuses = ["Held", "Booked", "Arrived", "Completed", "Cancelled", "No Show"]
		for number in range(count):
			at = datetime.datetime.combine(TODAY, datetime.time(9))
			doc = self.frappe.get_doc(
				{
					"doctype": "Clinic Appointment",
					"patient": self.random.choice(self.patients),
					"service": self.random.choice(self.services),
					"practitioner": self.world.practitioner,
					"branch": self.world.branch,
					"start": at - datetime.timedelta(days=self.random.randrange(40)),
					"status": statuses[number % len(statuses)],
				}
			)
			doc.name = f"st-{self.world.tag}-{number}"
			doc.db_insert()


PERIOD = {"period": "custom", "from_date": "2026-10-20", "to_date": "2026-11-15"}


def ask(**values):
	from clinic_reception.front_desk.statistics import api

	return api.service_statistics(**{**PERIOD, **values})


def recount(past):
	"""The same figures, document by document."""
	frappe, found = past.frappe, {}
	first, last = datetime.date(2026, 10, 20), datetime.date(2026, 11, 15)
	first_visits = {}
	for visit in frappe.get_all("Clinic Visit", fields=["patient", "arrived_at", "status"]):
		if visit.status != "Cancelled":
			day = visit.arrived_at.date()
			first_visits[visit.patient] = min(day, first_visits.get(visit.patient, day))
	for name in past.receptions:
		doc = frappe.get_doc("Clinic Reception", name)
		if doc.docstatus != 1 or not first <= doc.posted_at.date() <= last:
			continue
		for line in doc.lines:
			row = found.setdefault(line.service, _nothing())
			row["receptions"].add(name)
			row["quantity"] += line.quantity
			for field in MONEY:
				row[field] += Decimal(str(line.get(field)))
			if first_visits[doc.patient] >= first:
				row["new"].add(doc.patient)
	for doc in frappe.get_all(
		"Clinic Appointment", {"name": ("like", f"st-{past.world.tag}-%")}, ["service", "status", "start"]
	):
		if first <= doc.start.date() <= last and doc.status not in ("Held", "Cancelled"):
			row = found.setdefault(doc.service, _nothing())
			row["appointments"] += 1
			row["no_shows"] += doc.status == "No Show"
			row["came"] += doc.status in CAME
	return found


def _nothing():
	sums = dict.fromkeys((*MONEY, "quantity", "appointments", "no_shows", "came"), 0)
	return {**sums, "receptions": set(), "new": set()}


def test_the_figures_are_those_of_a_slow_recount(past):
	past.some_days(25)
	past.appointments(30)
	answer = ask(department=past.world.department)
	expected = recount(past)
	assert {row["service"] for row in answer["rows"]} == set(expected)
	assert sum(len(row["receptions"]) for row in expected.values()) > 10
	for row in answer["rows"]:
		wanted = expected[row["service"]]
		for field in (*MONEY, "quantity", "appointments", "no_shows", "came"):
			assert row[field] == wanted[field], (row["service"], field)
		assert row["receptions"] == len(wanted["receptions"])
		assert row["new_patients"] == len(wanted["new"])
		assert row["net"] == wanted["list_total"] + wanted["contract_adjustment"] - wanted["discount"]
	everything = expected.values()
	assert answer["distinct"]["receptions"] == len(set().union(*(row["receptions"] for row in everything)))
	assert answer["distinct"]["new_patients"] == len(set().union(*(row["new"] for row in everything)))


def test_the_totals_are_the_sum_of_the_rows(past):
	from clinic_reception.front_desk.statistics.figures import ADDED_UP

	past.some_days(8)
	answer = ask()
	for field in ADDED_UP:
		assert answer["totals"][field] == pytest.approx(sum(row[field] for row in answer["rows"]))


def test_a_use_of_a_purchase_counts_its_units_and_not_its_money_again(past):
	patient = past.patients[0]
	sale = {"service": past.world.course, "action": "Sell for Later", "quantity": 1}
	past.random.random = lambda: 1
	past.reception(patient, 20, [sale])
	past.reception(patient, 10, [{**sale, "action": "Use Purchased"}])
	[row] = [row for row in ask()["rows"] if row["service"] == past.world.course]
	assert (row["receptions"], row["quantity"], row["used"], row["net"]) == (2, 1, 1, 1_000_000)


def test_the_equal_period_before_is_what_the_change_is_against(past):
	service = past.services[2]
	past.random.random = lambda: 1
	once = {"service": service, "action": "Perform Now", "quantity": 1}
	past.reception(past.patients[0], 20, [once])
	past.reception(past.patients[1], 20, [once])
	past.reception(past.patients[2], 40, [once])
	[row] = [row for row in ask()["rows"] if row["service"] == service]
	assert (row["net"], row["previous_net"], row["trend_percent"]) == (1_400_000, 700_000, 100)


def test_a_search_and_a_department_narrow_it(past):
	past.some_days(6)
	name = past.frappe.db.get_value("Clinic Service", past.services[2], "service_name")
	assert {row["service"] for row in ask(text=name)["rows"]} <= {past.services[2]}
	assert ask(text="no such service")["rows"] == []
	assert ask(text="no such service")["distinct"]["receptions"] == 0


def test_the_new_patients_behind_a_figure(past):
	from clinic_reception.front_desk.statistics import api

	past.some_days(20)
	for row in ask(department=past.world.department)["rows"]:
		assert len(api.new_patients_of(row["service"], **PERIOD)) == row["new_patients"]


def test_months_are_those_of_the_receptions(past):
	from clinic_reception.front_desk.statistics import api

	past.random.random = lambda: 1
	once = {"service": past.services[2], "action": "Perform Now", "quantity": 1}
	name = past.world.receive(past.patients[0], once)["reception"]
	month = past.frappe.db.get_value("Clinic Reception", name, "jalali_month")
	answer = api.service_trend(department=past.world.department)
	assert len(answer["months"]) == 12
	assert answer["months"][-1]["month"] == month
	assert answer["services"][past.services[2]] == [0] * 11 + [700_000]


@pytest.mark.parametrize(
	("values", "named"),
	[
		({"period": "fortnight"}, "Period"),
		({"from_date": None}, "From date"),
		({"to_date": None}, "To date"),
		({"to_date": "2026-10-01"}, "To date"),
		({"from_date": "2020-01-01"}, "To date"),
		({"from_date": "soon"}, "From date"),
	],
)
def test_a_wrong_period_is_refused_by_name(site, values, named):
	from clinic_core.foundation.errors import InvalidInputError

	with pytest.raises(InvalidInputError, match=named):
		ask(**values)


@pytest.mark.parametrize("role", ["Clinic Practitioner", "Clinic Receptionist", "Clinic Cashier"])
def test_statistics_are_for_chiefs_and_accountants(site, user_with, role):
	site.set_user(user_with(role))
	with pytest.raises(site.PermissionError):
		ask()


def test_a_supervisor_sees_his_own_branch_only(past, user_with):
	frappe = past.frappe
	entity = frappe.db.get_value("Clinic Branch", "MAIN", "legal_entity")
	other = frappe.get_doc(
		{"doctype": "Clinic Branch", "title": f"Other {past.world.tag}", "legal_entity": entity}
	).insert()
	past.some_days(6)
	user = user_with("Clinic Branch Supervisor")
	frappe.get_doc(
		{"doctype": "User Permission", "user": user, "allow": "Clinic Branch", "for_value": other.name}
	).insert(ignore_permissions=True)
	assert ask()["rows"]
	frappe.set_user(user)
	assert ask()["rows"] == []
	with pytest.raises(frappe.PermissionError):
		ask(branch="MAIN")


def test_the_file_has_the_rows_and_their_total(past):
	import csv

	from clinic_reception.front_desk.statistics import api

	past.some_days(6)
	api.export_service_statistics("csv", department=past.world.department, **PERIOD)
	content = past.frappe.response.pop("filecontent").decode("utf-8-sig")
	header, *rows, total = list(csv.reader(content.splitlines()))
	assert "Net revenue (Rial)" in header or "Net revenue (Toman)" in header
	at = header.index("Receptions")
	assert sum(int(row[at]) for row in rows) == int(total[at])
	assert total[1] == "Total"


def test_queries_do_not_grow_with_the_data(past, count_queries):
	past.some_days(3)
	ask()
	with count_queries() as few:
		ask()
	past.some_days(9)
	past.appointments(20)
	with count_queries() as many:
		ask()
	assert len(many) == len(few)
