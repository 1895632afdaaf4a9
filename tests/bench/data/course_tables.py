"""Rows of what was sold for later: entitlements, plans of sessions, sessions. Pure."""

import datetime
from collections.abc import Iterator

from clinic_core.foundation.money import round_to, to_decimal
from clinic_core.scheduling.sessions import due_dates

from tests.bench.data.books import Stay
from tests.bench.data.books_tables import BILL, bill_name, entitlement_name, patient_name, stays
from tests.bench.data.rows import RECEPTION, Row, Table, head
from tests.bench.data.shapes import LATER, Bill
from tests.bench.data.staff import SERVICES

VALID_DAYS = 730
"""How long what was bought may be used; written to the services, too."""
INTERVAL_DAYS = 30


def _granted(world) -> Iterator[tuple[Stay, int, Bill, int]]:
	"""(stay, place of the line, line, units) of everything sold for later."""
	for stay in stays(world):
		for place, bill in enumerate(stay.booked.bills):
			if bill.action == LATER:
				yield stay, place, bill, SERVICES[bill.service].sessions or 1


def entitlements(world) -> Iterator[Row]:
	"""Clinic Entitlement."""
	for stay, place, bill, units in _granted(world):
		day = stay.billed.date()
		yield (
			*head(entitlement_name(stay.number, place), stay.billed, RECEPTION),
			f"{SERVICES[bill.service].title} × {units}",
			patient_name(stay.patient),
			bill.service,
			stay.branch,
			"Active",
			units,
			bill.money.list_total,
			round_to(to_decimal(bill.money.list_total) / units),
			day,
			day + datetime.timedelta(days=VALID_DAYS),
			BILL,
			bill_name(stay.number),
		)


def entitlement_entries(world) -> Iterator[Row]:
	"""Clinic Entitlement Entry: the grant; nothing is used yet."""
	for stay, place, bill, units in _granted(world):
		yield (
			*head(f"bo-{stay.number:07d}-{place}", stay.billed, RECEPTION),
			entitlement_name(stay.number, place),
			patient_name(stay.patient),
			bill.service,
			"Grant",
			units,
			BILL,
			bill_name(stay.number),
			stay.billed,
		)


def _courses(world) -> Iterator[tuple[Stay, int, Bill, int]]:
	return (row for row in _granted(world) if SERVICES[row[2].service].sessions)


def _course_title(world, stay: Stay, bill: Bill, suffix: str) -> str:
	return f"{SERVICES[bill.service].title} · {world.people.full_names[stay.patient]} · {suffix}"


def plans(world) -> Iterator[Row]:
	"""Clinic Session Plan: of every course."""
	for stay, place, bill, units in _courses(world):
		yield (
			*head(f"bn-{stay.number:07d}", stay.billed, RECEPTION),
			_course_title(world, stay, bill, f"× {units}"),
			patient_name(stay.patient),
			bill.service,
			stay.practitioner,
			stay.branch,
			"Active",
			stay.billed.date(),
			units,
			INTERVAL_DAYS,
			1,
			entitlement_name(stay.number, place),
			BILL,
			bill_name(stay.number),
		)


def sessions(world) -> Iterator[Row]:
	"""Clinic Session: one a month."""
	for stay, place, bill, units in _courses(world):
		for number, day in enumerate(due_dates(stay.billed.date(), units, INTERVAL_DAYS), 1):
			yield (
				*head(f"bs-{stay.number:07d}-{number:02d}", stay.billed, RECEPTION),
				_course_title(world, stay, bill, f"session {number}"),
				f"bn-{stay.number:07d}",
				number,
				patient_name(stay.patient),
				bill.service,
				day,
				"Planned",
				stay.practitioner,
				entitlement_name(stay.number, place),
			)


def _grant_count(world) -> int:
	return world.books.debts + world.books.regular // 20


def _course_count(world) -> int:
	return world.books.regular // 20


_OF_ORIGIN = ("origin_doctype", "origin_name")
TABLES = [
	Table(
		"Clinic Entitlement",
		(
			"title",
			"patient",
			"service",
			"branch",
			"status",
			"quantity",
			"value",
			"unit_value",
			"valid_from",
			"valid_to",
			*_OF_ORIGIN,
		),
		entitlements,
		_grant_count,
	),
	Table(
		"Clinic Entitlement Entry",
		(
			"entitlement",
			"patient",
			"service",
			"kind",
			"quantity",
			"reference_doctype",
			"reference_name",
			"posted_at",
		),
		entitlement_entries,
		_grant_count,
	),
	Table(
		"Clinic Session Plan",
		(
			"title",
			"patient",
			"service",
			"practitioner",
			"branch",
			"status",
			"first_date",
			"session_count",
			"interval_days",
			"allowed_absence_count",
			"entitlement",
			*_OF_ORIGIN,
		),
		plans,
		_course_count,
	),
	Table(
		"Clinic Session",
		(
			"title",
			"session_plan",
			"session_no",
			"patient",
			"service",
			"date",
			"status",
			"practitioner",
			"entitlement",
		),
		sessions,
		lambda world: _course_count(world) * 6,
	),
]
