"""A dump goes into a database as a stream: decrypted, unpacked and loaded with little memory. Pure."""

import os
import re
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from clinic_core.operations.backup import gpg
from clinic_core.operations.backup.files import CHUNK, free_bytes
from clinic_core.operations.backup.findings import BackupError
from clinic_core.operations.backup.scratch_server import program

TRAILER = b"-- Dump completed"
_TAIL_BYTES = 4096
# Newer servers begin a dump with a command that older clients do not know.
_SANDBOX_LINE = re.compile(rb"^/\*M?!999999\\?- enable the sandbox mode \*/ *\n", re.MULTILINE)
_TURBO = b"SET SESSION unique_checks=0, foreign_key_checks=0, autocommit=0;\n"


@dataclass(frozen=True)
class Server:
	"""Where to load: a socket, or a host and a port; with which account, into which database."""

	database: str
	user: str
	password: str = ""
	socket: str | None = None
	host: str | None = None
	port: int | None = None


def load(dump: Path, key: str | None, server: Server, disk: Path | None = None) -> None:
	"""Load a dump into an empty database.

	`disk`: where the server keeps its data, for a sentence about a full disk. Raises BackupError:
	`key_missing`, `key_wrong`, `dump_broken` (file, reason), `dump_incomplete` (file), `load_failed`
	(file, what the database said), `disk_full`.
	"""
	with gpg.opened(dump, key) as packed, _unpacked(packed, dump.name) as plain, client(server) as loader:
		tail = _pump(plain, loader, dump.name, disk)
	if TRAILER not in tail:
		raise BackupError("dump_incomplete", dump.name)


def _pump(plain: IO[bytes], loader: "Client", name: str, disk: Path | None) -> bytes:
	"""Hand over chunk by chunk; returns the last bytes of the dump."""
	tail = b""
	try:
		loader.write(_TURBO)
		first = plain.read(CHUNK)
		tail = first[-_TAIL_BYTES:]
		loader.write(_SANDBOX_LINE.sub(b"", first, count=1))
		while chunk := plain.read(CHUNK):
			tail = (tail + chunk)[-_TAIL_BYTES:]
			loader.write(chunk)
		loader.write(b"\nCOMMIT;\n")
	except BrokenPipeError:
		pass  # The client says below why it stopped.
	if reason := loader.finish():
		if disk and ("No space left" in reason or "is full" in reason):
			raise BackupError("disk_full", str(disk), free_bytes(disk), 0)
		raise BackupError("load_failed", name, reason)
	return tail


@contextmanager
def _unpacked(packed: IO[bytes], name: str) -> Iterator[IO[bytes]]:
	"""gzip reading from `packed`. Raises BackupError `dump_broken` if gzip is not content."""
	process = subprocess.Popen(
		["gzip", "-dc"],
		stdin=packed,
		stdout=subprocess.PIPE,
		stderr=subprocess.PIPE,
		env={**os.environ, "LC_ALL": "C"},
	)
	try:
		yield process.stdout
	except BackupError:
		# What the database did not understand may be what gzip stumbled over.
		process.stdout.close()
		_raise_if_broken(process, name)
		raise
	finally:
		process.stdout.close()
		if process.poll() is None:
			process.kill()
			process.wait()
	_raise_if_broken(process, name)


def _raise_if_broken(process: subprocess.Popen, name: str) -> None:
	said = process.stderr.read().decode(errors="replace").strip().removeprefix("gzip: ")
	if process.wait() > 0:
		raise BackupError("dump_broken", name, said)


class Client:
	"""The command-line client of the database, fed through its standard input."""

	def __init__(self, process: subprocess.Popen) -> None:
		self._process = process
		self._said: list[bytes] = []
		# Warnings could fill the pipe while we write.
		self._listener = threading.Thread(target=self._listen, daemon=True)
		self._listener.start()

	def _listen(self) -> None:
		for line in self._process.stderr:
			self._said = [*self._said[-4:], line]

	def write(self, data: bytes) -> None:
		"""Raises BrokenPipeError if the client gave up."""
		self._process.stdin.write(data)

	def finish(self) -> str:
		"""Wait for the end; what it said if it failed, else nothing."""
		with suppress(BrokenPipeError):
			self._process.stdin.close()
		code = self._process.wait()
		self._listener.join()
		return b"".join(self._said).decode(errors="replace").strip() or f"exit {code}" if code else ""


@contextmanager
def client(server: Server) -> Iterator[Client]:
	"""A client connected to `server`; the password goes through a file that only we can read."""
	executable = program("mariadb", "mysql")
	if not executable:
		raise BackupError("program_missing", "mariadb")
	folder = Path(tempfile.mkdtemp(prefix="clinic-client-"))
	try:
		options = folder / "client.cnf"
		options.touch(mode=0o600)
		options.write_text(_options(server))
		process = subprocess.Popen(
			[
				*(executable, f"--defaults-file={options}", "--batch", "--max-allowed-packet=1G"),
				*("--default-character-set=utf8mb4", server.database),
			],
			stdin=subprocess.PIPE,
			stdout=subprocess.DEVNULL,
			stderr=subprocess.PIPE,
		)
		try:
			yield Client(process)
		finally:
			if process.poll() is None:
				process.kill()
				process.wait()
	finally:
		shutil.rmtree(folder, ignore_errors=True)


def _options(server: Server) -> str:
	password = server.password.replace("\\", "\\\\").replace('"', '\\"')
	lines = ["[client]", f'user="{server.user}"', f'password="{password}"']
	if server.socket:
		lines.append(f"socket={server.socket}")
	else:
		lines += [f"host={server.host or '127.0.0.1'}", f"port={server.port or 3306}", "protocol=tcp"]
	return "\n".join(lines) + "\n"
