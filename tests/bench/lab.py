"""One site under measurement: requests in process, a plain connection for the floor, and counting.

What is fresh in every repetition, as in a new web request: `frappe.local` with all its caches
(documents, metadata, roles, permissions), the configuration, the database connection. What stays
warm, as between two requests: Redis, imported modules, MariaDB's buffer pool. Making the request's
state is outside the clock; the endpoint, its check of arguments and permissions, the commit and
what goes out after it are inside.
"""

import contextlib
import datetime
from collections.abc import Callable, Iterator
from typing import Any

import frappe
import MySQLdb
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request

from tests.bench.measure import Sample, timed

_CONTROL = (
	"Com_begin",
	"Com_commit",
	"Com_rollback",
	"Com_savepoint",
	"Com_release_savepoint",
	"Com_rollback_to_savepoint",
)
_COUNTERS = (
	f"SHOW SESSION STATUS WHERE Variable_name IN ('Questions', {', '.join(repr(c) for c in _CONTROL)})"
)


def statements() -> tuple[int, int]:
	"""(statements, those of them that begin or end a transaction) of this connection so far.

	Asked of the server itself, so that nothing is missed, whichever driver sends it. The question
	counts itself: see `counted`.
	"""
	found = {name: int(value) for name, value in frappe.db.sql(_COUNTERS)}
	return found["Questions"], sum(found[name] for name in _CONTROL)


def counted(work: Callable[[], Any]) -> tuple[Sample, Any]:
	"""Run a piece of work: its time and statements, and its answer."""
	all_before, control_before = statements()
	ms, answer = timed(work)
	all_after, control_after = statements()
	control = control_after - control_before
	# One statement of the difference is the second question for the counters.
	return Sample(ms, all_after - all_before - 1 - control, control), answer


class Lab:
	"""A connected site."""

	def __init__(self, site: str, sites_path: str = ".") -> None:
		self.site, self.sites_path = site, sites_path
		self.fresh("Administrator")
		self.floor = self._plain_connection()
		# The site's clock is that of its own zone, which differs by whole minutes: asking takes a while.
		ahead = frappe.utils.now_datetime() - _utc()
		self.ahead = datetime.timedelta(minutes=round(ahead.total_seconds() / 60))

	def fresh(self, user: str) -> None:
		"""Begin as a new request of `user` does."""
		with contextlib.suppress(RuntimeError, AttributeError):
			frappe.destroy()
		frappe.init(site=self.site, sites_path=self.sites_path, force=True)
		frappe.connect()
		frappe.set_user(user)

	def request(self, endpoint: str, arguments: dict[str, Any], user: str) -> tuple[Sample, Any]:
		"""One call of a whitelisted function by `user`: time, statements and answer."""
		self.fresh(user)
		function = frappe.get_attr(endpoint)
		if function not in frappe.whitelisted:
			raise ValueError(f"{endpoint} is no endpoint")
		method = frappe.allowed_http_methods_for_whitelisted_func[function][0]
		frappe.local.request = Request(
			EnvironBuilder(path=f"/api/method/{endpoint}", method=method).get_environ()
		)
		frappe.local.form_dict = frappe._dict(arguments)
		return counted(lambda: function(**arguments))

	def bare_list(self, doctype: str, user: str) -> Sample:
		"""A list of ten as Frappe itself makes it, with the state of a new request."""
		self.fresh(user)
		return counted(lambda: frappe.get_list(doctype, order_by="name asc", limit_page_length=10))[0]

	def _plain_connection(self) -> Any:
		conf = frappe.local.conf
		return MySQLdb.connect(
			host=conf.db_host or "127.0.0.1",
			port=int(conf.db_port or 3306),
			user=conf.db_name,
			passwd=conf.db_password,
			db=conf.db_name,
			charset="utf8mb4",
			use_unicode=True,
		)

	@contextlib.contextmanager
	def plain(self) -> Iterator["Plain"]:
		"""The floor's connection with a fresh snapshot; what is not committed is undone."""
		cursor = self.floor.cursor()
		try:
			yield Plain(self.floor, cursor, self.ahead)
		finally:
			self.floor.rollback()
			cursor.close()

	def run(self, statement: str, *values: Any) -> int:
		"""Run one statement of our own outside the clock and commit it; how many rows it touched."""
		with self.plain() as sql:
			touched = sql.do(statement, *values)
			sql.commit()
		return touched

	def literal(self, condition: str, *values: Any) -> str:
		"""A condition with its values written into it, escaped by the driver."""
		return (
			condition % tuple(self.floor.literal(value).decode() for value in values) if values else condition
		)

	def rows(self, statement: str, *values: Any) -> list[tuple]:
		"""Rows of a query of our own outside the clock."""
		with self.plain() as sql:
			return sql.rows(statement, *values)

	def close(self) -> None:
		"""Let go of both connections."""
		self.floor.close()
		frappe.destroy()


class Plain:
	"""The leanest way from Python to MariaDB: statements with values, rows as tuples."""

	def __init__(self, connection: Any, cursor: Any, ahead: datetime.timedelta) -> None:
		self._connection, self._cursor, self._ahead = connection, cursor, ahead

	def now(self) -> datetime.datetime:
		"""The time on the site's clock."""
		return _utc() + self._ahead

	def rows(self, statement: str, *values: Any) -> list[tuple]:
		"""All rows of a query."""
		self._cursor.execute(statement, values or None)
		return list(self._cursor.fetchall())

	def do(self, statement: str, *values: Any) -> int:
		"""Run a statement that writes; how many rows it touched."""
		return self._cursor.execute(statement, values or None)

	def insert(self, doctype: str, *rows: dict[str, Any]) -> None:
		"""One INSERT of rows that all have the same columns."""
		columns = list(rows[0])
		marks = "(" + ", ".join(["%s"] * len(columns)) + ")"
		values = [row[column] for row in rows for column in columns]
		names = ", ".join(f"`{column}`" for column in columns)
		self.do(f"INSERT INTO `tab{doctype}` ({names}) VALUES {', '.join([marks] * len(rows))}", *values)

	def lock(self, doctype: str, *names: str) -> list[tuple]:
		"""Lock rows by name, as every command does first."""
		marks = ", ".join(["%s"] * len(names))
		return self.rows(f"SELECT name FROM `tab{doctype}` WHERE name IN ({marks}) FOR UPDATE", *names)

	def number(self, key: str) -> int:
		"""The next value of a counter."""
		self.do("UPDATE `tabClinic Counter` SET value = LAST_INSERT_ID(value + 1) WHERE name = %s", key)
		return self._cursor.lastrowid

	def commit(self) -> None:
		"""Make it last."""
		self._connection.commit()


def _utc() -> datetime.datetime:
	return datetime.datetime.now(datetime.timezone.utc).replace(tzinfo=None)
