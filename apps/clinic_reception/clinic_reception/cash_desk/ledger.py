"""What each event writes into the ledger, as lists of signed entries that sum to zero. Pure.

`design.md` §4.5. One signed amount: positive is a debit. A sale credits Unearned, performing it
moves the value to Revenue; a correction is the mirror image of what it corrects. Amounts are in
stored units (Rial) and exact decimals.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from clinic_core.foundation.money import Number, round_to, to_decimal

ACCOUNTS = (
	"Receivable",
	"Cash",
	"Bank",
	"Cheques",
	"Deposits",
	"Credit",
	"Unearned",
	"Revenue",
	"Insurer",
	"Discount",
	"Tax",
	"Rounding",
	"Commission",
	"Loyalty",
	"Gift",
	"Opening",
)

OWED_BY_PATIENT, OWED_BY_CLINIC = "Patient Owes", "Clinic Owes"
OPENING_DEPOSIT, OPENING_CHEQUE, OPENING_SESSIONS = "Deposit", "Cheque", "Prepaid Sessions"
ACCOUNT_OF_OPENING = {
	OWED_BY_PATIENT: ("Receivable", 1),
	OWED_BY_CLINIC: ("Credit", -1),
	OPENING_DEPOSIT: ("Deposits", -1),
	OPENING_CHEQUE: ("Cheques", 1),
	OPENING_SESSIONS: ("Unearned", -1),
}
"""What the old books say at go-live → (account, sign of an amount there); Opening takes the other side."""

ACCOUNT_OF_KIND = {
	"Cash": "Cash",
	"Card": "Bank",
	"Transfer": "Bank",
	"Online": "Bank",
	"Cheque": "Cheques",
	"Deposit": "Deposits",
	"Credit": "Credit",
}
"""Where money of a payment method goes. Kinds that are missing cannot be used for payments yet."""

OWN_MONEY = frozenset({"Deposit", "Credit"})
"""Kinds that move what the patient already left with us; nothing passes through the till."""


class UnbalancedError(ValueError):
	"""The entries of a voucher do not sum to zero: a mistake in the program, never of a user."""


@dataclass(frozen=True)
class Entry:
	"""One line of a voucher: an amount on an account, with what it is about."""

	account: str
	amount: Decimal
	patient: str | None = None
	reception: str | None = None
	deposit: str | None = None
	entitlement: str | None = None
	legal_entity: str | None = None
	branch: str | None = None
	department: str | None = None
	service: str | None = None
	practitioner: str | None = None
	method: str | None = None
	shift: str | None = None
	payee: str | None = None
	reverses: str | None = None
	reason: str | None = None


@dataclass(frozen=True)
class SaleLine:
	"""The money of one line of a reception; `about` carries its dimensions, its amount is ignored.

	`contract_total`: price of the whole quantity at the contract's (or list) price, before discount.
	`insurer_shares`: what each insurer pays, as (payee, amount); the base one first. `tax` is paid on
	top, or lies inside the price if `tax_included`. `performed`: part of `value` that is delivered at
	once and therefore earned.
	"""

	about: Entry
	contract_total: Number
	patient_share: Number
	insurer_shares: Sequence[tuple[str | None, Number]] = ()
	discount: Number = 0
	tax: Number = 0
	performed: Number = 0
	tax_included: bool = False

	@property
	def value(self) -> Decimal:
		"""What the services are worth to us: the contract total without the tax inside it."""
		return to_decimal(self.contract_total) - (to_decimal(self.tax) if self.tax_included else 0)


@dataclass(frozen=True)
class MoneyLine:
	"""One line of a payment: how much, by which method, and from which deposit if from one."""

	kind: str
	amount: Number
	method: str | None = None
	deposit: str | None = None


def about(**dimensions: str | None) -> Entry:
	"""A carrier of dimensions, to be completed with account and amount by the builders below."""
	return Entry(account="", amount=Decimal(0), **dimensions)


def sale(lines: Iterable[SaleLine]) -> list[Entry]:
	"""Submitting a reception: who owes what, and what we owe the patient in services.

	The patient owes his share only; each insurer's share stands on Insurer with the insurer as payee.
	What rounding of the patient's share gained or lost goes to Rounding, explicitly.
	"""
	entries: list[Entry] = []
	for line in lines:
		patient, discount, tax = (to_decimal(n) for n in (line.patient_share, line.discount, line.tax))
		insured = [(payee, to_decimal(amount)) for payee, amount in line.insurer_shares]
		paid = patient + sum((amount for _payee, amount in insured), Decimal(0))
		rounding = paid + discount - line.value - tax
		entries += _on(line.about, ("Receivable", patient))
		for payee, amount in insured:
			entries += _on(replace(line.about, payee=payee), ("Insurer", amount))
		entries += _on(
			line.about,
			("Discount", discount),
			("Unearned", -line.value),
			("Tax", -tax),
			("Rounding", -rounding),
		)
		entries += performance(line.about, line.performed)
	return balanced(entries)


def performance(carrier: Entry, value: Number) -> list[Entry]:
	"""Delivering `value` of what was sold: Unearned becomes Revenue."""
	amount = to_decimal(value)
	return balanced(_on(carrier, ("Unearned", amount), ("Revenue", -amount)))


def payment(
	carrier: Entry,
	money: Sequence[MoneyLine],
	allocations: Iterable[tuple[str, Number]] = (),
	to_deposit: str | None = None,
	*,
	refund: bool = False,
	opening: Number = 0,
) -> list[Entry]:
	"""Money received: debts of receptions first, the rest is kept as the patient's credit.

	`allocations`: (reception, amount). `opening`: what pays a debt from before the go-live. With
	`to_deposit` the rest becomes that deposit instead. A refund is the same with all signs turned.
	Raises KeyError for a kind that has no account.
	"""
	sign = -1 if refund else 1
	entries: list[Entry] = []
	left = Decimal(0)
	for line in money:
		amount = to_decimal(line.amount)
		left += amount
		where = replace(carrier, method=line.method, deposit=line.deposit)
		entries += _on(where, (ACCOUNT_OF_KIND[line.kind], sign * amount))
	for reception, amount in allocations:
		left -= to_decimal(amount)
		entries += _on(replace(carrier, reception=reception), ("Receivable", -sign * to_decimal(amount)))
	left -= to_decimal(opening)
	entries += _on(carrier, ("Receivable", -sign * to_decimal(opening)))
	if left < 0:
		raise UnbalancedError("more is allocated than was paid")
	rest = "Deposits" if to_deposit else "Credit"
	entries += _on(replace(carrier, deposit=to_deposit), (rest, -sign * left))
	return balanced(entries)


def opening(carrier: Entry, kind: str, amount: Number) -> list[Entry]:
	"""A figure of the old books on the day of the change. Raises KeyError for an unknown kind."""
	account, sign = ACCOUNT_OF_OPENING[kind]
	value = to_decimal(amount) * sign
	return balanced(_on(carrier, (account, value), ("Opening", -value)))


def penalty(carrier: Entry, amount: Number) -> list[Entry]:
	"""What a late cancellation or a missed appointment costs: owed by the patient, earned at once."""
	value = to_decimal(amount)
	return balanced(_on(carrier, ("Receivable", value), ("Revenue", -value)))


def mirror(entries: Iterable[tuple[str, Entry]], reason: str | None, shift: str | None = None) -> list[Entry]:
	"""The opposite of posted entries, given as (name, entry), each pointing at what it reverses.

	`shift`: the open shift in which money goes back, if another than the original.
	"""
	return balanced(
		[
			replace(e, amount=-to_decimal(e.amount), reverses=name, reason=reason, shift=shift or e.shift)
			for name, e in entries
		]
	)


def earned_share(
	value: Number, units: Number, used: Number, earned_before: Number, step: Number = 1
) -> Decimal:
	"""Value to move to Revenue now, after `used` of `units` are delivered in all.

	Rounding is cumulative: after each unit the sum moved is the rounded share of everything used,
	so the last unit takes the remainder and the parts add up to `value` exactly.
	"""
	whole, count = to_decimal(value), to_decimal(units)
	if count <= 0 or to_decimal(used) >= count:
		return whole - to_decimal(earned_before)
	return round_to(whole * to_decimal(used) / count, step) - to_decimal(earned_before)


def balanced(entries: list[Entry]) -> list[Entry]:
	"""Return the entries; raise UnbalancedError unless they sum to zero on known accounts."""
	total = sum((e.amount for e in entries), Decimal(0))
	if total:
		raise UnbalancedError(f"entries sum to {total}")
	if unknown := {e.account for e in entries} - set(ACCOUNTS):
		raise UnbalancedError(f"unknown accounts {sorted(unknown)}")
	return entries


def _on(carrier: Entry, *amounts: tuple[str, Decimal]) -> list[Entry]:
	"""Entries for the amounts that are not zero."""
	return [replace(carrier, account=account, amount=amount) for account, amount in amounts if amount]
