"""One row per person: the rows add up to the lines, whoever took part (F33)."""

from decimal import Decimal

from clinic_core.service_catalog.performance import PARTS
from clinic_reception.front_desk.performance.people import by_person
from hypothesis import given
from hypothesis import strategies as st

PEOPLE = st.sampled_from(["DR-1", "DR-2", "T-1", None])
AMOUNT = st.integers(0, 1000).map(Decimal)


@st.composite
def lines(draw):
	who = {part: draw(PEOPLE) for part in ("practitioner", "technician", "assistant")}
	earned = {part: draw(AMOUNT) for part in PARTS}
	for part, person in who.items():
		if not person:
			earned[part] = Decimal(0)
	return {**who, "earned": earned, "basis": sum(earned.values())}


@given(st.lists(lines(), max_size=8))
def test_the_rows_add_up_to_the_lines(found):
	rows = by_person(found)
	assert sum(row["basis"] for row in rows) == sum(line["basis"] for line in found)
	for part in PARTS:
		field = f"earned_{part}" if part in ("practitioner", "technician", "assistant") else part
		assert sum(row[field] for row in rows) == sum(line["earned"][part] for line in found)
	whole = sum(
		row[field] for row in rows for field in ("deduction", "marketer", "referrer", "earned", "centre")
	)
	assert whole == sum(line["basis"] for line in found)


def test_lines_without_a_practitioner_have_a_row_of_their_own_at_the_end():
	nothing = dict.fromkeys(PARTS, Decimal(0))
	line = {"practitioner": None, "technician": "T-1", "assistant": None, "basis": Decimal(10)}
	rows = by_person([{**line, "earned": {**nothing, "technician": Decimal(4), "centre": Decimal(6)}}])
	assert [(row["person"], row["earned"], row["basis"]) for row in rows] == [("T-1", 4, 0), (None, 0, 10)]


def test_a_role_leaves_the_work_in_the_others_out():
	nothing = dict.fromkeys(PARTS, Decimal(0))
	line = {"practitioner": "DR-1", "technician": "T-1", "assistant": None, "basis": Decimal(10)}
	rows = by_person([{**line, "earned": {**nothing, "technician": Decimal(4)}}], "Technician")
	assert [row["person"] for row in rows] == ["T-1"]
