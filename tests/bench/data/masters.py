"""What is few: masters, schedules, users and counters, through the product's own documents."""

import datetime
from typing import Any

import frappe
from clinic_core.foundation import staff_desk
from clinic_core.foundation.counters import DOCTYPE as COUNTER
from clinic_core.foundation.jalali import jalali_year
from clinic_core.people.doctype.clinic_patient.clinic_patient import COUNTER as FILE_COUNTER
from frappe.utils.password import update_password

from tests.bench.data import money_tables, staff
from tests.bench.data.course_tables import INTERVAL_DAYS, VALID_DAYS
from tests.bench.data.diary import closed_weekday
from tests.bench.data.pipeline import TEAM

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
SCHEDULES_FROM_DAYS = 1500


def insert_all(world) -> None:
	"""Insert everything the bulk rows point to. The caller commits."""
	frappe.flags.mute_emails = True
	_users(world)
	_places(world)
	_services()
	_practitioners(world)
	_team(world)
	frappe.db.set_single_value("Clinic Settings", "default_branch", world.branches[0])
	frappe.db.set_single_value("Clinic Settings", "default_legal_entity", staff.MAIN_ENTITY)
	open_online()


def open_online() -> None:
	"""Visitors may book what is marked for it; sets loaded before there was /book are opened, too."""
	if not frappe.db.get_single_value("Clinic Settings", "online_booking"):
		frappe.db.set_single_value("Clinic Settings", "online_booking", 1)
		frappe.clear_document_cache("Clinic Settings", "Clinic Settings")


def _insert(doctype: str, **fields: Any) -> Any:
	"""One document; a seeded one of this code stays as it is."""
	if "code" in fields and frappe.db.exists(doctype, fields["code"]):
		return frappe.get_doc(doctype, fields["code"])
	return frappe.get_doc({"doctype": doctype, **fields}).insert(ignore_permissions=True)


def _users(world) -> None:
	logins = [(login, role) for role in staff.ROLES for login in world.logins(role)]
	for login, role in logins:
		email = staff.user(login)
		if frappe.db.exists("User", email):
			continue
		doc = frappe.get_doc(
			{
				"doctype": "User",
				"email": email,
				"first_name": login,
				"language": "fa",
				"send_welcome_email": 0,
				"simultaneous_sessions": 100,
				"module_profile": frappe.db.exists("Module Profile", staff_desk.NAME),
				"roles": [{"role": staff.ROLES[role]}],
			}
		)
		doc.flags.no_welcome_mail = True
		doc.insert(ignore_permissions=True)
		update_password(email, staff.PASSWORD)


def _places(world) -> None:
	_insert("Clinic Legal Entity", code=staff.SHOP_ENTITY, title=staff.BRANCH_TITLES["SHOP"])
	for branch in (*world.branches, staff.SHOP_BRANCH):
		entity = staff.SHOP_ENTITY if branch == staff.SHOP_BRANCH else staff.MAIN_ENTITY
		title = staff.BRANCH_TITLES[branch]
		_insert("Clinic Branch", code=branch, title=title, legal_entity=entity)
		_insert("Clinic Cash Desk", code=branch, title=f"صندوق {title}", branch=branch, legal_entity=entity)
	for code in world.tills:
		branch = world.branches[0]
		_insert("Clinic Cash Desk", code=code, title=code, branch=branch, legal_entity=staff.MAIN_ENTITY)
	for person in world.staff:
		title = f"{'دستگاه' if person.room_kind == 'Device' else 'اتاق'} {person.number + 1}"
		_insert("Clinic Resource", code=person.room, title=title, kind=person.room_kind, branch=person.branch)


def _services() -> None:
	for code, title, kind in staff.DEPARTMENTS:
		_insert("Clinic Department", code=code, title=title, kind=kind)
	for priority, service in enumerate(staff.SERVICES.values(), 1):
		course = {
			"is_session_based": 1,
			"session_count": service.sessions,
			"session_interval_days": INTERVAL_DAYS,
		}
		_insert(
			"Clinic Service",
			code=service.code,
			service_name=service.title,
			department=service.department,
			amount=service.amount,
			duration_minutes=service.minutes,
			priority=priority,
			resource_kind="Device" if service.on_device else "",
			bookable_online=1,
			entitlement_valid_days=VALID_DAYS,
			**(course if service.sessions else {}),
		)


def _practitioners(world) -> None:
	for person in world.staff:
		_insert(
			"Clinic Practitioner",
			code=person.code,
			practitioner_name=person.title,
			kind=person.kind,
			department=person.department,
			branch=person.branch,
			gender=person.gender,
			legal_entity=staff.MAIN_ENTITY,
			user=person.user,
			services=[{"service": service} for service in person.services],
		)
		_schedule(world, person)
	_insert(
		"Clinic Practitioner",
		**staff.SHOP_KEEPER,
		branch=staff.SHOP_BRANCH,
		legal_entity=staff.SHOP_ENTITY,
		services=[{"service": staff.SHOP_SERVICE}],
	)


def _schedule(world, person: staff.Practitioner) -> None:
	closed = closed_weekday(world.anchor)
	_insert(
		"Clinic Schedule",
		practitioner=person.code,
		valid_from=world.anchor - datetime.timedelta(days=SCHEDULES_FROM_DAYS),
		shifts=[
			{
				"weekday": day,
				"start": str(person.begins),
				"end": str(person.ends),
				"branch": person.branch,
				"kind": "Fixed",
				"gender": "Any",
				"resource": person.room,
			}
			for number, day in enumerate(WEEKDAYS)
			if number != closed
		],
	)


def _team(world) -> None:
	logins = [*world.logins("agent"), "consultant", "call"]
	members = [{"user": staff.user("crm"), "is_leader": 1}]
	members += [{"user": staff.user(login)} for login in logins]
	_insert("Clinic Team", code=TEAM, title="مشاوران آنلاین", members=members)


def set_counters(world) -> None:
	"""Let the next number of everything follow the loaded ones. The caller commits."""
	year = jalali_year(world.anchor)
	first = dict((y, n) for n, y in world.people.years)
	values = {f"{FILE_COUNTER}:{year}": world.size.patients - first.get(year, world.size.patients)}
	last = {
		"visit": world.books.count,
		"reception": world.books.count,
		"receipt": world.books.count * 2,
		"shift": len(money_tables.tills(world)),
	}
	for kind, value in last.items():
		for branch in (*world.branches, staff.SHOP_BRANCH):
			values[f"{kind}:{year}:{branch}"] = value
	frappe.db.bulk_insert(
		COUNTER,
		["name", "creation", "modified", "owner", "modified_by", "key", "value"],
		[
			(key, *[world.books.get(0).arrived] * 2, "Administrator", "Administrator", key, value)
			for key, value in values.items()
		],
	)
