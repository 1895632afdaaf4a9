"""The night: every module's job runs, whatever happens to another's, and leaves a record."""

import pytest
from clinic_core.foundation import job_runs, jobs


@pytest.fixture
def night(site, monkeypatch):
	"""`night(name=function, …)` runs a night of just these jobs and returns its record."""
	hooks, attr = site.get_hooks, site.get_attr

	def run(**known):
		monkeypatch.setattr(
			site, "get_hooks", lambda *a, **k: list(known) if a == ("clinic_night_jobs",) else hooks(*a, **k)
		)
		monkeypatch.setattr(site, "get_attr", lambda path: known.get(path) or attr(path))
		jobs.run_night()
		return site.get_last_doc(job_runs.DOCTYPE)

	return run


def _nothing():
	pass


def test_a_failing_night_job_does_not_keep_the_others_from_their_work(site, night):
	ran = []
	night(breaks=lambda: 1 / 0, works=lambda: ran.append("works"))
	assert ran == ["works"]
	assert site.db.exists("Error Log", {"method": ("like", "%breaks%")})


def test_the_record_says_how_each_part_ended(night):
	run = night(breaks=lambda: 1 / 0, works=_nothing)
	assert (run.job, run.status) == (jobs.NIGHT, "Failed")
	assert [(row.method, row.status) for row in run.steps] == [("breaks", "Failed"), ("works", "Done")]
	assert run.steps[0].error == "ZeroDivisionError: division by zero"
	assert run.started_at <= run.steps[0].ended_at <= run.ended_at


def test_a_good_night_is_done(night):
	run = night(works=_nothing)
	assert (run.status, run.steps[0].status) == ("Done", "Done")


def test_a_night_that_was_killed_ended_without_a_word(site, night):
	killed = night(works=_nothing)
	site.db.set_value(job_runs.DOCTYPE, killed.name, {"status": "Running", "ended_at": None})
	site.db.set_value(job_runs.STEP, killed.steps[0].name, {"status": "Running", "ended_at": None})
	assert not job_runs.is_going_on(jobs.NIGHT)
	night(works=_nothing)
	killed.reload()
	assert (killed.status, killed.ended_at) == ("Ended Without a Word", None)
	assert killed.steps[0].status == "Ended Without a Word"


def test_a_night_in_progress_is_seen(night):
	seen = []
	night(works=lambda: seen.append(job_runs.is_going_on(jobs.NIGHT)))
	assert seen == [True]
	assert not job_runs.is_going_on(jobs.NIGHT)


def test_every_app_registers_its_part_of_the_night(site):
	registered = site.get_hooks("clinic_night_jobs")
	assert registered[0] == "clinic_core.scheduling.jobs.run_night"
	assert "clinic_crm.pipeline.jobs.follow_up_closed" in registered
	assert all(callable(site.get_attr(job)) for job in registered)
