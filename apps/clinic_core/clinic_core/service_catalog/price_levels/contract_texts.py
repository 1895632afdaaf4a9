"""The sentences for what is wrong with a contract, an insurer or a coverage."""

from typing import NoReturn

import frappe
from frappe import _
from frappe.model.document import Document

from clinic_core.foundation.digits import in_language
from clinic_core.foundation.errors import refuse_input
from clinic_core.service_catalog.price_levels import contract_checks as checks
from clinic_core.service_catalog.price_levels.contract_checks import Problem


def refuse(doc: Document, problem: Problem) -> NoReturn:
	"""Refuse a document for a problem, naming table, row and field. Raises InvalidInputError."""
	refuse_input(_place(doc, problem), sentence(problem.code))


def _place(doc: Document, problem: Problem) -> str:
	if not problem.table:
		return _(doc.meta.get_label(problem.field))
	table = doc.meta.get_field(problem.table)
	row = doc.get(problem.table)[problem.row - 1]
	return _("{0}, row {1}, {2}", context="table, row, field").format(
		_(table.label), in_language(str(problem.row), frappe.local.lang), _(row.meta.get_label(problem.field))
	)


def sentence(code: str) -> str:
	"""What to do about a problem."""
	return _SENTENCES[code]()


# Called when a sentence is needed: the language is the user's, not the first import's.
_SENTENCES = {
	checks.NOT_NEGATIVE: lambda: _("It must not be negative."),
	checks.PERCENT: lambda: _("It must be between 0 and 100."),
	checks.REQUIRED: lambda: _("This is missing."),
	checks.BEFORE_START: lambda: _("It lies before the first day."),
	checks.TWICE: lambda: _("It stands in the table twice. Take one of the two rows out."),
	checks.ONLY_FOR_SERVICE: lambda: _(
		"Only a line for one service can have a fixed price. Choose a percent of the list or relative value."
	),
	checks.MORE_THAN_PRICE: lambda: _("It is more than the price itself."),
	checks.NO_UNITS: lambda: _("Neither the line nor the service has relative value units. Enter them here."),
	checks.NO_K: lambda: _("Relative value needs K. Add a row to “K by date”."),
	checks.UNKNOWN_AREA: lambda: _("The service has no such body area."),
	checks.ONLY_FOR_INSURER: lambda: _("Only an insurer can be supplementary."),
	checks.NO_COMPANY: lambda: _("This is no company. Choose a company, or change the kind."),
	checks.NO_INSURER: lambda: _("This is a company. Choose an insurer, or change the kind."),
	checks.NOT_SUPPLEMENTARY: lambda: _("This insurer offers no supplementary cover."),
}
