"""Proves the totals of a go-live (G13): old books, file, imported, rejected, books now, difference."""

from typing import Any

from frappe import _

from clinic_core.people.importing import proof

Row = dict[str, Any]


def execute(filters: dict | None = None) -> tuple[list[Row], list[Row], str | None, None, list[Row]]:
	"""One line per import; green only when all figures agree. Called by Frappe."""
	lines = proof.lines()
	return _columns(), [_row(line) for line in lines], _message(lines), None, _summary(lines)


def _columns() -> list[Row]:
	counts = {"fieldtype": "Int", "width": 110}
	amounts = {"fieldtype": "Currency", "width": 150}
	return [
		{"fieldname": "verdict", "label": _("Result"), "fieldtype": "Data", "width": 110},
		{"fieldname": "label", "label": _("Kind of data"), "fieldtype": "Data", "width": 170},
		{
			"fieldname": "import",
			"label": _("Import"),
			"fieldtype": "Link",
			"options": "Clinic Import",
			"width": 200,
		},
		{"fieldname": "control_rows", "label": _("Rows by the old books"), **counts},
		{"fieldname": "file_rows", "label": _("Rows in the file"), **counts},
		{"fieldname": "imported_rows", "label": _("Rows imported"), **counts},
		{"fieldname": "rejected_rows", "label": _("Rows rejected"), **counts},
		{"fieldname": "book_rows", "label": _("In the books now"), **counts},
		{"fieldname": "row_difference", "label": _("Difference of rows"), **counts},
		{"fieldname": "control_total", "label": _("Total by the old books"), **amounts},
		{"fieldname": "file_total", "label": _("Total of the file"), **amounts},
		{"fieldname": "imported_total", "label": _("Total imported"), **amounts},
		{"fieldname": "rejected_total", "label": _("Total rejected"), **amounts},
		{"fieldname": "book_total", "label": _("Total in the books now"), **amounts},
		{"fieldname": "difference", "label": _("Difference"), **amounts},
	]


def _row(line: Row) -> Row:
	figures: proof.Figures = line["figures"]
	return {
		"verdict": _("Agrees") if figures.agrees else _("Differs"),
		"agrees": int(figures.agrees),
		"label": line["label"],
		"import": line["import"],
		"title": line["title"],
		"control_rows": figures.control[0],
		"file_rows": figures.file[0],
		"imported_rows": figures.imported[0],
		"rejected_rows": figures.rejected[0],
		"book_rows": figures.books[0],
		"row_difference": figures.difference[0],
		"control_total": float(figures.control[1]),
		"file_total": float(figures.file[1]),
		"imported_total": float(figures.imported[1]),
		"rejected_total": float(figures.rejected[1]),
		"book_total": float(figures.books[1]),
		"difference": float(figures.difference[1]),
	}


def _message(lines: list[Row]) -> str | None:
	return None if lines else _("Nothing of a go-live was imported yet. Begin on the page “Import”.")


def _summary(lines: list[Row]) -> list[Row]:
	if not lines:
		return []
	wrong = sum(not line["figures"].agrees for line in lines)
	return [
		{
			"value": _("All figures agree")
			if not wrong
			else _("{0} of {1} differ").format(wrong, len(lines)),
			"label": _("Proof of the totals"),
			"datatype": "Data",
			"indicator": "Red" if wrong else "Green",
		}
	]
