"""The readable page in the file of a data request: everything in the person's language."""

import functools
from collections import defaultdict
from pathlib import Path
from typing import Any

import frappe
from frappe import _
from jinja2 import Environment, FileSystemLoader

from clinic_core.people.consent.policy_page import RTL
from clinic_core.service_catalog.public_page.formats import Words
from clinic_core.service_catalog.public_page.rich_text import plain_text

_DATES = frozenset({"Date", "Datetime"})
_FORMATTED = frozenset({"Text Editor", "HTML Editor"})


def html(content: dict[str, Any], language: str) -> str:
	"""The page; names of fields and values in `language`."""
	before, frappe.local.lang = frappe.local.lang, language
	try:
		titles = _titles(content)
		words = Words(language)
		sections = [
			{"title": _(doctype), "documents": [_document(doctype, row, titles, words) for row in rows]}
			for part in ("documents", "rows")
			for doctype, rows in content[part].items()
		]
		return (
			_environment()
			.get_template("export.html")
			.render(
				_=_,
				lang=language,
				direction="rtl" if language in RTL else "ltr",
				made=words.day(content["made_at"]),
				sections=sections,
				said=[
					{"when": words.day(row["creation"]), "text": plain_text(row["content"])}
					for row in [*content["comments"], *content["messages"]]
				],
				files=content["files"],
			)
		)
	finally:
		frappe.local.lang = before


def _document(doctype: str, row: dict[str, Any], titles: dict, words: Words) -> dict[str, Any]:
	meta = frappe.get_meta(doctype)
	lines, tables = [], []
	for df in meta.fields:
		value = row.get(df.fieldname)
		if value in (None, "", 0) or df.hidden:
			continue
		if isinstance(value, list):
			rows = [_document(df.options, one, titles, words)["lines"] for one in value]
			tables.append({"title": _(df.label or ""), "rows": rows})
		else:
			lines.append((_(df.label or df.fieldname), _shown(df, value, titles, words)))
	return {
		"title": str(row.get(meta.title_field) or row.get("name") or ""),
		"lines": lines,
		"tables": tables,
	}


def _shown(df: Any, value: Any, titles: dict, words: Words) -> str:
	if df.fieldtype in _DATES:
		return words.day(value)
	if df.fieldtype == "Check":
		return _("Yes")
	if df.fieldtype == "Select":
		return _(str(value))
	if df.fieldtype == "Link":
		return str(titles.get((df.options, value), _(str(value)) if df.options == "DocType" else value))
	if df.fieldtype in _FORMATTED:
		return plain_text(str(value))
	return words.text(str(value)) if isinstance(value, int | float) else str(value)


def _titles(content: dict[str, Any]) -> dict[tuple[str, str], str]:
	"""What linked records are called, one query for each DocType."""
	wanted: dict[str, set[str]] = defaultdict(set)
	for part in ("documents", "rows"):
		for doctype, rows in content[part].items():
			for row in rows:
				_collect(doctype, row, wanted)
	found = {}
	for doctype, names in wanted.items():
		field = frappe.get_meta(doctype).title_field
		if field and field != "name":
			rows = frappe.get_all(
				doctype, {"name": ("in", sorted(names))}, ["name", field], order_by="name asc", as_list=True
			)
			found |= {(doctype, name): title for name, title in rows if title}
	return found


def _collect(doctype: str, row: dict[str, Any], wanted: dict[str, set[str]]) -> None:
	for df in frappe.get_meta(doctype).fields:
		value = row.get(df.fieldname)
		if df.fieldtype == "Link" and value and df.options != "DocType":
			wanted[df.options].add(value)
		elif isinstance(value, list):
			for one in value:
				_collect(df.options, one, wanted)


@functools.cache
def _environment() -> Environment:
	folder = Path(__file__).parent / "templates"
	return Environment(loader=FileSystemLoader(folder), autoescape=True, trim_blocks=True, lstrip_blocks=True)
