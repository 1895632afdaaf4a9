"""What the codes of `performance` say, in the reader's language, digits and unit of money."""

from typing import NoReturn

from frappe import _

from clinic_core.foundation.errors import refuse_input
from clinic_core.service_catalog import performance
from clinic_core.service_catalog.performance import Line, PerformanceError
from clinic_core.service_catalog.quoting.quote_sentences import count, money_writer


def label(code: str) -> str:
	"""What a part is called."""
	return {
		performance.BASIS: _("Basis of performance"),
		performance.DEDUCTION: _("Deductions"),
		performance.MARKETER: _("Marketer"),
		performance.REFERRER: _("Referrer"),
		"practitioner": _("Practitioner"),
		"technician": _("Technician"),
		"assistant": _("Assistant"),
		performance.CENTRE: _("Centre"),
	}[code]


def why(line: Line) -> str:
	"""Why a part is what it is."""
	params = line.params
	reason = params.get("reason")
	if line.code == performance.BASIS:
		return _("contract price less discount and included tax")
	if reason == performance.PERCENT_OF:
		said = _("{0}% of {1}").format(count(params["percent"]), money_writer()(params["of"]))
	elif reason == performance.PER_UNIT:
		said = _("{0} × {1}").format(count(params["quantity"]), money_writer()(params["amount"]))
	else:
		return _plain_reason(reason, line.code)
	if params.get("reduced"):
		return _("{0}, reduced in proportion: together it is more than there is").format(said)
	return said


def _plain_reason(reason: str, code: str) -> str:
	if reason == performance.NOBODY and code == performance.MARKETER:
		return _("no marketer brought the patient")
	if reason == performance.NOBODY and code == performance.REFERRER:
		return _("nobody referred the patient")
	return {
		performance.NOBODY: _("nobody took part in this role"),
		performance.NO_SHARE: _("no share is agreed"),
		performance.NOT_COUNTED: _("the service does not count in performance"),
		performance.AS_CHARGED: _("deductions of the service"),
		performance.THE_REST: _("the rest"),
	}[reason]


def refuse(error: PerformanceError) -> NoReturn:
	"""Say what cannot be shared out. Raises InvalidInputError."""
	if error.code == performance.PARTS_EXCEED_WHOLE:
		refuse_input(
			_("Percent"),
			_("Together it would be {0}%, more than the whole.").format(count(error.params["percent"])),
		)
	if error.code == performance.QUANTITY_NOT_POSITIVE:
		refuse_input(_("Quantity"), _("It must be more than 0."))
	if error.code == performance.AMOUNT_NEGATIVE:
		refuse_input(_("Amount"), _("It must not be negative."))
	refuse_input(_("Percent"), _("It must be between 0 and 100."))
