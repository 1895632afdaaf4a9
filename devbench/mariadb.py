"""The bench's private MariaDB."""

import os
import shutil
import time
from pathlib import Path

from devbench import external
from devbench.debian import find
from devbench.paths import Bench
from devbench.settings import passwords
from devbench.shell import run
from devbench.stamp import write_atomic
from devbench.ui import Stop, step

_CONFIG = """\
[mariadbd]
datadir = {data}
# Relative to the data directory: the path of a socket may have 107 characters at most.
socket = mariadb.sock
pid-file = {run}/mariadb.pid
# A server that starts clears the temporary tables it finds, another's too: never in a shared folder.
tmpdir = {tmp}
port = {port}
bind-address = 127.0.0.1
init-file = {init}
# Without it the sites' users at 127.0.0.1 are looked up, and refused, as localhost.
skip-name-resolve
skip-log-bin
character-set-server = utf8mb4
collation-server = utf8mb4_unicode_ci
character-set-client-handshake = FALSE
max_connections = 400
max_allowed_packet = 256M
innodb_buffer_pool_size = {pool}M
innodb_log_file_size = 256M
# As in production: a committed payment survives a crash.
innodb_flush_log_at_trx_commit = 1
innodb_read_only_compressed = OFF

[client]
default-character-set = utf8mb4
"""


POOL_MB = (512, 4096)
"""The least and the most that tables and indexes may take of the memory, in MB."""


def pool_mb(total_mb: int) -> int:
	"""MariaDB's part of the machine's memory in MB: a quarter, within POOL_MB; in steps of 128."""
	least, most = POOL_MB
	return max(least, min(most, total_mb // 4 // 128 * 128))


def _memory_mb() -> int:
	"""Memory of this machine, or of the container if it has less."""
	machine = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
	try:
		limit = int(Path("/sys/fs/cgroup/memory.max").read_text())
	except (OSError, ValueError):
		limit = machine
	return min(machine, limit) // 1024**2


def _tmp(bench: Bench) -> Path:
	"""Where our servers, and nobody else's, keep temporary tables."""
	return bench.data / "mariadb-tmp"


def config_path(bench: Bench) -> Path:
	"""Where the rendered configuration lies."""
	return bench.conf / "mariadb.cnf"


def render(bench: Bench, port: int) -> str:
	"""The configuration file. An option file takes a value to the end of its line, spaces included."""
	return _CONFIG.format(
		data=bench.data / "mariadb",
		run=bench.run,
		tmp=_tmp(bench),
		port=port,
		init=bench.conf / "mariadb-init.sql",
		pool=pool_mb(_memory_mb()),
	)


def configure(bench: Bench, port: int) -> None:
	"""Write the configuration and the statements that run at every start."""
	password = passwords(bench)["db_root"]
	statements = [
		f"CREATE USER IF NOT EXISTS 'root'@'{host}' IDENTIFIED BY '{password}';\n"
		f"ALTER USER 'root'@'{host}' IDENTIFIED BY '{password}';\n"
		f"GRANT ALL PRIVILEGES ON *.* TO 'root'@'{host}' WITH GRANT OPTION;\n"
		for host in ("localhost", "127.0.0.1")
	]
	write_atomic(bench.conf / "mariadb-init.sql", "".join(statements), mode=0o600)
	_tmp(bench).mkdir(parents=True, exist_ok=True)
	write_atomic(config_path(bench), render(bench, port))


def user_option() -> list[str]:
	"""As root MariaDB refuses to start unless it is told that root is meant."""
	return ["--user=root"] if os.geteuid() == 0 else []


def ensure_data(bench: Bench) -> None:
	"""Create the system tables once, beside the final place, so that a half-made folder is never used."""
	target = bench.data / "mariadb"
	if (target / "mysql").is_dir() or external.chosen(bench).get("db"):
		return
	with step("MariaDB data directory"):
		fresh = bench.data / "mariadb.new"
		_tmp(bench).mkdir(parents=True, exist_ok=True)
		shutil.rmtree(fresh, ignore_errors=True)
		run(
			# Relative: the script does not quote the folder everywhere, so one with spaces breaks it.
			[
				find("mariadb-install-db"),
				"--no-defaults",
				f"--datadir=./{fresh.name}",
				"--skip-test-db",
				"--auth-root-authentication-method=normal",
				*user_option(),
			],
			what="creating MariaDB's data directory",
			log=bench.logs / "mariadb-install.log",
			cwd=bench.data,
			env={"TMPDIR": str(_tmp(bench))},
		)
		shutil.rmtree(target, ignore_errors=True)
		fresh.rename(target)


def command(bench: Bench) -> list[str]:
	"""How the server is started."""
	return [find("mariadbd"), f"--defaults-file={config_path(bench)}", *user_option()]


def wait_ready(bench: Bench, seconds: float = 90) -> None:
	"""Wait until the server takes a login: after a crash it first recovers. Another's server must do so now."""
	server = external.database(bench)
	if external.chosen(bench).get("db"):
		external.check_database(server)
		return
	deadline = time.monotonic() + seconds
	while True:
		try:
			run([*server.client(), "-e", "SELECT 1"], what="MariaDB", env={"MYSQL_PWD": server.password})
			return
		except Stop:
			if time.monotonic() > deadline:
				raise Stop(f"MariaDB does not come up: see {bench.logs / 'data.log'}") from None
			time.sleep(0.3)
