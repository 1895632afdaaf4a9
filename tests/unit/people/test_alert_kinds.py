"""Which alerts are for whom, and what words tell beyond doubt (F41)."""

import pytest
from clinic_core.foundation import roles
from clinic_core.people.alerts.kinds import SEEN_BY, kind_of, split
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize(
	("text", "kind"),
	[
		("حساسیت به لیدوکائین", "Allergy"),
		("حساسيت به پنی‌سیلین", "Allergy"),
		("Allergic to latex", "Allergy"),
		("باردار", "Pregnancy"),
		("Pregnant, week 12", "Pregnancy"),
		("مصرف داروی ضد انعقاد", "Medication"),
		("مصرف داروی ضد‌انعقاد", "Medication"),
	],
)
def test_words_tell_the_kind(text, kind):
	assert kind_of(text)[0] == kind


@pytest.mark.parametrize("text", ["Diabetic", "دیابت", "", "Calls at night"])
def test_other_words_stay_free(text):
	assert kind_of(text) is None


@given(st.lists(st.sampled_from(["باردار", "Diabetic", "  ", "Latex allergy"])))
def test_no_line_is_lost_or_doubled(lines):
	rows, free = split("\n".join(lines))
	told = [line for _kind, _severity, line in rows] + free.splitlines()
	assert sorted(told) == sorted(line.strip() for line in lines if line.strip())


def test_whoever_handles_a_patient_sees_what_could_harm_him():
	for kind in ("Allergy", "Pregnancy", "Medication"):
		assert SEEN_BY[kind] == roles.STAFF
	for kind in ("Medical Condition", "Behaviour"):
		assert not SEEN_BY[kind] & {roles.RECEPTIONIST, roles.CASHIER, roles.CALL_AGENT, roles.CRM_AGENT}
		assert {roles.PRACTITIONER, roles.OPERATOR, roles.MANAGER} <= SEEN_BY[kind]
