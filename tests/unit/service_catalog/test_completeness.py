"""How complete a profile is, and what is missing (A89)."""

import pytest
from clinic_core.service_catalog.definition.completeness import FIELDS, PARTS, completeness, word_count

FULL = {
	"amount": 1000,
	"duration_minutes": 30,
	"photo": "/files/a.jpg",
	"display_name": "Laser",
	"summary": "Smooth skin.",
	"description": "<p>" + "word " * 40 + "</p>",
	"gallery": [{}, {}, {}],
}


def test_a_full_profile_lacks_nothing():
	assert completeness(FULL) == (100, [])


def test_an_empty_profile_lacks_everything_the_weightiest_first():
	percent, missing = completeness({})
	assert percent == 0
	assert missing[0] == "photo" and set(missing) == set(FIELDS)


def test_the_weights_make_a_hundred():
	assert sum(part.weight for part in PARTS) == 100


@pytest.mark.parametrize(
	("change", "missing"),
	[
		({"photo": ""}, "photo"),
		({"gallery": [{}, {}]}, "gallery"),
		({"description": "<p>" + "word " * 39 + "</p>"}, "description"),
		({"description": "<p>&nbsp;</p>" * 60}, "description"),
		({"summary": "  "}, "summary"),
		({"display_name": None}, "display_name"),
		({"amount": 0}, "price"),
		({"duration_minutes": 0}, "duration"),
	],
)
def test_each_part_counts(change, missing):
	percent, found = completeness(FULL | change)
	assert found == [missing]
	assert percent == 100 - next(part.weight for part in PARTS if part.code == missing)


def test_a_service_sold_by_area_has_its_prices_there():
	assert completeness(FULL | {"amount": 0, "areas": [{"amount": 500}]}) == (100, [])


def test_words_are_counted_without_markup():
	assert word_count("<p>یک<br>دو</p><ul><li>three</li></ul>") == 3
