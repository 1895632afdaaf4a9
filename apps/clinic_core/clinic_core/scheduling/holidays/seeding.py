"""The official holidays of the country, installed as data that the clinic may edit and delete (Clinic Holiday).

Lunar days are known only when the new moon is seen, so most of those to come are marked as estimated. A later
release that knows better corrects the ones nobody touched; edits and deletions stay. Made by
`devbench/make_holidays.py`.
"""

import json
from pathlib import Path
from typing import Any

import frappe
from frappe.utils import getdate

from clinic_core.foundation import seed, settings

DOCTYPE = "Clinic Holiday"
DATA = {"IR": "iran.json"}


def records(language: str) -> list[dict[str, Any]]:
	"""The holidays of the clinic's country, titles in a language; none for a country we have no data of."""
	name = DATA.get(settings.get("phone_region") or "IR")
	if not name:
		return []
	rows = json.loads((Path(__file__).parent / "data" / name).read_text(encoding="utf-8"))
	return [
		{
			"name": row["code"],
			"title": row["fa" if language == "fa" else "en"],
			"date": row["date"],
			"is_closed": 1,
			"is_estimated": row["is_estimated"],
		}
		for row in rows
	]


def load() -> dict[str, int]:
	"""Insert what is new, correct what nobody touched → {new, corrected}. Two queries when nothing changed."""
	wanted = records(frappe.db.get_single_value("System Settings", "language") or "en")
	new = seed.insert_missing(DOCTYPE, wanted)
	return {"new": len(new), "corrected": _correct(wanted)}


def _correct(wanted: list[dict[str, Any]]) -> int:
	"""Bring untouched ones up to date; who saved one has another time of modification than of creation."""
	rows = frappe.get_all(
		DOCTYPE,
		{"name": ("in", [row["name"] for row in wanted] or [""])},
		["name", "title", "date", "is_estimated", "creation", "modified"],
		order_by="name asc",
		limit_page_length=0,
	)
	there = {row.name: row for row in rows if row.creation == row.modified}
	corrected = 0
	for row in wanted:
		known = there.get(row["name"])
		values = {key: row[key] for key in ("title", "date", "is_estimated")}
		if known and (known.title, known.date, known.is_estimated) != (
			values["title"],
			getdate(values["date"]),
			values["is_estimated"],
		):
			frappe.db.set_value(DOCTYPE, row["name"], values, update_modified=False)
			corrected += 1
	return corrected


def forget() -> None:
	"""Forget what was seeded: the app is being uninstalled."""
	seed.forget([(DOCTYPE, records("en"))])
