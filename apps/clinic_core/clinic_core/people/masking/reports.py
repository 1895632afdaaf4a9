"""Answers of reports, hidden before they are shown, exported, mailed or kept (F80).

`foundation.compat` lets every report's answer pass here: the export to a spreadsheet is made from the same
answer as the screen, so no door is left out.
"""

import re
from typing import Any

import frappe
from frappe import _

from clinic_core.people.masking import rules, shapes

_LABEL = re.compile(r"^([^:]+)(?::.*)?$", re.DOTALL)


def hide(answer: Any, custom_columns: list[Any], user: str | None = None) -> Any:
	"""The answer of a report as a user may see it. Raises frappe.PermissionError for a column that cannot be."""
	hidden = rules.hidden_fields(user)
	if not hidden or not isinstance(answer, dict):
		return answer
	_refuse_expressions(custom_columns, hidden)
	kinds = {field: kind for fields in hidden.values() for field, kind in fields.items()}
	columns = [kinds.get(_fieldname(column)) for column in answer.get("columns") or []]
	names = [_key(column) for column in answer.get("columns") or []]
	for number, row in enumerate(answer.get("result") or []):
		if isinstance(row, dict):
			for name, kind in zip(names, columns, strict=True):
				if kind and row.get(name) not in (None, ""):
					row[name] = shapes.shape(kind, row[name])
		elif isinstance(row, list | tuple):
			answer["result"][number] = [
				shapes.shape(kind, value) if kind else value
				for kind, value in zip(columns + [None] * (len(row) - len(columns)), row, strict=False)
			]
	return answer


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
