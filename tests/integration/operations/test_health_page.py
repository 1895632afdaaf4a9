"""What the health page may do: only managers, and only what is theirs."""

import pytest
from clinic_core.foundation import compat
from clinic_core.operations import api
from rq import Queue
from rq.registry import FailedJobRegistry
from rq.results import Result

OURS, FOREIGN = "clinic_core.operations.jobs.watch_health", "frappe.utils.background_jobs.test_job"


@pytest.fixture
def failed(site):
	"""`failed(method)`: the id of a job that failed in a queue of its own that no worker serves."""
	made = []
	connection = compat.job_queues()[0].connection
	queue = Queue(f"{site.generate_hash()}:test", connection=connection)

	def make(method):
		job = queue.enqueue_call(
			"builtins.print",
			kwargs={"site": site.local.site, "method": method, "kwargs": {}},
			job_id=compat.site_job_prefix() + site.generate_hash(),
		)
		queue.remove(job)
		FailedJobRegistry(queue=queue).add(job, ttl=60)
		Result.create_failure(job, ttl=60, exc_string="Traceback …\n\nValueError: the last line")
		made.append(job)
		return job.id

	yield make, queue
	for job in made:
		job.delete()
	queue.delete()


@pytest.fixture
def our_queues(failed, monkeypatch):
	monkeypatch.setattr(compat, "job_queues", lambda: [failed[1]])
	return failed[0]


@pytest.mark.parametrize("role", ["Clinic Receptionist", "Clinic Accountant", "Clinic Branch Supervisor"])
def test_others_are_refused(site, user_with, role):
	site.set_user(user_with(role))
	commands = (lambda: api.retry_job("queue", "x"), lambda: api.run_now("night"), api.watch_health)
	for ask in (api.overview, *commands):
		with pytest.raises(site.PermissionError):
			ask()


def test_the_page_gets_all_it_shows(site, user_with, our_queues):
	our_queues(OURS)
	site.set_user(user_with("Clinic Manager"))
	answer = api.overview()
	assert set(answer) == {"report", "workers", "failed_jobs", "failures", "nights", "backups"}
	row = next(row for row in answer["failed_jobs"] if row["kind"] == "queue")
	assert (row["method"], row["may_retry"]) == (OURS, True)
	assert row["error"] == "ValueError: the last line"


def test_a_manager_retries_a_job_of_ours(site, user_with, failed, our_queues):
	job = our_queues(OURS)
	site.set_user(user_with("Clinic Manager"))
	assert api.retry_job("queue", job) == {"queued": True}
	assert failed[1].get_job_ids() == [job]


def test_only_a_system_manager_retries_others(site, user_with, our_queues):
	job = our_queues(FOREIGN)
	site.set_user(user_with("Clinic Manager"))
	with pytest.raises(site.PermissionError):
		api.retry_job("queue", job)
	site.set_user(user_with("System Manager"))
	assert api.retry_job("queue", job) == {"queued": True}


def test_a_job_that_is_gone_or_of_another_site_is_not_found(site, our_queues):
	for job in (compat.site_job_prefix() + "gone", "other.localhost::1"):
		with pytest.raises(site.DoesNotExistError):
			api.retry_job("queue", job)


def test_an_unknown_kind_is_refused_by_name(site):
	from clinic_core.foundation.errors import InvalidInputError

	with pytest.raises(InvalidInputError, match="queue, schedule"):
		api.retry_job("nonsense", "x")
	with pytest.raises(InvalidInputError, match="night"):
		api.run_now("nonsense")
