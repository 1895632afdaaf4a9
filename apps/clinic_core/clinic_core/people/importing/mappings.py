"""Column matchings that were used before, remembered per kind and set of headings."""

import json
from collections.abc import Sequence
from typing import Any

import frappe

from clinic_core.foundation.table_files import cell_text
from clinic_core.people.importing import columns, options
from clinic_core.people.importing.options import Options
from clinic_core.people.names import fold

DOCTYPE = "Clinic Import Mapping"
_KEPT = ("date_styles", "matches", "defaults", "factor", "create_missing")


def _key(kind: str, header: Sequence[Any]) -> str:
	return f"{kind}:{columns.key_of(header)}"


def remember(kind: str, header: Sequence[Any], wanted: Options) -> None:
	"""Keep a matching by the names of its columns: they may stand in another order next time."""
	chosen = json.loads(wanted.to_json())
	kept = {
		"headings": {
			key: fold(cell_text(header[at])) for key, at in wanted.columns.items() if at < len(header)
		},
		**{name: chosen[name] for name in _KEPT},
	}
	name = frappe.db.get_value(DOCTYPE, {"key": _key(kind, header)}, "name")
	doc = frappe.get_doc(DOCTYPE, name) if name else frappe.new_doc(DOCTYPE)
	headings = [cell_text(cell) for cell in header if cell_text(cell) and not columns.is_reason(cell)]
	doc.update(
		{
			"kind": kind,
			"key": _key(kind, header),
			"headings": "، ".join(headings)[:1000]
			if frappe.local.lang == "fa"
			else ", ".join(headings)[:1000],
			"matching": json.dumps(kept, ensure_ascii=False),
			"used_at": frappe.utils.now_datetime(),
		}
	)
	doc.save(ignore_permissions=True)


def recall(kind: str, header: Sequence[Any]) -> Options | None:
	"""The matching of these headings, None if they are new."""
	stored = frappe.db.get_value(DOCTYPE, {"key": _key(kind, header)}, "matching")
	if not stored:
		return None
	kept = json.loads(stored)
	places = {fold(cell_text(cell)): at for at, cell in enumerate(header) if cell_text(cell)}
	found = {key: places[name] for key, name in kept["headings"].items() if name in places}
	return options.from_dict({**{name: kept.get(name) for name in _KEPT}, "columns": found})
