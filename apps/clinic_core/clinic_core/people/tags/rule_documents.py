"""Reads the conditions of a rule from its document and says in words what is wrong with one."""

from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cint, escape_html

from clinic_core.foundation.errors import InvalidInputError, refuse_input
from clinic_core.people.tags import measures, rules
from clinic_core.people.tags.measures import Measure
from clinic_core.people.tags.rules import Column, Condition

LONGEST_DAYS = 36_500


class InvalidRuleError(InvalidInputError):
	"""A rule that cannot be judged; its text says which row and why."""


def read(rule: Document) -> list[Condition]:
	"""The conditions of a rule. Raises InvalidRuleError naming the row and what is missing."""
	known = measures.registry()
	if not rule.conditions:
		raise InvalidRuleError(_("A rule needs at least one condition."))
	return [_condition(row, at, known) for at, row in enumerate(rule.conditions, start=1)]


def check(rule: Document) -> None:
	"""What must hold of a rule at every door. Raises InvalidInputError naming the field."""
	try:
		read(rule)
	except InvalidRuleError as error:
		refuse_input(_("Conditions"), str(error))
	if rule.tag and frappe.db.get_value("Clinic Tag", rule.tag, "kind") != "Smart":
		refuse_input(_("Tag"), _("Choose a smart tag: rules do not give tags that are given by hand."))
	if not rule.is_active:
		return
	filters = {"tag": rule.tag, "is_active": 1, "name": ("!=", rule.name or "")}
	other = frappe.db.get_value("Clinic Tag Rule", filters, "title")
	if other:
		refuse_input(
			_("Tag"),
			_("The rule “{0}” gives it already. Add the conditions there.").format(escape_html(other)),
		)


def _condition(row: Any, at: int, known: dict[str, Measure]) -> Condition:
	measure = known.get(row.measure or "")
	if not measure:
		_refuse(at, _("nothing is known here as “{0}”.").format(escape_html(row.measure or "–")))
	try:
		value = rules.read_value(measure.kind, row.operator or "", row.value)
	except rules.ConditionError as error:
		_refuse(at, _problem(error.code, measure, row))
	days = cint(row.days)
	if not 0 <= days <= LONGEST_DAYS:
		_refuse(at, _("the days must be between 0 and {0}.").format(LONGEST_DAYS))
	for field, doctype in (("service", "Clinic Service"), ("department", "Clinic Department")):
		_check_narrowing(row, at, field, doctype, measure)
	if measure.kind == rules.CHOICE:
		_check_choice(value, at, measure)
	return Condition(Column(measure.name, days, row.service or "", row.department or ""), row.operator, value)


def _problem(code: str, measure: Measure, row: Any) -> str:
	if code == rules.UNKNOWN_OPERATOR:
		known = " ".join(_(operator) for operator in rules.OPERATORS[measure.kind])
		return _("“{0}” is compared by one of: {1}").format(measure.label(), known)
	if code == rules.NO_VALUE:
		return _("“{0}” needs a value to compare with.").format(measure.label())
	return _("“{0}” is not a number.").format(escape_html(str(row.value)))


def _check_narrowing(row: Any, at: int, field: str, doctype: str, measure: Measure) -> None:
	value = row.get(field)
	if not value:
		return
	if field not in measure.takes:
		_refuse(
			at, _("“{0}” cannot be narrowed by {1}.").format(measure.label(), _(row.meta.get_label(field)))
		)
	if not frappe.db.exists(doctype, value):
		_refuse(at, _("there is no {0} “{1}”.").format(_(doctype), escape_html(value)))


def _check_choice(value: str, at: int, measure: Measure) -> None:
	options = measure.options
	known = (value in options) if isinstance(options, tuple) else bool(frappe.db.exists(options, value))
	if not known:
		_refuse(at, _("“{0}” is no choice of “{1}”.").format(escape_html(value), measure.label()))


def _refuse(at: int, problem: str) -> None:
	raise InvalidRuleError(_("Row {0}: {1}").format(at, problem))
