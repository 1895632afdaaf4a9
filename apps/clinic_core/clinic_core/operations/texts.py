"""Findings in words: what is wrong, and what to do about it."""

from collections.abc import Callable
from typing import Any

from frappe import _

from clinic_core.operations.findings import Finding

Params = dict[str, Any]


def title(finding: Finding) -> str:
	"""What is wrong, in one line, in the language of the moment."""
	return _TITLES[finding.code](finding.params)


def advice(finding: Finding) -> str:
	"""What to do about it, in one or two sentences."""
	return _ADVICE[finding.code](finding.params)


def part_label(part: str) -> str:
	"""The name of a part, as the manager's page calls it."""
	return {
		"database": _("Database"),
		"redis": _("Redis"),
		"queues": _("Work in the background"),
		"scheduler": _("Scheduler"),
		"failures": _("Failed events"),
		"night": _("Night job"),
		"backup": _("Backup"),
		"mail": _("Outgoing mail"),
		"disk": _("Disk space"),
		"memory": _("Memory"),
		"seal": _("Ledger seal"),
		"day_lists": _("Lists for paper"),
	}.get(part, part)


def age(seconds: float) -> str:
	"""How long, in the unit people would say."""
	minutes = int(seconds // 60)
	if minutes < 120:
		return _("{0} minutes").format(minutes)
	return (
		_("{0} hours").format(minutes // 60) if minutes < 48 * 60 else _("{0} days").format(minutes // 1440)
	)


def _count(params: Params, one: str, many: str) -> str:
	return one if params["count"] == 1 else many.format(f"{params['count']:,}")


def _gib(amount: float) -> str:
	return _("{0} GB").format(f"{amount / 1024**3:.1f}")


def _places(holds: list[str]) -> str:
	names = {
		"files": _("files"),
		"backups": _("backups"),
		"second_backups": _("second copy of the backups"),
		"database": _("database"),
	}
	return _(", ").join(names.get(place, place) for place in holds)


_TITLES: dict[str, Callable[[Params], str]] = {
	"no_answer": lambda p: _("{0} does not answer.").format(part_label(p["part"])),
	"no_worker": lambda p: _("Nothing works in the background."),
	"queue_long": lambda p: _("{0} jobs wait in the queue “{1}”.").format(f"{p['count']:,}", p["queue"]),
	"queue_old": lambda p: _("A job has been waiting in the queue “{0}” for {1}.").format(
		p["queue"], age(p["seconds"])
	),
	"jobs_failed": lambda p: _count(p, _("1 background job failed."), _("{0} background jobs failed.")),
	"scheduler_off": lambda p: _("The scheduler is switched off."),
	"scheduler_late": lambda p: _("The scheduler has started nothing for {0}.").format(age(p["seconds"])),
	"events_given_up": lambda p: _count(p, _("1 event was given up."), _("{0} events were given up.")),
	"events_open": lambda p: _count(
		p, _("1 event failed and will be tried again."), _("{0} events failed and will be tried again.")
	),
	"night_failed": lambda p: _("The last night job failed in part."),
	"night_lost": lambda p: _("The night job ended without a word."),
	"night_late": lambda p: _("The night job has not run for {0}.").format(age(p["seconds"])),
	"backup_off": lambda p: _("Nightly backups are switched off."),
	"backup_none": lambda p: _("There is no backup yet."),
	"backup_failed": lambda p: _("The last backup failed."),
	"backup_unproven": lambda p: _("The last backup was not proved."),
	"backup_late": lambda p: _("There has been no good backup for {0}.").format(age(p["seconds"])),
	"mail_account": lambda p: _("No mail can be sent."),
	"mail_failed": lambda p: _count(p, _("1 mail could not be sent."), _("{0} mails could not be sent.")),
	"mail_late": lambda p: _("{0} mails wait to be sent, the first for {1}.").format(
		p["count"], age(p["seconds"])
	),
	"disk_full": lambda p: _("The disk is almost full: {0} free ({1} %).").format(
		_gib(p["free_bytes"]), p["percent"]
	),
	"disk_low": lambda p: _("The disk is filling up: {0} free ({1} %).").format(
		_gib(p["free_bytes"]), p["percent"]
	),
	"memory_low": lambda p: _("Memory is short: {0} % free.").format(p["percent"]),
}

_SWITCHES: dict[str, Callable[[], str]] = {
	"maintenance_mode": lambda: _("The site is in maintenance mode; it ends with “{0}”.").format(
		"bench set-maintenance-mode off"
	),
	"pause_scheduler": lambda: _("It was paused for this site; start it with “{0}”.").format(
		"bench scheduler resume"
	),
	"disable_scheduler": lambda: _("“{0}” is set in the site's configuration; remove it.").format(
		"disable_scheduler"
	),
	"enable_scheduler": lambda: _("Switch it on in System Settings."),
}

_ADVICE: dict[str, Callable[[Params], str]] = {
	"no_answer": lambda p: _("Ask who runs the server to look at it. The answer was: {0}.").format(
		p["error"]
	),
	"no_worker": lambda p: _(
		"Reminders, seals and the night job stand still. Ask who runs the server to start the workers."
	),
	"queue_long": lambda p: _("If it does not get shorter soon, more workers are needed."),
	"queue_old": lambda p: _("A worker is stuck or there are too few. Ask who runs the server."),
	"jobs_failed": lambda p: _("See “Failed jobs” in System Health; try again what you know to be harmless."),
	"scheduler_off": lambda p: _SWITCHES[p["reason"]](),
	"scheduler_late": lambda p: _("Ask who runs the server whether the scheduler runs."),
	"events_given_up": lambda p: _(
		"See “Failed events” in System Health: try them again once the cause is gone."
	),
	"events_open": lambda p: _("Nothing to do; if they keep failing they are given up and you are told."),
	"night_failed": lambda p: _(
		"What failed is caught up by the next run. System Health shows the error of: {0}."
	).format(_(", ").join(p["steps"])),
	"night_lost": lambda p: _("It was cut off. Nothing is lost: run it again, it goes on where it stopped."),
	"night_late": lambda p: _("Run it now; it catches up what was missed."),
	"backup_off": lambda p: _("Switch them on in Clinic Backup Settings."),
	"backup_none": lambda p: _("The first one runs tonight; or start one now."),
	"backup_failed": lambda p: _("Do not rely on it. See what went wrong in {0}.").format(p["backup"]),
	"backup_unproven": lambda p: _("It was not restored for a check. Switch the check on to be sure."),
	"backup_late": lambda p: _("Start one now and see how it ends."),
	"mail_account": lambda p: _("Set up a default outgoing Email Account."),
	"mail_failed": lambda p: _("See the Email Queue for the reason."),
	"mail_late": lambda p: _("Ask who runs the server whether the scheduler and the workers run."),
	"disk_full": lambda p: _("It holds: {0}. Make room now, the database stops when it is full.").format(
		_places(p["holds"])
	),
	"disk_low": lambda p: _("It holds: {0}. Make room within the next days.").format(_places(p["holds"])),
	"memory_low": lambda p: _("Ask who runs the server; the database may be stopped first."),
}
