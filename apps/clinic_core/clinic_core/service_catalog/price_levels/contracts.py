"""Which contract applies to a service, and what it says (A21, A28, A87, F34, A12, A62, G17). Pure.

A contract is a price level: normal, VIP, an insurer's or a company's. Its items name what they price:
a service (or one body area of it), national codes that begin alike, a department, or everything.
Amounts are Rial per unit, percents 0 to 100. Dates are inclusive on both ends; no end means until
further notice.
"""

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

NORMAL = "Normal"
VIP = "VIP"
INSURER = "Insurer"
CORPORATE = "Corporate"
KINDS_WITH_PAYER = (INSURER, CORPORATE)
"""Kinds that name who pays: an insurer or a company."""

SERVICE = "Service"
CODE = "Code"
DEPARTMENT = "Department"
ALL_SERVICES = "All Services"

LIST_PRICE = "List Price"
FIXED_PRICE = "Fixed Price"
PERCENT_OF_LIST = "Percent of List"
RELATIVE_VALUE = "Relative Value"

AS_CONTRACT = "As Contract"
SHARE_PERCENT = "Percent"
SHARE_AMOUNT = "Amount"
SHARE_NONE = "None"

# The step of the order that chose the price (rule 2), as `Choice.reason`.
NAMED = "named"
COVERAGE = "coverage"
BY_NORMAL_CONTRACT = "normal"
BY_LIST = "list"

# Why a contract that somebody named does not apply.
INACTIVE = "inactive"
NOT_IN_FORCE = "not_in_force"
OTHER_BRANCH = "other_branch"
IS_SUPPLEMENTARY = "is_supplementary"
NOT_SUPPLEMENTARY = "not_supplementary"
NOT_INSURABLE = "not_insurable"
NOT_COVERED = "not_covered"


class Period(NamedTuple):
	"""Days from `start` to `end`, both included; None is open on that side."""

	start: datetime.date | None = None
	end: datetime.date | None = None

	def holds(self, day: datetime.date) -> bool:
		"""Whether the day lies in the period."""
		return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)

	def overlaps(self, other: "Period") -> bool:
		"""Whether the two have a day in common."""
		return _before(self.start, other.end) and _before(other.start, self.end)


def _before(start: datetime.date | None, end: datetime.date | None) -> bool:
	return start is None or end is None or start <= end


class Level(NamedTuple):
	"""A price level: within one, a service has one price on a day."""

	kind: str
	insurer: str | None = None
	is_supplementary: bool = False


class Target(NamedTuple):
	"""What an item prices; equal targets of one level may not hold at the same time."""

	applies_to: str
	key: str = ""
	area: str = ""


@dataclass(frozen=True)
class Subject:
	"""What is asked about: a service, perhaps one body area of it."""

	service: str
	area: str = ""
	department: str | None = None
	national_code: str = ""
	has_insurance: bool = False
	is_outpatient_procedure: bool = False

	def targets(self) -> Iterator[Target]:
		"""The targets that cover it, the most specific first.

		Service and area, service, longest code prefix, department, all services.
		"""
		if self.area:
			yield Target(SERVICE, self.service, self.area)
		yield Target(SERVICE, self.service)
		for length in range(len(self.national_code), 0, -1):
			yield Target(CODE, self.national_code[:length])
		if self.department:
			yield Target(DEPARTMENT, self.department)
		yield Target(ALL_SERVICES)


@dataclass(frozen=True)
class Item:
	"""One line of a contract: how its target is priced and what the insurer pays of it.

	A `share_ceiling` of 0 is none of its own; units of 0 are those of the service.
	"""

	target: Target
	method: str = LIST_PRICE
	percent: Decimal = Decimal(0)
	professional_units: Decimal = Decimal(0)
	technical_units: Decimal = Decimal(0)
	share_method: str = AS_CONTRACT
	share_percent: Decimal = Decimal(0)
	share_amount: Decimal = Decimal(0)
	share_ceiling: Decimal = Decimal(0)


@dataclass(frozen=True)
class Contract:
	"""A contract with its items by target, as far as they matter to who asks."""

	name: str
	title: str
	level: Level
	period: Period
	branch: str | None = None
	is_active: bool = True
	insurer_percent: Decimal = Decimal(0)
	outpatient_insurer_percent: Decimal = Decimal(0)
	insurer_ceiling: Decimal = Decimal(0)
	items: Mapping[Target, Item] = field(default_factory=dict)

	def in_force(self, branch: str | None, on: datetime.date) -> bool:
		"""Whether it is active on the day, in that branch (None: where every branch is meant)."""
		return self.is_active and self.period.holds(on) and self.branch in (None, branch)


class Coverage(NamedTuple):
	"""What a patient is entitled to, from one row of the patient."""

	level: Level
	period: Period = Period()


class Chosen(NamedTuple):
	"""A contract and its item that covers the service."""

	contract: Contract
	item: Item


class Choice(NamedTuple):
	"""What applies: `base` None is the list price; `reason` is the step that decided."""

	base: Chosen | None
	supplementary: Chosen | None
	reason: str


class NotApplicable(ValueError):
	"""A contract that was named does not apply; `code` says why."""

	def __init__(self, code: str, contract: Contract) -> None:
		super().__init__(code)
		self.code = code
		self.contract = contract


def choose(
	subject: Subject,
	contracts: Sequence[Contract],
	coverages: Iterable[Coverage],
	branch: str | None,
	on: datetime.date,
	named: Contract | None = None,
	named_supplementary: Contract | None = None,
) -> Choice:
	"""Which contract prices a service for a patient on a day: the documented order.

	1. The contract that was named. 2. The patient's coverages that hold that day, in their order: the
	first whose level has a contract in force that covers the service. 3. A normal contract. 4. The list
	price. The supplementary one is the named one, else by the patient's supplementary coverages; only
	where somebody else already pays a part, or the service is sold with insurance.
	Raises NotApplicable when a named contract is not in force or does not cover the service.
	"""
	holding = [row.level for row in coverages if row.period.holds(on)]
	ready = [contract for contract in contracts if contract.in_force(branch, on)]
	base, reason = _base(subject, ready, holding, branch, on, named)
	may_supplement = subject.has_insurance or bool(base and base.contract.level.kind in KINDS_WITH_PAYER)
	if named_supplementary:
		if not may_supplement:
			raise NotApplicable(NOT_INSURABLE, named_supplementary)
		supplementary = _as_named(subject, named_supplementary, branch, on, is_supplementary=True)
	else:
		levels = [level for level in holding if level.is_supplementary and may_supplement]
		supplementary = _by_levels(subject, ready, levels)
	return Choice(base, supplementary, reason)


def _base(
	subject: Subject,
	ready: Sequence[Contract],
	holding: Sequence[Level],
	branch: str | None,
	on: datetime.date,
	named: Contract | None,
) -> tuple[Chosen | None, str]:
	if named:
		return _as_named(subject, named, branch, on, is_supplementary=False), NAMED
	chosen = _by_levels(subject, ready, [level for level in holding if not level.is_supplementary])
	if chosen:
		return chosen, COVERAGE
	chosen = best(subject, [contract for contract in ready if contract.level == Level(NORMAL)])
	return (chosen, BY_NORMAL_CONTRACT) if chosen else (None, BY_LIST)


def _as_named(
	subject: Subject, contract: Contract, branch: str | None, on: datetime.date, is_supplementary: bool
) -> Chosen:
	"""The named contract, or why not. Without a branch asked for, one of any branch may be named."""
	code = None
	if not contract.is_active:
		code = INACTIVE
	elif not contract.period.holds(on):
		code = NOT_IN_FORCE
	elif branch and contract.branch not in (None, branch):
		code = OTHER_BRANCH
	elif contract.level.is_supplementary != is_supplementary:
		code = NOT_SUPPLEMENTARY if is_supplementary else IS_SUPPLEMENTARY
	elif not _may_insure(subject, contract):
		code = NOT_INSURABLE
	chosen = None if code else best(subject, [contract])
	if not chosen:
		raise NotApplicable(code or NOT_COVERED, contract)
	return chosen


def _by_levels(subject: Subject, ready: Sequence[Contract], levels: Iterable[Level]) -> Chosen | None:
	for level in levels:
		if chosen := best(subject, [contract for contract in ready if contract.level == level]):
			return chosen
	return None


def _may_insure(subject: Subject, contract: Contract) -> bool:
	"""An insurer pays only for services sold with insurance (A12)."""
	return contract.level.kind != INSURER or contract.level.is_supplementary or subject.has_insurance


def best(subject: Subject, contracts: Iterable[Contract]) -> Chosen | None:
	"""The contract and item that price the subject, of contracts in force of one level.

	A branch's own contract beats one for all branches; then the more specific item wins, then the
	contract that began last. Insurers' contracts count only if the service is sold with insurance.
	"""
	found = []
	for contract in contracts:
		if not _may_insure(subject, contract):
			continue
		for rank, target in enumerate(subject.targets()):
			if item := contract.items.get(target):
				begun = (contract.period.start or datetime.date.min).toordinal()
				found.append(((contract.branch is None, rank, -begun, contract.name), Chosen(contract, item)))
				break
	return min(found, key=lambda entry: entry[0])[1] if found else None


class Clash(NamedTuple):
	"""Another contract of the level that prices the same target in the same days."""

	contract: Contract
	target: Target


def clash(contract: Contract, others: Iterable[Contract]) -> Clash | None:
	"""The first of `others` that prices a target of `contract` in the same level, days and branch.

	One for all branches clashes with one of any branch. Inactive contracts never clash.
	"""
	if not contract.is_active:
		return None
	for other in others:
		if other.name == contract.name or not other.is_active or other.level != contract.level:
			continue
		if contract.branch and other.branch and contract.branch != other.branch:
			continue
		if not contract.period.overlaps(other.period):
			continue
		for target in contract.items:
			if target in other.items:
				return Clash(other, target)
	return None
