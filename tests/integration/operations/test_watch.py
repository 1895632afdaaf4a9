"""The watch tells of what is red, once, and clears it when it is well again."""

import pytest
from clinic_core.operations import alerts, health, watch


@pytest.fixture
def facts(site, monkeypatch):
	"""The system's parts as the test sets them: part → facts."""
	parts = {}
	monkeypatch.setattr(health, "PARTS", {})
	hooks = site.get_hooks
	monkeypatch.setattr(site, "get_hooks", lambda *a, **k: [] if a == (health.HOOK,) else hooks(*a, **k))
	monkeypatch.setitem(health.PARTS, "failures", lambda: parts["failures"])
	monkeypatch.setitem(health.PARTS, "disk", lambda: parts["disk"])
	parts.update(failures={"open": 0, "given_up": 0}, disk={"disks": []})
	site.cache.delete_value("clinic_health_looked")
	yield parts
	site.cache.delete_value("clinic_health_looked")


def raised():
	return {code for code in alerts.raised_codes() if code.startswith(watch.PREFIX)}


def test_what_is_red_is_told_and_cleared_when_well(facts):
	facts["failures"] = {"open": 0, "given_up": 2}
	assert watch.look() == 1
	assert raised() == {"health:failures:events_given_up"}
	facts["failures"] = {"open": 0, "given_up": 0}
	assert watch.look() == 0
	assert raised() == set()


def test_yellow_is_not_told(facts):
	facts["failures"] = {"open": 5, "given_up": 0}
	assert watch.look() == 0
	assert raised() == set()


def test_alerts_of_others_are_left_alone(site, facts):
	alerts.raise_alert("test_other", "Subject", "Message")
	watch.look()
	assert "test_other" in alerts.raised_codes()


def test_the_text_says_what_to_do(site, facts):
	facts["disk"] = {"disks": [{"holds": ["database"], "free_bytes": 2**30, "free_percent": 1.5}]}
	watch.look()
	alert = site.get_last_doc(alerts.DOCTYPE)
	assert alert.subject == "The disk is almost full: 1.0 GB free (1.5 %)."
	assert alert.message == "It holds: database. Make room now, the database stops when it is full."


def test_the_desk_looks_only_if_nobody_does(site, facts, monkeypatch):
	monkeypatch.setitem(site.conf, "pause_scheduler", 0)
	assert watch.look_if_nobody_does()
	assert not watch.look_if_nobody_does()


def test_the_desk_is_silent_where_background_work_is_paused(site, facts, monkeypatch):
	monkeypatch.setitem(site.conf, "pause_scheduler", 1)
	assert not watch.look_if_nobody_does()
