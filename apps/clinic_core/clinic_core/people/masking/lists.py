"""Lists that people ask for: hidden fields are shown hidden, and no filter or order tells them (F80).

Every list of Frappe's doors (desk, report builder, export, REST, links, charts) comes through here:
`foundation.compat` wraps the one class that answers them.
"""

import json
import re
from collections.abc import Callable, Iterable
from typing import Any

import frappe
from frappe import _

from clinic_core.people.masking import rows, rules, shapes

_COLUMN = re.compile(
	r"^\s*(?:`?tab(?P<table>[^`.]+?)`?\.|(?P<link>\w+)\.)?`?(?P<field>\w+)`?"
	r"(?:\s+as\s+[`'\"]?(?P<alias>[^`'\"]+?)[`'\"]?)?\s*$",
	re.IGNORECASE,
)
_TABLE = re.compile(r"`?tab([A-Z][^`.]*)`?")
_COMMENTS = "_comments"
_TEXT = "Text"
Given = dict[str, Any]


def answer(doctype: str, given: Given, run: Callable[[Given], Any]) -> Any:
	"""Answer a question for a list: `given` are the arguments, `run` asks the database.

	Raises frappe.PermissionError if a filter, order or expression would tell what is hidden.
	"""
	hidden = rules.hidden_fields(given.get("user"))
	if not hidden:
		return run(given)
	question = Question(doctype, hidden, rules.hidden_kinds(given.get("user")))
	if not question.touches(given):
		return run(given)
	given = question.allowed(given)
	return question.masked(run(given), given)


class Question:
	"""One question for a list of `doctype` by somebody from whom `hidden` is hidden."""

	def __init__(
		self, doctype: str, hidden: dict[str, dict[str, str]], kinds: frozenset[str] = frozenset()
	) -> None:
		self.doctype, self.hidden, self.kinds = doctype, hidden, set(kinds)
		self.texts = dict.fromkeys(rows.SAID.get(doctype, ()), _TEXT)
		self.meta = frappe.get_meta(doctype)
		self.own = {doctype, *(df.options for df in self.meta.get_table_fields())}

	def touches(self, given: Given) -> bool:
		"""Whether the question could have to do with anything hidden; most have not."""
		if self.texts or self.own & self.hidden.keys():
			return True
		text = frappe.as_json([given.get(key) for key in ("fields", "filters", "or_filters", "order_by")])
		return any(f"tab{doctype}" in text or doctype in text for doctype in self.hidden) or "." in text

	def allowed(self, given: Given) -> Given:
		"""The arguments without what is left out silently: search fields that are hidden.

		Raises frappe.PermissionError for what cannot be answered.
		"""
		given = dict(given)
		for key in ("fields", "filters", "or_filters"):
			given[key] = _parsed(given.get(key))
		for key in ("order_by", "group_by"):
			self._refuse_words(given.get(key))
		if _are_filters(given["fields"]):  # Frappe takes the two the other way round as well
			given["fields"], given["filters"] = given["filters"], given["fields"]
		self.check_filters(given["filters"])
		given["or_filters"] = self._without_hidden(given["or_filters"])
		for expression in self._expressions(given):
			if not _COLUMN.match(expression):
				self._refuse_words(expression)
			elif expression.strip() == "*" and given.get("as_list"):
				refuse(self.doctype, "*")
		return {key: value for key, value in given.items() if value is not None}

	def masked(self, found: Any, given: Given) -> Any:
		"""The answer with hidden fields hidden, whatever form it has."""
		if not isinstance(found, list | tuple) or not found:
			return found
		columns = [self._output(expression) for expression in self._expressions(given)]
		if given.get("pluck"):
			kind = next((kind for key, kind in columns if kind and key == given["pluck"]), None)
			return [self._shown(kind, value) for value in found] if kind else found
		if given.get("as_list"):
			kinds = [kind for _key, kind in columns]
			return [
				type(row)(
					self._shown(kind, value) if kind else value
					for kind, value in zip(kinds + [None] * (len(row) - len(kinds)), row, strict=False)
				)
				for row in found
			]
		return [self._masked_row(row, columns) for row in found]

	def check_filters(self, filters: Any) -> None:
		"""Raises frappe.PermissionError if a filter asks for what is hidden."""
		for table, field in _asked(filters, self.doctype):
			if self._kind(table, field):
				refuse(table, field)

	def _masked_row(self, row: Any, columns: list[tuple[str, str | None]]) -> Any:
		if not isinstance(row, dict):
			return row
		everything = self.hidden.get(self.doctype, {}) | self.texts
		if not any(key == "*" for key, _kind in columns):
			everything = {}
		for key, kind in [*columns, *everything.items()]:
			if kind and row.get(key) not in (None, ""):
				row[key] = self._shown(kind, row[key])
		if row.get(_COMMENTS):
			row[_COMMENTS] = shapes.scrub(row[_COMMENTS], self.kinds)
		return row

	def _shown(self, kind: str, value: Any) -> Any:
		"""A value as it is shown: of a free text only the numbers and addresses in it are hidden."""
		if kind == _TEXT:
			return shapes.scrub(value, self.kinds) if isinstance(value, str) else value
		return shapes.shape(kind, value)

	def _expressions(self, given: Given) -> list[str]:
		fields = given.get("fields") or [given.get("pluck") or "name"]
		if isinstance(fields, str):
			fields = [fields] if fields == "*" else fields.split(",")
		return [
			field if isinstance(field, str) else json.dumps(field, default=str) for field in fields if field
		]

	def _output(self, expression: str) -> tuple[str, str | None]:
		"""(key in the row, kind if it is hidden) of one expression of the field list."""
		found = _COLUMN.match(expression)
		if not found:
			return expression.strip(), None
		table = found["table"] or self._linked(found["link"]) or self.doctype
		kind = self.texts.get(found["field"]) if table == self.doctype else None
		return found["alias"] or found["field"], kind or self._kind(table, found["field"])

	def _kind(self, table: str, field: str) -> str | None:
		if field == _COMMENTS:
			return None
		if "." in field:
			link, field = field.strip("`").rsplit(".", 1)
			named = _TABLE.match(link)
			table = named[1] if named else self._linked(link.strip("`")) or table
		return self.hidden.get(table, {}).get(field.strip("`").lower())

	def _linked(self, fieldname: str | None) -> str | None:
		df = self.meta.get_field(fieldname) if fieldname else None
		return df.options if df else None

	def _without_hidden(self, filters: Any) -> Any:
		"""Of several ways to be found the hidden ones are left out: the search of a link field."""
		if not filters:
			return filters
		listed = (
			[[k, *(v if isinstance(v, list | tuple) else ("=", v))] for k, v in filters.items()]
			if isinstance(filters, dict)
			else list(filters)
		)
		kept = [f for f in listed if not any(self._kind(*asked) for asked in _asked([f], self.doctype))]
		if not kept:
			refuse(self.doctype, next(_asked(listed, self.doctype))[1])
		return kept

	def _refuse_words(self, text: Any) -> None:
		"""An expression, order or group that names a hidden field anywhere is refused."""
		if not isinstance(text, str):
			return
		tables = {self.doctype, *self.own, *_TABLE.findall(text)}
		tables |= {self._linked(link) or "" for link in re.findall(r"(\w+)\.", text)}
		words = {word.lower() for word in re.findall(r"\w+", _TABLE.sub("", text))}
		for table in sorted(tables):
			for field in self.hidden.get(table, {}):
				if field in words:
					refuse(table, field)


def check_filters(doctype: str, filters: Any) -> None:
	"""Refuse filters of a question that is not for a list (a count, one document).

	Raises frappe.PermissionError.
	"""
	hidden = rules.hidden_fields()
	if hidden and frappe.db.exists("DocType", doctype):
		Question(doctype, hidden).check_filters(_parsed(filters))


def refuse(doctype: str, field: str) -> None:
	"""Say which field may not be asked for. Raises frappe.PermissionError."""
	df = frappe.get_meta(doctype).get_field(field.strip("`").rsplit(".", 1)[-1].strip("`").lower())
	frappe.throw(
		_("{0} is hidden from you, so lists cannot be filtered, sorted or grouped by it.").format(
			frappe.bold(_(df.label) if df and df.label else _(doctype))
		),
		frappe.PermissionError,
		title=_("Not allowed"),
	)


def _parsed(value: Any) -> Any:
	if isinstance(value, str) and value[:1] in "[{":
		try:
			return json.loads(value)
		except ValueError:
			return value
	return value


def _are_filters(fields: Any) -> bool:
	return isinstance(fields, dict) or bool(
		isinstance(fields, list) and fields and isinstance(fields[0], list | tuple)
	)


def _asked(filters: Any, doctype: str) -> Iterable[tuple[str, str]]:
	"""(DocType, field) of every condition."""
	if isinstance(filters, dict):
		yield from ((doctype, str(field)) for field in filters)
		return
	if not isinstance(filters, list | tuple):
		return
	if filters and all(isinstance(part, str) for part in filters[:2]) and len(filters) in (3, 4, 5):
		filters = [filters]
	for condition in filters:
		if isinstance(condition, dict):
			yield from _asked(condition, doctype)
		elif isinstance(condition, list | tuple) and len(condition) > 3:
			yield str(condition[0]), str(condition[1])
		elif isinstance(condition, list | tuple) and condition:
			yield doctype, str(condition[0])
		elif isinstance(condition, str):
			yield from ((doctype, word) for word in re.findall(r"\w+", condition))
