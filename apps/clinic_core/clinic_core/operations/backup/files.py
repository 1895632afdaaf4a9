"""Files of a backup: hashed, copied, listed, without ever holding one in memory. Pure."""

import errno
import hashlib
import json
import os
import shutil
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from clinic_core.operations.backup.findings import BackupError

CHUNK = 1024 * 1024
FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
"""The disk, the quota or the largest size of a file is reached."""

FOLDERS = {"public": "public/files", "private": "private/files"}


def sha256_of(path: Path) -> str:
	"""SHA-256 of a file as 64 hexadecimal digits."""
	digest = hashlib.sha256()
	with path.open("rb") as file:
		while chunk := file.read(CHUNK):
			digest.update(chunk)
	return digest.hexdigest()


def free_bytes(path: Path) -> int:
	"""What a normal user may still write on the disk of `path`, or of its nearest folder that exists."""
	while not path.exists():
		path = path.parent
	state = os.statvfs(path)
	return state.f_bavail * state.f_frsize


def need_space(path: Path, needed: int) -> None:
	"""Refuse to begin what cannot end. Raises BackupError `disk_too_small` (folder, free, needed)."""
	free = free_bytes(path)
	if free < needed:
		raise BackupError("disk_too_small", str(path), free, needed)


def write_json(path: Path, data: Any, mode: int = 0o600) -> None:
	"""Write JSON whole or not at all, readable by its owner only if nothing else is said."""
	part = path.with_name(path.name + ".part")
	try:
		descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
		with os.fdopen(descriptor, "w", encoding="utf-8") as file:
			json.dump(data, file, ensure_ascii=False, indent=1, sort_keys=True)
			file.write("\n")
			file.flush()
			os.fsync(file.fileno())
		part.chmod(mode)
		part.replace(path)
	finally:
		part.unlink(missing_ok=True)


def copy_folder(source: Path, target: Path, hashes: dict[str, str]) -> None:
	"""Copy a finished backup: into `target`.part first, each file read back and compared, then renamed.

	`hashes`: file name → SHA-256; files without one are copied unchecked. Raises BackupError
	`copy_differs` (file), `disk_full` (folder, free bytes, needed bytes) or `copy_failed` (folder, reason).
	"""
	part = target.with_name(target.name + ".part")
	shutil.rmtree(part, ignore_errors=True)
	try:
		part.mkdir(mode=0o700, parents=True)
		for file in sorted(source.iterdir()):
			_copy_durably(file, part / file.name)
			if hashes.get(file.name, "") not in ("", sha256_of(part / file.name)):
				raise BackupError("copy_differs", str(part / file.name))
		part.rename(target)
	except OSError as error:
		raise as_finding(error, target.parent, size_of(source)) from error
	finally:
		shutil.rmtree(part, ignore_errors=True)


def as_finding(error: OSError, folder: Path, needed: int) -> BackupError:
	"""What an error of the file system means for a person."""
	if error.errno in FULL:
		return BackupError("disk_full", str(folder), free_bytes(folder), needed)
	return BackupError("copy_failed", str(folder), error.strerror or str(error))


def _copy_durably(source: Path, target: Path) -> None:
	with source.open("rb") as reader, target.open("wb") as writer:
		os.fchmod(writer.fileno(), 0o600)
		shutil.copyfileobj(reader, writer, CHUNK)
		writer.flush()
		os.fsync(writer.fileno())
		# What is read back must come from the disk, not from what was just written.
		os.posix_fadvise(writer.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def size_of(folder: Path) -> int:
	"""Bytes of all files in a folder, subfolders included; what vanishes meanwhile counts nothing."""
	return sum(size for _path, size in walk(folder))


def walk(folder: Path) -> Iterator[tuple[str, int]]:
	"""(path relative to `folder`, size) of every regular file, links left out."""
	for parent, _folders, names in os.walk(folder):
		for name in names:
			path = os.path.join(parent, name)
			try:
				state = os.lstat(path)
			except FileNotFoundError:
				continue
			if os.path.isfile(path) and not os.path.islink(path):
				yield os.path.relpath(path, folder), state.st_size


def site_files(site: Path) -> dict[str, int]:
	"""Every uploaded file of a site, "private/files/x.pdf" → size."""
	return {
		f"{folder}/{relative}": size for folder in FOLDERS.values() for relative, size in walk(site / folder)
	}


def members(stream: IO[bytes], folder: str) -> Iterator[tuple[tarfile.TarFile, tarfile.TarInfo, str]]:
	"""Regular files of a tar archive that is read once from front to end, with their path in the site.

	Frappe packs `./<site>/private/files/…`; whatever stands before `folder` does not count.
	Raises tarfile.TarError or EOFError where the archive is broken.
	"""
	with tarfile.open(fileobj=stream, mode="r|*") as archive:
		for member in archive:
			_before, found, inside = ("/" + member.name).partition(f"/{folder}/")
			if member.isreg() and found and inside:
				yield archive, member, f"{folder}/{inside}"
			# tarfile remembers every member; a million files would not fit.
			archive.members = []


def unpack(stream: IO[bytes], folder: str, target: Path) -> None:
	"""Write the files of an archive that lie in `folder` into `target`, with the times they had.

	Raises tarfile.TarError or EOFError for a broken archive, and for a path that leads elsewhere.
	"""
	for archive, member, path in members(stream, folder):
		relative = Path(path).relative_to(folder)
		if ".." in relative.parts:
			raise tarfile.TarError(path)
		place = target / relative
		place.parent.mkdir(parents=True, exist_ok=True)
		with archive.extractfile(member) as source, place.open("wb") as file:
			shutil.copyfileobj(source, file, CHUNK)
		os.utime(place, (member.mtime, member.mtime))
