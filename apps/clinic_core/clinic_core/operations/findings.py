"""What the facts of the system mean: which parts need attention, and how badly (E123). Pure.

A part's facts are a dict; `{"error": …}` alone means that it did not answer. Ages are in seconds, None
when the thing never happened. Findings are codes with parameters; `texts.py` says them in words.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

RED, YELLOW = "red", "yellow"

MINUTE = 60
HOUR = 60 * MINUTE
GIB = 1024**3

# A worker does some hundred jobs a minute: a thousand waiting is more than a hiccup.
WAITING_TOO_MANY = 1000
# The long queue allows 25 minutes for one job; what waits longer waits for a worker that is stuck.
WAITING_TOO_LONG = 30 * MINUTE
# Our own jobs run every five minutes: three missed turns are no coincidence.
SCHEDULER_LATE = 15 * MINUTE
# A day and two hours: the night may start late and take long, once.
NIGHT_LATE = 26 * HOUR
BACKUP_LATE = 26 * HOUR
# MariaDB stops when its disk is full; a backup and its proof need room for two copies meanwhile.
DISK_RED_PERCENT, DISK_YELLOW_PERCENT = 5, 15
DISK_RED_BYTES = 2 * GIB
# Below this Linux begins to swap or to kill, the database first.
MEMORY_YELLOW_PERCENT = 8
# Mail that waits longer than an hour is not merely queued: Frappe sends every few minutes.
MAIL_LATE = HOUR

Facts = Mapping[str, Any]


@dataclass(frozen=True)
class Finding:
	"""Something a manager should know: `red` calls for help now, `yellow` is to be looked at."""

	code: str
	part: str
	severity: str = RED
	params: dict[str, Any] = field(default_factory=dict)

	@property
	def key(self) -> str:
		"""What tells this finding from others: two full disks are two findings."""
		places = [self.params.get("queue"), *self.params.get("holds", [])]
		return ":".join([self.part, self.code, *filter(None, places)])


def judge(parts: Mapping[str, Facts]) -> list[Finding]:
	"""Every finding in `parts` (name → facts), red ones first. Unknown parts are taken as they are."""
	found = [finding for part, facts in parts.items() for finding in _judge_part(part, facts)]
	return sorted(found, key=lambda finding: finding.severity != RED)


def _judge_part(part: str, facts: Facts) -> Iterator[Finding]:
	if "error" in facts:
		yield Finding("no_answer", part, RED, {"part": part, "error": facts["error"]})
	elif rule := _RULES.get(part):
		for code, severity, params in rule(facts):
			yield Finding(code, part, severity, params)


Judgement = Iterator[tuple[str, str, dict[str, Any]]]


def _queues(facts: Facts) -> Judgement:
	if not facts["workers"]:
		yield "no_worker", RED, {}
	for queue, count in facts["waiting"].items():
		age = facts["oldest_seconds"].get(queue) or 0
		if count >= WAITING_TOO_MANY:
			yield "queue_long", RED, {"queue": queue, "count": count}
		elif age > WAITING_TOO_LONG:
			yield "queue_old", RED, {"queue": queue, "seconds": age}
	if facts["failed"]:
		yield "jobs_failed", YELLOW, {"count": facts["failed"]}


def _scheduler(facts: Facts) -> Judgement:
	if not facts["enabled"]:
		yield "scheduler_off", RED, {"reason": facts["off_because"]}
	elif (facts["last_run_seconds"] or 0) > SCHEDULER_LATE:
		yield "scheduler_late", RED, {"seconds": facts["last_run_seconds"]}


def _failures(facts: Facts) -> Judgement:
	if facts["given_up"]:
		yield "events_given_up", RED, {"count": facts["given_up"]}
	if facts["open"]:
		yield "events_open", YELLOW, {"count": facts["open"]}


def _night(facts: Facts) -> Judgement:
	"""`since_seconds`: since the last run began, or since the job is known if it never ran."""
	if facts["status"] == "Failed":
		yield "night_failed", RED, {"steps": facts["failed_steps"]}
	elif facts["status"] == "Ended Without a Word":
		yield "night_lost", RED, {}
	if (facts["since_seconds"] or 0) > NIGHT_LATE:
		yield "night_late", RED, {"seconds": facts["since_seconds"]}


def _backup(facts: Facts) -> Judgement:
	if not facts["enabled"]:
		yield "backup_off", YELLOW, {}
		return
	if facts["status"] is None:
		yield "backup_none", YELLOW, {}
	elif facts["status"] == "Failed":
		yield "backup_failed", RED, {"backup": facts["name"], "problems": facts["problems"]}
	elif facts["status"] == "Not Verified":
		yield "backup_unproven", YELLOW, {"backup": facts["name"]}
	if facts["status"] is not None and (age := facts["good_seconds"]) is not None and age > BACKUP_LATE:
		yield "backup_late", RED, {"seconds": age}


def _mail(facts: Facts) -> Judgement:
	if not facts["account"]:
		yield "mail_account", YELLOW, {}
	if facts["failed"]:
		yield "mail_failed", YELLOW, {"count": facts["failed"]}
	if (facts["oldest_seconds"] or 0) > MAIL_LATE:
		yield "mail_late", YELLOW, {"count": facts["waiting"], "seconds": facts["oldest_seconds"]}


def _disk(facts: Facts) -> Judgement:
	for disk in facts["disks"]:
		params = {"holds": disk["holds"], "free_bytes": disk["free_bytes"], "percent": disk["free_percent"]}
		if disk["free_percent"] < DISK_RED_PERCENT or disk["free_bytes"] < DISK_RED_BYTES:
			yield "disk_full", RED, params
		elif disk["free_percent"] < DISK_YELLOW_PERCENT:
			yield "disk_low", YELLOW, params


def _memory(facts: Facts) -> Judgement:
	if facts["free_percent"] < MEMORY_YELLOW_PERCENT:
		yield "memory_low", YELLOW, {"percent": facts["free_percent"]}


_RULES: dict[str, Callable[[Facts], Judgement]] = {
	"queues": _queues,
	"scheduler": _scheduler,
	"failures": _failures,
	"night": _night,
	"backup": _backup,
	"mail": _mail,
	"disk": _disk,
	"memory": _memory,
}
