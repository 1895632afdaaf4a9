"""Works in a scratch site, each task in a process of its own that may be killed.

`python -m tests.integration.operations.night.runner SITE SITES_PATH CHUNK` reads one JSON a line,
{"task", …}, and answers with lines of JSON: {"pid"} when the process is about to begin, {"answer"} when
it is done, and {"ended"} with its exit code, negative for the signal that killed it.
"""

import json
import os
import signal
import sys
import traceback

import frappe
from clinic_core.foundation import job_runs, jobs
from clinic_core.people import entitlements
from clinic_core.scheduling import claims
from clinic_core.scheduling import jobs as scheduling
from clinic_crm.overrides import appointment, statement, visit
from clinic_crm.pipeline import jobs as pipeline
from frappe.utils import add_to_date, now_datetime

from tests.integration.operations.night import digest, world

# Imported so that a process that is made for a task begins at once.
WARM = (appointment, statement, visit, entitlements)


def main(site, sites_path, chunk):
	"""Serve until the input ends."""
	os.chdir(sites_path)
	scheduling.CHUNK = pipeline.CHUNK = int(chunk)
	claims.PURGE_CHUNK = int(chunk) * 5
	for line in sys.stdin:
		given = json.loads(line)
		pid = os.fork()
		if not pid:
			_child(site, sites_path, given)
		_pid, status = os.waitpid(pid, 0)
		_say(ended=os.waitstatus_to_exitcode(status))


def _child(site, sites_path, given):
	try:
		frappe.init(site=site, sites_path=sites_path)
		frappe.connect()
		frappe.set_user("Administrator")
		task = TASKS[given.pop("task")]
		_say(pid=os.getpid())
		_say(answer=task(**given))
		frappe.destroy()
		os._exit(0)
	except BaseException:
		traceback.print_exc()
		os._exit(1)


def _say(**answer):
	os.write(1, (json.dumps(answer, default=str) + "\n").encode())


def build(appointments, seed):
	"""Write the world; nights that the copied site had are forgotten."""
	frappe.db.delete(job_runs.DOCTYPE)
	frappe.db.delete(job_runs.STEP)
	world.build(appointments, seed)
	frappe.db.commit()
	return str(now_datetime())


def night(die_at=None, before=True):
	"""A night; it kills itself right before or right after its statement number `die_at`."""
	count = _count_statements(die_at, before)
	return {"status": jobs.run_night(), "statements": count[0]}


def _count_statements(die_at, before):
	count, send = [0], frappe.db.sql

	def sql(query, *args, **kwargs):
		if not kwargs.get("run", True):
			return send(query, *args, **kwargs)
		count[0] += 1
		if count[0] == die_at and before:
			os.kill(os.getpid(), signal.SIGKILL)
		answer = send(query, *args, **kwargs)
		if count[0] == die_at:
			os.kill(os.getpid(), signal.SIGKILL)
		return answer

	frappe.db.sql = sql
	return count


def beside_another():
	"""A night while another connection holds its lock."""
	with job_runs._alone(jobs.NIGHT):
		holder = frappe.local.db  # kept: a connection nobody knows is closed
		frappe.connect()
		assert holder is not frappe.local.db
		return {"status": jobs.run_night(), "going_on": job_runs.is_going_on(jobs.NIGHT)}


def earlier_nights(days):
	"""What nights would have done that ran `days` days ago, and each day since but the last."""
	for ago in range(days, 0, -1):
		moment = add_to_date(now_datetime(), days=-ago)
		scheduling._until_nothing_is_left(lambda moment=moment: scheduling.close_missed(moment))
	return True


def look(since):
	"""The digest of every table, and how the nights went."""
	runs = frappe.get_all(job_runs.DOCTYPE, {"job": jobs.NIGHT}, pluck="status", order_by="started_at asc")
	errors = frappe.get_all(job_runs.STEP, {"status": "Failed"}, ["method", "error"], order_by="name asc")
	return {
		"tables": digest.take(since),
		"runs": runs,
		"errors": errors,
		"going_on": job_runs.is_going_on(jobs.NIGHT),
	}


TASKS = {
	"build": build,
	"night": night,
	"beside_another": beside_another,
	"earlier_nights": earlier_nights,
	"look": look,
}

if __name__ == "__main__":
	main(*sys.argv[1:])
