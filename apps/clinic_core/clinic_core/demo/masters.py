"""Branches, departments, services, rooms and practitioners of the demo clinic."""

import datetime
from typing import Any

import frappe

from clinic_core.demo import shares
from clinic_core.demo.catalog import AREAS, DEPARTMENTS, RESOURCES, SERVICES
from clinic_core.demo.roster import PRACTITIONERS
from clinic_core.demo.world import World
from clinic_core.seeds import SEEDS

SECOND_BRANCH = "WEST"
TITLES = {
	"Clinic": ("کلینیک سپید", "Sepid Clinic"),
	"Main branch": ("شعبهٔ ولیعصر", "Valiasr branch"),
	"Walk-in": ("مراجعهٔ حضوری", "Walk-in"),
	"Friends and family": ("دوستان و آشنایان", "Friends and family"),
	"Referred by a doctor": ("معرفی پزشک", "Referred by a doctor"),
	"Instagram": ("اینستاگرام", "Instagram"),
	"Website": ("وب‌سایت", "Website"),
	"Search engine": ("موتور جست‌وجو", "Search engine"),
	"Advertisement": ("آگهی", "Advertisement"),
	"Other": ("سایر", "Other"),
}


def build(world: World) -> None:
	"""Insert the masters and leave `branches`, `services`, `practitioners`, `sources` in `shared`."""
	retitle(world, SEEDS, TITLES)
	entity = "MAIN" if frappe.db.exists("Clinic Legal Entity", "MAIN") else _first_entity(world)
	first = "MAIN" if frappe.db.exists("Clinic Branch", "MAIN") else _branch(world, "MAIN", entity)
	world.shared["legal_entity"] = entity
	world.shared["branches"] = [first, _branch(world, SECOND_BRANCH, entity)]
	for field, value in (
		("default_branch", first),
		("default_legal_entity", entity),
		("online_booking", 1),
		("payment_gateway", "Console"),
		("my_page", 1),
	):
		if not frappe.db.get_single_value("Clinic Settings", field):
			world.change("Clinic Settings", "Clinic Settings", field, value)
	world.shared["sources"] = frappe.get_all(
		"Clinic Referral Source", filters={"is_active": 1, "is_group": 0}, pluck="name", order_by="name asc"
	)
	_departments(world)
	_services(world)
	_resources(world)
	_practitioners(world)
	shares.build(world)


def retitle(
	world: World, seeds: list[tuple[str, list[dict[str, Any]]]], titles: dict[str, tuple[str, str]]
) -> None:
	"""Give seeded masters that nobody has renamed a title in the clinic's language."""
	for doctype, records in seeds:
		for record in records:
			title, name = record.get("title"), record.get("code")
			if title in titles and frappe.db.get_value(doctype, name, "title") == title:
				world.change(doctype, name, "title", world.text(titles[title]))


def _first_entity(world: World) -> str:
	return world.master("Clinic Legal Entity", "SEPID", title=world.text(TITLES["Clinic"]))


def _branch(world: World, code: str, entity: str) -> str:
	title = TITLES["Main branch"] if code == "MAIN" else ("شعبهٔ سعادت‌آباد", "Saadat Abad branch")
	return world.master("Clinic Branch", code, title=world.text(title), legal_entity=entity, colour="#12B886")


def _departments(world: World) -> None:
	for priority, (code, title, kind, colour) in enumerate(DEPARTMENTS, start=1):
		name = _free_title(world.text(title), code)
		world.master("Clinic Department", code, title=name, kind=kind, colour=colour, priority=priority)
	world.say(f"{len(DEPARTMENTS)} departments")


def _free_title(title: str, code: str) -> str:
	"""The title, or another one if the clinic has a department of its own that is called so."""
	number = 2
	free = title
	while frappe.db.exists("Clinic Department", {"title": free, "name": ("!=", code)}):
		free = f"{title} ({number})"
		number += 1
	return free


def _services(world: World) -> None:
	for priority, (code, department, title, amount, minutes, more) in enumerate(SERVICES, start=1):
		world.master(
			"Clinic Service",
			code,
			service_name=world.text(title),
			department=department,
			amount=amount,
			duration_minutes=minutes,
			priority=priority,
			areas=_areas(world, code),
			**more,
		)
	world.shared["services"] = {
		row.name: row
		for row in frappe.get_all(
			"Clinic Service",
			filters={"name": ("in", [service[0] for service in SERVICES])},
			fields=[
				"name",
				"service_name",
				"department",
				"amount",
				"duration_minutes",
				"is_session_based",
				"session_count",
				"session_interval_days",
				"allowed_absence_count",
				"entitlement_valid_days",
				"resource_kind",
				"gender",
				"tax_percent",
				"is_fixed_amount",
				"status",
			],
			order_by="name asc",
		)
	}
	world.say(f"{len(SERVICES)} services")


def _areas(world: World, service: str) -> list[dict[str, Any]]:
	return [
		{
			"title": world.text(title),
			"amount": amount,
			"duration_minutes": minutes,
			"session_count": sessions,
			"is_active": 1,
		}
		for title, amount, minutes, sessions in AREAS.get(service, ())
	]


def _resources(world: World) -> None:
	branches = world.shared["branches"]
	for code, title, kind, branch, gender in RESOURCES:
		world.master(
			"Clinic Resource",
			code,
			title=world.text(title),
			kind=kind,
			branch=branches[branch],
			gender=gender,
		)


def _practitioners(world: World) -> None:
	"""Practitioners with their services and one dated schedule each."""
	branches, people = world.shared["branches"], []
	for spec in PRACTITIONERS:
		full_name = " ".join(filter(None, (world.text(spec[part]) for part in ("title", "given", "family"))))
		world.master(
			"Clinic Practitioner",
			spec["code"],
			practitioner_name=full_name,
			kind=spec["kind"],
			department=spec["department"],
			gender=spec["gender"],
			branch=branches[spec["branch"]],
			legal_entity=world.shared["legal_entity"],
			user=_login(world, spec),
			colour=spec["colour"],
			services=[{"service": service} for service in spec["services"]],
		)
		people.append(
			{**spec, "name": spec["code"], "full_name": full_name, "branch": branches[spec["branch"]]}
		)
		_schedule(world, people[-1])
	world.shared["practitioners"] = people
	world.say(f"{len(people)} practitioners with schedules")


def _login(world: World, spec: dict[str, Any]) -> str | None:
	login = world.user(spec["user"]) if spec.get("user") else None
	taken = login and frappe.db.exists("Clinic Practitioner", {"user": login})
	return None if taken else login


def _schedule(world: World, person: dict[str, Any]) -> None:
	if frappe.db.exists("Clinic Schedule", {"practitioner": person["name"]}):
		return
	world.document(
		"Clinic Schedule",
		practitioner=person["name"],
		valid_from=world.today - datetime.timedelta(days=120),
		shifts=[
			{
				"weekday": day,
				"start": hours[0],
				"end": hours[1],
				"branch": person["branch"],
				"kind": "Fixed",
				"gender": gender,
				"resource": resource,
			}
			for days, hours, gender, resource in person["shifts"]
			for day in days
		],
	)
