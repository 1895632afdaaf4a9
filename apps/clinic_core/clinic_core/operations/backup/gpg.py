"""Symmetric encryption in the format of Frappe's own backups, by gpg. Pure.

Frappe passes the key on gpg's command line, where every user of the machine can read it; here it goes
through a pipe. What is written can be read by `bench restore --encryption-key` and the other way round.
"""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from clinic_core.operations.backup.findings import BackupError

# First byte of an OpenPGP message: a symmetric-key packet in the old or the new form.
_OPENPGP = (b"\x8c", b"\xc3")
# The counts are given, so that gpg does not start an agent to ask for them.
_COMMON = ("--batch", "--yes", "--no-options", "--pinentry-mode", "loopback", "--no-symkey-cache")
_CIPHER = ("--cipher-algo", "AES256", "--s2k-count", "65011712", "--compress-algo", "none")


def is_encrypted(path: Path) -> bool:
	"""Whether a file is an encrypted message; tar, gzip and JSON begin differently."""
	with path.open("rb") as file:
		return file.read(1) in _OPENPGP


def encrypt(path: Path, target: Path, key: str) -> None:
	"""Encrypt a file into `target`, which may be its own place, and remove the plain one.

	Raises BackupError `encryption_failed` (file, reason) and leaves no half-written target.
	"""
	part = target.with_name(target.name + ".part")
	arguments = (*_CIPHER, "--output", str(part), "--symmetric", str(path))
	with _running(arguments, key, stdout=subprocess.DEVNULL) as process:
		reason = process.stderr.read().decode(errors="replace").strip()
	if process.returncode:
		part.unlink(missing_ok=True)
		raise BackupError("encryption_failed", path.name, reason)
	part.chmod(0o600)
	part.replace(target)
	if path != target:
		path.unlink()


@contextmanager
def opened(path: Path, key: str | None) -> Iterator[IO[bytes]]:
	"""The plain content of a file as a stream, decrypted on the way if it is encrypted.

	Raises BackupError `key_missing` or `key_wrong` (file), also when the reader stumbled over the
	nothing that a wrong key yields.
	"""
	if not is_encrypted(path):
		with path.open("rb") as file:
			yield file
		return
	if not key:
		raise BackupError("key_missing", path.name)
	with _running(("--decrypt", str(path)), key, stdout=subprocess.PIPE) as process:
		try:
			yield process.stdout
			# A reader may stop at the end of its archive, before the end of the stream.
			while process.stdout.read(1024 * 1024):
				pass
		except BaseException:
			process.stdout.close()
			if _says_wrong_key(process):
				raise BackupError("key_wrong", path.name) from None
			raise
		if _says_wrong_key(process):
			raise BackupError("key_wrong", path.name)
		if process.returncode:
			raise BackupError("file_unreadable", path.name, "gpg")


def _says_wrong_key(process: subprocess.Popen) -> bool:
	"""Waits for the end; gpg writes a few lines at most, so nothing can block."""
	said = process.stderr.read()
	process.wait()
	return bool(process.returncode) and (b"Bad session key" in said or b"bad passphrase" in said.lower())


@contextmanager
def _running(arguments: tuple[str, ...], key: str, **pipes: Any) -> Iterator[subprocess.Popen]:
	"""gpg with the key in a pipe and a home of its own, which is removed afterwards."""
	if not shutil.which("gpg"):
		raise BackupError("program_missing", "gpg")
	reader, writer = os.pipe()
	os.write(writer, key.encode() + b"\n")
	os.close(writer)
	with tempfile.TemporaryDirectory(prefix="clinic-gpg-") as home:
		process = subprocess.Popen(
			["gpg", "--homedir", home, *_COMMON, "--passphrase-fd", str(reader), *arguments],
			stdin=subprocess.DEVNULL,
			stderr=subprocess.PIPE,
			pass_fds=(reader,),
			env={**os.environ, "LC_ALL": "C"},
			**pipes,
		)
		os.close(reader)
		try:
			yield process
			process.wait()
		finally:
			if process.poll() is None:
				process.kill()
				process.wait()
