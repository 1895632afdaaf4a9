"""The backups in a folder: which there are, copied to the second folder, and removed by rule. Pure."""

import datetime
import json
import shutil
from pathlib import Path

from clinic_core.operations.backup import files
from clinic_core.operations.backup import manifest as manifests
from clinic_core.operations.backup.findings import BackupError
from clinic_core.operations.backup.manifest import VERDICT, Manifest
from clinic_core.operations.backup.retention import FAILED, Backup, Rule, superfluous

PART = ".part"
# Names of ours only: what else a person keeps in the folder is not touched.
_UNFINISHED = "[0-9]" * 8 + "-" + "[0-9]" * 6 + PART


def remove_unfinished(folder: Path) -> None:
	"""Remove what killed runs left half made or half removed. The caller holds the lock of the backup."""
	for part in folder.glob(_UNFINISHED):
		shutil.rmtree(part, ignore_errors=True)


def backups(folder: Path, site: str) -> list[Backup]:
	"""Backups of a site in a folder; what is no backup, or of another site, is not looked at."""
	found = []
	for path in sorted(folder.iterdir()) if folder.is_dir() else []:
		try:
			manifest = manifests.read(path)
		except BackupError:
			continue
		if manifest.site == site:
			made_at = datetime.datetime.fromisoformat(manifest.made_at)
			found.append(Backup(path.name, made_at, _status(path)))
	return found


def _status(path: Path) -> str:
	"""What the last proof said. A backup whose run was killed before it was proven is no good one."""
	try:
		return json.loads((path / VERDICT).read_text())["status"]
	except (OSError, ValueError, KeyError, TypeError):
		return FAILED


def write_verdict(folder: Path, status: str, content: dict) -> None:
	"""Keep with the backup what came of its proof."""
	files.write_json(folder / VERDICT, {"status": status, **content})


def copy(source: Path, second: Path, manifest: Manifest) -> Path:
	"""Copy a backup to the second folder and read it back. Raises BackupError."""
	files.need_space(second, manifest.size + 1024**2)
	target = second / source.name
	files.copy_folder(source, target, manifest.hashes)
	return target


def tidy(folder: Path, site: str, rule: Rule) -> list[str]:
	"""Remove what the rule does not keep; returns the names."""
	if not folder.is_dir():
		return []
	remove_unfinished(folder)
	gone = superfluous(backups(folder, site), rule)
	for name in gone:
		# Renamed first: a removal that is interrupted must not leave half a backup that looks whole.
		doomed = (folder / name).rename(folder / (name + PART))
		shutil.rmtree(doomed, ignore_errors=True)
	return gone
