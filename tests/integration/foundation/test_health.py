"""Whether the clinic works, for monitors and for managers (E123)."""

import pytest


@pytest.fixture(autouse=True)
def caller(site, monkeypatch):
	"""Every test from an address of its own: the limit counts addresses."""
	address = site.generate_hash(length=10)
	monkeypatch.setattr(site.local, "request_ip", address, raising=False)
	monkeypatch.setattr(site.local, "form_dict", site._dict(), raising=False)


def health():
	from clinic_core import api

	return api.health()


def test_a_guest_learns_only_whether_it_works(site):
	site.set_user("Guest")
	assert health() == {"ok": True}


def test_staff_learn_no_more_than_guests(site, user_with):
	site.set_user(user_with("Clinic Receptionist"))
	assert health() == {"ok": True}


@pytest.mark.parametrize("role", ["Clinic Manager", "System Manager"])
def test_managers_see_every_part(site, user_with, role):
	site.set_user(user_with(role))
	report = health()
	assert set(report) == {"ok", "database", "redis", "queues", "scheduler", "versions"}
	assert report["database"]["ok"] and "MariaDB" in report["database"]["version"]
	assert report["redis"]["ok"]
	assert set(report["queues"]) >= {"ok"}
	assert {"frappe", "clinic_core"} <= set(report["versions"])
	assert report["ok"] == all(report[part]["ok"] for part in ("database", "redis", "queues", "scheduler"))


def test_a_part_that_does_not_answer_is_a_finding_and_no_error(site, monkeypatch):
	from clinic_core.foundation import health as checks

	def broken():
		raise ConnectionError("no redis")

	monkeypatch.setattr(checks, "get_queues", broken)
	report = checks.report()
	assert report["queues"] == {"ok": False, "error": "ConnectionError"}
	assert report["ok"] is False


def test_a_flood_is_stopped(site):
	from clinic_core import api

	site.set_user("Guest")
	for _ in range(api.LIMIT_PER_MINUTE):
		health()
	with pytest.raises(site.ValidationError):
		health()
