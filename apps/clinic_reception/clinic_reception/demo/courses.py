"""Courses of sessions in the demo clinic: what was sold, planned and used."""

import datetime
from decimal import Decimal
from typing import Any

from clinic_core.demo.world import Row, World

from clinic_reception.cash_desk import ledger


def open_course(world: World, patient: str, service: str) -> dict[str, Any] | None:
	"""The course a patient still has sessions of, None if there is none."""
	course = world.shared.setdefault("courses", {}).get((patient, service))
	return course if course and course["used"] < course["entitlement"]["quantity"] else None


def grant(world: World, visit: Row, reception: Row, spec: Any, line: Row) -> dict[str, Any]:
	"""Buffer the entitlement a sale grants, with its plan of dated sessions."""
	units = int(spec.session_count or 1) * int(line["quantity"])
	at, day = reception["posted_at"], reception["posted_at"].date()
	entitlement = world.add(
		"Clinic Entitlement", at, reception["owner"], title=f"{spec.service_name} × {units}",
		patient=visit["patient"], service=spec.name, branch=visit["branch"], status="Active",
		quantity=units,
		value=line["list_total"],
		unit_value=round(line["list_total"] / units), valid_from=day,
		valid_to=day + datetime.timedelta(days=spec.entitlement_valid_days or 365),
		origin_doctype="Clinic Reception", origin_name=reception["name"],
	)  # fmt: skip
	_entry(world, entitlement, "Grant", units, at, reception)
	plan = _plan(world, visit, reception, spec, entitlement)
	course = {
		"entitlement": entitlement, "plan": plan, "used": 0, "earned": Decimal(0),
		"sessions": _sessions(world, plan, entitlement), "value": Decimal(str(line["list_total"])),
	}  # fmt: skip
	world.shared["courses"][(visit["patient"], spec.name)] = course
	return course


def _plan(world: World, visit: Row, reception: Row, spec: Any, entitlement: Row) -> Row:
	return world.add(
		"Clinic Session Plan", reception["posted_at"], reception["owner"], title=entitlement["title"],
		patient=visit["patient"], service=spec.name, practitioner=visit["practitioner"], branch=visit["branch"],
		status="Active", first_date=reception["posted_at"].date(), session_count=spec.session_count,
		interval_days=spec.session_interval_days or 30, allowed_absence_count=spec.allowed_absence_count or 0,
		entitlement=entitlement["name"], origin_doctype="Clinic Reception", origin_name=reception["name"],
	)  # fmt: skip


def _sessions(world: World, plan: Row, entitlement: Row) -> list[Row]:
	return [
		world.add(
			"Clinic Session",
			plan["creation"],
			plan["owner"],
			title=f"{plan['title']} {number}",
			session_plan=plan["name"],
			session_no=number,
			patient=plan["patient"],
			service=plan["service"],
			date=plan["first_date"] + datetime.timedelta(days=plan["interval_days"] * (number - 1)),
			status="Planned",
			practitioner=plan["practitioner"],
			appointment=None,
			entitlement=entitlement["name"],
		)
		for number in range(1, plan["session_count"] + 1)
	]


def use(world: World, course: dict[str, Any], visit: Row, reception: Row) -> tuple[Decimal, str]:
	"""Use one session. Returns the value it earns and the name of the session."""
	entitlement, session = course["entitlement"], course["sessions"][course["used"]]
	course["used"] += 1
	session.update(
		status="Attended", date=reception["posted_at"].date(), appointment=visit["appointment"],
		practitioner=visit["practitioner"],
	)  # fmt: skip
	_entry(world, entitlement, "Consume", -1, reception["posted_at"], reception)
	value = ledger.earned_share(course["value"], entitlement["quantity"], course["used"], course["earned"])
	course["earned"] += value
	if course["used"] >= entitlement["quantity"]:
		entitlement["status"], course["plan"]["status"] = "Used Up", "Completed"
	return value, session["name"]


def _entry(
	world: World, entitlement: Row, kind: str, quantity: float, at: datetime.datetime, reception: Row
) -> None:
	world.add(
		"Clinic Entitlement Entry", at, reception["owner"], entitlement=entitlement["name"],
		patient=entitlement["patient"], service=entitlement["service"], kind=kind, quantity=quantity,
		reference_doctype="Clinic Reception", reference_name=reception["name"], posted_at=at,
	)  # fmt: skip
