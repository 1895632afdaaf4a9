"""The till's part of the health page: how far the seal lags behind the ledger."""

import datetime

from clinic_reception.cash_desk import health, jobs


def _debt(world, site):
	world.receive(world.patient(), world.visit_service)


def _aged(site, minutes):
	"""What is not sealed was entered so long ago."""
	since = site.utils.now_datetime() - datetime.timedelta(minutes=minutes)
	site.db.set_value("Clinic Ledger Entry", {"name": ("!=", "")}, "creation", since, update_modified=False)


def test_what_was_entered_just_now_is_no_finding(site, world):
	jobs.seal_all()
	_debt(world, site)
	part = health.part()
	assert part["facts"]["waiting"] > 0
	assert part["findings"] == []


def test_what_waits_too_long_is_red_until_it_is_sealed(site, world):
	_debt(world, site)
	_aged(site, 11)
	found = health.part()["findings"]
	assert [(row["code"], row["severity"]) for row in found] == [("seal_late", "red")]
	assert "11 minutes" in found[0]["title"]()
	jobs.seal_all()
	part = health.part()
	assert (part["facts"]["waiting"], part["findings"]) == (0, [])
	assert part["facts"]["sealed_at"]


def test_the_number_of_queries_is_constant(site, world, count_queries):
	jobs.seal_all()
	_debt(world, site)
	with count_queries() as few:
		health.part()
	for _turn in range(3):
		_debt(world, site)
	with count_queries() as many:
		health.part()
	assert len(many) == len(few) <= 4
