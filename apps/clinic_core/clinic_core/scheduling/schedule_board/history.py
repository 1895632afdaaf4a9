"""What happened to one appointment, told from its versions: moves with their reasons, states (D34, D35)."""

import json
from typing import Any

import frappe

from clinic_core.scheduling import day_list

APPOINTMENT = "Clinic Appointment"
TOLD = ("start", "practitioner", "status", "duration_minutes")
MOST = 50


def details(appointment: str) -> dict[str, Any]:
	"""What the panel of one appointment shows beside its card."""
	row = frappe.db.get_value(
		APPOINTMENT,
		appointment,
		["status", "reason", "origin_doctype", "booked_by", "creation", "session"],
		as_dict=True,
	)
	booked_by = _titles("User", [row.booked_by], "full_name") if row.booked_by else {}
	return {
		"can": day_list.actions_for(row.status),
		"reason": row.reason,
		"origin_doctype": row.origin_doctype,
		"booked_by_name": booked_by.get(row.booked_by, row.booked_by),
		"booked_at": str(row.creation),
		"history": of(appointment),
	}


def of(appointment: str) -> list[dict[str, Any]]:
	"""Rows {at, by, by_name, changes: [{field, old, new}], reason}, the newest first; two or three queries.

	Only what is named here is told: a version holds fields that not everybody may see.
	"""
	versions = frappe.get_all(
		"Version",
		filters={"ref_doctype": APPOINTMENT, "docname": appointment},
		fields=["owner", "creation", "data"],
		order_by="creation desc, name desc",
		limit_page_length=MOST,
	)
	found = [row for version in versions if (row := _row(version))]
	_put_names(found)
	return found


def _row(version: frappe._dict) -> dict[str, Any] | None:
	changed = {line[0]: line[1:3] for line in json.loads(version.data or "{}").get("changed") or []}
	changes = [
		{"field": field, "old": changed[field][0], "new": changed[field][1]}
		for field in TOLD
		if field in changed
	]
	if not changes:
		return None
	reason = changed["reason"][1] if "reason" in changed else None
	return {"at": str(version.creation), "by": version.owner, "changes": changes, "reason": reason}


def _put_names(rows: list[dict[str, Any]]) -> None:
	users = sorted({row["by"] for row in rows})
	people = sorted(
		{
			change[side]
			for row in rows
			for change in row["changes"]
			for side in ("old", "new")
			if change["field"] == "practitioner" and change[side]
		}
	)
	full_names = _titles("User", users, "full_name")
	practitioners = _titles("Clinic Practitioner", people, "practitioner_name")
	for row in rows:
		row["by_name"] = full_names.get(row["by"], row["by"])
		for change in row["changes"]:
			if change["field"] == "practitioner":
				change["old"] = practitioners.get(change["old"], change["old"])
				change["new"] = practitioners.get(change["new"], change["new"])


def _titles(doctype: str, names: list[str], field: str) -> dict[str, str]:
	if not names:
		return {}
	rows = frappe.get_all(
		doctype, filters={"name": ("in", names)}, fields=["name", field], order_by="name asc"
	)
	return {row["name"]: row[field] for row in rows}
