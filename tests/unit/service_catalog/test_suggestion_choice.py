"""What becomes of chosen suggestions: which are there already, in which department, for how much."""

from decimal import Decimal

import pytest
from clinic_core.service_catalog.suggestions import choice
from clinic_core.service_catalog.suggestions.choice import ADOPTED, SAME_NAME, Known, Prices, Service
from hypothesis import given
from hypothesis import strategies as st

NOTHING = Prices(None, {})


def suggestion(code="LAS-001", **fields):
	return {
		"code": code,
		"title_en": "Laser consultation",
		"title_fa": "مشاورهٔ لیزر",
		"title_tr": "",
		"title_zh": None,
		"department": "LAS",
		"department_kind": "Treatment",
		"department_en": "Laser",
		"department_fa": "لیزر",
		"department_tr": "Lazer",
		"department_zh": "激光治疗",
		"duration_minutes": 15,
		"resource_kind": "",
		"areas": "",
		**fields,
	}


@pytest.mark.parametrize(
	("site", "language"),
	[("fa", "fa"), ("fa-IR", "fa"), ("FA_ir", "fa"), ("zh-TW", "zh"), ("de", "en"), ("", "en"), (None, "en")],
)
def test_the_language_of_a_site(site, language):
	assert choice.language_of(site) == language


def test_a_name_that_is_missing_is_the_english_one():
	row = suggestion()
	assert choice.title(row, "fa") == "مشاورهٔ لیزر"
	assert choice.title(row, "tr") == choice.title(row, "zh") == "Laser consultation"
	assert choice.title(row, "tr", "department") == "Lazer"


@pytest.mark.parametrize(
	("existing", "mapped"),
	[
		({}, {}),
		({"LAS": "Something else"}, {"LAS": "LAS"}),
		({"DEP-1": "Laser"}, {"LAS": "DEP-1"}),
		({"DEP-1": "ليزر"}, {"LAS": "DEP-1"}),
		({"DEP-1": " LASER "}, {"LAS": "DEP-1"}),
		({"DEP-1": "Lazer"}, {"LAS": "DEP-1"}),
		({"DEP-1": "Laser", "LAS": "Old one"}, {"LAS": "LAS"}),
		({"DEP-1": "Laser clinic"}, {}),
	],
)
def test_a_department_is_known_by_code_or_by_any_of_its_titles(existing, mapped):
	assert choice.departments([suggestion()], existing) == mapped


def test_of_two_departments_that_fit_the_first_is_taken():
	assert choice.departments([suggestion()], {"A": "لیزر", "B": "ليزر"}) == {"LAS": "A"}


@pytest.mark.parametrize(
	("service", "known"),
	[
		(Service("S1", "Renamed since", "ELSEWHERE", "LAS-001"), Known("S1", ADOPTED)),
		(Service("S1", "laser  CONSULTATION", "D", None), Known("S1", SAME_NAME)),
		(Service("S1", "مشاوره ليزر", "D", None), Known("S1", SAME_NAME)),
		(Service("S1", "Laser consultation", "ELSEWHERE", None), None),
		(Service("S1", "Laser", "D", None), None),
	],
)
def test_what_the_clinic_has_already(service, known):
	found = choice.already_there([suggestion()], {"LAS": "D"}, [service])
	assert found == ({"LAS-001": known} if known else {})


def test_adopted_goes_before_the_same_name():
	services = [
		Service("S1", "Laser consultation", "D", None),
		Service("S2", "Other", "D", "LAS-001"),
	]
	found = choice.already_there([suggestion()], {"LAS": "D"}, services)
	assert found == {"LAS-001": Known("S2", ADOPTED)}


def test_a_department_the_clinic_lacks_has_no_services():
	service = Service("S1", "Laser consultation", None, None)
	assert choice.already_there([suggestion()], {}, [service]) == {}


def test_without_a_price_it_cannot_be_sold_by_mistake():
	fields = choice.service_fields(suggestion(), NOTHING, "fa", set())
	assert (fields["status"], fields["amount"], fields["service_name"]) == ("Inactive", 0, "مشاورهٔ لیزر")
	assert fields["suggestion"] == "LAS-001"


def test_zero_is_a_price():
	fields = choice.service_fields(suggestion(), Prices(Decimal(0), {}), "en", set())
	assert (fields["status"], fields["amount"]) == ("Active", 0)


AREAS = "Face / صورت / 20\nUpper lip / پشت لب / 10"


@pytest.mark.parametrize(
	("prices", "amount", "of_areas", "offered", "status"),
	[
		(Prices(Decimal(50), {}), 50, [50, 50], [1, 1], "Active"),
		(Prices(Decimal(50), {"upper-lip": Decimal(20)}), 50, [50, 20], [1, 1], "Active"),
		(Prices(None, {"face": Decimal(70), "upper-lip": Decimal(20)}), 0, [70, 20], [1, 1], "Active"),
		(Prices(None, {"face": Decimal(70)}), 0, [70, 0], [1, 0], "Active"),
		(Prices(None, {"upper-lip": Decimal(0)}), 0, [0, 0], [0, 1], "Active"),
		(NOTHING, 0, [0, 0], [1, 1], "Inactive"),
	],
)
def test_prices_of_areas(prices, amount, of_areas, offered, status):
	fields = choice.service_fields(suggestion(areas=AREAS), prices, "fa", set())
	assert (fields["amount"], fields["status"]) == (amount, status)
	assert [area["amount"] for area in fields["areas"]] == of_areas
	assert [area["is_active"] for area in fields["areas"]] == offered
	assert [area["title"] for area in fields["areas"]] == ["صورت", "پشت لب"]
	assert [area["code"] for area in fields["areas"]] == ["face", "upper-lip"]
	assert [area["duration_minutes"] for area in fields["areas"]] == [20, 10]


@pytest.mark.parametrize(("has", "kept"), [({"Device"}, "Device"), ({"Room"}, ""), (set(), "")])
def test_a_device_is_asked_for_only_where_there_is_one(has, kept):
	row = suggestion(resource_kind="Device")
	assert choice.service_fields(row, NOTHING, "en", has)["resource_kind"] == kept


@given(st.lists(st.sampled_from(["A", "B", "C", "D"])), st.data())
def test_what_was_adopted_is_never_new(codes, data):
	rows = [suggestion(code) for code in sorted(set(codes))]
	adopted = data.draw(st.sets(st.sampled_from(sorted(set(codes)) or ["-"])))
	services = [Service(f"S-{code}", "x", "D", code) for code in adopted]
	found = choice.already_there(rows, {"LAS": "D"}, services)
	assert set(found) == adopted & set(codes)
