"""Putting new files and a new database in the place of the old ones, or nothing at all. Pure.

A journal in the site's folder says what is being done. What fails is undone at once; what was cut off
(killed, power) is undone by the next run that finds the journal. The one moment that counts is the
replacement of the site's configuration, which names the database.
"""

import json
import shutil
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from clinic_core.operations.backup import files, site_config
from clinic_core.operations.backup.site_config import GONE

JOURNAL = "clinic_restore.json"
MAINTENANCE = {"maintenance_mode": 1, "pause_scheduler": 1}


@dataclass
class Journal:
	"""What a restore does to the site's folder."""

	site: Path
	stamp: str
	database: dict[str, Any]
	"""db_name, db_password (and db_user) of the new database."""
	before: dict[str, Any] = field(default_factory=dict)
	"""Keys of the configuration as they were; those that were not there are in `absent`."""
	absent: list[str] = field(default_factory=list)

	def beside(self, folder: str, kind: str) -> Path:
		"""`private/files` → `private/files.new-STAMP` or `private/files.old-STAMP`."""
		path = self.site / folder
		return path.with_name(f"{path.name}.{kind}-{self.stamp}")


def begin(journal: Journal) -> None:
	"""Close the site for users, after writing down how to open it again."""
	config = site_config.read(journal.site)
	journal.before = {key: config[key] for key in MAINTENANCE if key in config}
	journal.absent = [key for key in MAINTENANCE if key not in config]
	data = asdict(journal) | {"site": str(journal.site)}
	files.write_json(journal.site / JOURNAL, data)
	site_config.change(journal.site, dict(MAINTENANCE))


def complete(journal: Journal, values: dict[str, Any]) -> None:
	"""Swap the folders and the database, and open the site. `values`: further keys to set."""
	for folder in files.FOLDERS.values():
		new, now, old = journal.beside(folder, "new"), journal.site / folder, journal.beside(folder, "old")
		if now.exists():
			now.rename(old)
		new.rename(now)
	site_config.change(journal.site, _maintenance_as_before(journal) | journal.database | values)
	(journal.site / JOURNAL).unlink()


def undo(journal: Journal) -> None:
	"""Leave the site as it was: its folders, its configuration. The new database is the caller's."""
	for folder in files.FOLDERS.values():
		new, now, old = journal.beside(folder, "new"), journal.site / folder, journal.beside(folder, "old")
		if old.exists():
			shutil.rmtree(now, ignore_errors=True)
			old.rename(now)
		shutil.rmtree(new, ignore_errors=True)
	site_config.change(journal.site, _maintenance_as_before(journal))
	(journal.site / JOURNAL).unlink(missing_ok=True)


def _maintenance_as_before(journal: Journal) -> dict[str, Any]:
	return {**journal.before, **dict.fromkeys(journal.absent, GONE)}


def is_complete(journal: Journal) -> bool:
	"""Whether the site is the restored one already: then there is no way back."""
	return site_config.read(journal.site)["db_name"] == journal.database["db_name"]


def interrupted(site: Path) -> Journal | None:
	"""The journal of a restore that was cut off before it was complete; of a complete one it is removed.

	The caller holds the lock of the backup.
	"""
	path = site / JOURNAL
	if not path.exists():
		return None
	data = json.loads(path.read_text(encoding="utf-8"))
	journal = Journal(**(data | {"site": Path(data["site"])}))
	if is_complete(journal):
		path.unlink()
		return None
	return journal
