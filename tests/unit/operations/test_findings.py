"""Facts → findings: every rule at, below and above its limit."""

import pytest
from clinic_core.operations.findings import GIB, HOUR, MINUTE, RED, YELLOW, judge

WELL = {
	"queues": {"workers": 2, "waiting": {"long": 0, "short": 3}, "oldest_seconds": {"long": None}, "failed": 0},
	"scheduler": {"enabled": True, "off_because": None, "last_run_seconds": 60},
	"failures": {"open": 0, "given_up": 0},
	"night": {"status": "Done", "since_seconds": 20 * HOUR, "failed_steps": []},
	"backup": {
		"enabled": True, "status": "Verified", "name": "b1", "problems": None, "good_seconds": 20 * HOUR,
	},
	"mail": {"account": True, "waiting": 2, "failed": 0, "oldest_seconds": MINUTE},
	"disk": {"disks": [{"holds": ["files"], "free_bytes": 50 * GIB, "free_percent": 40.0}]},
	"memory": {"free_percent": 40.0},
	"database": {"version": "10.11", "milliseconds": 1.0},
}  # fmt: skip


def found(part, **changed):
	"""Codes with their severity for a part that is well but for `changed`."""
	return [(finding.code, finding.severity) for finding in judge({part: {**WELL[part], **changed}})]


def disk(percent, free):
	return [{"holds": ["database"], "free_bytes": free, "free_percent": percent}]


def test_all_well():
	assert judge(WELL) == []


def test_a_part_that_does_not_answer():
	finding = judge({"redis": {"error": "ConnectionError"}})[0]
	assert (finding.code, finding.severity, finding.params["error"]) == ("no_answer", RED, "ConnectionError")


def test_a_part_of_another_app_is_not_judged_here():
	assert judge({"seal": {"waiting": 10**6}}) == []


def test_red_comes_first():
	severities = [f.severity for f in judge({"failures": {"open": 1, "given_up": 0}, "disk": {"error": "x"}})]
	assert severities == [RED, YELLOW]


@pytest.mark.parametrize(
	("part", "changed", "expected"),
	[
		("queues", {"workers": 0}, [("no_worker", RED)]),
		("queues", {"waiting": {"long": 999}}, []),
		("queues", {"waiting": {"long": 1000}}, [("queue_long", RED)]),
		("queues", {"waiting": {"long": 1}, "oldest_seconds": {"long": 30 * MINUTE}}, []),
		(
			"queues",
			{"waiting": {"long": 1}, "oldest_seconds": {"long": 30 * MINUTE + 1}},
			[("queue_old", RED)],
		),
		("queues", {"waiting": {"a": 1000}, "oldest_seconds": {"a": 10**6}}, [("queue_long", RED)]),
		("queues", {"failed": 1}, [("jobs_failed", YELLOW)]),
		("scheduler", {"enabled": False, "off_because": "pause_scheduler"}, [("scheduler_off", RED)]),
		("scheduler", {"last_run_seconds": 15 * MINUTE}, []),
		("scheduler", {"last_run_seconds": 15 * MINUTE + 1}, [("scheduler_late", RED)]),
		("scheduler", {"last_run_seconds": None}, []),
		("failures", {"open": 1}, [("events_open", YELLOW)]),
		("failures", {"given_up": 1, "open": 2}, [("events_given_up", RED), ("events_open", YELLOW)]),
		("night", {"status": None, "since_seconds": None}, []),
		("night", {"status": None, "since_seconds": 26 * HOUR + 1}, [("night_late", RED)]),
		("night", {"since_seconds": 26 * HOUR}, []),
		("night", {"since_seconds": 26 * HOUR + 1}, [("night_late", RED)]),
		("night", {"status": "Running"}, []),
		("night", {"status": "Failed", "failed_steps": ["a.b"]}, [("night_failed", RED)]),
		("night", {"status": "Ended Without a Word"}, [("night_lost", RED)]),
		("backup", {"enabled": False, "status": "Failed"}, [("backup_off", YELLOW)]),
		("backup", {"status": None, "good_seconds": None}, [("backup_none", YELLOW)]),
		("backup", {"status": "Failed"}, [("backup_failed", RED)]),
		("backup", {"status": "Not Verified"}, [("backup_unproven", YELLOW)]),
		("backup", {"status": "Running"}, []),
		("backup", {"good_seconds": 26 * HOUR}, []),
		("backup", {"good_seconds": 26 * HOUR + 1}, [("backup_late", RED)]),
		(
			"backup",
			{"status": "Failed", "good_seconds": 50 * HOUR},
			[("backup_failed", RED), ("backup_late", RED)],
		),
		("mail", {"account": False}, [("mail_account", YELLOW)]),
		("mail", {"failed": 3}, [("mail_failed", YELLOW)]),
		("mail", {"oldest_seconds": HOUR}, []),
		("mail", {"oldest_seconds": HOUR + 1}, [("mail_late", YELLOW)]),
		("mail", {"oldest_seconds": None}, []),
		("disk", {"disks": []}, []),
		("disk", {"disks": disk(15.0, 50 * GIB)}, []),
		("disk", {"disks": disk(14.9, 50 * GIB)}, [("disk_low", YELLOW)]),
		("disk", {"disks": disk(5.0, 50 * GIB)}, [("disk_low", YELLOW)]),
		("disk", {"disks": disk(4.9, 50 * GIB)}, [("disk_full", RED)]),
		("disk", {"disks": disk(60.0, 2 * GIB)}, []),
		("disk", {"disks": disk(60.0, 2 * GIB - 1)}, [("disk_full", RED)]),
		("memory", {"free_percent": 8.0}, []),
		("memory", {"free_percent": 7.9}, [("memory_low", YELLOW)]),
	],
)
def test_a_rule_at_its_limit(part, changed, expected):
	assert found(part, **changed) == expected


def test_two_queues_and_two_disks_are_findings_of_their_own():
	queues = {**WELL["queues"], "waiting": {"long": 5000, "short": 5000}}
	disks = {
		"disks": [*disk(1.0, GIB), {"holds": ["files", "backups"], "free_bytes": GIB, "free_percent": 1.0}]
	}
	keys = [finding.key for finding in judge({"queues": queues, "disk": disks})]
	assert keys == [
		"queues:queue_long:long",
		"queues:queue_long:short",
		"disk:disk_full:database",
		"disk:disk_full:files:backups",
	]
