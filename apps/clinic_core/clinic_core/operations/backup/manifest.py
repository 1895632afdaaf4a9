"""What a backup says about itself: the file `manifest.json` beside the dump, and how it is judged. Pure."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from clinic_core.operations.backup.files import sha256_of
from clinic_core.operations.backup.findings import BackupError, Check, Finding, check, finding

FORMAT = 1
MANIFEST, VERDICT = "manifest.json", "verdict.json"
ROLES = ("database", "public", "private", "config", "file_list")

# What the framework writes by itself at any moment: that these tables exist is enough.
_RESTLESS = frozenset(
	{
		"__UserSettings",
		"__global_search",
		"tabAccess Log",
		"tabActivity Log",
		"tabClinic Backup",
		"tabDefaultValue",
		"tabEmail Queue",
		"tabEmail Queue Recipient",
		"tabError Log",
		"tabRoute History",
		"tabScheduled Job Log",
		"tabScheduled Job Type",
		"tabSessions",
		"tabSingles",
		"tabVersion",
	}
)
SLACK_ROWS, SLACK_PERCENT = 20, 2
"""How far a table whose rows also go may lie outside what was counted before and after the dump."""


@dataclass
class Manifest:
	"""The content of `manifest.json`. It names no patient: names of files are in `file_list`."""

	name: str
	site: str
	made_at: str
	frappe_version: str
	apps: dict[str, str]
	database_version: str
	encrypted: bool
	database_bytes: int = 0
	"""What the tables took on the database server, indexes included."""
	files: dict[str, dict[str, Any]] = field(default_factory=dict)
	"""Role → {name, size, sha256}."""
	rows_before: dict[str, int] = field(default_factory=dict)
	rows_after: dict[str, int] = field(default_factory=dict)
	append_only: list[str] = field(default_factory=list)
	"""Tables whose rows never go: their count must lie between before and after."""
	schema: dict[str, str] = field(default_factory=dict)
	"""Table → digest of its columns."""
	format: int = FORMAT

	def as_dict(self) -> dict[str, Any]:
		"""For JSON."""
		return asdict(self)

	@property
	def size(self) -> int:
		"""Bytes of all files."""
		return sum(entry["size"] for entry in self.files.values())

	@property
	def hashes(self) -> dict[str, str]:
		"""File name → SHA-256."""
		return {entry["name"]: entry["sha256"] for entry in self.files.values()}


def read(folder: Path) -> Manifest:
	"""The manifest of a backup. Raises BackupError if there is none, it is broken, or of a later format."""
	path = folder / MANIFEST
	try:
		data = json.loads(path.read_text(encoding="utf-8"))
	except FileNotFoundError:
		raise BackupError("manifest_missing", str(folder)) from None
	except (OSError, ValueError):
		raise BackupError("manifest_broken", str(path)) from None
	if not isinstance(data, dict) or not isinstance(data.get("format"), int):
		raise BackupError("manifest_broken", str(path))
	if data["format"] > FORMAT:
		raise BackupError("format_unknown", data["format"], FORMAT)
	try:
		return Manifest(**data)
	except TypeError:
		raise BackupError("manifest_broken", str(path)) from None


def describe(path: Path) -> dict[str, Any]:
	"""What the manifest says of one file."""
	return {"name": path.name, "size": path.stat().st_size, "sha256": sha256_of(path)}


def check_files(manifest: Manifest, folder: Path) -> Check:
	"""Every file is there and is the one that was written."""
	found: list[Finding] = []
	for role in ROLES:
		entry = manifest.files.get(role)
		if entry is None:
			found.append(finding("part_missing", role))
		elif problem := _problem_of(entry, folder / entry["name"]):
			found.append(problem)
	return check("files_intact", len(manifest.files), found)


def _problem_of(entry: Mapping[str, Any], path: Path) -> Finding | None:
	if not path.is_file():
		return finding("file_missing", entry["name"])
	size = path.stat().st_size
	if size < entry["size"]:
		return finding("file_truncated", entry["name"], size, entry["size"])
	if size > entry["size"] or sha256_of(path) != entry["sha256"]:
		return finding("file_changed", entry["name"])
	return None


def check_rows(manifest: Manifest, restored: Mapping[str, int]) -> Check:
	"""Every table is there with as many rows as were counted around the dump."""
	found = []
	for table in sorted(manifest.rows_before.keys() & manifest.rows_after.keys()):
		if table not in restored:
			found.append(finding("table_missing", table))
			continue
		low, high = _bounds(manifest, table)
		if not low <= restored[table] <= high:
			found.append(finding("rows_differ", table, restored[table], low, high))
	return check("row_counts", len(manifest.rows_before), found)


def _bounds(manifest: Manifest, table: str) -> tuple[int, float]:
	"""What is allowed: the dump shows one moment between the two counts, not one of them."""
	low, high = sorted((manifest.rows_before[table], manifest.rows_after[table]))
	if table in manifest.append_only:
		return low, high
	if table in _RESTLESS:
		return 0, float("inf")
	slack = max(SLACK_ROWS, high * SLACK_PERCENT // 100)
	return max(low - slack, 0), high + slack


def check_schema(manifest: Manifest, restored: Mapping[str, str]) -> Check:
	"""Every table has the columns it had."""
	changed = [
		finding("schema_differs", table)
		for table, digest in sorted(manifest.schema.items())
		if table in restored and restored[table] != digest
	]
	return check("schema", len(manifest.schema), changed)


def major(version: str) -> int:
	"""15 of "15.56.0" or "v15.0.0-dev". Raises ValueError for what is no version."""
	return int(version.lstrip("v").split(".")[0])


def is_newer(version: str, than: str) -> bool:
	"""Whether a version number is later than another; a part that is no number counts as 0."""
	return _numbers(version) > _numbers(than)


def _numbers(version: str) -> tuple[int, ...]:
	parts = version.lstrip("v").split("-")[0].split("+")[0].split(".")
	return tuple(int(part) if part.isdigit() else 0 for part in (*parts, "0", "0", "0")[:4])


def check_versions(manifest: Manifest, frappe_version: str, apps: Mapping[str, str]) -> list[Finding]:
	"""Whether this backup can live with the code that is installed: what stands against it.

	Another major version of Frappe, an app that is missing here, and an app that was newer when the
	backup was made stand against it. Older apps do not: a migration brings them up to date.
	"""
	found = []
	if major(manifest.frappe_version) != major(frappe_version):
		found.append(finding("frappe_major_differs", manifest.frappe_version, frappe_version))
	elif is_newer(manifest.frappe_version, frappe_version):
		found.append(finding("app_newer", "frappe", manifest.frappe_version, frappe_version))
	for app, version in sorted(manifest.apps.items()):
		if app == "frappe":
			continue
		if app not in apps:
			found.append(finding("app_missing", app, version))
		elif is_newer(version, apps[app]):
			found.append(finding("app_newer", app, version, apps[app]))
	return found


def needs_migration(manifest: Manifest, frappe_version: str, apps: Mapping[str, str]) -> bool:
	"""Whether the code is newer than the backup."""
	installed = {**apps, "frappe": frappe_version}
	made_with = {**manifest.apps, "frappe": manifest.frappe_version}
	return any(is_newer(installed[app], version) for app, version in made_with.items() if app in installed)
