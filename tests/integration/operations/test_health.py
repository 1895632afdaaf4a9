"""Whether the clinic works, for monitors and for managers (E123)."""

import pytest
from clinic_core.operations import findings, queues, records, texts
from clinic_core.operations import health as checks


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


PARTS = {
	"database", "redis", "queues", "scheduler", "failures", "night", "backup", "mail", "disk", "memory", "seal",
	"day_lists", "messages",
}  # fmt: skip


@pytest.mark.parametrize("role", ["Clinic Manager", "System Manager"])
def test_managers_see_every_part(site, user_with, role):
	site.set_user(user_with(role))
	report = health()
	assert set(report) == {"ok", "versions", "findings"} | PARTS
	assert report["database"]["ok"] and "MariaDB" in report["database"]["version"]
	assert report["redis"]["ok"]
	assert report["disk"]["disks"][0]["free_bytes"] > 0
	assert {"frappe", "clinic_core", "MariaDB", "Redis", "Python", "Node"} <= set(report["versions"])
	assert report["ok"] == all(report[part]["ok"] for part in PARTS)


def test_a_part_that_does_not_answer_is_a_finding_and_no_error(site, monkeypatch):
	from clinic_core.foundation import compat

	def broken():
		raise ConnectionError("no redis")

	monkeypatch.setattr(compat, "job_queues", broken)
	report = checks.report()
	assert report["queues"] == {"ok": False, "error": "ConnectionError"}
	assert report["ok"] is False
	assert "Work in the background does not answer." in [row["title"] for row in report["findings"]]


def test_a_part_of_another_app_that_fails_is_a_finding_too(site, monkeypatch):
	hooks = site.get_hooks
	answers = {checks.HOOK: ["clinic_reception.no_such.part"]}
	monkeypatch.setattr(site, "get_hooks", lambda *a, **k: answers.get(a[0] if a else None) or hooks(*a, **k))
	report = checks.report()
	assert report["clinic_reception"]["ok"] is False


def test_the_number_of_queries_does_not_grow_with_the_records(site, count_queries):
	def queries():
		with count_queries() as seen:
			checks.report()
		return len(seen)

	checks.report()
	before = queries()
	for _turn in range(5):
		for doctype, values in (
			("Clinic Event Failure", {"hook": "h", "handler": "x", "status": "Open"}),
			("Clinic Job Run", {"job": "Night", "status": "Done", "started_at": "2026-01-01 01:00:00"}),
			("Clinic Backup", {"status": "Verified", "started_at": "2026-01-01 02:00:00"}),
		):
			site.get_doc({"doctype": doctype, **values, "name": site.generate_hash()}).db_insert()
	assert queries() <= before + 1  # with nights there is one to look at


def test_facts_of_our_records(site):
	for status in ("Open", "Given Up", "Given Up", "Resolved"):
		site.get_doc(
			{"doctype": "Clinic Event Failure", "hook": "h", "handler": "x", "status": status}
		).db_insert()
	assert records.failures()["given_up"] >= 2
	night = {"job": "Night", "status": "Running", "started_at": "2026-01-01 01:00:00"}
	site.db.delete("Clinic Job Run")
	site.get_doc({"doctype": "Clinic Job Run", "name": "n1", **night}).db_insert()
	assert records.night()["status"] == "Ended Without a Word"
	site.db.delete("Clinic Backup")
	assert records.backup()["status"] is None
	backups = (("b1", "Verified", "2026-01-01 02:00:00"), ("b2", "Failed", "2026-01-02 02:00:00"))
	for name, status, started in backups:
		row = {"doctype": "Clinic Backup", "name": name, "status": status, "started_at": started}
		site.get_doc(row).db_insert()
	facts = records.backup()
	assert (facts["name"], facts["status"]) == ("b2", "Failed")
	assert facts["good_seconds"] == queues.seconds_since("2026-01-01 02:00:00")


def test_every_finding_can_be_said_in_english_and_persian(site):
	params = {
		"part": "redis", "error": "E", "queue": "long", "count": 3, "seconds": 7200, "reason": "pause_scheduler",
		"steps": ["a.b"], "backup": "b", "problems": "p", "holds": ["files"], "free_bytes": 1, "percent": 1.0,
	}  # fmt: skip
	assert set(texts._TITLES) == set(texts._ADVICE)
	for code in texts._TITLES:
		finding = findings.Finding(code, "disk", params=params)
		site.local.lang = "en"
		english = texts.title(finding), texts.advice(finding)
		site.local.lang = "fa"
		persian = texts.title(finding), texts.advice(finding)
		site.local.lang = "en"
		for before, after in zip(english, persian, strict=True):
			assert before and before != after, code
			assert "{" not in before + after


def test_a_flood_is_stopped(site):
	from clinic_core import api

	site.set_user("Guest")
	for _ in range(api.LIMIT_PER_MINUTE):
		health()
	with pytest.raises(site.ValidationError):
		health()
