"""A private MariaDB that lives as long as one verification: socket only, little memory. Pure.

It runs as the user of the bench, in a folder of its own that goes with it. A run that was killed leaves
its folder behind; the next run removes it (whose lock is free has no owner any more).
"""

import fcntl
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from clinic_core.operations.backup.files import free_bytes
from clinic_core.operations.backup.findings import BackupError

PREFIX = ".scratch-"
BUFFER_POOL_MB = 256
START_SECONDS = 120
STOP_SECONDS = 60
_OWNER_LOCK = "owner.lock"
# Debian keeps servers where a normal user's PATH does not look.
_PLACES = os.pathsep.join((os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin", "/sbin"))

# Nothing here has to survive a crash, so nothing waits for the disk.
_CONFIG = """\
[mariadbd]
datadir = {folder}/data
socket = {socket}
pid-file = {folder}/pid
log-error = {folder}/error.log
tmpdir = {folder}/tmp
skip-networking
skip-log-bin
skip-name-resolve
character-set-server = utf8mb4
collation-server = utf8mb4_unicode_ci
max_connections = 10
max_allowed_packet = 1G
performance_schema = OFF
key_buffer_size = 8M
aria_pagecache_buffer_size = 16M
innodb_buffer_pool_size = {buffer_pool}M
innodb_log_file_size = 128M
innodb_flush_log_at_trx_commit = 0
innodb_doublewrite = 0
innodb_strict_mode = OFF
loose-innodb_read_only_compressed = OFF
loose-innodb_stats_persistent = OFF
loose-innodb_flush_method = nosync
loose-innodb_file_per_table = OFF
loose-debug_no_sync = ON
"""


def program(*names: str) -> str | None:
	"""The first of these programs that is installed: MariaDB's or, on older systems, MySQL's name."""
	return next((path for name in names if (path := shutil.which(name, path=_PLACES))), None)


def is_installed() -> bool:
	"""Whether a private server can be started on this machine."""
	return bool(program("mariadbd", "mysqld") and program("mariadb-install-db", "mysql_install_db"))


@contextmanager
def started(parent: Path) -> Iterator[str]:
	"""Start a server with its data below `parent`; gives its socket. Stopped and removed at the end.

	Raises BackupError `scratch_failed` (what the server said last).
	"""
	remove_leftovers(parent)
	parent.mkdir(parents=True, exist_ok=True)
	folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=parent))
	# The path of a socket may have 107 characters at most: it cannot lie in the site's folder.
	sockets = Path(tempfile.mkdtemp(prefix="clinic-scratch-"))
	lock = _own(folder)
	try:
		(folder / "sockets").symlink_to(sockets)
		(folder / "tmp").mkdir()
		_create(folder, sockets / "db.sock")
		with _serving(folder, sockets / "db.sock"):
			yield str(sockets / "db.sock")
	finally:
		shutil.rmtree(sockets, ignore_errors=True)
		shutil.rmtree(folder, ignore_errors=True)
		os.close(lock)


def remove_leftovers(parent: Path) -> list[str]:
	"""Remove what killed runs left below `parent`; returns the names of the folders."""
	gone = []
	for folder in sorted(parent.glob(PREFIX + "*")):
		try:
			lock = _own(folder)
		except OSError:
			continue
		_kill_server(folder)
		with suppress(OSError):
			shutil.rmtree(os.readlink(folder / "sockets"), ignore_errors=True)
		shutil.rmtree(folder, ignore_errors=True)
		os.close(lock)
		gone.append(folder.name)
	return gone


def _own(folder: Path) -> int:
	"""Take the lock of a scratch folder; the system frees it however its owner ends."""
	lock = os.open(folder / _OWNER_LOCK, os.O_RDWR | os.O_CREAT, 0o600)
	try:
		fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
	except OSError:
		os.close(lock)
		raise
	return lock


def _kill_server(folder: Path) -> None:
	"""End the server of a dead owner: only if the process still is that server."""
	with suppress(OSError, ValueError):
		pid = int((folder / "pid").read_text())
		if str(folder).encode() in Path(f"/proc/{pid}/cmdline").read_bytes():
			os.kill(pid, signal.SIGKILL)


def _as_root() -> list[str]:
	"""As root MariaDB refuses to start unless it is told that root is meant."""
	return ["--user=root"] if os.geteuid() == 0 else []


def _create(folder: Path, socket: Path) -> None:
	config = folder / "my.cnf"
	config.write_text(_CONFIG.format(folder=folder, socket=socket, buffer_pool=BUFFER_POOL_MB))
	install = [
		*(program("mariadb-install-db", "mysql_install_db"), "--no-defaults", "--datadir=./data"),
		*("--skip-test-db", "--auth-root-authentication-method=normal", "--innodb-log-file-size=128M"),
		*_as_root(),
	]
	# Relative: the script does not quote the folder everywhere, so one with spaces breaks it.
	done = subprocess.run(install, cwd=folder, capture_output=True, text=True, errors="replace")
	if done.returncode:
		raise _failed(folder, done.stdout + done.stderr)


@contextmanager
def _serving(folder: Path, socket: Path) -> Iterator[None]:
	command = [program("mariadbd", "mysqld"), f"--defaults-file={folder / 'my.cnf'}", *_as_root()]
	# The server goes when we are killed; where setpriv is missing, the next run ends it.
	if setpriv := program("setpriv"):
		command = [setpriv, "--pdeathsig", "KILL", "--", *command]
	process = subprocess.Popen(
		command,
		stdin=subprocess.DEVNULL,
		stdout=subprocess.DEVNULL,
		stderr=subprocess.DEVNULL,
		start_new_session=True,
	)
	try:
		_wait_for(folder, process, socket)
		yield
	finally:
		process.terminate()
		try:
			process.wait(STOP_SECONDS)
		except subprocess.TimeoutExpired:
			process.kill()
			process.wait()


def _wait_for(folder: Path, process: subprocess.Popen, socket: Path) -> None:
	deadline = time.monotonic() + START_SECONDS
	while not socket.exists():
		if process.poll() is not None or time.monotonic() > deadline:
			raise _failed(folder, "")
		time.sleep(0.05)


def _failed(folder: Path, said: str) -> BackupError:
	log = folder / "error.log"
	text = said + (log.read_text(errors="replace") if log.exists() else "")
	if "No space left" in text or "disk full" in text.lower():
		return BackupError("disk_full", str(folder.parent), free_bytes(folder), 0)
	return BackupError("scratch_failed", "\n".join(text.strip().splitlines()[-3:]))
