"""The catalogue of suggested services: complete, consistent, and written as clinics write."""

import json
import re
import unicodedata
from collections import Counter
from pathlib import Path

import pytest
from clinic_core.people.names import clean, fold
from clinic_core.service_catalog.definition import areas, checks
from clinic_core.service_catalog.suggestions import catalogue, choice

CODE = re.compile(r"^[A-Z]{3}-\d{3}$")
LETTERS = {
	"en": re.compile(r"^[A-Za-z0-9 ,.:()'é&/+-]+$"),
	# Persian letters and marks, half-spaces, Persian digits; names of methods stay Latin (PRP, CO2).
	"fa": re.compile(r"^[آابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهیئأٔ\u200c ۰-۹،()A-Za-z0-9:.+-]+$"),
}


@pytest.fixture(scope="module")
def services():
	return catalogue.read()


def test_it_is_as_large_as_promised(services):
	departments = Counter(row["department"] for row in services)
	assert len(services) >= 300
	assert len(departments) == 14
	assert min(departments.values()) >= 15


def test_codes_and_names_are_unique(services):
	codes = [row["code"] for row in services]
	assert len(set(codes)) == len(codes)
	assert all(CODE.match(row["code"]) and row["code"].startswith(row["department"]) for row in services)
	for language in ("en", "fa"):
		names = Counter(fold(row[f"title_{language}"]) for row in services)
		assert [name for name, count in names.items() if count > 1] == []


def test_departments_have_a_name_in_every_language(services):
	by_code = {row["department"]: row for row in services}
	for language in catalogue.LANGUAGES:
		names = [row[f"department_{language}"] for row in by_code.values()]
		assert all(names) and len(set(names)) == len(names)


@pytest.mark.parametrize("language", ["en", "fa"])
def test_names_are_complete_and_written_right(services, language):
	named = [row[f"{kind}_{language}"] for row in services for kind in ("title", "department")]
	named += [area.in_language(language) for row in services for area in catalogue.areas_of(row["areas"])]
	for name in named:
		assert LETTERS[language].match(name), f"{name!r} {[unicodedata.name(c) for c in name]}"
		assert clean(name) == name
		assert not re.search(r"\u200c[ ()\u200c]|[ ()]\u200c", name), f"half-space beside a space: {name!r}"


def test_persian_prefixes_and_plurals_are_joined_by_a_half_space(services):
	loose = re.compile(r"(?:^| )(?:می|نمی) |[^ ] (?:ها|های|تر|ترین)(?: |$)")
	assert [row["title_fa"] for row in services if loose.search(row["title_fa"])] == []


def test_each_would_be_accepted_as_a_service(services):
	for row in services:
		fields = choice.service_fields(row, choice.Prices(None, {}), "fa", {row["resource_kind"]})
		assert checks.problems(fields) == [], row["code"]
		assert areas.problems(fields["areas"]) == [], row["code"]
		codes = [area["code"] for area in fields["areas"]]
		assert all(codes) and len(set(codes)) == len(codes), row["code"]


def test_durations_are_on_the_grid_and_sane(services):
	for row in services:
		lengths = [row["duration_minutes"], *(a.duration_minutes for a in catalogue.areas_of(row["areas"]))]
		assert all(5 <= minutes <= 480 and minutes % 5 == 0 for minutes in lengths), row["code"]


def test_courses_are_complete_and_nothing_else_has_their_fields(services):
	for row in services:
		course = (row["session_count"], row["session_interval_days"])
		if row["is_session_based"]:
			assert row["session_count"] >= 2 and row["session_interval_days"] >= 1, row["code"]
			assert 0 <= row["allowed_absence_count"] < row["session_count"], row["code"]
		else:
			assert course == (0, 0) and not row["allowed_absence_count"], row["code"]


def test_the_choices_are_those_of_the_documents(services, repo_root):
	path = "apps/clinic_core/clinic_core/service_catalog/doctype/clinic_suggested_service"
	fields = json.loads((repo_root / path / "clinic_suggested_service.json").read_text())["fields"]
	for field in fields:
		if field["fieldtype"] == "Select":
			options = field["options"].split("\n")
			assert {row[field["fieldname"]] for row in services} <= set(options), field["fieldname"]
	assert set(services[0]) - {"edition"} == {f["fieldname"] for f in fields if "Break" not in f["fieldtype"]}


def test_dental_services_say_what_they_are_for(services):
	for row in services:
		assert bool(row["dental_scope"]) == (row["department"] == "DEN"), row["code"]


def test_known_facts_of_the_trade(services):
	by_name = {row["title_en"]: row for row in services}
	assert by_name["Botulinum toxin, upper face"]["reminder_days"] == 120
	assert by_name["Botulinum toxin, upper face"]["touch_up_days"] == 14
	assert by_name["Scaling and polishing"]["reminder_days"] == 180
	laser = by_name["Laser hair removal (alexandrite)"]
	assert laser["is_session_based"] and laser["resource_kind"] == "Device"
	assert {"Face", "Underarms", "Full legs", "Full body"} <= {
		a.title_en for a in catalogue.areas_of(laser["areas"])
	}
	assert by_name["Pap smear"]["gender"] == "Female"
	assert by_name["Root canal treatment, molar"]["dental_scope"] == "Tooth"


def test_a_row_that_cannot_be_read_is_named_by_file_and_line(tmp_path):
	source = Path(catalogue.FOLDER)
	for path in source.glob("*.csv"):
		(tmp_path / path.name).write_text(path.read_text())
	broken = (source / "laser.csv").read_text().replace("LAS-001,1,", "LAS-001,first,", 1)
	(tmp_path / "laser.csv").write_text(broken)
	with pytest.raises(ValueError, match=r"laser\.csv, line 2"):
		catalogue.read(tmp_path)


def test_areas_are_read_line_by_line():
	assert catalogue.areas_of(None) == []
	[area] = catalogue.areas_of("\nNeck / گردن / 15\n")
	assert (area.title_en, area.in_language("fa"), area.in_language("tr"), area.duration_minutes) == (
		"Neck",
		"گردن",
		"Neck",
		15,
	)
	with pytest.raises(ValueError):
		catalogue.areas_of("Neck / 15")
