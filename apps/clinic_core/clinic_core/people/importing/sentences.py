"""What is wrong with a file or a cell, in the user's language."""

from typing import Any, NoReturn

from frappe import _
from frappe.utils import escape_html

from clinic_core.foundation import table_files
from clinic_core.foundation.errors import refuse_input
from clinic_core.foundation.table_files import TableFileError
from clinic_core.people.importing import cells


def refuse_file(error: TableFileError) -> NoReturn:
	"""Refuse a file as a whole. Raises InvalidInputError."""
	if error.code == table_files.TOO_LARGE:
		refuse_input(_("File"), _("It is too large; {0} MB is the most.").format(error.params["megabytes"]))
	if error.code == table_files.TOO_MANY_ROWS:
		refuse_input(
			_("File"), _("It has too many rows; {0} is the most.").format(f"{error.params['rows']:,}")
		)
	refuse_input(
		_("File"),
		{
			table_files.EMPTY: _("It is empty."),
			table_files.OLD_EXCEL: _("It is of an old Excel. Save it as .xlsx or .csv."),
			table_files.UNKNOWN_KIND: _("It is no table. Choose an .xlsx or a .csv file."),
			table_files.UNKNOWN_ENCODING: _("Its letters cannot be read. Save it as CSV UTF-8 or as .xlsx."),
			table_files.DAMAGED: _("It is damaged. Save it again as .xlsx or .csv."),
		}[error.code],
	)


def refuse_heading_twice(heading: str) -> NoReturn:
	"""Two columns of one name: nobody can tell which is meant. Raises InvalidInputError."""
	refuse_input(
		_("File"),
		_(
			"The heading “{0}” stands twice. Rename one of the two columns, then choose the file again."
		).format(escape_html(heading)),
	)


def of_cell(error: cells.CellError) -> str:
	"""What is wrong with a cell, as plain text."""
	text = str(error.params.get("text", ""))
	with_text = {
		cells.NOT_A_NUMBER: _("“{0}” is not a number."),
		cells.NOT_WHOLE: _("“{0}” has a fraction that is not kept."),
		cells.NOT_A_DATE: _("“{0}” is not a date."),
		cells.NO_SUCH_DATE: _("There is no such day as “{0}”."),
		cells.NOT_A_TIME: _("“{0}” is not a time of day."),
		cells.NOT_A_PHONE: _("“{0}” is not a phone number."),
		cells.NOT_AN_EMAIL: _("“{0}” is not an e-mail address."),
		cells.UNKNOWN_GENDER: _("“{0}” is neither female nor male."),
		cells.NOT_YES_OR_NO: _("“{0}” is neither yes nor no."),
		cells.SHORTENED: _(
			"“{0}” was shortened by the spreadsheet and has lost its last digits."
			" Format the column as text and export it again."
		),
	}
	if error.code in with_text:
		return with_text[error.code].format(text)
	return {
		cells.TOO_LONG: _("It is too long; {0} letters are the most.").format(error.params.get("length", "")),
		cells.NOT_POSITIVE: _("It must be more than 0."),
		cells.TOO_LARGE: _("The number is too large."),
	}[error.code]


def missing() -> str:
	"""A cell that must not be empty."""
	return _("This is missing.")


def unknown(what: str, text: Any) -> str:
	"""A master that does not exist; `what` is its translated name."""
	return _("{0} “{1}” does not exist.").format(what, text)


def ambiguous(what: str, text: Any) -> str:
	"""Several of one title."""
	return _("{0} “{1}” exists more than once. Give the code.").format(what, text)
