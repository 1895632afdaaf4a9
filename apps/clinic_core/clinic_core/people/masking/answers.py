"""Answers of Frappe's own doors, hidden before they leave (hook `after_request`).

Whole documents travel with their `doctype`: forms, REST, saves. With a form come its history, comments and
mails. Lists and reports were hidden when they were asked
(`lists`, `reports`).
"""

import json
from typing import Any

import frappe

from clinic_core.people.masking import rows, rules, shapes

_LINKED = "frappe.desk.form.linked_with.get"
_MAILS = ("frappe.desk.form.load.get_communications", "frappe.desk.form.utils.")
_TEXTS = tuple(sorted({field for fields in rows.SAID.values() for field in fields}))
Hidden = dict[str, dict[str, str]]


def hide(response: Any = None, request: Any = None) -> None:
	"""Hide in a JSON answer what its reader may not see. If that fails, nothing is answered."""
	if request is None or response is None or response.mimetype != "application/json":
		return
	hidden = rules.hidden_fields()
	text = response.get_data(as_text=True) if hidden else ""
	if not _concerns(text, request.path, hidden):
		return
	try:
		answer = json.loads(text)
		_hide_by_door(answer, request.path, hidden)
		_walk(answer, hidden)
		response.set_data(json.dumps(answer, separators=(",", ":")))
	except Exception:
		response.set_data(json.dumps({"exc_type": "PermissionError"}))
		response.status_code = 500
		frappe.logger("clinic").error(frappe.get_traceback())


def _concerns(text: str, path: str, hidden: Hidden) -> bool:
	if not text:
		return False
	if any(door in path for door in (_LINKED, *_MAILS)):
		return True
	return any(f'"doctype":"{doctype}"' in text for doctype in [*hidden, *rows.SAID])


def _walk(part: Any, hidden: Hidden) -> None:
	"""Documents anywhere in an answer, with the history that comes with them."""
	if isinstance(part, list):
		for each in part:
			_walk(each, hidden)
	elif isinstance(part, dict):
		doctype = part.get("doctype")
		if isinstance(doctype, str):
			if "versions" in part and "communications" in part:
				_hide_history(part, doctype, hidden)
			elif doctype in hidden:
				rows.mask_row(part, hidden[doctype])
			elif doctype in rows.SAID:
				_scrub(part)
		for each in part.values():
			if isinstance(each, dict | list):
				_walk(each, hidden)


def _hide_history(info: dict[str, Any], doctype: str, hidden: Hidden) -> None:
	"""What a form shows below itself: versions, comments, mails."""
	for version in info.get("versions") or []:
		version["data"] = version_data(version.get("data"), doctype, hidden)
	for key, listed in info.items():
		if isinstance(listed, list) and key != "versions":
			for each in listed:
				if isinstance(each, dict):
					_scrub(each)


def version_data(data: str | None, doctype: str, hidden: Hidden) -> str | None:
	"""A version's changes with hidden values hidden, old and new ones alike."""
	if not data:
		return data
	found = json.loads(data)
	own = hidden.get(doctype, {})
	found["changed"] = [_change(change, own) for change in found.get("changed") or []]
	tables = {df.fieldname: hidden.get(df.options, {}) for df in frappe.get_meta(doctype).get_table_fields()}
	for key in ("added", "removed"):
		for table, row in found.get(key) or []:
			if isinstance(row, dict):
				rows.mask_row(row, tables.get(table, {}))
	for change in found.get("row_changed") or []:
		change[-1] = [_change(each, tables.get(change[0], {})) for each in change[-1]]
	return json.dumps(found)


def _change(change: list[Any], fields: dict[str, str]) -> list[Any]:
	kind = fields.get(change[0])
	return [change[0], *(shapes.shape(kind, value) for value in change[1:])] if kind else change


def _scrub(row: dict[str, Any]) -> None:
	for field in _TEXTS:
		if isinstance(row.get(field), str):
			row[field] = rows.scrubbed(row[field])


def _hide_by_door(answer: dict[str, Any], path: str, hidden: Hidden) -> None:
	"""Rows that come without their DocType."""
	message = answer.get("message")
	if _LINKED in path and isinstance(message, dict):
		for doctype, listed in message.items():
			if isinstance(listed, list) and doctype in hidden:
				rows.mask_rows(doctype, [row for row in listed if isinstance(row, dict)])
	elif any(door in path for door in _MAILS):
		for row in message if isinstance(message, list) else [message]:
			if isinstance(row, dict):
				_scrub(row)
