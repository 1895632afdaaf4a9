"""Receptions of the demo clinic: services performed, courses sold, sessions used."""

import datetime
from decimal import Decimal
from typing import Any

from clinic_core.demo.world import Row, World
from clinic_core.foundation.jalali import jalali_month
from clinic_core.service_catalog import pricing

from clinic_reception.cash_desk import ledger
from clinic_reception.demo import books, courses, tills

NOW, LATER, USE = "Perform Now", "Sell for Later", "Use Purchased"


def sell(world: World, visit: Row, service: str) -> None:
	"""Buffer the reception of one visit with its ledger voucher, and how it was paid."""
	spec = world.shared["services"][service]
	reception = _head(world, visit)
	performed: dict[str, Decimal] = {}
	if spec.is_session_based:
		lines = _course_lines(world, visit, reception, spec, performed)
	else:
		discount = 10 if world.rng.random() < 0.12 and not spec.is_fixed_amount else 0
		lines = [_line(world, reception, visit, spec, NOW, 1, 1, discount)]
	_total(reception, lines)
	_post(world, reception, lines, performed)
	tills.collect(world, reception, service)


def _head(world: World, visit: Row) -> Row:
	at = min(visit["arrived_at"] + datetime.timedelta(minutes=2), world.now)
	return world.add(
		"Clinic Reception", at, world.user("reception"), visit=visit["name"], patient=visit["patient"],
		patient_name=visit["patient_name"], branch=visit["branch"], legal_entity=world.shared["legal_entity"],
		posted_at=at, status="Submitted", docstatus=1, jalali_month=jalali_month(at.date()),
	)  # fmt: skip


def _course_lines(
	world: World, visit: Row, reception: Row, spec: Any, performed: dict[str, Decimal]
) -> list[Row]:
	"""Use a session that was bought; sell a course first if none is left."""
	lines = []
	course = courses.open_course(world, visit["patient"], spec.name)
	if not course:
		line = _line(world, reception, visit, spec, LATER, 1, 1)
		course = courses.grant(world, visit, reception, spec, line)
		line.update(entitlement=course["entitlement"]["name"], session_plan=course["plan"]["name"])
		lines.append(line)
	line = _line(world, reception, visit, spec, USE, 1, len(lines) + 1)
	line["entitlement"] = course["entitlement"]["name"]
	performed[line["name"]], line["session"] = courses.use(world, course, visit, reception)
	return [*lines, line]


def _line(
	world: World,
	reception: Row,
	visit: Row,
	spec: Any,
	action: str,
	quantity: int,
	idx: int,
	discount: int = 0,
) -> Row:
	terms = pricing.Terms(
		amount=Decimal(int(spec.amount)), tax_percent=Decimal(str(spec.tax_percent or 0)),
		is_countable=True, is_session_based=bool(spec.is_session_based),
	)  # fmt: skip
	price = pricing.quote(terms, quantity, discount)
	is_sold = action != USE
	return world.add_child(
		"Clinic Reception Line", reception, "Clinic Reception", "lines", idx=idx, service=spec.name, action=action,
		quantity=quantity, practitioner=visit["practitioner"], discount_percent=discount,
		department=spec.department, legal_entity=world.shared["legal_entity"], list_price=float(price.list_price),
		unit_price=float(price.unit_price), list_total=float(price.list_total) * is_sold,
		discount=float(price.discount) * is_sold, tax=float(price.tax) * is_sold,
		rounding=float(price.rounding) * is_sold, insurer_share=0, patient_share=float(price.patient_share) * is_sold,
		total=float(price.total) * is_sold, entitlement=None, session=None, session_plan=None, docstatus=1,
	)  # fmt: skip


def _total(reception: Row, lines: list[Row]) -> None:
	for field in ("list_total", "discount", "tax", "rounding", "insurer_share", "patient_share", "total"):
		reception[field] = sum(line[field] for line in lines)
	reception["outstanding"] = reception["patient_share"]


def _post(world: World, reception: Row, lines: list[Row], performed: dict[str, Decimal]) -> None:
	base = books.carrier(world, reception["patient"], reception["branch"])
	entries = []
	for line in lines:
		about = books.about_line(base, line, reception["name"])
		if line["action"] == USE:
			entries += ledger.performance(about, performed[line["name"]])
			continue
		entries += ledger.sale(
			[
				ledger.SaleLine(
					about, line["list_total"], line["patient_share"], (), line["discount"],
					line["tax"], line["list_total"] if line["action"] == NOW else 0,
				)
			]
		)  # fmt: skip
	books.post(world, "Clinic Reception", reception, reception["posted_at"], entries)
