"""Answers of reports, hidden before they are shown, exported, mailed or kept (F80).

`foundation.compat` lets every report's answer pass here: the export to a spreadsheet is made from the same
answer as the screen, so no door is left out.
"""

import re
from typing import Any

import frappe
from frappe import _

from clinic_core.people.masking import rules, shapes

_MIXED = "Mixed"
_LABEL = re.compile(r"^([^:]+)(?::.*)?$", re.DOTALL)


def hide(answer: Any, custom_columns: list[Any], user: str | None = None) -> Any:
	"""The answer of a report as a user may see it. Raises frappe.PermissionError for a column that cannot be."""
	kinds = rules.hidden_kinds(user)
	if not kinds or not isinstance(answer, dict):
		return answer
	_refuse_expressions(custom_columns, rules.hidden_fields(user))
	columns = answer.get("columns") or []
	names, ways = [_key(column) for column in columns], _ways(columns, kinds)
	for number, row in enumerate(answer.get("result") or []):
		if isinstance(row, dict):
			for name, way in zip(names, ways, strict=True):
				if way and row.get(name) not in (None, ""):
					row[name] = _shown(way, row[name], kinds)
		elif isinstance(row, list | tuple):
			answer["result"][number] = [
				_shown(way, value, kinds) if way else value
				for way, value in zip(ways + [None] * (len(row) - len(ways)), row, strict=False)
			]
	return answer


def _ways(columns: list[Any], hidden: frozenset[str]) -> list[str | None]:
	"""By column the kind it is hidden as, None where it is seen, _MIXED where its name may mean either.

	A column somebody added says of which DocType it is; others are known by their name alone, which a phone
	(of Do Not Contact) may share with the address of a house.
	"""
	fields = rules.all_fields()
	by_name: dict[str, list[str]] = {}
	for own in fields.values():
		for field, kind in own.items():
			by_name.setdefault(field, []).append(kind)
	found: list[str | None] = []
	for column in columns:
		doctype = column.get("doctype") if isinstance(column, dict) else None
		name = _fieldname(column)
		kinds = [fields[doctype].get(name)] if doctype in fields else by_name.get(name, [])
		kept = [kind for kind in kinds if kind in hidden]
		found.append(None if not kept else kept[0] if len(kept) == len(kinds) else _MIXED)
	return found


def _shown(way: str, value: Any, hidden: frozenset[str]) -> Any:
	if way == _MIXED:
		return shapes.scrub(value, set(hidden)) if isinstance(value, str) else value
	return shapes.shape(way, value)


def _key(column: Any) -> str:
	"""The key of a column in a row."""
	return str(column.get("fieldname") or column.get("label")) if isinstance(column, dict) else str(column)


def _fieldname(column: Any) -> str:
	"""The field a column is called after; old reports write `Label:Type:Width`."""
	if isinstance(column, dict) and column.get("fieldname"):
		return str(column["fieldname"]).lower()
	label = _LABEL.match(_key(column))
	return frappe.scrub(label[1].strip()) if label else ""


def _refuse_expressions(custom_columns: list[Any], hidden: dict[str, dict[str, str]]) -> None:
	"""A column somebody adds to a report is a field of a DocType, or nothing that names a hidden one."""
	for column in custom_columns:
		if not isinstance(column, dict):
			continue
		fields, asked = hidden.get(str(column.get("doctype")), {}), str(column.get("fieldname") or "").lower()
		words = set(re.findall(r"\w+", asked))
		if asked not in fields and (words & fields.keys() or (fields and "*" in asked)):
			frappe.throw(
				_("Some of it is hidden from you. Export the list or the report instead."),
				frappe.PermissionError,
				title=_("Not allowed"),
			)
