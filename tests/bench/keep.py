"""Puts the data back as it was, so that every run measures the same set.

Rows that a case changes are copied aside before, by table and condition, and put back after; rows
that are new since are deleted with their children. What was kept is written down in the database
itself: a run that was killed is put back by the next one.

New is what was created since and was not there at the beginning. The time alone would not do: a data
set shows two o'clock whenever it is, and Frappe writes the first rows of a site before it knows the
site's time zone, hours ahead of its clock.
"""

from typing import Any

import frappe

from tests.bench.lab import Lab

BOOK = "bench_kept"
_COUNTERS = "tabClinic Counter"
AHEAD = "bench_ahead"
"""Rows that were there already though their time lies after the beginning."""
_NEWER = "modified >= %s AND creation >= %s"


class Busy(Exception):
	"""Somebody else measures this site: what he keeps must not be put back under his hands."""


class Keeper:
	"""What one case changes in the database, and how it goes back. One at a time on a site."""

	def __init__(self, lab: Lab) -> None:
		"""Raises Busy. The lock is the connection's: it goes with the process, however that ends."""
		self.lab = lab
		if lab.rows("SELECT GET_LOCK(CONCAT('bench_', DATABASE()), 0)") != [(1,)]:
			raise Busy(f"{lab.site} is being measured by another process: wait for it to end")
		lab.run(
			f"CREATE TABLE IF NOT EXISTS `{BOOK}` (id INT AUTO_INCREMENT PRIMARY KEY,"
			" copy VARCHAR(64), source VARCHAR(140), rows_where LONGTEXT, since DATETIME(6))"
		)
		lab.run(
			f"CREATE TABLE IF NOT EXISTS `{AHEAD}`"
			" (source VARCHAR(140), name VARCHAR(140), PRIMARY KEY (source, name))"
		)

	def begin(self) -> None:
		"""From here on new rows are the case's. Puts back first what a killed run left."""
		self.restore()
		self.lab.fresh("Administrator")
		self._begun = frappe.utils.now_datetime()
		self._before = self._since()
		self._remember_ahead()
		self.lab.run(f"INSERT INTO `{BOOK}` (since) VALUES (%s)", self._begun)
		# Numbers people read are taken from here by many; they go on where they were.
		self.keep(_COUNTERS, "TRUE")

	def _remember_ahead(self) -> None:
		self.lab.run(f"TRUNCATE `{AHEAD}`")
		for table in self.tables():
			self.lab.run(
				f"INSERT INTO `{AHEAD}` SELECT %s, name FROM `{table}` WHERE {_NEWER}",
				*(table, self._begun, self._begun),
			)

	def keep(self, table: str, condition: str, *values: Any) -> None:
		"""The rows of `table` with `condition` shall be exactly the same ones again.

		The condition must find the same rows whatever the case does to them: by name or parent.
		"""
		[(number,)] = self.lab.rows(f"SELECT COALESCE(MAX(id), 0) + 1 FROM `{BOOK}`")
		copy = f"bench_copy_{number}"
		self.lab.run(f"DROP TABLE IF EXISTS `{copy}`")
		self.lab.run(f"CREATE TABLE `{copy}` LIKE `{table}`")
		with self.lab.plain() as sql:
			sql.do(f"INSERT INTO `{copy}` SELECT * FROM `{table}` WHERE {condition}", *values)
			literal = self.lab.literal(condition, *values)
			sql.do(
				f"INSERT INTO `{BOOK}` (id, copy, source, rows_where) VALUES (%s, %s, %s, %s)",
				number,
				copy,
				table,
				literal,
			)
			sql.commit()

	def keep_named(self, doctype: str, names: list[str], children: tuple[str, ...] = ()) -> None:
		"""Documents by name, with the rows of these child DocTypes."""
		if not names:
			return
		marks = ", ".join(["%s"] * len(names))
		self.keep(f"tab{doctype}", f"name IN ({marks})", *names)
		for child in children:
			self.keep(f"tab{child}", f"parent IN ({marks})", *names)

	def restore(self) -> None:
		"""Delete what is new, put back what was kept, forget both."""
		book = self.lab.rows(f"SELECT copy, source, rows_where, since FROM `{BOOK}` ORDER BY id")
		for _copy, _source, _where, since in book:
			if since:
				self._delete_new(since)
		for copy, source, where, since in book:
			if not since:
				self._put_back(copy, source, where)
		self.lab.run(f"TRUNCATE `{BOOK}`")
		self.lab.run(f"TRUNCATE `{AHEAD}`")

	def _put_back(self, copy: str, source: str, where: str) -> None:
		with self.lab.plain() as sql:
			# By name: the table may have got columns since a killed run made its copy.
			found = sql.rows(f"SHOW COLUMNS FROM `{copy}`")
			columns = ", ".join(f"`{column[0]}`" for column in found)
			# The condition is stored with its values in it: no marks are left to fill.
			sql.do(f"DELETE FROM `{source}` WHERE {where}")
			sql.do(f"INSERT INTO `{source}` ({columns}) SELECT {columns} FROM `{copy}`")
			# Forgotten with the same commit: what is back must not be looked for again.
			sql.do(f"DELETE FROM `{BOOK}` WHERE copy = %s", copy)
			sql.commit()
		self.lab.run(f"DROP TABLE `{copy}`")

	def _delete_new(self, since: Any) -> None:
		for table in self.tables():
			new = [
				name
				for (name,) in self.lab.rows(
					f"SELECT name FROM `{table}` WHERE {_NEWER}"
					f" AND name NOT IN (SELECT name FROM `{AHEAD}` WHERE source = %s)",
					*(since, since, table),
				)
			]
			for at in range(0, len(new), 1000):
				self._delete(table, new[at : at + 1000])

	def _delete(self, table: str, names: list[str]) -> None:
		marks = ", ".join(["%s"] * len(names))
		for child in self._children(table):
			self.lab.run(f"DELETE FROM `{child}` WHERE parent IN ({marks})", *names)
		self.lab.run(f"DELETE FROM `{table}` WHERE name IN ({marks})", *names)

	def _children(self, table: str) -> list[str]:
		doctype = table.removeprefix("tab")
		rows = self.lab.rows(
			"SELECT DISTINCT options FROM tabDocField WHERE parent = %s AND fieldtype LIKE 'Table%%'", doctype
		)
		return [f"tab{options}" for (options,) in rows]

	def tables(self) -> list[str]:
		"""Tables whose rows carry an indexed `modified`: every document, no child rows."""
		rows = self.lab.rows(
			"SELECT DISTINCT s.TABLE_NAME FROM information_schema.STATISTICS s"
			" JOIN information_schema.COLUMNS c ON c.TABLE_SCHEMA = s.TABLE_SCHEMA"
			" AND c.TABLE_NAME = s.TABLE_NAME AND c.COLUMN_NAME = 'creation'"
			" WHERE s.TABLE_SCHEMA = DATABASE() AND s.COLUMN_NAME = 'modified' AND s.SEQ_IN_INDEX = 1"
			" AND s.TABLE_NAME LIKE 'tab%%'"
		)
		return sorted(name for (name,) in rows)

	def changed(self) -> dict[str, int]:
		"""Tables with rows that were changed since `begin` and are not back: {table: how many more or fewer}."""
		now = self._since()
		return {table: now[table] - count for table, count in self._before.items() if now[table] != count}

	def _since(self) -> dict[str, int]:
		"""Rows of each table whose last change lies after the beginning."""
		found = {}
		for table in self.tables():
			[(found[table],)] = self.lab.rows(
				f"SELECT COUNT(*) FROM `{table}` WHERE modified >= %s", self._begun
			)
		return found
