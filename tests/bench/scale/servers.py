"""Database and Redis servers of the trial: private, short-lived, known by their network address only."""

import os
import secrets
import subprocess
import time
from contextlib import ExitStack, suppress
from pathlib import Path

import MySQLdb

from devbench.debian import find
from devbench.ports import answers, is_free

ADDRESS = "127.0.0.1"
FIRST_PORT = 23000
_MARIADB = """\
[mariadbd]
datadir = {folder}/data
socket = {folder}/sock
pid-file = {folder}/pid
port = {port}
bind-address = 127.0.0.1
init-file = {folder}/init.sql
skip-name-resolve
character-set-server = utf8mb4
collation-server = utf8mb4_unicode_ci
character-set-client-handshake = FALSE
max_allowed_packet = 256M
innodb_buffer_pool_size = 256M
# What replication adds to a production server: every change is written down in order, by row.
server-id = {number}
log-bin = binlog
binlog_format = ROW
gtid_strict_mode = ON
"""


class Ports:
	"""Hands out free ports, each once."""

	def __init__(self) -> None:
		self._next = FIRST_PORT

	def take(self) -> int:
		"""The next free port."""
		while not is_free(self._next):
			self._next += 1
		self._next += 1
		return self._next - 1


def start(
	stack: ExitStack, command: list[str], port: int | None, log: Path, **options: object
) -> subprocess.Popen:
	"""Start a process, wait until it listens, and end it with the stack."""
	with log.open("ab") as output:
		process = subprocess.Popen(command, stdout=output, stderr=output, start_new_session=True, **options)
	stack.callback(end, process)
	deadline = time.monotonic() + 60
	while port and not answers(port):
		if process.poll() is not None or time.monotonic() > deadline:
			raise SystemExit(f"{Path(command[0]).name} does not come up:\n{log.read_text()[-2000:]}")
		time.sleep(0.1)
	return process


def end(process: subprocess.Popen) -> None:
	"""End a process and its children."""
	with suppress(ProcessLookupError):
		os.killpg(process.pid, 15)
	try:
		process.wait(20)
	except subprocess.TimeoutExpired:
		os.killpg(process.pid, 9)
		process.wait()


class MariaDB:
	"""One server with a root password of its own."""

	def __init__(self, stack: ExitStack, folder: Path, number: int, port: int, password: str) -> None:
		folder.mkdir()
		self.port, self.password = port, password
		(folder / "my.cnf").write_text(_MARIADB.format(folder=folder, port=port, number=number))
		(folder / "init.sql").write_text(
			# Local to this server: not written to the binary log, so that it does not travel.
			"SET sql_log_bin = 0;\n"
			f"CREATE OR REPLACE USER 'root'@'{ADDRESS}' IDENTIFIED BY '{password}';\n"
			f"GRANT ALL PRIVILEGES ON *.* TO 'root'@'{ADDRESS}' WITH GRANT OPTION;\n"
		)
		user = ["--user=root"] if os.geteuid() == 0 else []
		subprocess.run(
			[
				*(find("mariadb-install-db"), "--no-defaults", "--datadir=./data", "--skip-test-db"),
				*("--auth-root-authentication-method=normal", *user),
			],
			cwd=folder,
			check=True,
			capture_output=True,
		)
		command = [find("mariadbd"), f"--defaults-file={folder / 'my.cnf'}", *user]
		self.process = start(stack, command, port, folder / "log")
		self._wait_for_login()

	def _wait_for_login(self) -> None:
		"""The port listens a moment before the init file has been read."""
		for _turn in range(100):
			with suppress(MySQLdb.OperationalError):
				self.run("SELECT 1")
				return
			time.sleep(0.1)
		raise SystemExit("MariaDB takes no login")

	def run(self, statement: str, values: tuple = ()) -> tuple:
		"""The rows of one statement, as root."""
		connection = MySQLdb.connect(host=ADDRESS, port=self.port, user="root", password=self.password)
		try:
			cursor = connection.cursor()
			cursor.execute(statement, values or None)
			rows = cursor.fetchall()
			connection.commit()
			return rows
		finally:
			connection.close()

	def selects(self) -> int:
		"""How many SELECTs the server has answered."""
		return int(self.run("SHOW GLOBAL STATUS LIKE 'Com_select'")[0][1])


def replicate(primary: MariaDB, replica: MariaDB) -> None:
	"""Make `replica` follow `primary` from its first change on (MariaDB's own replication, by GTID)."""
	password = secrets.token_hex(8)
	primary.run(f"CREATE USER 'follower'@'%' IDENTIFIED BY '{password}'")
	primary.run("GRANT REPLICATION SLAVE ON *.* TO 'follower'@'%'")
	replica.run(
		"CHANGE MASTER TO MASTER_HOST=%s, MASTER_PORT=%s, MASTER_USER='follower', MASTER_PASSWORD=%s,"
		" MASTER_CONNECT_RETRY=1, MASTER_USE_GTID=slave_pos",
		(ADDRESS, primary.port, password),
	)
	replica.run("START SLAVE")
	replica.run("SET GLOBAL read_only = ON")


def caught_up(primary: MariaDB, replica: MariaDB, seconds: float = 120) -> float:
	"""Wait until the replica has applied all that the primary has committed; how long that took, in seconds."""
	begun = time.monotonic()
	position = primary.run("SELECT @@gtid_binlog_pos")[0][0]
	if replica.run("SELECT MASTER_GTID_WAIT(%s, %s)", (position, seconds))[0][0] != 0:
		raise SystemExit("the replica does not catch up")
	return time.monotonic() - begun


def redis(stack: ExitStack, folder: Path, port: int) -> str:
	"""A Redis server; its address."""
	folder.mkdir()
	command = [
		find("redis-server"),
		"--port",
		str(port),
		"--bind",
		ADDRESS,
		"--dir",
		str(folder),
		"--save",
		"",
	]
	start(stack, command, port, folder / "log")
	return f"redis://{ADDRESS}:{port}"
