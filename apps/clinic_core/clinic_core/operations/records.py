"""Facts from our own records: failed events, the night, backups, mail (E123)."""

from typing import Any

import frappe
from frappe.query_builder.functions import Count, Min
from frappe.utils import add_to_date, cint, now_datetime, time_diff_in_seconds

from clinic_core.foundation import cached, events, job_runs, jobs
from clinic_core.operations.queues import JOB, LIST, last_line, seconds_since

BACKUP = "Clinic Backup"
BACKUP_SETTINGS = "Clinic Backup Settings"
MAIL = "Email Queue"
MAIL_DAYS = 7
RUNS = 7
START_NIGHT = "clinic_core.foundation.jobs.start_night"


def failures() -> dict[str, Any]:
	"""{open, given_up, oldest_seconds} of events of other apps that were not handled. One query."""
	table = frappe.qb.DocType(events.DOCTYPE)
	rows = (
		frappe.qb.from_(table)
		.select(table.status, Count("*"), Min(table.creation))
		.where(table.status.isin(["Open", "Given Up"]))
		.groupby(table.status)
		.run()
	)
	counts = {status: count for status, count, _first in rows}
	first = min((first for _status, _count, first in rows), default=None)
	return {
		"open": counts.get("Open", 0),
		"given_up": counts.get("Given Up", 0),
		"oldest_seconds": seconds_since(first),
	}


def failure_rows() -> list[dict[str, Any]]:
	"""The oldest events that wait for a retry or were given up, given up ones first."""
	rows = frappe.get_all(
		events.DOCTYPE,
		{"status": ("in", ["Open", "Given Up"])},
		["name", "hook", "handler", "status", "attempts", "creation", "next_try_at", "error"],
		order_by="status asc, creation asc",
		limit=LIST,
	)
	return [{**row, "creation": str(row.creation)[:19], "error": last_line(row.error)} for row in rows]


def night() -> dict[str, Any]:
	"""The last night and how it ended: {status, started_at, seconds, since_seconds, failed_steps}."""
	run = next(iter(night_runs(1)), None)
	first_known = None if run else frappe.db.get_value(JOB, {"method": START_NIGHT}, "creation")
	return {
		"status": run["status"] if run else None,
		"started_at": run["started_at"] if run else None,
		"seconds": run["seconds"] if run else None,
		"since_seconds": seconds_since(run["started_at"] if run else first_known),
		"failed_steps": [step["method"] for step in run["steps"] if step["status"] == job_runs.FAILED]
		if run
		else [],
	}


def night_runs(limit: int = RUNS) -> list[dict[str, Any]]:
	"""The last nights, newest first, each {name, status, started_at, seconds, steps}. Three queries."""
	runs = frappe.get_all(
		job_runs.DOCTYPE,
		{"job": jobs.NIGHT},
		["name", "status", "started_at", "ended_at"],
		order_by="started_at desc, creation desc",
		limit=limit,
	)
	steps = frappe.get_all(
		job_runs.STEP,
		{"parent": ("in", [run.name for run in runs]), "parenttype": job_runs.DOCTYPE},
		["parent", "method", "status", "started_at", "ended_at", "error"],
		order_by="started_at asc, idx asc",
	)
	alive = {runs[0].name} if runs and job_runs.is_going_on(jobs.NIGHT) else set()
	by_run: dict[str, list[dict[str, Any]]] = {run.name: [] for run in runs}
	for step in steps:
		timed = _timed(_lost(step, step.parent in alive))
		by_run[step.parent].append({**timed, "method": step.method, "error": step.error})
	return [
		{**_timed(_lost(run, run.name in alive)), "name": run.name, "steps": by_run[run.name]} for run in runs
	]


def backup() -> dict[str, Any]:
	"""The last backup: {enabled, name, status, started_at, size_bytes, problems, good_seconds}.

	`good_seconds`: since the last one that is not red ended; since the first one if there is none.
	"""
	last = next(iter(backup_rows(1)), None)
	good = frappe.get_all(
		BACKUP,
		{"status": ("in", ["Verified", "Not Verified"])},
		pluck="started_at",
		order_by="started_at desc",
		limit=1,
	)
	since = good or (
		frappe.get_all(BACKUP, pluck="started_at", order_by="started_at asc", limit=1) if last else []
	)
	return {
		"enabled": bool(cint(cached.document(BACKUP_SETTINGS).enabled)),
		**{
			key: last[key] if last else None
			for key in ("name", "status", "started_at", "size_bytes", "problems")
		},
		"good_seconds": seconds_since(since[0]) if since else None,
	}


def backup_rows(limit: int = RUNS) -> list[dict[str, Any]]:
	"""The last backups, newest first."""
	rows = frappe.get_all(
		BACKUP,
		fields=["name", "status", "phase", "started_at", "ended_at", "size_bytes", "problems", "encrypted"],
		order_by="started_at desc",
		limit=limit,
	)
	kept = ("name", "phase", "size_bytes", "problems", "encrypted")
	return [{**_timed(row), **{key: row[key] for key in kept}} for row in rows]


def mail() -> dict[str, Any]:
	"""{account, waiting, failed, oldest_seconds}: mail of the last week that has not gone out."""
	table = frappe.qb.DocType(MAIL)
	rows = (
		frappe.qb.from_(table)
		.select(table.status, Count("*"), Min(table.creation))
		.where(table.status.isin(["Not Sent", "Error", "Partially Errored"]))
		.where(table.creation >= add_to_date(now_datetime(), days=-MAIL_DAYS))
		.groupby(table.status)
		.run()
	)
	waiting = {status: (count, first) for status, count, first in rows}
	count, first = waiting.get("Not Sent", (0, None))
	return {
		"account": has_mail_account(),
		"waiting": count,
		"failed": sum(waiting.get(status, (0,))[0] for status in ("Error", "Partially Errored")),
		"oldest_seconds": seconds_since(first),
	}


def has_mail_account() -> bool:
	"""Whether mail can go out at all: a default outgoing account, or a server in the site's configuration."""
	has_account = frappe.db.exists("Email Account", {"enable_outgoing": 1, "default_outgoing": 1})
	return bool(has_account or frappe.conf.mail_server)


def _timed(row: frappe._dict) -> dict[str, Any]:
	"""When it was, as text, and how long it took."""
	has_ended = row.started_at and row.ended_at
	return {
		"status": row.status,
		"started_at": str(row.started_at)[:19] if row.started_at else None,
		"ended_at": str(row.ended_at)[:19] if row.ended_at else None,
		"seconds": time_diff_in_seconds(row.ended_at, row.started_at) if has_ended else None,
	}


def _lost(row: frappe._dict, is_going_on: bool) -> frappe._dict:
	"""A record called Running without a process ended without a word."""
	if row.status == job_runs.RUNNING and not is_going_on:
		row.status = job_runs.LOST
	return row
