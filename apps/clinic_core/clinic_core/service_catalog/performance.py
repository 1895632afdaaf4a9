"""What a performed service earns its people (A15–A18, A65–A68, F33). Pure.

The *basis* is what insurers and patient pay for the work itself: contract total − discount − included
tax, without added tax and rounding. Of it, in this order:

1. the service's **deduction** (A15, A68) is taken off, as the quote says, at most the whole;
2. of what is left the **marketer** (A16, A66) and the **referrer** (A17, A67) take their percents, each
   only when there is one;
3. of what is left then **practitioner**, **technician** and **assistant** take their shares (F33), a
   percent of it or an amount for each unit; amounts that together are more than there is are reduced in
   proportion;
4. the rest is the centre's.

A service that does not count in performance (A65) earns nobody anything: all is the centre's. Amounts are
stored units (Rial) without fractions; the parts are never negative and add up to the basis exactly.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from clinic_core.foundation.money import round_to, share_out

ZERO = Decimal(0)
HUNDRED = Decimal(100)

# The roles a person may have in one service, as the options of Clinic Performance Share.
PRACTITIONER = "Practitioner"
TECHNICIAN = "Technician"
ASSISTANT = "Assistant"
ROLES = (PRACTITIONER, TECHNICIAN, ASSISTANT)

# Codes of the lines, in the order they are shown; a role's line has the role's name in small letters.
BASIS = "basis"
DEDUCTION = "deduction"
MARKETER = "marketer"
REFERRER = "referrer"
CENTRE = "centre"
PARTS = (DEDUCTION, MARKETER, REFERRER, *(role.lower() for role in ROLES), CENTRE)

# Why a part is what it is: the key `reason` of a line's params.
PERCENT_OF = "percent_of"
PER_UNIT = "per_unit"
AS_CHARGED = "as_charged"
NOBODY = "nobody"
NO_SHARE = "no_share"
NOT_COUNTED = "not_counted"
THE_REST = "the_rest"

# Codes of what can be wrong with a request.
PERCENT_OUT_OF_RANGE = "percent_out_of_range"
AMOUNT_NEGATIVE = "amount_negative"
QUANTITY_NOT_POSITIVE = "quantity_not_positive"
BOTH_OR_NEITHER = "both_or_neither"
PARTS_EXCEED_WHOLE = "parts_exceed_whole"


class PerformanceError(ValueError):
	"""Work that cannot be shared out: `code` says why, `params` with which figures."""

	def __init__(self, code: str, **params: Any) -> None:
		super().__init__(code)
		self.code = code
		self.params = params


@dataclass(frozen=True)
class Share:
	"""A percent (0–100) of what is left after the deductions, or an amount for each unit; never both.

	`rule` names the document it comes from, for the explanation.
	"""

	percent: Decimal | None = None
	amount: Decimal | None = None
	rule: str | None = None


@dataclass(frozen=True)
class Person:
	"""Somebody who took part in one role; `share` is None when no share is agreed for him."""

	name: str
	share: Share | None = None


@dataclass(frozen=True)
class Work:
	"""One performed line.

	`basis`, `deduction` and shares' amounts in stored units, `deduction` for the whole line; percents
	0–100. `people`: who took part, by role. `marketer`, `referrer`: whether there is one.
	"""

	basis: Decimal
	quantity: Decimal = Decimal(1)
	deduction: Decimal = ZERO
	marketer_percent: Decimal = ZERO
	referrer_percent: Decimal = ZERO
	marketer: bool = False
	referrer: bool = False
	counts: bool = True
	people: Mapping[str, Person] = field(default_factory=dict)


@dataclass(frozen=True)
class Line:
	"""One part: what it is (`code`), how much, and from which inputs (`params`, with its `reason`)."""

	code: str
	amount: Decimal
	params: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Performance:
	"""The parts of the basis, by code; `sum(parts.values()) == basis`, no part is negative."""

	basis: Decimal
	parts: Mapping[str, Decimal]
	lines: tuple[Line, ...]

	def __getitem__(self, code: str) -> Decimal:
		"""A part by its code."""
		return self.parts[code]


def perform(work: Work) -> Performance:
	"""Share out one performed line. Raises PerformanceError, with one of the codes above."""
	_check(work)
	if not work.counts:
		return _performance(work, {CENTRE: Line(CENTRE, work.basis, {"reason": NOT_COUNTED})})
	deduction = min(work.deduction, work.basis)
	found = {DEDUCTION: Line(DEDUCTION, deduction, {"reason": AS_CHARGED, "of": work.basis})}
	rest = work.basis - deduction
	found |= _agents(work, rest)
	rest -= found[MARKETER].amount + found[REFERRER].amount
	found |= _people(work, rest)
	rest -= sum(found[role.lower()].amount for role in ROLES)
	found[CENTRE] = Line(CENTRE, rest, {"reason": THE_REST})
	return _performance(work, found)


def _performance(work: Work, found: Mapping[str, Line]) -> Performance:
	nothing = {"reason": NOT_COUNTED}
	parts = [found.get(code) or Line(code, ZERO, nothing) for code in PARTS]
	basis = Line(BASIS, work.basis, {"quantity": work.quantity})
	return Performance(work.basis, {part.code: part.amount for part in parts}, (basis, *parts))


def _agents(work: Work, rest: Decimal) -> dict[str, Line]:
	"""The parts of marketer and referrer, to the Rial together."""
	asked = {
		MARKETER: (work.marketer, work.marketer_percent),
		REFERRER: (work.referrer, work.referrer_percent),
	}
	percents = [percent if present else ZERO for present, percent in asked.values()]
	parts = share_out(rest, [*percents, HUNDRED - sum(percents)])
	return {
		code: Line(
			code,
			amount,
			{"reason": PERCENT_OF, "percent": percent, "of": rest} if present else {"reason": NOBODY},
		)
		for (code, (present, percent)), amount in zip(asked.items(), parts, strict=False)
	}


def _people(work: Work, rest: Decimal) -> dict[str, Line]:
	"""The parts of the three roles; what they ask for is reduced in proportion if it is too much."""
	shares = {role: _share_of(work, role) for role in ROLES}
	wanted = [_wanted(share, work.quantity, rest) for share in shares.values()]
	too_much = sum(wanted) > rest
	parts = share_out(rest, wanted if too_much else [*wanted, rest - sum(wanted)])
	return {
		role.lower(): Line(role.lower(), amount, _why(work, role, rest, too_much))
		for role, amount in zip(ROLES, parts, strict=False)
	}


def _share_of(work: Work, role: str) -> Share | None:
	person = work.people.get(role)
	return person.share if person else None


def _wanted(share: Share | None, quantity: Decimal, rest: Decimal) -> Decimal:
	if share is None:
		return ZERO
	if share.amount is not None:
		return round_to(share.amount * quantity)
	return rest * share.percent / HUNDRED


def _why(work: Work, role: str, rest: Decimal, too_much: bool) -> dict[str, Any]:
	person = work.people.get(role)
	if person is None:
		return {"reason": NOBODY}
	known = {"person": person.name}
	if person.share is None:
		return known | {"reason": NO_SHARE}
	share = person.share
	known |= {"rule": share.rule, "reduced": too_much}
	if share.amount is not None:
		return known | {"reason": PER_UNIT, "amount": share.amount, "quantity": work.quantity}
	return known | {"reason": PERCENT_OF, "percent": share.percent, "of": rest}


def _check(work: Work) -> None:
	if not work.quantity.is_finite() or work.quantity <= 0:
		raise PerformanceError(QUANTITY_NOT_POSITIVE, quantity=work.quantity)
	for amount in (work.basis, work.deduction):
		_check_amount(amount)
	for percent in (work.marketer_percent, work.referrer_percent):
		_check_percent(percent)
	if (work.marketer_percent + work.referrer_percent) > HUNDRED:
		raise PerformanceError(PARTS_EXCEED_WHOLE, percent=work.marketer_percent + work.referrer_percent)
	shares = [share for role in ROLES if (share := _share_of(work, role))]
	for share in shares:
		check_share(share)
	check_together(shares)


def check_share(share: Share) -> None:
	"""Exactly one of percent and amount, within its bounds. Raises PerformanceError."""
	if (share.percent is None) == (share.amount is None):
		raise PerformanceError(BOTH_OR_NEITHER)
	if share.amount is None:
		_check_percent(share.percent)
	else:
		_check_amount(share.amount)


def check_together(shares: list[Share]) -> None:
	"""Percents of the roles of one line may not be more than the whole. Raises PerformanceError."""
	percent = sum((share.percent for share in shares if share.percent is not None), ZERO)
	if percent > HUNDRED:
		raise PerformanceError(PARTS_EXCEED_WHOLE, percent=percent)


def _check_percent(percent: Decimal) -> None:
	if not percent.is_finite() or not 0 <= percent <= HUNDRED:
		raise PerformanceError(PERCENT_OUT_OF_RANGE, percent=percent)


def _check_amount(amount: Decimal) -> None:
	if not amount.is_finite() or amount < 0:
		raise PerformanceError(AMOUNT_NEGATIVE, amount=amount)
