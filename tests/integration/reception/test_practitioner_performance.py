"""The report of what practitioners earned agrees with its lines, and shows everybody only himself (A18, F33)."""

from decimal import Decimal

import pytest

PERIOD = {"period": "year"}


@pytest.fixture
def team(world):
	return Team(world)


class Team:
	"""A doctor, a technician, and what they agreed."""

	def __init__(self, world):
		self.world, self.frappe = world, world.frappe
		self.frappe.db.delete("Clinic Performance Share")
		self.doctor = world.practitioner
		self.technician = world._master("Clinic Practitioner", practitioner_name="Tech", kind="Operator")
		self.share("Practitioner", 40)
		self.share("Technician", 10)
		self.patient = world.patient()

	def share(self, role, percent, **values):
		content = {"doctype": "Clinic Performance Share", "role": role, "percent": percent}
		self.frappe.get_doc({**content, "valid_from": "2026-01-01", **values}).insert()

	def receive(self, service, action="Perform Now", **values):
		line = {"service": service, "action": action, "quantity": 1, "practitioner": self.doctor}
		made = self.world.receive(self.patient, {**line, **values})["reception"]
		if technician := values.get("technician"):
			# Whatever the front desk does with it: the figures follow the line.
			row = self.frappe.db.get_value("Clinic Reception Line", {"parent": made}, "name")
			self.frappe.db.set_value("Clinic Reception Line", row, "technician", technician)
		return made

	def report(self, **filters):
		from clinic_reception.front_desk.report.clinic_practitioner_performance import (
			clinic_practitioner_performance as report,
		)

		filters = {**PERIOD, "department": self.world.department, **filters}
		return report.execute(filters)[1]

	def row(self, person, **filters):
		return next(row for row in self.report(**filters) if row["person"] == person)


def test_what_is_performed_now_earns_at_once(team):
	team.receive(team.world.visit_service, technician=team.technician)
	doctor, technician = team.row(team.doctor), team.row(team.technician)
	assert (doctor["services"], doctor["basis"], doctor["earned_practitioner"]) == (1, 500_000, 200_000)
	assert (technician["basis"], technician["earned_technician"]) == (0, 50_000)
	assert doctor["centre"] == 250_000


def test_what_is_sold_for_later_earns_when_it_is_used_to_the_rial(team):
	service = team.world.service("Odd", 100_000, is_countable=1)
	team.receive(service, "Sell for Later", quantity=3, discount_percent=33.33)
	assert team.report() == []
	basis = Decimal(str(team.frappe.db.get_value("Clinic Entitlement", {"service": service}, "value")))
	basis -= basis * Decimal("0.3333")
	found = []
	for _ in range(3):
		team.receive(service, "Use Purchased")
		found.append(team.row(team.doctor)["basis"])
	assert found[-1] == round(basis)
	assert found[0] < found[1] < found[2]


def test_the_first_session_of_a_course_earns_its_part_only(team):
	team.receive(team.world.course)
	assert team.row(team.doctor)["basis"] == 333_333
	team.receive(team.world.course, "Use Purchased")
	team.receive(team.world.course, "Use Purchased")
	assert team.row(team.doctor)["basis"] == 1_000_000


def test_what_is_cancelled_earns_nothing(team):
	from clinic_reception.front_desk import receptions

	name = team.receive(team.world.visit_service)
	receptions.cancel(name, "Test")
	assert team.report() == []


def test_a_cancelled_use_gives_its_part_back(team):
	from clinic_reception.front_desk import receptions

	team.receive(team.world.course, "Sell for Later")
	team.receive(team.world.course, "Use Purchased")
	second = team.receive(team.world.course, "Use Purchased")
	receptions.cancel(second, "Test")
	assert team.row(team.doctor)["basis"] == 333_333
	team.receive(team.world.course, "Use Purchased")
	team.receive(team.world.course, "Use Purchased")
	assert team.row(team.doctor)["basis"] == 1_000_000


def test_deductions_and_a_marketer_come_off_first(team):
	service = team.world.service("Costly", 1_000_000, deduction_percent=10, marketer_percent=10)
	team.receive(service)
	assert team.row(team.doctor)["earned"] == 360_000
	source = team.frappe.db.get_value("Clinic Patient", team.patient, "referral_source")
	team.frappe.db.set_value("Clinic Referral Source", source, "counts_as", "Marketer")
	row = team.row(team.doctor)
	assert (row["deduction"], row["marketer"], row["earned"]) == (100_000, 90_000, 324_000)


def test_the_rows_agree_with_the_lines(team):
	for service in (team.world.visit_service, team.world.course, team.world.injection):
		team.receive(service, technician=team.technician)
	team.receive(team.world.course, "Use Purchased")
	people, lines = team.report(), team.report(view="By Line")
	for field in ("basis", "deduction", "marketer", "referrer", "earned", "centre"):
		assert sum(row[field] for row in people) == sum(row[field] for row in lines), field
	taken = sum(
		row[part] for row in people for part in ("deduction", "marketer", "referrer", "earned", "centre")
	)
	assert taken == sum(row["basis"] for row in people)
	assert {row["reception"] for row in lines} == set(
		team.frappe.get_all("Clinic Reception", {"patient": team.patient}, pluck="name")
	)


def test_a_practitioner_sees_himself_only(team, user_with):
	user = user_with("Clinic Practitioner")
	team.frappe.db.set_value("Clinic Practitioner", team.technician, "user", user)
	team.receive(team.world.visit_service, technician=team.technician)
	team.frappe.set_user(user)
	assert [row["person"] for row in team.report()] == [team.technician]
	[line] = team.report(view="By Line")
	assert line["earned"] == 50_000
	assert "earned_practitioner" not in line
	with pytest.raises(team.frappe.PermissionError):
		team.report(practitioner=team.doctor)


def test_who_is_no_practitioner_sees_nothing(team, user_with):
	team.frappe.set_user(user_with("Clinic Practitioner"))
	with pytest.raises(team.frappe.PermissionError):
		team.report()


def test_a_role_shows_its_work_only(team):
	team.receive(team.world.visit_service, technician=team.technician)
	assert [row["person"] for row in team.report(role="Technician")] == [team.technician]


def test_queries_do_not_grow_with_the_lines(team, count_queries):
	team.receive(team.world.course)
	team.report(view="By Line")
	with count_queries() as few:
		team.report(view="By Line")
	for _ in range(2):
		team.receive(team.world.visit_service, technician=team.technician)
		team.receive(team.world.course, "Use Purchased")
	with count_queries() as many:
		team.report(view="By Line")
	assert len(many) == len(few)
