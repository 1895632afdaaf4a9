"""What a price update wants, read from its document: which prices, and how they change (A50).

The choice of departments and services, typed prices and the prices at the last look are kept as JSON in
the document itself: five thousand of them are one value, not five thousand rows.
"""

import datetime
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from frappe import _
from frappe.utils import cint, escape_html, getdate

from clinic_core.foundation import settings, wire
from clinic_core.foundation.document import LARGEST_DECIMAL
from clinic_core.foundation.errors import refuse_input
from clinic_core.foundation.money import round_to, to_decimal
from clinic_core.service_catalog.price_updates import price_changes
from clinic_core.service_catalog.price_updates.price_files import Target

DEPARTMENTS, SERVICES, ALL = "Departments", "Chosen Services", "All Services"
METHODS = (price_changes.PERCENT, price_changes.AMOUNT, price_changes.NEW_PRICE)
ROUNDINGS = (price_changes.NEAREST, price_changes.UP, price_changes.DOWN)
FIELDS = (
	"valid_from",
	"applies_to",
	"contract",
	"include_areas",
	"include_inactive",
	"departments",
	"services",
	"method",
	"change_percent",
	"change_amount",
	"rounding_step",
	"rounding",
	"overrides",
)
"""The fields of the document that say what is wanted."""

_SEPARATOR = "|"


@dataclass(frozen=True)
class Draft:
	"""Which prices change from which day on, and how. `typed`: prices that were typed for themselves."""

	applies_to: str
	departments: tuple[str, ...]
	services: tuple[str, ...]
	include_inactive: bool
	include_areas: bool
	contract: str | None
	rule: price_changes.Rule
	valid_from: datetime.date
	typed: Mapping[Target, Decimal]

	@property
	def chooses_nothing(self) -> bool:
		"""Whether no department or service was named yet."""
		chosen = {DEPARTMENTS: self.departments, SERVICES: self.services}
		return not chosen.get(self.applies_to, True)


def of_document(doc: Mapping[str, Any]) -> Draft:
	"""Read the fields of a Clinic Price Update. Raises InvalidInputError naming the field."""
	return Draft(
		applies_to=_one_of(doc.get("applies_to"), (DEPARTMENTS, SERVICES, ALL), _("Which services")),
		departments=tuple(read_names(doc.get("departments"), _("Departments"))),
		services=tuple(read_names(doc.get("services"), _("Services"))),
		include_inactive=bool(cint(doc.get("include_inactive"))),
		include_areas=bool(cint(doc.get("include_areas"))),
		contract=doc.get("contract") or None,
		rule=_rule(doc),
		valid_from=getdate(doc.get("valid_from")),
		typed=read_amounts(doc.get("overrides"), _("Prices typed for single services")),
	)


def _rule(doc: Mapping[str, Any]) -> price_changes.Rule:
	method = _one_of(doc.get("method"), METHODS, _("Change by"))
	rounding = _one_of(doc.get("rounding") or price_changes.NEAREST, ROUNDINGS, _("Rounding"))
	step = to_decimal(doc.get("rounding_step") or 0)
	if step < 0:
		refuse_input(_("Round to a multiple of"), _("It must not be negative."))
	value = {
		price_changes.PERCENT: to_decimal(doc.get("change_percent") or 0),
		price_changes.AMOUNT: to_decimal(doc.get("change_amount") or 0),
	}.get(method, price_changes.ZERO)
	if method == price_changes.PERCENT and not -100 <= value <= 1000:
		refuse_input(_("Percent"), _("It must be between {0} and {1}.").format("-100", "1,000"))
	return price_changes.Rule(method, value, step or to_decimal(settings.get("rounding_step") or 0), rounding)


def _one_of(value: str | None, known: Sequence[str], label: str) -> str:
	if value not in known:
		refuse_input(label, _("Choose one of: {0}.").format(", ".join(_(one) for one in known)))
	return value


def read_names(text: str | Sequence[str] | None, label: str) -> list[str]:
	"""A list of names as the document keeps it, without repetitions. Raises InvalidInputError."""
	names = wire.parse_list(text, label)
	if not all(isinstance(name, str) for name in names):
		refuse_input(label, _("This could not be read. Please send it as JSON."))
	return list(dict.fromkeys(filter(None, names)))


def read_amounts(text: str | Mapping[str, Any] | None, label: str) -> dict[Target, Decimal]:
	"""Amounts by service and body area as the document keeps them. Raises InvalidInputError."""
	return {target_of(key): _amount(value, label) for key, value in wire.parse_dict(text, label).items()}


def _amount(value: Any, label: str) -> Decimal:
	amount = wire.parse_number(value, label)
	if amount < 0:
		refuse_input(label, _("It must not be negative."))
	if amount > LARGEST_DECIMAL:
		refuse_input(
			label, _("The number is too large; {0} is the most.").format(escape_html(f"{LARGEST_DECIMAL:,}"))
		)
	return round_to(amount)


def write_amounts(amounts: Mapping[Target, Decimal]) -> str:
	"""The same as JSON, for the document."""
	return json.dumps({key_of(target): int(amount) for target, amount in amounts.items()}, ensure_ascii=False)


def key_of(target: Target) -> str:
	"""A service and its body area as one text: codes contain no bar."""
	return _SEPARATOR.join(target)


def target_of(key: str) -> Target:
	"""The reverse of `key_of`."""
	service, _bar, area = key.partition(_SEPARATOR)
	return service, area
