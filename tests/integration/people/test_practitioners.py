"""Practitioners: one login, each service once."""

import pytest


@pytest.fixture
def make(site):
	def practitioner(**fields):
		return site.get_doc(
			{"doctype": "Clinic Practitioner", "practitioner_name": "دكتر راد", **fields}
		).insert()

	return practitioner


@pytest.fixture
def service(site):
	department = site.get_doc(
		{"doctype": "Clinic Department", "title": site.generate_hash(length=8)}
	).insert()
	values = {"service_name": "Laser", "department": department.name, "amount": 1, "duration_minutes": 30}
	return site.get_doc({"doctype": "Clinic Service", **values}).insert().name


def refused(match):
	from clinic_core.foundation.errors import InvalidInputError

	return pytest.raises(InvalidInputError, match=match)


def test_a_code_is_given_and_the_name_tidied(make):
	doc = make()
	assert doc.name.startswith("DR-")
	assert doc.practitioner_name == "دکتر راد"


def test_one_login_is_one_practitioner(make, user_with):
	user = user_with("Clinic Practitioner")
	make(user=user)
	with refused("User"):
		make(user=user)
	assert make().user is None and make(user="").user is None


@pytest.mark.parametrize(
	("rows", "match"),
	[
		([{}, {}], "row 2"),
		([{"duration_minutes": 7}], "row 1"),
		([{"duration_minutes": -5}], "row 1"),
		([{"share_percent": 101}], "row 1"),
		([{"share_percent": -1}], "row 1"),
	],
)
def test_rows_that_cannot_be_right(make, service, rows, match):
	with refused(match):
		make(services=[{"service": service, **row} for row in rows])


def test_negative_squeeze_ins(make):
	with refused("Squeeze-ins"):
		make(overflow_seats=-1)


def test_who_is_on_the_public_page(site, make, service):
	from clinic_core.service_catalog.public_page import cards, pictures, read_people

	doc = make(
		services=[{"service": service}], speciality="Skin", biography="Born.\n\nStudied.", languages="Persian"
	)
	site.db.set_value("Clinic Practitioner", doc.name, "photo", "/private/files/face.jpg")
	other = make()
	site.db.set_value("Clinic Practitioner", other.name, "photo", "/private/files/other.jpg")
	assert {doc.name, other.name} <= {row.name for row in read_people.practitioners()}
	rows = read_people.practitioners(service)
	assert [row.name for row in rows] == [doc.name]
	card = cards.people(rows, {}, pictures.load([]))[0]
	assert (card["speciality"], card["biography"]) == ("Skin", ["Born.", "Studied."])
	site.db.set_value("Clinic Practitioner", doc.name, "show_in_profile", 0)
	assert read_people.practitioners(service) == []


@pytest.mark.parametrize(
	("fields", "match"),
	[
		({"min_notice_hours": -1}, "Notice"),
		({"horizon_days": 5000}, "ahead"),
		({"max_per_day": -2}, "Most appointments"),
		({"late_cancel_kind": "Percent of the price"}, "Percent"),
		({"branch": "MAIN", "branches": [{"branch": "MAIN"}]}, "branches"),
	],
)
def test_own_rules_that_cannot_be_right(make, fields, match):
	with refused(match):
		make(**fields)
