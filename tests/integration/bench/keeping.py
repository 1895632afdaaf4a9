"""Run as a process: changes a site as a case does, is killed or ends well, and says what is left.

Prints {"new": rows left over, "same": the kept ones are as before, "copies": tables left over,
"changed": tables that are not as before, "lost": whether a row is gone that was there} as JSON.
"""

import json
import sys
import time

from clinic_core.foundation import compat

from tests.bench.keep import AHEAD as AHEAD_TABLE
from tests.bench.keep import BOOK, Keeper
from tests.bench.lab import Lab

PATIENT = "tabClinic Patient"
AHEAD = "Keeper's tag of tomorrow"


PATIENCE_SECONDS = 60


def main(site, killed):
	lab = Lab(site)
	wait_for_jobs(lab)
	# As the first rows of a site: written before its time zone was known, hours ahead of its clock.
	lab.run(
		"INSERT INTO tabTag (name, creation, modified)"
		" VALUES (%s, NOW() + INTERVAL 2 DAY, NOW() + INTERVAL 2 DAY)",
		AHEAD,
	)
	keeper = Keeper(lab)
	keeper.begin()
	person = {"first_name": "Keeper", "mobile": "09129990001", "referral_source": "WALKIN"}
	old = register(lab, **person)["name"]
	keeper.restore()

	keeper.begin()
	register(lab, **person)
	[(kept, note)] = lab.rows(f"SELECT name, note FROM `{PATIENT}` ORDER BY creation LIMIT 1") or [
		(old, None)
	]
	keeper.keep_named("Clinic Patient", [kept], ("Clinic Patient Phone",))
	lab.run(f"UPDATE `{PATIENT}` SET note = 'changed', modified = %s WHERE name = %s", lab_now(lab), kept)
	lab.run("DELETE FROM `tabClinic Patient Phone` WHERE parent = %s", kept)
	if killed:
		lab.close()
		del keeper
		lab = Lab(site)
		keeper = Keeper(lab)
		keeper.begin()
	keeper.restore()
	[(new,)] = lab.rows(f"SELECT COUNT(*) FROM `{PATIENT}` WHERE first_name = 'Keeper'")
	[(keys,)] = lab.rows("SELECT COUNT(*) FROM `tabClinic Search Key` WHERE token LIKE 'keeper%%'")
	[(now,)] = lab.rows(f"SELECT note FROM `{PATIENT}` WHERE name = %s", kept)
	[(phones,)] = lab.rows("SELECT COUNT(*) FROM `tabClinic Patient Phone` WHERE parent = %s", kept)
	gone = not lab.rows("SELECT name FROM tabTag WHERE name = %s", AHEAD)
	lab.run("DELETE FROM tabTag WHERE name = %s", AHEAD)
	copies = lab.rows("SHOW TABLES LIKE 'bench_copy%%'")
	changed = {table: by for table, by in keeper.changed().items() if table != "tabTag"}
	lab.run(f"DROP TABLE `{BOOK}`, `{AHEAD_TABLE}`")
	lab.close()
	same = now == note and phones > 0
	print(
		json.dumps({"new": new + keys, "same": same, "copies": len(copies), "changed": changed, "lost": gone})
	)


def wait_for_jobs(lab):
	"""Until the workers have done what the demo clinic left them: its users' contacts are written there."""
	lab.fresh("Administrator")
	prefix = compat.site_job_prefix()
	until = time.monotonic() + PATIENCE_SECONDS
	while any(job.startswith(prefix) for job in _open_jobs()) and time.monotonic() < until:
		time.sleep(0.2)


def _open_jobs():
	for queue in compat.job_queues():
		yield from queue.get_job_ids()
		yield from queue.started_job_registry.get_job_ids()


def register(lab, **person):
	endpoint = "clinic_core.people.api.register_patient"
	return lab.request(endpoint, person, "Administrator")[1]


def lab_now(lab):
	with lab.plain() as sql:
		return sql.now()


if __name__ == "__main__":
	main(sys.argv[1], sys.argv[2] == "killed")
