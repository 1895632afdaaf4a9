"""Rows of visits and bills. Pure; what they granted is in `course_tables`, money in `money_tables`."""

import datetime
import json
from collections.abc import Iterator
from functools import cache

from clinic_core.foundation.money import to_decimal
from clinic_core.service_catalog.pricing import Terms, quote

from tests.bench.data.books import OPEN_STATES, Stay
from tests.bench.data.rows import CHILD, RECEPTION, Row, Table, head, jalali_month, number_of
from tests.bench.data.shapes import LATER, Bill
from tests.bench.data.staff import SERVICES

VISIT, BILL = "Clinic Visit", "Clinic Reception"


def visit_name(number: int) -> str:
	"""Name of a stay's visit."""
	return f"bv-{number:07d}"


def bill_name(number: int) -> str:
	"""Name of a stay's reception."""
	return f"br-{number:07d}"


def entitlement_name(number: int, place: int) -> str:
	"""Name of what line `place` of a stay's bill grants."""
	return f"be-{number:07d}-{place}"


def patient_name(number: int) -> str:
	"""Name of a patient."""
	return f"bp-{number:07d}"


def stays(world) -> Iterator[Stay]:
	"""All stays in order."""
	for number in range(world.books.count):
		yield world.books.get(number)


def visits(world) -> Iterator[Row]:
	"""Clinic Visit."""
	names = world.people.full_names
	for stay in stays(world):
		closed = stay.arrived + datetime.timedelta(minutes=40) if stay.status == "Closed" else None
		department = SERVICES[stay.service].department
		yield (
			*head(visit_name(stay.number), stay.arrived, RECEPTION),
			number_of(stay.branch, stay.arrived, stay.number + 1),
			patient_name(stay.patient),
			names[stay.patient],
			stay.branch,
			stay.appointment.name if stay.appointment else None,
			"Consultation" if department == "SKIN" else "Treatment",
			stay.status,
			stay.arrived,
			0 if stay.appointment else 1,
			stay.practitioner,
			department,
			closed,
			jalali_month(stay.arrived.date()),
		)


def triages(world) -> Iterator[Row]:
	"""Clinic Triage: of everybody who does not wait."""
	names = world.people.full_names
	for stay in stays(world):
		if stay.status == "Waiting":
			continue
		at = stay.arrived + datetime.timedelta(minutes=4)
		department = SERVICES[stay.service].department
		yield (
			*head(f"bw-{stay.number:07d}", at, RECEPTION),
			visit_name(stay.number),
			patient_name(stay.patient),
			names[stay.patient],
			"Consultation" if department == "SKIN" else "Treatment",
			stay.practitioner,
			department,
			"Active" if stay.status in OPEN_STATES else "Done",
			at,
		)


def receptions(world) -> Iterator[Row]:
	"""Clinic Reception: one bill for each stay."""
	names = world.people.full_names
	for stay in stays(world):
		money = [bill.money for bill in stay.booked.bills]
		share = stay.booked.total
		yield (
			*head(bill_name(stay.number), stay.billed, RECEPTION),
			1,
			number_of(stay.branch, stay.billed, stay.number + 1),
			visit_name(stay.number),
			patient_name(stay.patient),
			names[stay.patient],
			stay.branch,
			stay.entity,
			stay.billed,
			"Submitted",
			jalali_month(stay.billed.date()),
			sum(m.list_total for m in money),
			sum(m.discount for m in money),
			share,
			share,
			share - stay.booked.paid_total,
		)


@cache
def explanation(bill: Bill, discount_percent: int) -> str:
	"""How a line was priced, as the product keeps it."""
	terms = Terms(amount=to_decimal(SERVICES[bill.service].amount), is_session_based=True)
	lines = []
	for line in quote(terms, 1, discount_percent).lines:
		params = {key: int(value) for key, value in line.params.items()}
		if line.code == "list_price":
			label, why = "List price", f"{params['quantity']:,} × {params['unit_price']:,}"
		else:
			label, why = "Discount", f"{params['percent']:,}% of {params['of']:,}"
		lines.append(
			{"code": line.code, "label": label, "amount": int(line.amount), "why": why, "params": params}
		)
	return json.dumps(lines, ensure_ascii=False)


def bill_lines(world) -> Iterator[Row]:
	"""Clinic Reception Line."""
	for stay in stays(world):
		for place, bill in enumerate(stay.booked.bills):
			discount = stay.shape.discount if place == 0 else 0
			amount = SERVICES[bill.service].amount
			grants = bill.action == LATER
			plans = grants and SERVICES[bill.service].sessions
			yield (
				*head(f"bx-{stay.number:07d}-{place}", stay.billed, RECEPTION),
				1,
				bill_name(stay.number),
				BILL,
				"lines",
				place + 1,
				bill.service,
				bill.action,
				1,
				stay.practitioner,
				discount,
				SERVICES[bill.service].department,
				stay.entity,
				amount,
				amount,
				bill.money.list_total,
				bill.money.discount,
				bill.money.patient_share,
				bill.money.patient_share,
				entitlement_name(stay.number, place) if grants else None,
				f"bn-{stay.number:07d}" if plans else None,
				explanation(bill, discount),
			)


def _stay_count(world) -> int:
	return world.books.count


TABLES = [
	Table(
		VISIT,
		(
			"visit_no",
			"patient",
			"patient_name",
			"branch",
			"appointment",
			"visit_type",
			"status",
			"arrived_at",
			"is_immediate",
			"practitioner",
			"department",
			"closed_at",
			"jalali_month",
		),
		visits,
		_stay_count,
	),
	Table(
		"Clinic Triage",
		(
			"visit",
			"patient",
			"patient_name",
			"kind",
			"practitioner",
			"department",
			"status",
			"triaged_at",
		),
		triages,
		_stay_count,
	),
	Table(
		BILL,
		(
			"docstatus",
			"reception_no",
			"visit",
			"patient",
			"patient_name",
			"branch",
			"legal_entity",
			"posted_at",
			"status",
			"jalali_month",
			"list_total",
			"discount",
			"total",
			"patient_share",
			"outstanding",
		),
		receptions,
		_stay_count,
	),
	Table(
		"Clinic Reception Line",
		(
			"docstatus",
			*CHILD,
			"service",
			"action",
			"quantity",
			"practitioner",
			"discount_percent",
			"department",
			"legal_entity",
			"list_price",
			"unit_price",
			"list_total",
			"discount",
			"patient_share",
			"total",
			"entitlement",
			"session_plan",
			"explanation",
		),
		bill_lines,
		_stay_count,
	),
]
