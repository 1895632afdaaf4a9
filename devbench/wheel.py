"""Frappe restored from the one package registry that carries it.

`frappe` on PyPI is an empty placeholder. The wheel pinned in frappe.lock is the whole
package of frappe/frappe at commit 0cced747 (15.0.0-dev, MIT) under another name. The
renaming is exact, so it can be turned back.
"""

import hashlib
import os
import re
import shutil
import zipfile
from pathlib import Path, PurePosixPath

from devbench.paths import Bench
from devbench.shell import run
from devbench.stamp import Stamp
from devbench.ui import Stop, step

# In this order: the longer names first, and "Crisco" last, as part of the others.
REPLACEMENTS = (
	("criscostack", "frappe"),
	("Criscostack", "Frappe"),
	("CRISCOSTACK", "FRAPPE"),
	("criscoerp", "erpnext"),
	("Criscoerp", "ERPNext"),
	("Crisco", "Frappe"),
	("brik_helper", "bench_helper"),
)


def restore_name(text: str) -> str:
	"""Turn the renamed words of a path or a text back."""
	for renamed, original in REPLACEMENTS:
		text = text.replace(renamed, original)
	return text


def restore_content(data: bytes) -> bytes:
	"""Turn the renamed words back in a text file; leave binary files alone."""
	if b"\0" in data[:8192]:
		return data
	try:
		return restore_name(data.decode()).encode()
	except UnicodeDecodeError:
		return data


def is_wanted(path: str) -> bool:
	"""Only the package itself: no wheel metadata, no leftovers of a Mac."""
	parts = PurePosixPath(path).parts
	return not path.endswith("/") and parts[-1] != ".DS_Store" and not parts[0].endswith(".dist-info")


def pinned_hash(lock: Path) -> str:
	"""The one hash that frappe.lock allows."""
	found = re.search(r"--hash=sha256:([0-9a-f]{64})", lock.read_text())
	if not found:
		raise Stop(f"{lock.name} names no hash: restore it with git")
	return found[1]


def fetch(bench: Bench) -> Path:
	"""Download the wheel into the bench's cache, or take the one that is there; refuse any other content."""
	lock = bench.devbench / "frappe.lock"
	wanted = pinned_hash(lock)

	def find() -> Path | None:
		return next(iter(sorted(bench.cache.glob("criscostack-*.whl"))), None)

	wheel = find()
	if wheel and hashlib.sha256(wheel.read_bytes()).hexdigest() != wanted:
		wheel.unlink()
		wheel = None
	if not wheel:
		run(
			[
				bench.python,
				"-m",
				"pip",
				"download",
				"--no-deps",
				"--only-binary=:all:",
				"--require-hashes",
				"--dest",
				bench.cache,
				"-r",
				lock,
			],
			what="downloading Frappe",
			log=bench.logs / "wheel.log",
		)
		wheel = find()
	if not wheel or hashlib.sha256(wheel.read_bytes()).hexdigest() != wanted:
		raise Stop("the downloaded Frappe wheel is not the pinned one (hash mismatch): refused")
	return wheel


def unpack(wheel: Path, target: Path) -> int:
	"""Write the restored package below `target` and return the number of files."""
	count = 0
	with zipfile.ZipFile(wheel) as archive:
		for member in archive.infolist():
			if not is_wanted(member.filename):
				continue
			path = target / restore_name(member.filename)
			if not path.resolve().is_relative_to(target.resolve()):
				raise Stop(f"the wheel has a path outside of itself: {member.filename}")
			path.parent.mkdir(parents=True, exist_ok=True)
			path.write_bytes(restore_content(archive.read(member)))
			count += 1
	return count


def ensure(bench: Bench) -> None:
	"""Put the restored Frappe at bench/apps/frappe/frappe."""
	target = bench.apps / "frappe"
	stamp = Stamp(
		bench.run / "stamps",
		"frappe",
		bench.devbench / "frappe.lock",
		repr(REPLACEMENTS),
	)
	if stamp.is_current(target / "frappe" / "__init__.py"):
		return
	with step("Frappe from its wheel"):
		fresh = bench.apps / f".frappe.{os.getpid()}"
		shutil.rmtree(fresh, ignore_errors=True)
		unpack(fetch(bench), fresh)
		stamp.clear()
		if target.exists():
			shutil.rmtree(target)
		fresh.rename(target)
		stamp.set()
