"""A visit for every patient who came, with or without an appointment."""

import datetime
from typing import Any

from clinic_core.demo.world import PAST_DAYS, Row, World
from clinic_core.foundation.jalali import jalali_month

from clinic_reception.demo import sales

WALK_INS_PAST, WALK_INS_TODAY = 60, 3
OPEN_STATES = ("Waiting", "Triaged", "In Service")


def build(world: World) -> None:
	"""Buffer visits, triages and what was sold on them, in the order in which people came."""
	stays = [
		_stay(world, a) for a in world.shared["appointments"] if a["status"] in ("Completed", "Admitted")
	]
	stays += _walk_ins(world)
	stays.sort(key=lambda stay: (stay["arrived_at"], stay["patient"]))
	open_count = 0
	for stay in stays:
		status, open_count = _status(world, stay, open_count)
		visit = _visit(world, stay, status)
		if stay["appointment"] in world.shared.get("closed_leads", {}):
			world.shared["closed_leads"][stay["appointment"]]["closing_visit"] = visit["name"]
		_triage(world, visit)
		sales.sell(world, visit, stay["service"])
	world.say(f"{len(stays)} visits")


def _stay(world: World, appointment: Row) -> dict[str, Any]:
	return {
		"appointment": appointment["name"],
		"patient": appointment["patient"],
		"patient_name": appointment["patient_name"],
		"branch": appointment["branch"],
		"service": appointment["service"],
		"practitioner": appointment["practitioner"],
		"arrived_at": appointment["admitted_at"],
		"ended_at": appointment["end"],
		"is_open": appointment["status"] == "Admitted",
	}


def _walk_ins(world: World) -> list[dict[str, Any]]:
	days = [world.rng.randrange(1, PAST_DAYS) for _ in range(WALK_INS_PAST)] + [0] * WALK_INS_TODAY
	stays = []
	for back in days:
		day = world.today - datetime.timedelta(days=back)
		person = world.rng.choice(world.shared["practitioners"])
		known = [p for p in world.shared["patients"] if p["creation"].date() <= day]
		patient = world.rng.choice(known or world.shared["patients"])
		came = datetime.datetime.combine(day, datetime.time(9, 30)) + datetime.timedelta(
			minutes=world.rng.randrange(300)
		)
		came = min(came, world.now - datetime.timedelta(minutes=10))
		stays.append(
			{
				"appointment": None,
				"patient": patient["name"],
				"patient_name": patient["full_name"],
				"branch": person["branch"],
				"service": world.rng.choice(person["services"]),
				"practitioner": person["name"],
				"arrived_at": came,
				"ended_at": came + datetime.timedelta(minutes=40),
				"is_open": back == 0,
			}
		)
	return stays


def _status(world: World, stay: dict[str, Any], open_count: int) -> tuple[str, int]:
	"""Past visits are closed; those of today that are open are spread over the board."""
	if stay["is_open"]:
		return OPEN_STATES[open_count % len(OPEN_STATES)], open_count + 1
	return ("Done" if stay["arrived_at"].date() == world.today else "Closed"), open_count


def _visit(world: World, stay: dict[str, Any], status: str) -> Row:
	service = stay["service"]
	kind = (
		"Review"
		if service.startswith("REVIEW")
		else "Consultation"
		if service.startswith("VISIT")
		else "Treatment"
	)
	return world.add(
		"Clinic Visit",
		stay["arrived_at"],
		world.user("reception"),
		patient=stay["patient"],
		patient_name=stay["patient_name"],
		branch=stay["branch"],
		appointment=stay["appointment"],
		visit_type=kind,
		status=status,
		arrived_at=stay["arrived_at"],
		practitioner=stay["practitioner"],
		department=world.shared["services"][service].department,
		closed_at=stay["ended_at"] if status == "Closed" else None,
		is_immediate=0 if stay["appointment"] else 1,
		jalali_month=jalali_month(stay["arrived_at"].date()),
	)


def _triage(world: World, visit: Row) -> None:
	if visit["status"] == "Waiting":
		return
	at = min(visit["arrived_at"] + datetime.timedelta(minutes=world.rng.randrange(3, 15)), world.now)
	world.add(
		"Clinic Triage",
		at,
		world.user("reception"),
		visit=visit["name"],
		patient=visit["patient"],
		patient_name=visit["patient_name"],
		kind="Treatment" if visit["visit_type"] == "Treatment" else "Consultation",
		practitioner=visit["practitioner"],
		department=visit["department"],
		status="Active" if visit["status"] in OPEN_STATES else "Done",
		triaged_at=at,
	)
