"""Rows of an old calendar, and numbers that a spreadsheet rounded (issue 6, “Real input”)."""

import pytest
from clinic_core.people.importing import cells
from clinic_core.scheduling.importing import outcomes


@pytest.mark.parametrize(
	("said", "no_show", "status"),
	[
		(None, 1, "No Show"),
		(None, 0, "Completed"),
		("نیامد", None, "No Show"),
		("No-show", 0, "No Show"),
		("انجام شد", None, "Completed"),
		("Canceled", None, "Cancelled"),
		("perhaps", None, None),
		(None, None, None),
	],
)
def test_what_became_of_it(said, no_show, status):
	assert outcomes.status_of(said, no_show) == status


@pytest.mark.parametrize(
	("cell", "number"),
	[
		("2.98725E+13", "29872500000000"),
		("2,98725E+13", "29872500000000"),
		("5.58998e14", "558998000000000"),
		("۹۹۹۴۸", "99948"),
		("A-17", "A-17"),
	],
)
def test_a_rounded_number_is_what_it_shows(cell, number):
	assert cells.read(cell, "rounded_code", cells.Settings()) == number


def test_elsewhere_a_rounded_number_is_refused():
	with pytest.raises(cells.CellError):
		cells.read("2.98725E+13", "code", cells.Settings())
