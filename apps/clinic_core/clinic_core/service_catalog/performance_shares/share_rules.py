"""Which performance share applies to a line, and which rules cannot stand together (F33). Pure.

A rule may name a person, a department, a service and a contract; what it leaves out it holds for all.
Of the rules of a role that are in force and cover a line the **most specific** one applies:

1. one that names the person beats one for everybody,
2. then one that names the service,
3. then one that names the contract,
4. then one that names the department;

so a person's own agreement beats the house rule for a service, and a person's agreement for a service
beats his general one. No two active rules of a role may name the same target on the same day
(`same_target`), so there is always one answer.
"""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from clinic_core.service_catalog.performance import HUNDRED, ROLES, Share

TARGETS = ("practitioner", "department", "service", "contract")


@dataclass(frozen=True)
class Rule:
	"""One Clinic Performance Share; None in a target means all. `department` of a service is its own."""

	name: str
	role: str
	percent: Decimal | None = None
	amount: Decimal | None = None
	practitioner: str | None = None
	department: str | None = None
	service: str | None = None
	contract: str | None = None
	valid_from: datetime.date = datetime.date.min
	valid_to: datetime.date = datetime.date.max

	@property
	def rank(self) -> tuple[bool, bool, bool, bool]:
		"""The larger, the more specific."""
		return bool(self.practitioner), bool(self.service), bool(self.contract), bool(self.department)

	@property
	def share(self) -> Share:
		"""What the rule gives."""
		return Share(percent=self.percent, amount=self.amount, rule=self.name)


@dataclass(frozen=True)
class Target:
	"""What a line is about, for one role: `practitioner` is the person in that role."""

	practitioner: str | None
	department: str | None
	service: str | None
	contract: str | None
	on: datetime.date


def covers(rule: Rule, target: Target) -> bool:
	"""Whether a rule speaks of a line at all."""
	return rule.valid_from <= target.on <= rule.valid_to and all(
		getattr(rule, name) in (None, getattr(target, name)) for name in TARGETS
	)


def choose(rules: Iterable[Rule], role: str, target: Target) -> Rule | None:
	"""The rule that applies to a line, by the order above; None without one."""
	fitting = [rule for rule in rules if rule.role == role and covers(rule, target)]
	return max(fitting, key=lambda rule: rule.rank, default=None)


class Book:
	"""Rules by what most of them name, for choosing among many: a line looks at a few only."""

	def __init__(self, rules: Iterable[Rule]) -> None:
		self._rules: dict[tuple[str, str | None, str | None], list[Rule]] = {}
		for rule in rules:
			self._rules.setdefault((rule.role, rule.practitioner, rule.service), []).append(rule)

	def choose(self, role: str, target: Target) -> Rule | None:
		"""The rule that applies to a line; None without one."""
		near = [
			rule
			for person in {target.practitioner, None}
			for service in {target.service, None}
			for rule in self._rules.get((role, person, service), ())
		]
		return choose(near, role, target)


def same_target(new: Rule, others: Iterable[Rule]) -> Rule | None:
	"""The first of the other rules that says something else of the very same target on a common day."""
	target = (new.role, *(getattr(new, name) for name in TARGETS))
	for other in others:
		if (other.role, *(getattr(other, name) for name in TARGETS)) == target and _overlap(new, other):
			return other
	return None


def exceeding(new: Rule, others: Sequence[Rule]) -> tuple[Decimal, list[Rule]] | None:
	"""(sum, rules) of a line for which the percents of the roles would be more than the whole; or None.

	Looks at every kind of line the new rule could apply to: its target narrowed by those of the other
	rules, with everybody who is named in them, on every day one of them begins.
	"""
	near = [rule for rule in others if _overlap(new, rule) and _meet(new, rule)]
	rules = [new, *near]
	days = {new.valid_from} | {r.valid_from for r in near if new.valid_from <= r.valid_from <= new.valid_to}
	for day in sorted(days):
		for place in _places(new, near):
			found = _largest(rules, replace(place, on=day))
			if new not in found:
				continue
			total = sum(rule.percent for rule in found)
			if total > HUNDRED:
				return total, found
	return None


def _overlap(one: Rule, other: Rule) -> bool:
	return one.valid_from <= other.valid_to and other.valid_from <= one.valid_to


def _meet(one: Rule, other: Rule) -> bool:
	"""Whether a line can be of both targets; persons of two roles are different people."""
	names = TARGETS if one.role == other.role else TARGETS[1:]
	return all(
		None in (getattr(one, name), getattr(other, name)) or getattr(one, name) == getattr(other, name)
		for name in names
	)


def _places(new: Rule, near: Sequence[Rule]) -> Iterator[Target]:
	"""The distinct targets a line of the new rule can have, by what the rules name."""
	names = TARGETS[1:]
	places = {tuple(getattr(new, name) for name in names)}
	for rule in near:
		named = [getattr(rule, name) for name in names]
		for place in list(places):
			if all(None in pair or pair[0] == pair[1] for pair in zip(place, named, strict=True)):
				places.add(tuple(a or b for a, b in zip(place, named, strict=True)))
	for department, service, contract in sorted(places, key=str):
		yield Target(new.practitioner, department, service, contract, new.valid_from)


def _largest(rules: Sequence[Rule], place: Target) -> list[Rule]:
	"""The rules with percents that would apply there, each role with its best paid person."""
	found = []
	for role in ROLES:
		ours = [rule for rule in rules if rule.role == role]
		people = {rule.practitioner for rule in ours} | {None}
		if rules[0].role == role:  # only lines the new rule could speak of
			people = {place.practitioner}
		chosen = [choose(ours, role, replace(place, practitioner=person)) for person in people]
		paid = [rule for rule in chosen if rule and rule.percent is not None]
		if paid:
			found.append(max(paid, key=lambda rule: rule.percent))
	return found
