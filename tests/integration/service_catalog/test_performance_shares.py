"""Performance shares as documents: what cannot stand, who sees which, and the preview (A18, F33)."""

import pytest

DOCTYPE = "Clinic Performance Share"


@pytest.fixture
def clinic(site):
	return Clinic(site)


class Clinic:
	"""A department, a service and three people of their own, so that nothing else is in the way."""

	def __init__(self, frappe):
		self.frappe = frappe
		frappe.db.delete(DOCTYPE)
		self.department = self._new("Clinic Department", title="Shares", kind="Treatment")
		self.service = self.new_service("Peel", 1_000_000)
		self.doctor, self.other, self.nurse = (
			self._new("Clinic Practitioner", practitioner_name=name, kind="Doctor")
			for name in ("Dr One", "Dr Two", "Nurse")
		)

	def _new(self, doctype, **values):
		return self.frappe.get_doc({"doctype": doctype, **values}).insert().name

	def new_service(self, name, amount, **values):
		values = {"department": self.department, "duration_minutes": 30, "amount": amount, **values}
		return self._new("Clinic Service", service_name=name, **values)

	def share(self, percent=None, role="Practitioner", **values):
		kind = "Amount per Unit" if "amount" in values else "Percent"
		return self.frappe.get_doc(
			{
				"doctype": DOCTYPE,
				"role": role,
				"kind": kind,
				"percent": percent,
				"valid_from": "2026-01-01",
				**values,
			}
		).insert()

	def ask(self, **values):
		from clinic_core.service_catalog import api

		return api.get_performance(values.pop("service", self.service), **values)


def refused(text):
	from clinic_core.foundation.errors import InvalidInputError

	return pytest.raises(InvalidInputError, match=text)


@pytest.mark.parametrize("percent", [-1, 100.5, "صد"])
def test_a_percent_is_between_0_and_100(clinic, percent):
	with refused("Percent"):
		clinic.share(percent)


def test_persian_digits_are_read(clinic):
	assert clinic.share("۴۰٫۵").percent == 40.5


def test_a_share_is_a_percent_or_an_amount(clinic):
	with refused("not both"):
		clinic.share(40, kind="Percent", amount=1000)
	with refused("not both"):
		clinic.share(40, kind="Amount per Unit", amount=1000)
	with refused("more than 0"):
		clinic.share(amount=0)
	with refused("not be negative"):
		clinic.share(amount=-1)


def test_an_amount_is_not_more_than_the_service_costs(clinic):
	with refused("more than the service costs"):
		clinic.share(amount=1_000_001, service=clinic.service)
	assert clinic.share(amount=1_000_000, service=clinic.service).amount == 1_000_000


def test_the_last_day_is_not_before_the_first(clinic):
	with refused("Valid until"):
		clinic.share(40, valid_to="2025-12-31")


def test_the_same_target_at_one_time_is_refused_naming_the_other(clinic):
	first = clinic.share(40, service=clinic.service, valid_to="2026-06-30")
	with refused(first.name):
		clinic.share(30, service=clinic.service, valid_from="2026-06-30")
	clinic.share(30, service=clinic.service, valid_from="2026-07-01")
	clinic.share(30, service=clinic.service, is_active=0)


def test_the_department_of_a_service_is_its_own(clinic):
	assert clinic.share(40, service=clinic.service).department == clinic.department


def test_parts_that_exceed_the_whole_are_refused_naming_the_other(clinic):
	first = clinic.share(70)
	with refused(first.name):
		clinic.share(31, role="Technician", department=clinic.department)
	clinic.share(30, role="Technician", department=clinic.department)
	with refused("more than the whole"):
		clinic.share(1, role="Assistant")


def test_a_share_can_be_saved_again_and_grow_to_the_whole(clinic):
	first = clinic.share(70)
	clinic.share(20, role="Technician")
	first.percent = 80
	first.save()
	first.percent = 81
	with refused("more than the whole"):
		first.save()


@pytest.mark.parametrize(("role", "sees"), [("Clinic Manager", 3), ("Clinic Accountant", 3)])
def test_managers_and_accountants_see_all(clinic, user_with, role, sees):
	clinic.share(40)
	clinic.share(50, practitioner=clinic.doctor)
	clinic.share(45, practitioner=clinic.other)
	clinic.frappe.set_user(user_with(role))
	assert len(clinic.frappe.get_list(DOCTYPE)) == sees


def test_practitioners_see_their_own_only(clinic, user_with):
	user = user_with("Clinic Practitioner")
	clinic.frappe.db.set_value("Clinic Practitioner", clinic.doctor, "user", user)
	mine = clinic.share(50, practitioner=clinic.doctor)
	others = clinic.share(45, practitioner=clinic.other)
	clinic.frappe.set_user(user)
	assert clinic.frappe.get_list(DOCTYPE, pluck="name") == [mine.name]
	assert mine.has_permission("read")
	assert not others.has_permission("read")
	assert not mine.has_permission("write")


def test_the_preview_says_who_earns_what_and_why(clinic):
	clinic.share(40)
	clinic.share(50, practitioner=clinic.doctor)
	clinic.share(10, role="Technician")
	clinic.share(role="Assistant", amount=20_000)
	service = clinic.new_service("Laser", 1_000_000, deduction_percent=10, marketer_percent=10)
	found = clinic.ask(
		service=service, practitioner=clinic.doctor, technician=clinic.nurse, with_marketer=1, quantity=1
	)
	expected = {"basis": 1_000_000, "deduction": 100_000, "marketer": 90_000, "referrer": 0}
	expected |= {"practitioner": 405_000, "technician": 81_000, "assistant": 0, "centre": 324_000}
	assert {key: found[key] for key in expected} == expected
	assert [line["code"] for line in found["lines"]] == list(expected)
	assert all(line["label"] and line["why"] for line in found["lines"])
	assert clinic.ask(service=service)["practitioner"] == 360_000
	assert clinic.ask(service=service, assistant=clinic.nurse)["assistant"] == 20_000


def test_a_service_that_does_not_count_earns_nobody_anything(clinic):
	clinic.share(40)
	found = clinic.ask(service=clinic.new_service("Free", 500_000, counts_in_performance=0))
	assert (found["practitioner"], found["centre"]) == (0, 500_000)
	assert "does not count" in found["lines"][-1]["why"]


def test_a_discount_and_included_tax_lower_the_basis(clinic):
	service = clinic.new_service("Taxed", 1_100_000, tax_percent=10, tax_included=1)
	assert clinic.ask(service=service)["basis"] == 1_000_000
	assert clinic.ask(service=service, discount_percent=50)["basis"] == 500_000


@pytest.mark.parametrize("role", ["Clinic Practitioner", "Clinic Receptionist", "Clinic Branch Supervisor"])
def test_what_everybody_earns_is_not_for_all(clinic, user_with, role):
	clinic.frappe.set_user(user_with(role))
	with pytest.raises(clinic.frappe.PermissionError):
		clinic.ask()


def test_queries_do_not_grow_with_the_shares(clinic, count_queries):
	clinic.share(40)
	clinic.ask()
	with count_queries() as few:
		clinic.ask()
	for number in range(12):
		clinic.share(number, service=clinic.new_service(f"S{number}", 1000))
	with count_queries() as many:
		clinic.ask()
	assert len(many) == len(few)
