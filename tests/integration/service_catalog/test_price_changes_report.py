"""The report of all prices: what, from when, by whom and by which update."""

import pytest


@pytest.fixture
def run(site):
	from clinic_core.service_catalog.report.clinic_price_changes import clinic_price_changes

	return lambda **filters: clinic_price_changes.execute(filters)[1]


@pytest.fixture
def laser(site):
	department = site.get_doc(
		{"doctype": "Clinic Department", "title": site.generate_hash(length=8)}
	).insert()
	values = {"service_name": "Laser", "department": department.name, "amount": 2_000_000}
	areas = [{"title": "Chin", "amount": 500_000}]
	return site.get_doc(
		{"doctype": "Clinic Service", "duration_minutes": 30, "areas": areas, **values}
	).insert()


@pytest.fixture
def update(site, laser):
	wanted = {"applies_to": "Chosen Services", "services": [laser.name], "change_percent": 10}
	doc = site.get_doc({"doctype": "Clinic Price Update", "title": "Spring", "method": "Percent", **wanted})
	doc.insert().submit()
	return doc


def test_a_price_with_who_and_when_and_by_which_update(laser, update, run):
	chin, whole = run(service=laser.name)
	assert (whole["previous_amount"], whole["amount"], whole["difference"]) == (2_000_000, 2_200_000, 200_000)
	assert (whole["percent"], whole["source"], whole["update_title"]) == (10, "Price Update", "Spring")
	assert (whole["service_name"], whole["entered_by"]) == ("Laser", "Administrator")
	assert (chin["area_title"], chin["amount"]) == ("Chin", 550_000)


def test_the_filters(site, laser, update, run):
	today = site.utils.getdate()
	tomorrow = site.utils.add_days(today, 1)
	assert len(run(price_update=update.name)) == 2
	assert len(run(department=laser.department, with_openings=1)) == 4
	assert run(service=laser.name, from_date=str(tomorrow)) == []
	assert len(run(service=laser.name, from_date=str(today), to_date=str(today))) == 2
	assert run(service=laser.name, contract="no such") == []
	assert [row["source"] for row in run(service=laser.name, source="Opening")] == ["Opening", "Opening"]
	update.cancel()
	assert [row["source"] for row in run(service=laser.name, source="Revert")] == ["Revert", "Revert"]


def test_a_period_that_ends_before_it_begins_is_refused(run):
	from clinic_core.foundation.errors import InvalidInputError

	with pytest.raises(InvalidInputError, match="From date"):
		run(from_date="2026-02-02", to_date="2026-01-01")


def test_one_query_however_many_prices(laser, update, run, count_queries):
	run(service=laser.name)
	with count_queries() as queries:
		run()
	assert len(queries) == 1
