"""What a contract must satisfy (A21, A28, A87, F34, G17). Pure: gives places and codes, never text."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

from clinic_core.service_catalog.price_levels import contracts
from clinic_core.service_catalog.price_levels.contracts import Target

NOT_NEGATIVE = "not_negative"
PERCENT = "percent"
REQUIRED = "required"
BEFORE_START = "before_start"
TWICE = "twice"
ONLY_FOR_SERVICE = "only_for_service"
MORE_THAN_PRICE = "more_than_price"
NO_UNITS = "no_units"
NO_K = "no_k"
UNKNOWN_AREA = "unknown_area"
ONLY_FOR_INSURER = "only_for_insurer"
NO_COMPANY = "no_company"
NO_INSURER = "no_insurer"
NOT_SUPPLEMENTARY = "not_supplementary"

COMPANY = "Company"
SUPPLEMENTARY_INSURER = "Supplementary Insurer"

ITEMS = "items"
K_VALUES = "k_values"

_ITEM_AMOUNTS = ("amount", "professional_units", "technical_units", "insurer_amount", "insurer_ceiling")
_TARGET_FIELDS = {
	contracts.SERVICE: "service",
	contracts.DEPARTMENT: "department",
	contracts.CODE: "code_prefix",
}


class Problem(NamedTuple):
	"""What is wrong with which field; `table` and `row` (from 1) name a row, else the contract itself."""

	field: str
	code: str
	table: str = ""
	row: int = 0


class ServiceFacts(NamedTuple):
	"""What the checks must know of a service: relative value units, and titles of its areas by code."""

	has_units: bool = False
	areas: Mapping[str, str] = MappingProxyType({})


def problems(contract: Mapping[str, Any], services: Mapping[str, ServiceFacts]) -> list[Problem]:
	"""Everything that is wrong with a contract, in the order of the form.

	`services` tells of the services its items name.
	"""
	return [
		*_head(contract),
		*_items(contract.get(ITEMS) or (), bool(contract.get(K_VALUES)), services),
		*_k_values(contract.get(K_VALUES) or ()),
	]


def coverage_problems(rows: Sequence[Mapping[str, Any]], insurer_kinds: Mapping[str, str]) -> list[Problem]:
	"""What is wrong with a patient's coverages: `insurer_kinds` tells what their insurers are."""
	found = []
	seen: list[tuple[tuple[Any, ...], contracts.Period]] = []
	for number, row in enumerate(rows, start=1):
		period = contracts.Period(row.get("valid_from"), row.get("valid_to"))
		level = (row.get("kind"), row.get("insurer") or None, bool(row.get("is_supplementary")))
		for field, code in _coverage(row, period, insurer_kinds):
			found.append(Problem(field, code, "coverages", number))
		if any(level == other and period.overlaps(days) for other, days in seen):
			found.append(Problem("insurer", TWICE, "coverages", number))
		seen.append((level, period))
	return found


def target_of(row: Mapping[str, Any]) -> Target:
	"""What an item row prices; fields that do not belong to its kind do not count."""
	kind = row.get("applies_to") or contracts.SERVICE
	key = str(row.get(_TARGET_FIELDS.get(kind, "")) or "").strip()
	return Target(kind, key, (row.get("area") or "") if kind == contracts.SERVICE else "")


def _head(contract: Mapping[str, Any]) -> list[Problem]:
	found = []
	start, end = contract.get("valid_from"), contract.get("valid_to")
	if start and end and end < start:
		found.append(Problem("valid_to", BEFORE_START))
	if contract.get("kind") in contracts.KINDS_WITH_PAYER and not contract.get("insurer"):
		found.append(Problem("insurer", REQUIRED))
	found += [
		Problem(field, PERCENT)
		for field in ("insurer_percent", "outpatient_insurer_percent")
		if not 0 <= (contract.get(field) or 0) <= 100
	]
	if (contract.get("insurer_ceiling") or 0) < 0:
		found.append(Problem("insurer_ceiling", NOT_NEGATIVE))
	return found


def _items(
	rows: Sequence[Mapping[str, Any]], has_k: bool, services: Mapping[str, ServiceFacts]
) -> list[Problem]:
	found = []
	times: Counter[Target] = Counter()
	for number, row in enumerate(rows, start=1):
		target = target_of(row)
		times[target] += 1
		places = [*_target(row, target, services), *_price(row, target, has_k, services), *_share(row)]
		if times[target] > 1:
			places.append((_TARGET_FIELDS.get(target.applies_to, "applies_to"), TWICE))
		found += [Problem(field, code, ITEMS, number) for field, code in places]
	return found


def _target(
	row: Mapping[str, Any], target: Target, services: Mapping[str, ServiceFacts]
) -> Iterable[tuple[str, str]]:
	field = _TARGET_FIELDS.get(target.applies_to)
	if field and not target.key:
		yield field, REQUIRED
	facts = services.get(target.key)
	if target.area and facts and target.area not in facts.areas:
		yield "area", UNKNOWN_AREA


def _price(
	row: Mapping[str, Any], target: Target, has_k: bool, services: Mapping[str, ServiceFacts]
) -> Iterable[tuple[str, str]]:
	for field in _ITEM_AMOUNTS:
		if (row.get(field) or 0) < 0:
			yield field, NOT_NEGATIVE
	method = row.get("pricing_method")
	if method == contracts.FIXED_PRICE and target.applies_to != contracts.SERVICE:
		yield "pricing_method", ONLY_FOR_SERVICE
	if method == contracts.PERCENT_OF_LIST and (row.get("percent_of_list") or 0) <= 0:
		yield "percent_of_list", REQUIRED
	if method == contracts.RELATIVE_VALUE:
		if not has_k:
			yield "pricing_method", NO_K
		own = (row.get("professional_units") or 0) > 0 or (row.get("technical_units") or 0) > 0
		facts = services.get(target.key) if target.applies_to == contracts.SERVICE else None
		if not own and facts and not facts.has_units:
			yield "professional_units", NO_UNITS


def _share(row: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
	if not 0 <= (row.get("insurer_percent") or 0) <= 100:
		yield "insurer_percent", PERCENT
	if row.get("share_method") != contracts.SHARE_AMOUNT:
		return
	share = row.get("insurer_amount") or 0
	if not share:
		yield "insurer_amount", REQUIRED
	elif row.get("pricing_method") == contracts.FIXED_PRICE and share > (row.get("amount") or 0):
		yield "insurer_amount", MORE_THAN_PRICE


def _k_values(rows: Sequence[Mapping[str, Any]]) -> list[Problem]:
	found = []
	seen = set()
	for number, row in enumerate(rows, start=1):
		day = row.get("valid_from")
		if not day:
			found.append(Problem("valid_from", REQUIRED, K_VALUES, number))
		elif day in seen:
			found.append(Problem("valid_from", TWICE, K_VALUES, number))
		seen.add(day)
		found += [
			Problem(field, NOT_NEGATIVE, K_VALUES, number)
			for field in ("professional_k", "technical_k")
			if (row.get(field) or 0) < 0
		]
		if not any(row.get(field) for field in ("professional_k", "technical_k")):
			found.append(Problem("professional_k", REQUIRED, K_VALUES, number))
	return found


def _coverage(
	row: Mapping[str, Any], period: contracts.Period, insurer_kinds: Mapping[str, str]
) -> Iterable[tuple[str, str]]:
	kind, insurer = row.get("kind"), row.get("insurer")
	if period.start and period.end and period.end < period.start:
		yield "valid_to", BEFORE_START
	if kind in contracts.KINDS_WITH_PAYER:
		is_supplementary = bool(row.get("is_supplementary"))
		if not insurer:
			yield "insurer", REQUIRED
		elif code := payer_problem(kind, is_supplementary, insurer_kinds.get(insurer, "")):
			yield "insurer", code
	if row.get("is_supplementary") and kind != contracts.INSURER:
		yield "is_supplementary", ONLY_FOR_INSURER


def payer_problem(kind: str, is_supplementary: bool, insurer_kind: str) -> str | None:
	"""Why an insurer or company does not fit the kind of a contract or coverage; None if it does."""
	if kind == contracts.CORPORATE:
		return None if insurer_kind == COMPANY else NO_COMPANY
	if insurer_kind == COMPANY:
		return NO_INSURER
	if is_supplementary and insurer_kind != SUPPLEMENTARY_INSURER:
		return NOT_SUPPLEMENTARY
	return None
