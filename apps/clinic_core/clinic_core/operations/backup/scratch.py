"""Where a backup is restored to be looked at: a private server on this machine, or the site's server."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import frappe
from pypika import CustomFunction

from clinic_core.operations.backup import scratch_server
from clinic_core.operations.backup.findings import BackupError
from clinic_core.operations.backup.loading import Server
from clinic_core.operations.backup.restored import connect

AUTO, PRIVATE, SITE = "auto", "private", "site"
PLACES = (AUTO, PRIVATE, SITE)
_NAME = "clinic_scratch"


@contextmanager
def open_database(folder: Path, where: str = AUTO) -> Iterator[Server]:
	"""An empty database for one proof; gone afterwards.

	`private`: a server of our own below `folder`. `site`: a database beside the site's, whose account
	must be allowed to. `auto`: the first if MariaDB's server is installed here, else the second.
	Raises BackupError `scratch_failed`, or `scratch_not_allowed` with the statement that allows it.
	"""
	if where == PRIVATE or (where == AUTO and scratch_server.is_installed()):
		if not scratch_server.is_installed():
			raise BackupError("program_missing", "mariadbd")
		with scratch_server.started(folder) as socket:
			_execute(Server("mysql", "root", socket=socket), f"CREATE DATABASE {_NAME}")
			yield Server(_NAME, "root", socket=socket)
		return
	site = site_server()
	name = f"{site.database}_scratch"
	beside = Server(name, site.user, site.password, site.socket, site.host, site.port)
	try:
		_execute(site, f"DROP DATABASE IF EXISTS `{name}`", f"CREATE DATABASE `{name}`")
	except Exception as problem:
		raise BackupError("scratch_not_allowed", grant_statement(name)) from problem
	try:
		yield beside
	finally:
		_execute(site, f"DROP DATABASE IF EXISTS `{name}`")


def site_server() -> Server:
	"""How the site reaches its own database, for programs that do not go through Frappe."""
	conf = frappe.conf
	return Server(
		database=conf.db_name,
		user=conf.get("db_user") or conf.db_name,
		password=conf.db_password or "",
		socket=conf.get("db_socket"),
		host=conf.db_host or "127.0.0.1",
		port=int(conf.db_port or 3306),
	)


def grant_statement(name: str) -> str:
	"""What the administrator of the database says once so that the site's account may prove backups."""
	account = frappe.qb.select(CustomFunction("current_user", [])()).run()[0][0]
	user, host = account.rsplit("@", 1)
	# In a grant an underscore stands for any character.
	pattern = name.replace("_", "\\_")
	return f"GRANT ALL PRIVILEGES ON `{pattern}`.* TO '{user}'@'{host}';"


def _execute(server: Server, *statements: str) -> None:
	connection = connect(server)
	try:
		cursor = connection.cursor()
		for statement in statements:
			cursor.execute(statement)
	finally:
		connection.close()
