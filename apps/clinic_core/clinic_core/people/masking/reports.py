"""Answers of reports, hidden before they are shown, exported, mailed or kept (F80).

`foundation.compat` lets every report's answer pass here: the export to a spreadsheet is made from the same
answer as the screen, so no door is left out. A column is known by its name, by what its query makes it of
(`select_list`), and by the values in it (`values`).
"""

import re
from collections.abc import Iterator
from typing import Any

import frappe
from frappe import _

from clinic_core.people.masking import rules, select_list, shapes
from clinic_core.people.masking.values import Facts

_MIXED = "Mixed"
_LABEL = re.compile(r"^([^:]+)(?::.*)?$", re.DOTALL)
# Beside the rows: a chart is named after what its columns hold.
_BESIDE = ("chart", "report_summary", "message")


def hide(answer: Any, custom_columns: list[Any], user: str | None = None, query: str = "") -> Any:
	"""The answer of a report as a user may see it; `query` is the SQL of a Query Report.

	Raises frappe.PermissionError for a column that cannot be shown.
	"""
	kinds = rules.hidden_kinds(user)
	if not kinds or not isinstance(answer, dict):
		return answer
	_refuse_expressions(custom_columns, rules.hidden_fields(user))
	columns, rows = answer.get("columns") or [], answer.get("result") or []
	names, ways = [_key(column) for column in columns], _ways(columns, kinds, query)
	beside = [answer.get(key) for key in _BESIDE]
	facts = Facts(kinds, [*_unnamed(rows, names, ways), *_leaves(beside)])
	for number, row in enumerate(rows):
		if isinstance(row, dict):
			shown = {key: facts.hide(value) for key, value in row.items()}
			for name, way in zip(names, ways, strict=True):
				if way and row.get(name) not in (None, ""):
					shown[name] = _shown(way, row[name], kinds)
			row.update(shown)
		elif isinstance(row, list | tuple):
			rows[number] = [
				_shown(way, value, kinds) if way else facts.hide(value)
				for way, value in zip(ways + [None] * (len(row) - len(ways)), row, strict=False)
			]
	answer |= {key: _without(facts, answer[key]) for key in _BESIDE if answer.get(key)}
	return answer


def _ways(columns: list[Any], hidden: frozenset[str], query: str) -> list[str | None]:
	"""By column the kind it is hidden as, None where it is seen, _MIXED where its name may mean either.

	A column somebody added says of which DocType it is; others are known by what the query makes them of, or by
	their name alone, which a phone (of Do Not Contact) may share with the address of a house.
	"""
	fields = rules.all_fields()
	by_name: dict[str, list[str]] = {}
	for own in fields.values():
		for field, kind in own.items():
			by_name.setdefault(field, []).append(kind)
	made = select_list.hidden_columns(query, _hidden_of(fields, hidden)) if query else {}
	found: list[str | None] = []
	for column in columns:
		doctype = column.get("doctype") if isinstance(column, dict) else None
		name = _fieldname(column)
		kinds = [fields[doctype].get(name)] if doctype in fields else by_name.get(name, [])
		kept = [kind for kind in kinds if kind in hidden]
		by_its_name = None if not kept else kept[0] if len(kept) == len(kinds) else _MIXED
		found.append(made.get(select_list.as_key(name)) or made.get(_whole(column)) or by_its_name)
	return found


def _hidden_of(fields: dict[str, dict[str, str]], hidden: frozenset[str]) -> dict[str, dict[str, str]]:
	return {
		doctype: {field: kind for field, kind in own.items() if kind in hidden}
		for doctype, own in fields.items()
	}


def _unnamed(rows: list[Any], names: list[str], ways: list[str | None]) -> Iterator[Any]:
	"""The values that no name of a column tells anything about."""
	told = {name for name, way in zip(names, ways, strict=True) if way}
	for row in rows:
		if isinstance(row, dict):
			yield from (value for key, value in row.items() if key not in told)
		elif isinstance(row, list | tuple):
			yield from (value for way, value in zip(ways, row, strict=False) if not way)
			yield from row[len(ways) :]


def _leaves(part: Any) -> Iterator[Any]:
	if isinstance(part, dict | list | tuple):
		for each in part.values() if isinstance(part, dict) else part:
			yield from _leaves(each)
	else:
		yield part


def _without(facts: Facts, part: Any) -> Any:
	if isinstance(part, dict):
		return {key: _without(facts, value) for key, value in part.items()}
	if isinstance(part, list | tuple):
		return [_without(facts, value) for value in part]
	return facts.hide(part)


def _shown(way: str, value: Any, hidden: frozenset[str]) -> Any:
	if way == select_list.GONE:
		return shapes.NOTHING
	if way == _MIXED:
		return shapes.scrub(value, set(hidden)) if isinstance(value, str) else value
	return shapes.shape(way, value)


def _key(column: Any) -> str:
	"""The key of a column in a row."""
	return str(column.get("fieldname") or column.get("label")) if isinstance(column, dict) else str(column)


def _whole(column: Any) -> str:
	"""A column that is called by its expression, as `select_list` calls it."""
	return select_list.as_key(_key(column))


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
