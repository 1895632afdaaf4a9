"""Brings streams of rows into MariaDB: one LOAD DATA per table, fed through a named pipe.

A whole table in one statement into an empty table, with unique and foreign key checks off, lets InnoDB
sort each index and build it page by page instead of looking every row up. Rows are never on disk as
text, and never in memory together. Needs the FILE privilege and a server on this machine; both hold
for the bench's own MariaDB.
"""

import errno
import os
import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import MySQLdb

from tests.bench.data.rows import Row

BATCH = 2000
_NULL = "\0"
"""Stands for NULL until the rest is escaped; no text of ours has it."""
_ESCAPED = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n"})


class LoadError(RuntimeError):
	"""The server refused a table."""


def text_of(row: Row) -> str:
	"""One row as LOAD DATA reads it. Most have nothing to escape, and are looked at once."""
	text = "\t".join(
		[_NULL if value is None else value if value.__class__ is str else str(value) for value in row]
	)
	if "\\" in text or "\n" in text or text.count("\t") >= len(row):
		text = "\t".join([_NULL if value is None else str(value).translate(_ESCAPED) for value in row])
	return text.replace(_NULL, "\\N")


def load_table(
	connection: MySQLdb.Connection,
	folder: Path,
	doctype: str,
	columns: tuple[str, ...],
	rows: Iterable[Row],
	report: Callable[[int], None],
) -> int:
	"""Fill one empty table through a pipe in `folder` and commit; returns the number of rows.

	Calls `report` with the number of rows of each batch. Raises LoadError with the server's words;
	then nothing of this table is there.
	"""
	pipe = folder / doctype.replace(" ", "-")
	os.mkfifo(pipe)
	# The server may run as another user, and reads only what everybody may read.
	os.chmod(pipe, 0o644)
	reader = _Reader(connection, _statement(doctype, columns), pipe)
	reader.start()
	sent = _feed(pipe, reader, rows, report)
	reader.join()
	pipe.unlink()
	if reader.error is not None:
		connection.rollback()
		raise LoadError(f"{doctype}: {reader.error}")
	if reader.stored != sent:
		connection.rollback()
		raise LoadError(f"{doctype}: {sent} rows were sent, {reader.stored} arrived")
	connection.commit()
	return sent


def _statement(doctype: str, columns: tuple[str, ...]) -> str:
	fields = ", ".join(f"`{column}`" for column in columns)
	return (
		f"LOAD DATA INFILE %s INTO TABLE `tab{doctype}` CHARACTER SET utf8mb4 "
		"FIELDS TERMINATED BY '\\t' ESCAPED BY '\\\\' LINES TERMINATED BY '\\n' "
		f"({fields})"
	)


class _Reader(threading.Thread):
	"""The statement that reads the other end of the pipe."""

	def __init__(self, connection: MySQLdb.Connection, statement: str, pipe: Path) -> None:
		super().__init__(daemon=True)
		self.connection, self.statement, self.pipe = connection, statement, pipe
		self.stored, self.error = 0, None

	def run(self) -> None:
		"""Run the statement to its end."""
		try:
			cursor = self.connection.cursor()
			cursor.execute("SET unique_checks = 0, foreign_key_checks = 0")
			self.stored = cursor.execute(self.statement, [str(self.pipe)])
		except MySQLdb.Error as error:
			self.error = error


def _feed(pipe: Path, reader: _Reader, rows: Iterable[Row], report: Callable[[int], None]) -> int:
	"""Write all rows into the pipe; stops early when nobody reads any more."""
	handle = _open(pipe, reader)
	if handle is None:
		return 0
	sent, batch = 0, []
	try:
		with os.fdopen(handle, "w", encoding="utf-8", buffering=1 << 20) as out:
			for row in rows:
				batch.append(text_of(row))
				if len(batch) == BATCH:
					out.write("\n".join(batch) + "\n")
					report(BATCH)
					sent += BATCH
					batch.clear()
			if batch:
				out.write("\n".join(batch) + "\n")
				report(len(batch))
				sent += len(batch)
	except BrokenPipeError:
		pass  # the statement has failed, and says why
	return sent


def _open(pipe: Path, reader: _Reader) -> int | None:
	"""The writing end, once the server has opened the other; None if its statement fails before."""
	while True:
		try:
			handle = os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)
			os.set_blocking(handle, True)
			return handle
		except OSError as error:
			if error.errno != errno.ENXIO:
				raise
		if not reader.is_alive():
			return None
		time.sleep(0.01)
