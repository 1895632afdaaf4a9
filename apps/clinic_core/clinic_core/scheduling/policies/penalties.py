"""What a late cancellation, a late move or a missed appointment costs (F11). Pure.

**Which rule.** Every rule names what it is for: a service, a practitioner, a department, several of them, or
nothing, which is the whole clinic. Of the rules that fit the most specific one decides alone: a service
counts more than a practitioner, a practitioner more than a department. So a rule for service and
practitioner goes before one for the service, that before one for the practitioner, that before one for the
department, and the rule of the clinic comes last. What a practitioner says on his own file (2.1 “Staff”)
is a rule that names him; a Clinic Cancellation Rule that names just him goes before it.

**Which step.** Of the steps of that rule for what happened, the one with the shortest time that is not over
yet: “within 48 hours 20 %, within 24 hours 100 %” costs 20 % thirty hours before, and all of it three hours
before. At exactly the last hour it is still free.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from clinic_core.foundation.money import Number, round_to, to_decimal

CANCELLATION, MOVE, NO_SHOW = "Cancellation", "Move", "No Show"
NO_CHARGE, PERCENT, AMOUNT, DEPOSIT = "No charge", "Percent of the price", "Amount", "Deposit is kept"
MINUTES_OF_HOUR = 60
_WEIGHTS = (("service", 4), ("practitioner", 2), ("department", 1))


@dataclass(frozen=True)
class Step:
	"""What an event costs from so many hours before the start on; a missed appointment has no hours."""

	event: str
	within_hours: int = 0
	kind: str = NO_CHARGE
	percent: Decimal = Decimal(0)
	amount: Decimal = Decimal(0)

	def cost(self, price: Number) -> Decimal:
		"""The amount, for a service of that price. A deposit that is kept is known to the cash desk only."""
		if self.kind == PERCENT:
			return round_to(to_decimal(price) * self.percent / 100)
		return round_to(self.amount) if self.kind == AMOUNT else Decimal(0)


@dataclass(frozen=True)
class Rule:
	"""A rule of the clinic, or with `name` None what a practitioner's own file says."""

	title: str
	steps: tuple[Step, ...]
	name: str | None = None
	service: str | None = None
	practitioner: str | None = None
	department: str | None = None

	@property
	def weight(self) -> tuple[int, bool]:
		"""How specific it is; among equals the clinic's own document goes first."""
		return sum(weight for field, weight in _WEIGHTS if getattr(self, field)), self.name is not None


@dataclass(frozen=True)
class Case:
	"""The appointment it is about."""

	service: str
	practitioner: str
	department: str | None = None


def own_rule(practitioner: str, title: str, hours: int, kind: str, percent: Number) -> Rule | None:
	"""What a practitioner's file says as a rule; None where he leaves it to the clinic."""
	if not kind:
		return None
	steps = tuple(
		Step(event, within, kind, to_decimal(percent or 0))
		for event, within in ((CANCELLATION, hours), (NO_SHOW, 0))
	)
	return Rule(title, steps, practitioner=practitioner)


def choose(rules: Iterable[Rule], case: Case) -> Rule | None:
	"""The rule that decides; None when none fits."""
	fitting = [rule for rule in rules if _fits(rule, case)]
	return max(fitting, key=lambda rule: (rule.weight, rule.name or ""), default=None)


def _fits(rule: Rule, case: Case) -> bool:
	return all(getattr(rule, field) in (None, "", getattr(case, field)) for field, _weight in _WEIGHTS)


def step_of(rule: Rule | None, event: str, minutes_left: int) -> Step | None:
	"""What happens now; None while it is free. `minutes_left` until the start, negative after it."""
	steps = [step for step in rule.steps if step.event == event] if rule else []
	if event != NO_SHOW:
		steps = [step for step in steps if minutes_left < step.within_hours * MINUTES_OF_HOUR]
	found = min(steps, key=lambda step: step.within_hours, default=None)
	return None if found is None or found.kind == NO_CHARGE else found
