"""Where the printed lists lie: a folder outside the database, one for each day, with an end to their keeping (G09).

They are for the morning on which nothing runs: put the folder on a disk or share another computer reads.
"""

import datetime
import json
import os
import re
import shutil
from pathlib import Path
from typing import Any

import frappe
from frappe.utils import cint, getdate

from clinic_core.foundation import settings

DEFAULT_FOLDER = "private/clinic-day-lists"
_DAY = re.compile(r"^\d{4}-\d{2}-\d{2}$")
_STATE = "last.json"


def folder() -> Path:
	"""The folder of this site, absolute; sites that share a path have one each in it. May not exist yet."""
	path = settings.get("day_list_folder")
	return Path(path) / frappe.local.site if path else Path(frappe.get_site_path(DEFAULT_FOLDER)).absolute()


def path_of(day: datetime.date, branch: str) -> Path:
	"""Where the list of a branch's day lies, or would lie."""
	return folder() / day.isoformat() / f"{re.sub(r'[^A-Za-z0-9_.-]', '_', branch)}.pdf"


def keep(day: datetime.date, branch: str, content: bytes) -> Path:
	"""Write a list; whoever opens the file sees the old one or the new one, never half."""
	path = path_of(day, branch)
	path.parent.mkdir(parents=True, exist_ok=True)
	draft = path.with_suffix(f".{os.getpid()}.part")
	draft.write_bytes(content)
	draft.chmod(0o640)
	draft.replace(path)
	return path


def listed(branches: dict[str, str]) -> list[dict[str, Any]]:
	"""The lists of these branches {name: title} that are there, the latest day first."""
	found = []
	for day in sorted(_days(), reverse=True):
		for branch, title in branches.items():
			path = path_of(day, branch)
			if path.is_file():
				seen = path.stat()
				found.append(
					{
						"day": day.isoformat(),
						"branch": branch,
						"title": title,
						"made_at": str(datetime.datetime.fromtimestamp(int(seen.st_mtime))),
						"bytes": seen.st_size,
					}
				)
	return found


def drop_old(today: datetime.date | None = None) -> int:
	"""Forget the lists of days that are over longer than the clinic keeps them. Returns how many days."""
	days = cint(settings.get("day_list_keep_days"))
	if days <= 0:
		return 0
	limit = (today or getdate()) - datetime.timedelta(days=days)
	old = [day for day in _days() if day < limit]
	for day in old:
		shutil.rmtree(folder() / day.isoformat(), ignore_errors=True)
	return len(old)


def remember(state: dict[str, Any]) -> None:
	"""Note how the last night's making went, beside the lists."""
	folder().mkdir(parents=True, exist_ok=True)
	(folder() / _STATE).write_text(json.dumps(state, ensure_ascii=False), encoding="utf-8")


def remembered() -> dict[str, Any]:
	"""How it went; empty if it never was."""
	try:
		return json.loads((folder() / _STATE).read_text(encoding="utf-8"))
	except (OSError, ValueError):
		return {}


def _days() -> list[datetime.date]:
	try:
		names = [entry.name for entry in folder().iterdir() if entry.is_dir() and _DAY.match(entry.name)]
	except OSError:
		return []
	return [datetime.date.fromisoformat(name) for name in names]
