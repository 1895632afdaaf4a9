"""The night: every module's job runs, whatever happens to another's."""

from clinic_core.foundation import jobs


def test_a_failing_night_job_does_not_keep_the_others_from_their_work(site, monkeypatch):
	ran = []
	known = {"night.breaks": lambda: 1 / 0, "night.works": lambda: ran.append("works")}
	hooks, attr = site.get_hooks, site.get_attr
	monkeypatch.setattr(
		site, "get_hooks", lambda *a, **k: list(known) if a == ("clinic_night_jobs",) else hooks(*a, **k)
	)
	monkeypatch.setattr(site, "get_attr", lambda path: known.get(path) or attr(path))
	jobs.run_night()
	assert ran == ["works"]
	assert site.db.exists("Error Log", {"method": ("like", "%night.breaks%")})


def test_every_app_registers_its_part_of_the_night(site):
	registered = site.get_hooks("clinic_night_jobs")
	assert registered[0] == "clinic_core.scheduling.jobs.run_night"
	assert "clinic_crm.pipeline.jobs.follow_up_closed" in registered
	assert all(callable(site.get_attr(job)) for job in registered)
