"""The rows of an import that were refused, as a file to correct and feed again; and an empty one to begin."""

import json
from collections.abc import Iterator
from typing import Any

import frappe
from frappe import _

from clinic_core.foundation import sheets
from clinic_core.people.importing import columns, files, imports, kind, options, outcomes
from clinic_core.people.importing.rows import FAILED

_PAGE = 1000


def file_of(name: str) -> tuple[str, bytes]:
	"""(name, content) of a workbook with the columns of the first file and one that says what is wrong."""
	doc = frappe.get_doc(imports.DOCTYPE, name)
	imports.refuse_purged(doc)
	wanted = options.from_json(doc.options)
	rows = files.rows_of_head(doc.head)
	header = [str(cell or "") for cell in rows[wanted.header_row]]
	kept = [at for at, cell in enumerate(header) if not columns.is_reason(cell)]
	labels = {field.key: _(field.label) for field in kind.get(doc.kind).fields}
	heading_of = {key: header[at] for key, at in wanted.columns.items() if at < len(header)}
	content = sheets.to_xlsx(
		_("Rows with errors"),
		[*(header[at] for at in kept), _("Reason")],
		_rows(name, kept, {**labels, **heading_of}),
		right_to_left=frappe.local.lang in ("fa", "ar"),
	)
	return f"{_('Rows with errors')} – {doc.file_name.rsplit('.', 1)[0]}.xlsx", content


def _rows(name: str, kept: list[int], headings: dict[str, str]) -> Iterator[list[Any]]:
	after = 0
	while found := outcomes.of(name, [FAILED], after, _PAGE):
		for row in found:
			cells = json.loads(row.cells or "[]")
			reasons = [
				f"{headings[field]}: {text}" if field in headings else text
				for field, text in json.loads(row.problems or "[]")
			]
			yield [*(cells[at] if at < len(cells) else None for at in kept), " ".join(reasons)]
		after = found[-1].row_no


def template(key: str) -> tuple[str, bytes]:
	"""(name, content) of an empty workbook with the headings that are understood by themselves."""
	chosen = kind.get(key)
	header = [_(field.label) for field in chosen.fields]
	content = sheets.to_xlsx(_(chosen.label), header, [], right_to_left=frappe.local.lang in ("fa", "ar"))
	return f"{_(chosen.label)}.xlsx", content
