"""Commands, idempotency, events between the apps, locks: one connection, rolled back."""

import json

import pytest

CALLS = []


def handler_that_works(**payload):
	CALLS.append(payload)
	return {"seen": payload}


def handler_that_fails(**payload):
	import frappe

	frappe.get_doc({"doctype": "Clinic Department", "code": "FAILED", "title": "Half-done"}).insert()
	frappe.msgprint("half a message")
	raise RuntimeError("broken handler")


def handler_that_deadlocks(**payload):
	import frappe

	raise frappe.QueryDeadlockError("1213")


def handler_that_is_mended(**payload):
	if not CALLS:
		CALLS.append(payload)
		raise RuntimeError("not yet")
	CALLS.append(payload)


@pytest.fixture
def hooks(site, monkeypatch):
	"""`hooks("name", handler, …)`: registers handlers of this file for an event."""
	CALLS.clear()
	registered, get_hooks, get_attr = {}, site.get_hooks, site.get_attr

	def lookup(hook=None, *args, **kwargs):
		return list(registered[hook]) if hook in registered else get_hooks(hook, *args, **kwargs)

	def attribute(path):
		return globals()[path[5:]] if path.startswith("test:") else get_attr(path)

	monkeypatch.setattr(site, "get_hooks", lookup)
	monkeypatch.setattr(site, "get_attr", attribute)

	def register(hook, *handlers):
		registered[hook] = [f"test:{handler.__name__}" for handler in handlers]

	return register


def failures(site, **filters):
	return site.get_all(
		"Clinic Event Failure",
		{"hook": "clinic_test", **filters},
		["name", "handler", "payload", "error", "status", "attempts"],
		order_by="creation asc",
	)


# --- events -------------------------------------------------------------------------------------


def test_a_failing_handler_leaves_a_record_and_the_other_work_stays(site, hooks):
	from clinic_core.foundation import events

	hooks("clinic_test", handler_that_fails, handler_that_works)
	site.get_doc({"doctype": "Clinic Department", "code": "KEPT", "title": "Kept"}).insert()
	events.emit("clinic_test", events=[{"visit": "V1"}])
	assert site.db.exists("Clinic Department", "KEPT")
	assert not site.db.exists("Clinic Department", "FAILED")
	assert CALLS == [{"events": [{"visit": "V1"}]}]
	(failure,) = failures(site)
	assert failure.status == "Open"
	assert "broken handler" in failure.error
	assert json.loads(failure.payload) == {"events": [{"visit": "V1"}]}
	assert not any("half a message" in str(message) for message in site.local.message_log)


def test_asking_leaves_out_who_failed(site, hooks):
	from clinic_core.foundation import events

	hooks("clinic_test", handler_that_fails, handler_that_works)
	assert events.gather("clinic_test", patient="P") == [{"seen": {"patient": "P"}}]


def test_a_deadlock_is_not_swallowed(site, hooks):
	from clinic_core.foundation import events

	hooks("clinic_test", handler_that_deadlocks)
	with pytest.raises(site.QueryDeadlockError):
		events.emit("clinic_test")
	assert failures(site) == []


def test_a_retry_resolves_the_failure(site, hooks):
	from clinic_core.foundation import events, jobs

	hooks("clinic_test", handler_that_is_mended)
	events.emit("clinic_test", visit="V1")
	(failure,) = failures(site)
	site.db.set_value("Clinic Event Failure", failure.name, "next_try_at", "2020-01-01 00:00:00")
	jobs.retry_event_failures()
	assert [call for call in CALLS] == [{"visit": "V1"}, {"visit": "V1"}]
	assert [(f.status, f.attempts) for f in failures(site)] == [("Resolved", 1)]
	jobs.retry_event_failures()
	assert len(CALLS) == 2


def test_what_is_not_due_waits(site, hooks):
	from clinic_core.foundation import events, jobs

	hooks("clinic_test", handler_that_is_mended)
	events.emit("clinic_test")
	jobs.retry_event_failures()
	assert len(CALLS) == 1


def test_a_hopeless_handler_is_given_up_and_shown(site, hooks):
	from clinic_core.foundation import events, jobs

	hooks("clinic_test", handler_that_fails)
	events.emit("clinic_test")
	(failure,) = failures(site)
	for _ in range(events.MAX_ATTEMPTS):
		site.db.set_value("Clinic Event Failure", failure.name, "next_try_at", "2020-01-01 00:00:00")
		jobs.retry_event_failures()
	site.db.set_value("Clinic Event Failure", failure.name, "next_try_at", "2020-01-01 00:00:00")
	jobs.retry_event_failures()
	assert [(f.status, f.attempts) for f in failures(site)] == [("Given Up", events.MAX_ATTEMPTS)]
	assert not site.db.exists("Clinic Department", "FAILED")


def test_a_manager_tries_again_what_was_given_up(site, hooks, user_with):
	from clinic_core.foundation import api, events

	hooks("clinic_test", handler_that_is_mended)
	events.emit("clinic_test", visit="V1")
	(failure,) = failures(site)
	site.db.set_value("Clinic Event Failure", failure.name, "status", "Given Up")
	site.set_user(user_with("Clinic Accountant"))
	with pytest.raises(site.PermissionError):
		api.retry_event(failure.name)
	site.set_user(user_with("Clinic Manager"))
	assert api.retry_event(failure.name) == {"resolved": True}
	assert api.retry_event(failure.name) == {"resolved": True}
	assert len(CALLS) == 2


# --- commands and idempotency -------------------------------------------------------------------


def run(site, key="k1", content=None, method="test.method"):
	"""A command that makes a department and answers with a number that grows by each run."""
	from clinic_core.foundation import boundary

	def work():
		CALLS.append(1)
		doc = site.get_doc({"doctype": "Clinic Department", "title": site.generate_hash(length=8)}).insert()
		return {"name": doc.name, "run": len(CALLS)}

	return boundary.command(method, key, work, content=content or {"a": 1})


@pytest.fixture(autouse=True)
def no_calls():
	CALLS.clear()


def test_the_same_request_is_done_once_and_answered_alike(site):
	assert run(site) == run(site)
	assert len(CALLS) == 1


def test_other_content_under_the_same_key_is_a_conflict(site):
	from clinic_core.foundation.errors import ConflictError

	run(site)
	with pytest.raises(ConflictError) as error:
		run(site, content={"a": 2})
	assert error.value.http_status_code == 409
	assert len(CALLS) == 1


def test_without_a_key_nothing_is_remembered(site):
	run(site, key=None)
	run(site, key=None)
	assert len(CALLS) == 2


def test_keys_of_other_methods_and_users_are_other_keys(site, user_with):
	run(site)
	run(site, method="test.other")
	site.set_user(user_with("Clinic Manager"))
	run(site)
	assert len(CALLS) == 3


def test_an_answer_of_nothing_is_an_answer(site):
	from clinic_core.foundation import boundary

	for _ in range(2):
		assert boundary.command("test.none", "k", lambda: CALLS.append(1)) is None
	assert len(CALLS) == 1


def test_work_that_failed_may_be_sent_again_under_its_key(site):
	from clinic_core.foundation import boundary

	def fail():
		site.get_doc({"doctype": "Clinic Department", "code": "HALF", "title": "Half"}).insert()
		raise ValueError("no")

	with pytest.raises(ValueError):
		boundary.command("test.method", "k1", fail, content={"a": 1})
	assert not site.db.exists("Clinic Department", "HALF")
	assert run(site)["run"] == 1


def test_a_command_inside_a_command_joins_it(site):
	from clinic_core.foundation import boundary

	def outer():
		run(site, key="inner")
		raise ValueError("outer fails")

	with pytest.raises(ValueError):
		boundary.command("test.outer", None, outer)
	assert site.flags.in_clinic_command is False
	assert run(site, key="inner")["run"] == 2


def test_a_deadlock_is_tried_again(site, monkeypatch):
	from clinic_core.foundation import boundary

	monkeypatch.setattr(boundary, "FIRST_PAUSE_SECONDS", 0)

	def work():
		CALLS.append(1)
		site.msgprint("said each time")
		if len(CALLS) < 3:
			raise site.QueryDeadlockError("1213")
		return "done"

	assert boundary.command("test.retry", "k", work) == "done"
	assert len(CALLS) == 3
	assert len(site.local.message_log) == 1


def test_after_the_last_attempt_it_is_a_conflict(site, monkeypatch):
	from clinic_core.foundation import boundary
	from clinic_core.foundation.errors import ConflictError

	monkeypatch.setattr(boundary, "FIRST_PAUSE_SECONDS", 0)

	def work():
		CALLS.append(1)
		raise site.QueryDeadlockError("1213")

	with pytest.raises(ConflictError):
		boundary.command("test.retry", None, work)
	assert len(CALLS) == boundary.ATTEMPTS


def test_other_errors_are_not_tried_again(site):
	from clinic_core.foundation import boundary

	def work():
		CALLS.append(1)
		raise KeyError("bug")

	with pytest.raises(KeyError):
		boundary.command("test.bug", None, work)
	assert len(CALLS) == 1


def test_only_expired_keys_are_purged(site):
	from clinic_core.foundation import idempotency, jobs

	run(site, key="old")
	run(site, key="new")
	rows = site.get_all(
		"Clinic Idempotency Key", {"method": "test.method"}, pluck="name", order_by="creation"
	)
	site.db.set_value("Clinic Idempotency Key", rows[0], "expires_at", "2020-01-01 00:00:00")
	jobs.purge_idempotency_keys()
	left = site.get_all("Clinic Idempotency Key", {"method": "test.method"}, pluck="name")
	assert left == [rows[1]]
	assert idempotency.KEEP_DAYS_MONEY > idempotency.KEEP_DAYS


# --- locks --------------------------------------------------------------------------------------


def test_rows_are_locked_in_one_order_whatever_order_is_given(site, count_queries):
	from clinic_core.foundation.locks import lock_rows

	with count_queries() as queries:
		lock_rows(
			[
				("Clinic Referral Source", "OTHER"),
				("Clinic Branch", "MAIN"),
				("Clinic Referral Source", "AD"),
				("Clinic Legal Entity", None),
			]
		)
	assert len(queries) == 2
	assert "Clinic Branch" in queries[0] and "Clinic Referral Source" in queries[1]
	assert all("FOR UPDATE" in query and "ORDER BY `name`" in query for query in queries)


def test_a_missing_row_is_named(site):
	from clinic_core.foundation.locks import lock_rows

	with pytest.raises(site.DoesNotExistError, match="NOWHERE"):
		lock_rows([("Clinic Branch", "NOWHERE"), ("Clinic Branch", "MAIN")])


# --- the wire -----------------------------------------------------------------------------------


@pytest.mark.parametrize("value", ['["a"]', ["a"]])
def test_lists_come_as_text_or_as_lists(site, value):
	from clinic_core.foundation import wire

	assert wire.parse_list(value, "Services") == ["a"]
	assert wire.parse_list(None, "Services") == wire.parse_list("", "Services") == []


@pytest.mark.parametrize("value", ['{"a": 1}', "nonsense", "1"])
def test_what_is_no_list_is_refused_by_name(site, value):
	from clinic_core.foundation import wire
	from clinic_core.foundation.errors import InvalidInputError

	with pytest.raises(InvalidInputError, match="Services"):
		wire.parse_list(value, "Services")


def test_typed_numbers_and_dates(site):
	import datetime
	from decimal import Decimal

	from clinic_core.foundation import wire
	from clinic_core.foundation.errors import InvalidInputError

	assert wire.parse_number("۱٬۲۰۰", "Amount") == 1200
	assert wire.parse_number(None, "Amount", 1) == 1
	assert wire.parse_number(0.1, "Amount") == Decimal("0.1")
	assert wire.parse_date("۲۰۲۶-۱۱-۲۱", "Date") == datetime.date(2026, 11, 21)
	assert wire.parse_date("", "Date") is None
	for wrong in ("2026-13-01", "21/11/2026", "<b>"):
		with pytest.raises(InvalidInputError, match="Date"):
			wire.parse_date(wrong, "Date")


def test_a_missing_permission_is_403(site, user_with):
	from clinic_core.foundation import wire

	site.set_user(user_with("Clinic Portal User"))
	with pytest.raises(site.PermissionError) as error:
		wire.require_permission("Clinic Patient", "read")
	assert error.value.http_status_code == 403
