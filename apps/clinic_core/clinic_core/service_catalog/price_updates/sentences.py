"""What is wrong with a price file, in the user's language."""

from typing import NoReturn

from frappe import _
from frappe.utils import escape_html

from clinic_core.foundation import table_files
from clinic_core.foundation.errors import refuse_input
from clinic_core.foundation.table_files import TableFileError
from clinic_core.service_catalog.price_updates import price_files
from clinic_core.service_catalog.price_updates.price_files import PriceFileError, Problem


def refuse_file(error: TableFileError | PriceFileError) -> NoReturn:
	"""Refuse a file as a whole. Raises InvalidInputError."""
	refuse_input(_("File"), _sentence(error))


def _sentence(error: TableFileError | PriceFileError) -> str:
	params = error.params
	if error.code == table_files.TOO_LARGE:
		return too_large(params["megabytes"])
	if error.code == table_files.TOO_MANY_ROWS:
		return _("It has too many rows; {0} is the most.").format(f"{params['rows']:,}")
	if error.code == price_files.UNKNOWN_UNIT:
		return _("The unit “{0}” in the heading of the new price is not known.").format(
			escape_html(params["unit"])
		)
	return {
		table_files.EMPTY: _("It is empty."),
		table_files.OLD_EXCEL: _("It is of an old Excel. Save it as .xlsx or .csv."),
		table_files.UNKNOWN_KIND: _("It is no table. Choose an .xlsx or a .csv file."),
		table_files.UNKNOWN_ENCODING: _("Its letters cannot be read. Save it as CSV UTF-8 or as .xlsx."),
		table_files.DAMAGED: _("It is damaged. Save it again as .xlsx or .csv."),
		price_files.NO_PRICE_COLUMN: _("It has no column “New price”."),
		price_files.NO_SERVICE_COLUMN: _("It has no column “Code”, “Barcode” or “Service name”."),
	}[error.code]


def too_large(megabytes: int) -> str:
	"""What is said of a file of more than so many megabytes."""
	return _("It is too large; {0} MB is the most.").format(megabytes)


def problem_text(problem: Problem) -> str:
	"""What is wrong with a row, and what to do. Plain text: it is shown as it is."""
	params = problem.params
	if problem.code == price_files.AMBIGUOUS:
		return _("{0} services have this name. Give the code.").format(params["count"])
	if problem.code == price_files.TWICE:
		return _("This service is in row {0} already.").format(params["first"])
	if problem.code == price_files.UNKNOWN_AREA:
		return _("The service has no body area “{0}”.").format(params["area"])
	if problem.code == price_files.NOT_A_NUMBER:
		return _("“{0}” is not a number.").format(params["text"])
	if problem.code == price_files.BELOW_ZERO:
		return _("The price “{0}” is below zero.").format(params["text"])
	if problem.code == price_files.NOT_WHOLE:
		return _("The price “{0}” has a fraction that is not kept.").format(params["text"])
	if problem.code == price_files.TOO_LARGE:
		return _("The price “{0}” is too large.").format(params["text"])
	return {
		price_files.UNKNOWN: _("There is no such service."),
		price_files.NOTHING_NAMED: _("The row names no service."),
		price_files.NOT_CHOSEN: _("This service is not among those you chose."),
	}[problem.code]
