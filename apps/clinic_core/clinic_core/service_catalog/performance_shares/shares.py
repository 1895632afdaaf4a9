"""Performance shares as documents: what must hold of one, reading those in force, who sees which (F33).

Permission-free except `query` and `may_see`, which are the visibility rule itself.
"""

import datetime
from decimal import Decimal
from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import escape_html, getdate

from clinic_core.foundation.errors import refuse_input
from clinic_core.foundation.money import to_decimal
from clinic_core.foundation.roles import ACCOUNTANT, MANAGER
from clinic_core.foundation.shown_days import shown_day
from clinic_core.foundation.visibility import Own, Visibility
from clinic_core.service_catalog.performance import PERCENT_OUT_OF_RANGE, PerformanceError, check_share
from clinic_core.service_catalog.performance_shares import share_rules
from clinic_core.service_catalog.performance_shares.share_rules import Rule
from clinic_core.service_catalog.quoting.quote_sentences import as_number, count, money_writer

DOCTYPE = "Clinic Performance Share"
PERCENT, PER_UNIT = "Percent", "Amount per Unit"
SEES_ALL = frozenset({MANAGER, ACCOUNTANT, "System Manager"})
_FIELDS = ("name", "role", "kind", "percent", "amount", "practitioner", "department", "service", "contract")


def practitioners_of(user: str) -> list[str]:
	"""The practitioner a login belongs to, as a list of one or none."""
	return frappe.get_all("Clinic Practitioner", {"user": user}, pluck="name", order_by="name asc")


RULE = Visibility(DOCTYPE, SEES_ALL, (Own("practitioner", practitioners_of),))


def query(user: str | None = None) -> str:
	"""List condition: practitioners see their own shares only."""
	return RULE.list_condition(user or frappe.session.user)


def may_see(doc: Document, ptype: str | None = None, user: str | None = None) -> bool:
	"""The same for one document."""
	return RULE.may_see(doc, user or frappe.session.user)


def in_force(first: datetime.date, last: datetime.date | None = None) -> list[Rule]:
	"""Active shares that hold on any day from `first` to `last` (the same day); one query."""
	share, service = frappe.qb.DocType(DOCTYPE), frappe.qb.DocType("Clinic Service")
	rows = (
		frappe.qb.from_(share)
		.left_join(service)
		.on(service.name == share.service)
		.select(*(share[field] for field in _FIELDS), share.valid_from, share.valid_to)
		.select(service.department.as_("service_department"))
		.where((share.is_active == 1) & (share.valid_from <= (last or first)))
		.orderby(share.name)
		.run(as_dict=True)
	)
	return [rule for rule in map(_rule, rows) if rule.valid_to >= first]


def _rule(row: Any) -> Rule:
	is_percent = row.kind != PER_UNIT
	return Rule(
		name=row.name or "",
		role=row.role,
		percent=to_decimal(row.percent) if is_percent else None,
		amount=None if is_percent else to_decimal(row.amount),
		practitioner=row.practitioner or None,
		department=row.get("service_department") or row.department or None,
		service=row.service or None,
		contract=row.contract or None,
		valid_from=getdate(row.valid_from),
		valid_to=getdate(row.valid_to) if row.valid_to else datetime.date.max,
	)


def complete(doc: Document) -> None:
	"""A service has its own department; the other kind of share is emptied when it is nothing."""
	doc.kind = doc.kind or PERCENT
	if doc.service:
		doc.department = frappe.db.get_value("Clinic Service", doc.service, "department")
	for field in share_rules.TARGETS:
		doc.set(field, doc.get(field) or None)


def entitle(doc: Document) -> None:
	"""What lists and links call it."""
	doc.title = title_of(_rule(doc))[:140]


def check(doc: Document) -> None:
	"""Refuse what is no share, and what cannot stand beside the others. Raises InvalidInputError."""
	_check_figures(doc)
	if doc.valid_to and getdate(doc.valid_to) < getdate(doc.valid_from):
		refuse_input(_("Valid until"), _("It must not be before “Valid from”."))
	if not doc.is_active:
		return
	new = _rule(doc)
	others = [rule for rule in in_force(new.valid_from, new.valid_to) if rule.name != doc.name]
	if other := share_rules.same_target(new, others):
		refuse_input(_(doc.meta.get_label("role")), _same_target(other))
	if found := share_rules.exceeding(new, others):
		refuse_input(_(doc.meta.get_label("percent")), _exceeding(doc, *found))


def _check_figures(doc: Document) -> None:
	percent, per_unit = to_decimal(doc.percent), to_decimal(doc.amount)
	other = ("amount", per_unit) if doc.kind == PERCENT else ("percent", percent)
	if other[1]:
		refuse_input(_(doc.meta.get_label(other[0])), _("Give a percent or an amount per unit, not both."))
	share = _rule(doc).share
	try:
		check_share(share)
	except PerformanceError as error:
		if error.code == PERCENT_OUT_OF_RANGE:
			refuse_input(_(doc.meta.get_label("percent")), _("It must be between 0 and 100."))
		refuse_input(_(doc.meta.get_label("amount")), _("It must not be negative."))
	if doc.kind == PER_UNIT:
		_check_amount(doc, per_unit)


def _check_amount(doc: Document, given: Decimal) -> None:
	"""An amount is something, and of a named service not more than its dearest price."""
	label = _(doc.meta.get_label("amount"))
	if not given:
		refuse_input(label, _("It must be more than 0."))
	if not doc.service:
		return
	areas = frappe.get_all("Clinic Service Area", {"parent": doc.service}, pluck="amount", order_by="idx asc")
	dearest = max(map(to_decimal, [frappe.db.get_value("Clinic Service", doc.service, "amount"), *areas]))
	if given > dearest:
		refuse_input(label, _("It is more than the service costs ({0}).").format(money_writer()(dearest)))


def _same_target(other: Rule) -> str:
	address = frappe.utils.get_link_to_form(DOCTYPE, other.name, label=_described(other))
	until = None if other.valid_to == datetime.date.max else shown_day(other.valid_to)
	if until:
		return _("The same is agreed already from {0} until {1}: {2}").format(
			shown_day(other.valid_from), until, address
		)
	return _("The same is agreed already from {0} on: {1}").format(shown_day(other.valid_from), address)


def _exceeding(doc: Document, total: Decimal, rules: list[Rule]) -> str:
	others = [rule for rule in rules if rule.name != (doc.name or "")]
	links = [frappe.utils.get_link_to_form(DOCTYPE, r.name, label=_described(r)) for r in others]
	return _("Together with these shares it would be {0}%, more than the whole: {1}").format(
		count(total), ", ".join(links)
	)


def _described(rule: Rule) -> str:
	"""“Technician: 20% · Laser”, escaped."""
	return escape_html(f"{_(rule.role)}: {title_of(rule)}")


def title_of(rule: Rule) -> str:
	"""“20% · Laser”: the share and what it is for, without a word of any language."""
	titles = [
		("Clinic Practitioner", "practitioner_name", rule.practitioner),
		("Clinic Service", "service_name", rule.service),
		("Clinic Service Contract", "title", rule.contract),
	]
	if not rule.service:
		titles.append(("Clinic Department", "title", rule.department))
	named = [frappe.db.get_value(doctype, name, field) or name for doctype, field, name in titles if name]
	figure = rule.amount if rule.percent is None else rule.percent
	share = f"{as_number(figure):,}" + ("" if rule.percent is None else "%")
	return " · ".join([share, *named])
