"""Figures of services put together: rows, shares, trends, totals (A29). Pure.

Money in stored units, percents 0–100 with one decimal.
"""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from clinic_core.foundation.money import Number, round_to, to_decimal

MONEY = ("list_total", "contract_adjustment", "discount", "net", "insurer_share", "patient_share")
COUNTS = ("receptions", "quantity", "used", "new_patients", "appointments", "no_shows")
ADDED_UP = (*COUNTS, *MONEY, "came", "previous_net")
"""What the row of totals adds up; rates and shares are computed anew from these sums."""

NO_SHOW = "No Show"
CAME = frozenset({"Arrived", "Admitted", "Completed"})

Facts = Mapping[str, Mapping[str, Any]]


def rows(
	services: Iterable[Mapping[str, Any]],
	sold: Facts,
	previous: Mapping[str, Any],
	new_patients: Mapping[str, int],
	appointments: Mapping[str, Mapping[str, int]],
) -> list[dict[str, Any]]:
	"""One row for each service with anything to tell in the period, the largest revenue first.

	`sold`: sums by service; `previous`: net revenue of the equal period before; `appointments`: count by
	service and status, without held and cancelled ones.
	"""
	found = []
	for service in services:
		name = service["name"]
		if name in sold or name in appointments:
			row = {**service, "service": name, **_sums(sold.get(name, {}))}
			row |= _appointments(appointments.get(name, {}))
			row |= {"new_patients": new_patients.get(name, 0), "previous_net": to_decimal(previous.get(name))}
			found.append(row)
	whole = sum((row["net"] for row in found), Decimal(0))
	for row in found:
		row |= _rates(row) | {"share_percent": percent(row["net"], whole)}
	return sorted(found, key=lambda row: (-row["net"], -row["receptions"], row["service_name"]))


def totals(found: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
	"""The row under the table: the sum of every column that can be added up."""
	summed = {field: sum((to_decimal(row[field]) for row in found), Decimal(0)) for field in ADDED_UP}
	return summed | _rates(summed) | {"share_percent": percent(summed["net"], summed["net"])}


def percent(part: Number, whole: Number) -> Decimal | None:
	"""A part of the whole; None when there is no whole to be part of."""
	return round_to(to_decimal(part) * 100 / to_decimal(whole), Decimal("0.1")) if whole else None


def trend(now: Number, then: Number) -> Decimal | None:
	"""By how many percent it is more (or less) than then; None when there was nothing to compare with."""
	return percent(to_decimal(now) - to_decimal(then), then) if to_decimal(then) > 0 else None


def by_month(facts: Iterable[Mapping[str, Any]], months: Sequence[str]) -> dict[str, list[Decimal]]:
	"""Net revenue of each service in each of the Jalali months, in their order."""
	place = {month: index for index, month in enumerate(months)}
	found: dict[str, list[Decimal]] = {}
	for fact in facts:
		if fact["jalali_month"] in place:
			series = found.setdefault(fact["service"], [Decimal(0)] * len(months))
			series[place[fact["jalali_month"]]] += to_decimal(fact["net"])
	return found


def _sums(fact: Mapping[str, Any]) -> dict[str, Any]:
	return {field: to_decimal(fact.get(field)) for field in ("receptions", "quantity", "used", *MONEY)}


def _appointments(by_status: Mapping[str, int]) -> dict[str, int]:
	return {
		"appointments": sum(by_status.values()),
		"no_shows": by_status.get(NO_SHOW, 0),
		"came": sum(count for status, count in by_status.items() if status in CAME),
	}


def _rates(row: Mapping[str, Any]) -> dict[str, Decimal | None]:
	"""No-shows among those whose time has come, and the change against the period before."""
	return {
		"no_show_percent": percent(row["no_shows"], row["no_shows"] + row["came"]),
		"trend_percent": trend(row["net"], row["previous_net"]),
	}
