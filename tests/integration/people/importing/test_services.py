"""Services in bulk: departments made, prices dated, problems named, taken back."""

import pytest

HEADER = ["نام خدمت", "بخش", "تعرفه (ریال)", "مدت", "کد", "شناسه مالیاتی", "نوبت آنلاین"]
ROW = ["لیزر آزمایشی", "بخش آزمایشی", "۲٬۵۰۰٬۰۰۰", "۳۰", "IMP-1", "۲۷۲۰۰۰", "بله"]


def run(run_import, *rows, **options):
	return run_import("services", HEADER, rows, create_missing=True, factor=1.0, **options)


def test_a_service_comes_with_department_and_dated_price(site, run_import, book):
	made = book(run(run_import, ROW))
	assert made[0][1:3] == ("Created", "IMP-1"), made
	service = site.get_doc("Clinic Service", "IMP-1")
	assert (service.amount, service.duration_minutes, service.tax_id, service.bookable_online) == (
		2500000,
		30,
		"272000",
		1,
	)
	assert site.db.get_value("Clinic Department", service.department, "title") == "بخش آزمایشی"
	prices = site.get_all("Clinic Service Price", {"service": "IMP-1"}, ["amount"])
	assert [row.amount for row in prices] == [2500000]


def test_a_unit_in_the_cell_counts(site, run_import):
	run(run_import, [*ROW[:2], "250 تومان", *ROW[3:]])
	assert site.db.get_value("Clinic Service", "IMP-1", "amount") == 2500


@pytest.mark.parametrize(
	("column", "value", "said"),
	[
		(0, "", "missing"),
		(2, "-5", "negative"),
		(2, "abc", "not a number"),
		(3, "7", "multiple of 5"),
		(3, "2.5", "fraction"),
		(6, "شاید", "neither yes nor no"),
	],
)
def test_rules_of_services_hold(run_import, book, column, value, said):
	row = [*ROW[:column], value, *ROW[column + 1 :]]
	(_no, outcome, reference, reason) = book(run(run_import, row))[0]
	assert (outcome, reference) == ("Failed", None)
	assert said in reason


def test_a_department_is_made_only_when_asked(run_import, book):
	doc = run_import("services", HEADER, [ROW])
	assert "does not exist" in book(doc)[0][3]


def test_update_then_back(site, run_import, book):
	from clinic_core.people.importing import imports, undoing

	run(run_import, ROW)
	doc = run(run_import, [*ROW[:2], "3000000", *ROW[3:]], duplicates="Update")
	assert book(doc)[0][1:3] == ("Updated", "IMP-1")
	assert site.db.get_value("Clinic Service", "IMP-1", "amount") == 3000000
	imports.take_back(doc.name, "wrong")
	undoing.run(doc.name)
	assert site.db.get_value("Clinic Service", "IMP-1", "amount") == 2500000


def test_taking_back_a_new_one(site, run_import, book):
	from clinic_core.people.importing import imports, undoing

	doc = run(run_import, ROW)
	imports.take_back(doc.name, "wrong")
	undoing.run(doc.name)
	assert book(doc)[0][1] == "Taken Back", book(doc)
	assert not site.db.exists("Clinic Service", "IMP-1")
