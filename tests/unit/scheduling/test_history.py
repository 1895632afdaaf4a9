"""What a change of an appointment is called, who is told, and through what it came (D33–D35, F15, C072)."""

import datetime

import pytest
from clinic_core.foundation import roles
from clinic_core.scheduling.history import changes, origins

NINE = datetime.datetime(2026, 11, 28, 9)
TEN = NINE + datetime.timedelta(hours=1)
BOOKED = {"status": "Booked", "start": NINE, "end": TEN, "practitioner": "DR-01"}


@pytest.mark.parametrize(
	("after", "is_move", "is_any"),
	[
		({}, False, False),
		({"status": "Confirmed"}, False, True),
		({"start": TEN, "end": TEN + datetime.timedelta(hours=1)}, True, True),
		({"end": TEN + datetime.timedelta(minutes=5)}, False, True),
		({"practitioner": "DR-02"}, True, True),
	],
)
def test_a_change_knows_whether_it_moved(after, is_move, is_any):
	change = changes.change_of(BOOKED, {**BOOKED, **after})
	assert (change.is_move, change.is_any) == (is_move, is_any)


@pytest.mark.parametrize(
	("old", "new", "is_move", "kind"),
	[
		("Booked", "Confirmed", False, "Confirmed"),
		("Confirmed", "Booked", False, "Undone"),
		("Arrived", "Booked", False, "Undone"),
		("Held", "Booked", False, "Booked"),
		("Booked", "Booked", True, "Moved"),
		("Booked", "Booked", False, "Changed"),
		("Booked", "Arrived", True, "Arrived"),
	],
)
def test_every_change_has_a_word(old, new, is_move, kind):
	assert changes.kind_of(old, new, is_move) == kind


@pytest.mark.parametrize(
	("wish", "told"),
	[
		(changes.ASK, True),
		(changes.ASK_UNTICKED, False),
		(changes.ALWAYS, True),
		(changes.NEVER, False),
		(None, True),
	],
)
def test_without_an_answer_the_clinics_wish_holds(wish, told):
	assert changes.told_by_default(wish) is told


def test_who_was_not_asked_did_not_say_no():
	assert [changes.as_answer(one) for one in (True, False, None)] == ["Yes", "No", ""]


@pytest.mark.parametrize(
	("said", "doctype", "held", "through"),
	[
		("Phone", None, {roles.RECEPTIONIST}, "Phone"),
		(None, None, {roles.RECEPTIONIST, roles.CALL_AGENT}, "Reception"),
		(None, None, {roles.CALL_AGENT}, "Phone"),
		(None, None, {roles.PRACTITIONER}, "Practitioner"),
		(None, None, {roles.PORTAL_USER}, "Online"),
		(None, None, {"System Manager"}, "Reception"),
		("Phone", "Lead-like", {roles.CALL_AGENT}, "Lead"),
		("Reception", "Clinic Import", {roles.MANAGER}, "Import"),
		("Nonsense", "Clinic Visit", {roles.CRM_AGENT}, "Phone"),
	],
)
def test_the_origin_follows_from_document_word_and_role(said, doctype, held, through):
	assert origins.origin_of(said, doctype, ["Lead-like"], held) == through
