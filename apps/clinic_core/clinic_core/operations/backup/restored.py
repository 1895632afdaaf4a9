"""A restored backup to ask questions of: what the hook `clinic_backup_checks` is given."""

import hashlib
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import frappe
from frappe.query_builder.functions import Count
from pypika.queries import QueryBuilder

from clinic_core.operations.backup.loading import Server
from clinic_core.operations.backup.manifest import Manifest

FETCH = 1000


class Restored:
	"""A restored database, read only, beside what the backup says about itself.

	`manifest`: what was written when the backup was made. `archived`: path in the site → size of every
	file in the archives. `listed`: the same as it lay on the disk when the backup was made; None for a
	file that was deleted while it was made. `tables`: names of the restored tables.
	"""

	def __init__(
		self,
		server: Server,
		manifest: Manifest,
		archived: dict[str, int],
		listed: dict[str, int | None],
	) -> None:
		self.manifest = manifest
		self.archived = archived
		self.listed = listed
		self._database = server.database
		self._connection = connect(server)
		self._reading: Any = None
		self.tables = {row.TABLE_NAME for row in self.rows(tables_query(server.database))}
		self._learn_sizes()

	def rows(self, query: QueryBuilder) -> list[frappe._dict]:
		"""Run a query of `frappe.qb` and return all rows: for sums and short lists."""
		return list(self.stream(query))

	def stream(self, query: QueryBuilder) -> Iterator[frappe._dict]:
		"""Run a query of `frappe.qb` and return its rows one by one, a thousand in memory at most.

		One at a time: the next query ends this one. Reading on then raises RuntimeError.
		"""
		if self._reading:
			self._reading.close()
		sql, values = query.walk()
		self._reading = cursor = self._connection.cursor(_streaming_cursor(self._connection))
		cursor.execute(sql, values)
		return self._fetch(cursor)

	def _fetch(self, cursor: Any) -> Iterator[frappe._dict]:
		columns = [column[0] for column in cursor.description]
		while batch := cursor.fetchmany(FETCH):
			for row in batch:
				if cursor is not self._reading:
					raise RuntimeError("another query was begun before this one was read to its end")
				yield frappe._dict(zip(columns, row, strict=True))

	def has(self, doctype: str) -> bool:
		"""Whether the backup knows a DocType: it may be older than the check."""
		return f"tab{doctype}" in self.tables

	def count(self, doctype: str) -> int:
		"""Rows of a DocType."""
		return self.count_rows(f"tab{doctype}")

	def count_rows(self, table: str) -> int:
		"""Rows of a table."""
		return self.rows(frappe.qb.from_(frappe.qb.Table(table)).select(Count("*").as_("n")))[0].n

	def columns(self) -> list[frappe._dict]:
		"""{TABLE_NAME, COLUMN_NAME, COLUMN_TYPE} of every table, in order."""
		return self.rows(schema_query(self._database))

	def _learn_sizes(self) -> None:
		"""A table just loaded counts as empty: its indexes would not be used."""
		self._reading.close()
		with closing(self._connection.cursor()) as cursor:
			for table in sorted(self.tables):
				cursor.execute(f"ANALYZE TABLE `{table}`")
				cursor.fetchall()

	def close(self) -> None:
		"""Let go of the connection."""
		self._connection.close()


def tables_query(database: str) -> QueryBuilder:
	"""{TABLE_NAME, size} of every table of a database; size in bytes, indexes included."""
	tables = frappe.qb.Schema("information_schema").TABLES
	return (
		frappe.qb.from_(tables)
		.select(tables.TABLE_NAME, (tables.DATA_LENGTH + tables.INDEX_LENGTH).as_("size"))
		.where((tables["TABLE_SCHEMA"] == database) & (tables["TABLE_TYPE"] == "BASE TABLE"))
		.orderby(tables["TABLE_NAME"])
	)


def schema_query(database: str) -> QueryBuilder:
	"""Every column of a database, in order."""
	columns = frappe.qb.Schema("information_schema").COLUMNS
	return (
		frappe.qb.from_(columns)
		.select(columns.TABLE_NAME, columns.COLUMN_NAME, columns.COLUMN_TYPE)
		.where(columns["TABLE_SCHEMA"] == database)
		.orderby(columns.TABLE_NAME)
		.orderby(columns.ORDINAL_POSITION)
	)


def schema_digests(columns: list[frappe._dict]) -> dict[str, str]:
	"""Table → digest of its columns, from the rows of `schema_query`."""
	lines: dict[str, list[str]] = {}
	for row in columns:
		lines.setdefault(row.TABLE_NAME, []).append(f"{row.COLUMN_NAME} {row.COLUMN_TYPE}")
	return {table: hashlib.sha256("\n".join(each).encode()).hexdigest()[:16] for table, each in lines.items()}


def connect(server: Server) -> Any:
	"""A connection outside Frappe's own, by the driver that this Frappe uses: 15 has PyMySQL, 16 mysqlclient."""
	try:
		import pymysql as driver
	except ImportError:
		import MySQLdb as driver
	where = (
		{"unix_socket": server.socket}
		if server.socket
		else {"host": server.host, "port": server.port or 3306}
	)
	return driver.connect(
		user=server.user,
		password=server.password,
		database=server.database,
		charset="utf8mb4",
		**{key: value for key, value in where.items() if value},
	)


def _streaming_cursor(connection: Any) -> Any:
	"""The cursor class of the connection's driver that does not fetch everything at once."""
	if type(connection).__module__.startswith("pymysql"):
		from pymysql.cursors import SSCursor
	else:
		from MySQLdb.cursors import SSCursor
	return SSCursor
