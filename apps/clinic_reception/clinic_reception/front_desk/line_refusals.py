"""The sentences of `line_rules`: which line, what is wrong, what to do (translated)."""

from typing import NoReturn

from clinic_core.foundation.errors import refuse_input
from clinic_core.foundation.shown_days import shown_day
from frappe import _
from frappe.utils import escape_html

from clinic_reception.front_desk import line_rules as rules
from clinic_reception.front_desk.line_rules import Problem
from clinic_reception.front_desk.states import ACTIONS


def label_of(idx: int) -> str:
	"""How a line is named in a message."""
	return _("Line {0}").format(idx)


def refuse(idx: int, service: str | None, problem: Problem) -> NoReturn:
	"""Refuse a line. Raises InvalidInputError."""
	refuse_input(label_of(idx), _sentence(service, problem))


def _sentence(service: str | None, problem: Problem) -> str:
	code, params = problem.code, problem.params
	if code == rules.UNKNOWN_SERVICE:
		return _("There is no service {0}.").format(escape_html(str(service or "")))
	if code == rules.UNKNOWN_ACTION:
		return _("Choose what to do with it: {0}.").format(", ".join(_(action) for action in ACTIONS))
	if code in _AREAS:
		return _of_area(code, params)
	if code in _TOUCH_UPS:
		return _of_touch_up(code, params)
	return _PLAIN[code]().format(params.get("service", ""))


_AREAS = {rules.AREA_MISSING, rules.AREA_UNKNOWN, rules.NO_AREAS}
_TOUCH_UPS = {
	rules.NO_TOUCH_UP,
	rules.TOUCH_UP_LATER,
	rules.TOUCH_UP_ONE,
	rules.TOUCH_UP_NEVER_PERFORMED,
	rules.TOUCH_UP_TOO_LATE,
}
_PLAIN = {
	rules.NOT_OFFERED: lambda: _("The service {0} is not offered any more."),
	rules.QUANTITY_NOT_POSITIVE: lambda: _("The quantity must be more than 0."),
	rules.QUANTITY_NOT_WHOLE: lambda: _("Only whole numbers can be sold of this service."),
	rules.NOT_COUNTABLE: lambda: _(
		"{0} is not countable: only one can be sold at a time. Add it once more instead."
	),
	rules.FIXED_AMOUNT: lambda: _("The amount of {0} is fixed: no discount is given. Take the discount out."),
	rules.TWO_DISCOUNTS: lambda: _("Give the discount in percent or as an amount, not both."),
	rules.PERCENT_OUT_OF_RANGE: lambda: _("The discount must be between 0 and 100 percent."),
	rules.DISCOUNT_NEGATIVE: lambda: _("The discount must not be negative."),
}


def _of_area(code: str, params: dict) -> str:
	if code == rules.NO_AREAS:
		return _("This service has no body areas. Leave it empty.")
	titles = ", ".join(params["areas"])
	if code == rules.AREA_MISSING:
		return _("Choose the body area: {0}.").format(titles)
	problem = _("There is no body area {0} of this service.").format(escape_html(str(params["area"])))
	return f"{problem} {_('Choose one of: {0}').format(titles)}"


def _of_touch_up(code: str, params: dict) -> str:
	if code == rules.NO_TOUCH_UP:
		return _("{0} has no free touch-up. Sell it instead.").format(params["service"])
	if code == rules.TOUCH_UP_LATER:
		return _("A free touch-up is performed now; it cannot be sold for later.")
	if code == rules.TOUCH_UP_ONE:
		return _("A free touch-up is taken one at a time.")
	if code == rules.TOUCH_UP_NEVER_PERFORMED:
		return _("It was not performed for this patient yet, so there is no free touch-up. Sell it instead.")
	return _("It was last performed on {0}; its touch-up was free until {1}. Sell it instead.").format(
		shown_day(params["last"]), shown_day(params["until"])
	)
