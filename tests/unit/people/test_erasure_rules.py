"""What goes and what stays of a person, and who may let it happen (E012, F84)."""

import pytest
from clinic_core.people.data_requests import erasure_rules as rules
from clinic_core.people.data_requests import states
from clinic_core.people.data_requests.erasure_rules import Field, action


def test_free_text_pictures_and_documents_go():
	for kind in rules.TEXT_TYPES:
		assert action(Field("Clinic Visit", "anything", kind)) == rules.BLANK


@pytest.mark.parametrize("kind", ["Currency", "Int", "Float", "Check", "Date", "Datetime", "Link", "Select"])
def test_amounts_dates_links_and_states_stay(kind):
	assert action(Field("Clinic Visit", "anything", kind)) == rules.KEEP


@pytest.mark.parametrize(
	("field", "expected"),
	[
		(Field("Clinic Ledger Entry", "reason", "Small Text"), rules.KEEP),
		(Field("Clinic Payment", "receipt_data", "Long Text"), rules.KEEP),
		(Field("Clinic Payment", "receipt_no", "Data", is_unique=True), rules.KEEP),
		(Field("Clinic Payment", "reason", "Data"), rules.BLANK),
		(Field("Clinic Patient", "file_no", "Data", is_unique=True, is_person=True), rules.KEEP),
		(Field("Clinic Patient", "passport_no", "Data", is_person=True), rules.BLANK),
		(Field("Clinic Patient", "birth_date", "Date", is_person=True), rules.BLANK),
		(Field("Clinic Patient", "first_visit", "Date", is_person=True), rules.KEEP),
		(Field("Clinic Patient", "gender", "Select", is_person=True), rules.KEEP),
		(Field("Clinic Patient", "first_name", "Data", is_required=True, is_person=True), rules.MARK),
		(Field("Clinic Visit", "patient_name", "Data"), rules.MARK),
		(Field("Clinic Lead", "title", "Data", is_required=True, is_person=True), rules.MARK),
		(Field("Clinic Appointment", "jalali_month", "Data"), rules.KEEP),
	],
)
def test_what_is_named_is_treated_as_named(field, expected):
	assert action(field) == expected


def test_two_people_let_an_erasure_happen():
	assert rules.may_approve(None, "b", True) == "not_asked"
	assert rules.may_approve("a", "b", False) == "not_a_manager"
	assert rules.may_approve("a", "a", True) == "same_person"
	assert rules.may_approve("a", "b", True) is None


def test_the_confirmation_is_the_number_itself():
	assert rules.is_confirmed(" p-000123 ", "P-000123")
	assert not rules.is_confirmed("", "P-000123")
	assert not rules.is_confirmed("", "")
	assert not rules.is_confirmed("P-000124", "P-000123")


def test_a_request_is_late_after_its_last_day_while_it_is_open():
	assert states.is_overdue("Received", -1)
	assert not states.is_overdue("Received", 0)
	assert not states.is_overdue("Done", -10)
