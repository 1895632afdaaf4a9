"""The one place that knows how Frappe versions differ on the server, and what of it is not public.

Checked for 15.0.0-dev (2023-08: run), 15.56 and 16.0.0-dev (2025-05: read, not run). What differs and
where it is met: docs/compatibility.md. tests/unit/quality/test_compat.py keeps these names in here.
"""

import contextlib
import datetime
import functools
import inspect
from collections.abc import Callable
from typing import Any

import frappe
from frappe import realtime
from frappe.auth import get_login_attempt_tracker
from frappe.desk.listview import get_group_by_count
from frappe.installer import update_site_config
from frappe.sessions import delete_session, get_csrf_token
from frappe.utils import background_jobs, convert_utc_to_system_timezone
from frappe.utils.password import check_password
from pypika.queries import QueryBuilder
from rq import Queue, Worker
from rq.job import Job

SUPPORTED_VERSIONS = (15, 16)

# MariaDB: 1213 deadlock, 1205 lock wait timeout, 1020 row changed since the snapshot.
STALE_SNAPSHOT = 1020
RETRYABLE_CODES = frozenset({1213, 1205, STALE_SNAPSHOT})


def is_retryable(error: BaseException) -> bool:
	"""Whether the transaction was rolled back by the database and may be run again."""
	if isinstance(error, frappe.QueryDeadlockError | frappe.QueryTimeoutError):
		return True
	cause = error.__cause__ or error
	code = cause.args[0] if getattr(cause, "args", None) else None
	return isinstance(code, int) and code in RETRYABLE_CODES


def answer_conflicts_with_409() -> None:
	"""A deadlock at a door that cannot retry (form, REST) is the caller's to repeat, not a fault.

	Both classes derive from Exception without a status in all versions checked; Frappe reads
	`http_status_code` from the class.
	"""
	frappe.QueryDeadlockError.http_status_code = 409
	frappe.QueryTimeoutError.http_status_code = 409
	_take_stale_snapshots_for_deadlocks()


def _take_stale_snapshots_for_deadlocks() -> None:
	"""From 11.6.2 on MariaDB answers 1020 where a row changed since the transaction's snapshot, and says
	to treat it like a deadlock. Frappe asks `is_deadlocked` of its database class, which knows 1213 only
	in 15 (16 knows both by now): a form saved in such a moment would answer 500.
	"""
	database = type(frappe.local.db)
	known = database.is_deadlocked
	if getattr(known, "knows_stale_snapshots", False):
		return

	def is_deadlocked(error: Exception) -> bool:
		return error.args[0] == STALE_SNAPSHOT or known(error)

	is_deadlocked.knows_stale_snapshots = True
	database.is_deadlocked = staticmethod(is_deadlocked)


def desk_board(method: str) -> Callable[..., Any]:
	"""An endpoint of the desk's kanban boards, for boards that are not ours; named alike in all versions checked."""
	return frappe.get_attr(f"frappe.desk.doctype.kanban_board.kanban_board.{method}")


def major_version() -> int:
	"""Frappe's major version, e.g. 15."""
	return int(frappe.__version__.split(".")[0])


def is_endpoint(function: Callable) -> bool:
	"""Whether a function is whitelisted; a list in early 15, a set since. Frappe's own check throws."""
	return function in frappe.whitelisted


def mark_messages() -> int:
	"""Where the messages to the user stand, for `forget_messages`."""
	return len(frappe.local.message_log)


def forget_messages(mark: int) -> None:
	"""Take back what was to be said since the mark: an error that was caught is not the user's business."""
	del frappe.local.message_log[mark:]


def count_in_list(doctype: str, filters: list) -> int:
	"""How many documents a list with these filters has for the user.

	15 takes an SQL function as text, 16 as a mapping. `ignore_ifnull`: early 15 wraps dates in ifnull(),
	which no index can answer; later ones leave it out by themselves. No date that is missing lies
	within a period.
	"""
	counted = "count(*) as total" if major_version() < 16 else {"COUNT": "*", "as": "total"}
	return frappe.get_list(doctype, filters=filters, fields=[counted], ignore_ifnull=True)[0].total


def sum_in_list(doctype: str, field: str, filters: list) -> float:
	"""The sum of a field over the documents that a list with these filters has for the user.

	The same holds as for `count_in_list`.
	"""
	added = f"sum(`{field}`) as total" if major_version() < 16 else {"SUM": field, "as": "total"}
	return frappe.get_list(doctype, filters=filters, fields=[added], ignore_ifnull=True)[0].total or 0.0


def counts_by_field(doctype: str, filters: str, field: str) -> list[Any]:
	"""Rows {name, count} behind the desk's "Group by", most frequent first; `filters` as JSON.

	The desk's own endpoint: its form is the same in all versions checked, while the way to group a list
	is not. Permissions are those of a list.
	"""
	return get_group_by_count(doctype, filters, field)


def set_site_config(key: str, value: Any) -> None:
	"""Write a key into the site's configuration file; the module is the same in all versions checked."""
	update_site_config(key, value)


def guard_lists(guard: Callable[[str, dict[str, Any], Callable[[dict[str, Any]], Any]], Any]) -> None:
	"""Let `guard(doctype, arguments, ask)` answer every list that is asked with a user's permissions.

	One class answers them at all of Frappe's doors (15 and early 16: `db_query`, later 16: `qb_query`), and
	no hook is told which fields, filters and order are asked for.
	"""
	for path in ("frappe.model.db_query.DatabaseQuery", "frappe.model.qb_query.DatabaseQuery"):
		with contextlib.suppress(ImportError, AttributeError):
			_guard_class(frappe.get_attr(path), guard)


def _guard_class(lists: type, guard: Callable) -> None:
	known = lists.execute
	if getattr(known, "is_guarded", False):
		return
	shape = inspect.signature(known)

	@functools.wraps(known)
	def execute(self: Any, *args: Any, **kwargs: Any) -> Any:
		if kwargs.get("ignore_permissions"):
			return known(self, *args, **kwargs)
		given = dict(shape.bind(self, *args, **kwargs).arguments)
		given.pop("self")
		return guard(self.doctype, given, lambda allowed: known(self, **allowed))

	execute.is_guarded = True
	lists.execute = execute


# A decorator of Frappe's hides what these take.
_MAKE_REPORTS = {
	"generate_report_result": ("report", "filters", "user", "custom_columns"),
	"get_prepared_report_result": ("report", "filters", "dn", "user"),
}


def guard_reports(guard: Callable[[dict[str, Any], list[Any], str | None, str], Any]) -> None:
	"""Let `guard(answer, custom columns, user, query)` see every answer of a report before anybody does.

	Two functions make them, new or prepared, for all of Frappe's doors: screen, export, mail, prepared file.
	Their arguments are the same in all versions checked.
	"""
	for name, takes in _MAKE_REPORTS.items():
		for path in ("frappe.desk.query_report", "frappe.core.doctype.prepared_report.prepared_report"):
			module = frappe.get_module(path)
			known = getattr(module, name, None)
			if known and not getattr(known, "is_guarded", False):
				setattr(module, name, _guarded_report(known, takes, guard))


def _guarded_report(known: Callable, takes: tuple[str, ...], guard: Callable) -> Callable:
	@functools.wraps(known)
	def answer(*args: Any, **kwargs: Any) -> Any:
		given = {**dict(zip(takes, args, strict=False)), **kwargs}
		report = given["report"]
		columns = given.get("custom_columns") or report.get("custom_columns") or []
		query = report.get("query") if report.get("report_type") == "Query Report" else ""
		return guard(known(*args, **kwargs), columns, given.get("user"), query or "")

	answer.is_guarded = True
	return answer


def write_waiting_users_when_they_change() -> None:
	"""Saving a user writes a default of the whole site, who awaits a password for mail, though it is as before.

	That empties everybody's cache, and two who save users at once wait for each other or fail. In all versions
	checked.
	"""
	users = frappe.get_module("frappe.core.doctype.user.user")
	known = getattr(users, "ask_pass_update", None)
	if not known or getattr(known, "is_guarded", False):
		return

	@functools.wraps(known)
	def ask_pass_update() -> None:
		awaiting = {"awaiting_password": 1, "used_oauth": 0}
		waiting = frappe.get_all("User Email", awaiting, pluck="parent", distinct=True, order_by="parent asc")
		if ",".join(waiting) != (frappe.db.get_default("email_user_password") or ""):
			known()

	ask_pass_update.is_guarded = True
	users.ask_pass_update = ask_pass_update


def guard_events(guard: Callable[[str, Any], list[tuple[str, Any]]]) -> None:
	"""Let `guard(event, message)` give the events that are sent to open screens in place of each.

	All of them leave by one function, at once or after the commit.
	"""
	known = realtime.emit_via_redis
	if getattr(known, "is_guarded", False):
		return

	@functools.wraps(known)
	def emit_via_redis(event: str, message: Any, room: str) -> None:
		for shown in guard(event, message):
			known(*shown, room)

	emit_via_redis.is_guarded = True
	realtime.emit_via_redis = emit_via_redis


def job_queues() -> list[Queue]:
	"""RQ's queues of this bench, named `<bench>:<queue>` in all versions checked."""
	return background_jobs.get_queues()


def job_workers() -> list[Worker]:
	"""RQ's workers that serve a queue of this bench; other benches may share the Redis."""
	ours = {background_jobs.generate_qname(queue) for queue in background_jobs.get_queue_list()}
	return [worker for worker in background_jobs.get_workers() if ours & set(worker.queue_names())]


def site_job_prefix() -> str:
	"""What the ids of this site's jobs begin with: `site::` in 15, `site||` in 16."""
	return background_jobs.create_job_id("x")[:-1]


def as_site_time(moment: datetime.datetime) -> datetime.datetime:
	"""A moment as RQ keeps it (UTC, naive before RQ 2, aware since) as a naive one in the site's time."""
	if moment.tzinfo:
		moment = moment.astimezone(datetime.timezone.utc).replace(tzinfo=None)
	return convert_utc_to_system_timezone(moment).replace(tzinfo=None)


def job_error(job: Job) -> str | None:
	"""The traceback of a failed RQ job; newer versions keep it with the result, older ones with the job."""
	result = job.latest_result()
	return result.exc_string if result else getattr(job, "exc_info", None)


def password_is_right(user: str, password: str) -> bool:
	"""Whether it is the user's password; tries are counted as Frappe counts those of signing in.

	Raises frappe.SecurityException when there were too many.
	"""
	tracker = get_login_attempt_tracker(user)
	try:
		check_password(user, password, delete_tracker_cache=False)
	except frappe.AuthenticationError:
		if tracker:
			tracker.add_failure_attempt()
		return False
	if tracker:
		tracker.add_success_attempt()
	return True


def change_person(user: str) -> None:
	"""End the session of this request and begin one of `user`, as signing in does.

	`login_as` runs the checks of signing in (hours, addresses) and gives a new session and cookie. Not
	`logout` before it: it would delete the cookie that `login_as` sets.
	"""
	before = frappe.session.sid
	frappe.local.login_manager.login_as(user)
	get_csrf_token()  # a session without a token takes any: this one has its own from the beginning
	delete_session(before, reason="Another person took over the shared desk")


def end_session() -> None:
	"""Sign the person of this request out."""
	frappe.local.login_manager.logout()


def session_ids() -> list[str]:
	"""The sessions that are alive."""
	table = frappe.qb.DocType("Sessions")
	return frappe.qb.from_(table).select(table.sid).run(pluck=True)


def execute_with(query: str, values: list[Any]) -> int:
	"""Run one statement with parameters inside the current transaction, without what Frappe adds per call.

	For bulk inserts of `foundation/bulk.py`. It counts as one write: Frappe commits what a request wrote.
	Returns how many rows it wrote.
	"""
	database = frappe.local.db
	if not database._conn:
		database.connect()
	database._cursor.execute(query, values)
	database.transaction_writes += 1
	return database._cursor.rowcount


def check_new_document(doc: Any, is_plain: bool) -> None:
	"""Everything an insert checks of a document before it is written, but links and permissions.

	For bulk work, which answers for those two itself and has filled in the defaults. `is_plain`: lengths,
	choices and formats are known to be right and there is no markup in any text, so Frappe's own look at
	each field is left out. Raises what the document's rules raise.
	"""
	doc.set("__islocal", True)
	doc._action = "save"
	doc.set_parent_in_children()
	doc.flags.in_insert = True
	doc.run_before_save_methods()
	if is_plain:
		doc._validate_mandatory()
	else:
		doc._validate()
	doc.flags.in_insert = False


def hooks_of_new(doctype: str) -> list[str]:
	"""Paths of the functions that other code wants called for a new document of a DocType."""
	wanted = ("after_insert", "on_update", "on_change")
	events = frappe.get_doc_hooks().get(doctype, {})
	return [path for event in wanted for path in events.get(event, ())]


def without_waiting(query: QueryBuilder) -> QueryBuilder:
	"""A locking query that fails at once (QueryTimeoutError) where another transaction holds a row.

	PyPika learned NOWAIT after the release that Frappe 15 pins; the clause is written the same way in all.
	"""
	query._for_update_sql = lambda **_options: " FOR UPDATE NOWAIT"
	return query


def skipping_locked(query: QueryBuilder) -> QueryBuilder:
	"""A locking query that leaves out rows another transaction holds (MariaDB 10.6 and later).

	The same seam as `without_waiting`.
	"""
	query._for_update_sql = lambda **_options: " FOR UPDATE SKIP LOCKED"
	return query
