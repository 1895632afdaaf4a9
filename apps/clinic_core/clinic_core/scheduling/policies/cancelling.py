"""What a fallen appointment costs: reads the rules, asks `penalties`, says it in words (F11). Permission-free.

The price is the list price on the appointment's day. A session that was bought follows its own rule of
absences (A84) and costs nothing besides; neither does what the clinic itself cancels or moves.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cint, get_datetime, getdate, now_datetime

from clinic_core.foundation import cached, events
from clinic_core.foundation.digits import in_language
from clinic_core.foundation.money import to_decimal
from clinic_core.scheduling import states
from clinic_core.scheduling.cells import minute_of
from clinic_core.scheduling.policies import penalties
from clinic_core.scheduling.policies.penalties import Case, Rule, Step
from clinic_core.service_catalog.dated_prices import prices
from clinic_core.service_catalog.quoting import quote_services

HOOK = "clinic_on_penalty"
DOCTYPE = "Clinic Cancellation Rule"
PRACTITIONER = "Clinic Practitioner"
BY_CLINIC = "Clinic"


@dataclass(frozen=True)
class Fallen:
	"""An appointment as it stood before it was cancelled, moved or missed."""

	name: str
	service: str
	practitioner: str
	start: datetime.datetime
	area: str | None = None


@dataclass(frozen=True)
class Penalty:
	"""What it costs. `rule` None: by the practitioner's own file. `note`: what patients are told."""

	rule: str | None
	kind: str
	amount: Decimal
	text: str
	note: str = ""


def on_change(doc: Document, old: str | None, new: str) -> dict[str, Any] | None:
	"""Judge a change of an appointment and note it there; what the other apps are to be told, if anything.

	Called by the appointment itself in `validate`, so that every door obeys.
	"""
	if old == states.HELD and new == states.CANCELLED:
		doc.changed_by = BY_CLINIC  # a hold that ended is nobody's cancellation
	event = _event_of(doc, old, new)
	if not event:
		return _take_back(doc) if old == states.NO_SHOW and new in states.OCCUPYING else None
	before = doc.get_doc_before_save()
	fallen = Fallen(doc.name, before.service, before.practitioner, get_datetime(before.start), before.area)
	found = judge([fallen], event).get(doc.name)
	if not found:
		return None
	doc.update(noted(found))
	return told(doc, event, found)


def _event_of(doc: Document, old: str | None, new: str) -> str | None:
	if old not in states.EXPECTED or doc.session:
		return None
	if new == states.NO_SHOW:
		return penalties.NO_SHOW
	if frappe.flags.clinic_system_move or doc.changed_by == BY_CLINIC:
		return None
	if new == states.CANCELLED:
		return penalties.CANCELLATION
	moved = get_datetime(doc.get_doc_before_save().start) != get_datetime(doc.start)
	return penalties.MOVE if moved and new in states.EXPECTED else None


def _take_back(doc: Document) -> dict[str, Any] | None:
	"""He came late after all: not coming costs nothing."""
	if not doc.penalty_kind:
		return None
	doc.update({"penalty_kind": None, "penalty_rule": None, "penalty_amount": 0, "penalty_text": None})
	return {"appointment": doc.name, "patient": doc.patient, "event": penalties.NO_SHOW, "is_taken_back": 1}


def judge(fallen: Sequence[Fallen], event: str) -> dict[str, Penalty]:
	"""Penalty by appointment, of those that cost something.

	One query where no rule is about such an event, two for many practitioners; a handful where one decides.
	"""
	rules = [*_rules(), *own_rules({one.practitioner for one in fallen})]
	if not any(step.event == event for rule in rules for step in rule.steps):
		return {}
	departments = _departments(fallen) if any(rule.department for rule in rules) else {}
	now, found = minute_of(now_datetime()), {}
	for one in fallen:
		rule = penalties.choose(rules, Case(one.service, one.practitioner, departments.get(one.service)))
		if step := penalties.step_of(rule, event, minute_of(one.start) - now):
			found[one.name] = (rule, step)
	priced = _prices([one for one in fallen if one.name in found])
	notes = _notes({rule.name for rule, _step in found.values() if rule.name})
	return {
		name: Penalty(
			rule.name,
			step.kind,
			step.cost(priced[name]),
			_sentence(rule, step, event),
			notes.get(rule.name, ""),
		)
		for name, (rule, step) in found.items()
	}


def _departments(fallen: Iterable[Fallen]) -> dict[str, str]:
	names = sorted({one.service for one in fallen})
	rows = frappe.get_all(
		"Clinic Service", filters={"name": ("in", names)}, fields=["name", "department"], order_by="name asc"
	)
	return {row.name: row.department for row in rows}


def noted(penalty: Penalty) -> dict[str, Any]:
	"""The fields of the appointment."""
	return {
		"penalty_kind": penalty.kind,
		"penalty_rule": penalty.rule,
		"penalty_amount": float(penalty.amount),
		"penalty_text": penalty.text,
	}


def told(row: Document | frappe._dict, event: str, penalty: Penalty) -> dict[str, Any]:
	"""What the other apps are told about one penalty; survives JSON."""
	return {
		"appointment": row.name,
		"patient": row.patient,
		"branch": row.branch,
		"service": row.service,
		"practitioner": row.practitioner,
		"event": event,
		"kind": penalty.kind,
		"amount": str(penalty.amount),
		"rule": penalty.rule,
		"text": penalty.text,
		"key": f"{row.name}:{event}:{now_datetime():%Y%m%d%H%M%S}",
		"is_taken_back": 0,
	}


def tell_others(found: list[dict[str, Any]]) -> None:
	"""Tell the other apps, a batch at a time."""
	if found:
		events.emit(HOOK, events=found)


def _rules() -> list[Rule]:
	"""The active rules of the clinic, in one query."""
	rule, step = frappe.qb.DocType(DOCTYPE), frappe.qb.DocType("Clinic Cancellation Step")
	rows = (
		frappe.qb.from_(rule)
		.join(step)
		.on((step.parent == rule.name) & (step.parenttype == DOCTYPE))
		.select(rule.name, rule.title, rule.service, rule.practitioner, rule.department)
		.select(step.event, step.within_hours, step.kind, step.percent, step.amount)
		.where(rule.is_active == 1)
		.orderby(rule.name)
		.orderby(step.idx)
		.run(as_dict=True)
	)
	steps: dict[str, list[Step]] = defaultdict(list)
	for row in rows:
		amounts = to_decimal(row.percent or 0), to_decimal(row.amount or 0)
		steps[row.name].append(Step(row.event, cint(row.within_hours), row.kind, *amounts))
	heads = {row.name: row for row in rows}
	return [
		Rule(
			head.title,
			tuple(steps[name]),
			name,
			service=head.service,
			practitioner=head.practitioner,
			department=head.department,
		)
		for name, head in heads.items()
	]


def own_rules(practitioners: Iterable[str]) -> list[Rule]:
	"""What practitioners say on their own files (2.1 “Staff”)."""
	names, fields = (
		sorted(practitioners),
		["practitioner_name", "cancel_window_hours", "late_cancel_kind", "late_cancel_percent"],
	)
	if len(names) == 1:
		own = cached.find(PRACTITIONER, names[0])
		rows = [{"name": own.name, **{field: own.get(field) for field in fields}}] if own else []
	else:
		rows = frappe.get_all(
			PRACTITIONER,
			filters={"name": ("in", names), "late_cancel_kind": ("is", "set")},
			fields=["name", *fields],
			order_by="name asc",
		)
	made = [
		penalties.own_rule(
			row["name"],
			row["practitioner_name"],
			cint(row["cancel_window_hours"]),
			row["late_cancel_kind"],
			row["late_cancel_percent"],
		)
		for row in rows
	]
	return [rule for rule in made if rule]


def _prices(fallen: Sequence[Fallen]) -> dict[str, Decimal]:
	"""List prices on the days of the appointments: one query a day, two more for prices without a date."""
	by_day: dict[datetime.date, list[Fallen]] = defaultdict(list)
	for one in fallen:
		by_day[getdate(one.start)].append(one)
	found: dict[str, Decimal] = {}
	for day, many in by_day.items():
		dated = prices.amounts_on({(one.service, one.area or None, None) for one in many}, day)
		for one in many:
			amount = dated.get((one.service, one.area or None, None))
			if amount is not None:
				found[one.name] = amount
	undated = [one for one in fallen if one.name not in found]
	services = quote_services.read(one.service for one in undated) if undated else {}
	for one in undated:
		area = one.area if one.area in services[one.service].areas else None
		found[one.name] = quote_services.stored_amount(services[one.service], area)
	return found


def _notes(rules: set[str]) -> dict[str, str]:
	if not rules:
		return {}
	rows = frappe.get_all(
		DOCTYPE, filters={"name": ("in", sorted(rules))}, fields=["name", "note"], order_by="name asc"
	)
	return {row.name: row.note or "" for row in rows}


def _sentence(rule: Rule, step: Step, event: str) -> str:
	"""Why, without amounts: not everybody who sees the appointment sees money."""
	hours, percent = _number(step.within_hours), _number(step.percent)
	cost = {
		penalties.PERCENT: _("{0}% of the price").format(percent),
		penalties.AMOUNT: _("a fixed amount"),
		penalties.DEPOSIT: _("the deposit is kept"),
	}[step.kind]
	what = {
		penalties.CANCELLATION: _("Cancelled less than {0} hours before").format(hours),
		penalties.MOVE: _("Moved less than {0} hours before").format(hours),
		penalties.NO_SHOW: _("Did not come"),
	}[event]
	source = rule.title if rule.name else _("rule of {0}").format(rule.title)
	return _("{0}: {1} ({2})", context="event: cost (rule)").format(what, cost, source)


def _number(value: Any) -> str:
	number = to_decimal(value)
	shown = int(number) if number == number.to_integral_value() else number.normalize()
	return in_language(str(shown), frappe.local.lang)
