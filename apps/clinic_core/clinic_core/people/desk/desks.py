"""Shared desks: which browser is one, and who may sit at it (G10). Permission-free.

A manager registers a browser: it gets a long random secret in a cookie that scripts cannot read, the
server keeps its hash where passwords are kept. Registering again makes the old secret useless.
"""

import datetime
import secrets
from typing import Any

import frappe
from frappe.utils import now_datetime
from frappe.utils.password import check_password, delete_all_passwords_for, update_password

from clinic_core.foundation import settings
from clinic_core.people.desk import journal
from clinic_core.people.staff import people_of

DOCTYPE = "Clinic Shared Desk"
FIELD = "device"
COOKIE = "clinic_desk"
COOKIE_DAYS = 400
_DIVIDER = "."


def register(desk: str) -> None:
	"""Make the browser of this request the desk's."""
	token = secrets.token_urlsafe(32)
	update_password(desk, token, DOCTYPE, FIELD)
	frappe.db.set_value(
		DOCTYPE, desk, {"registered_at": now_datetime(), "registered_by": frappe.session.user}
	)
	journal.note("Registered", user=frappe.session.user, desk=desk)
	expires = datetime.datetime.now() + datetime.timedelta(days=COOKIE_DAYS)
	frappe.local.cookie_manager.set_cookie(
		COOKIE, f"{desk}{_DIVIDER}{token}", expires=expires, httponly=True, samesite="Strict"
	)


def unregister(desk: str) -> None:
	"""No browser is this desk any more."""
	delete_all_passwords_for(DOCTYPE, desk)
	frappe.db.set_value(DOCTYPE, desk, {"registered_at": None, "registered_by": None})
	journal.note("Unregistered", user=frappe.session.user, desk=desk)


def current() -> frappe._dict | None:
	"""The active desk this browser is, {name, title, branch, idle_minutes}, or None."""
	cookie = frappe.request.cookies.get(COOKIE) if getattr(frappe.local, "request", None) else None
	name, divider, token = (cookie or "").partition(_DIVIDER)
	if not divider or not token:
		return None
	row = frappe.db.get_value(
		DOCTYPE, name, ["name", "title", "branch", "idle_minutes", "is_active"], as_dict=True
	)
	if not row or not row.is_active:
		return None
	try:
		check_password(name, token, DOCTYPE, FIELD, delete_tracker_cache=False)
	except frappe.AuthenticationError:
		return None
	return row


def people_at(desk: str) -> list[dict[str, Any]]:
	"""Who may switch at a desk: {staff_member, full_name, photo, user, has_pin}, by name. One query.

	Who left, may not sign in, or is a System Manager is not among them.
	"""
	row, person = frappe.qb.DocType("Clinic Shared Desk Person"), frappe.qb.DocType(people_of.DOCTYPE)
	user, role = frappe.qb.DocType("User"), frappe.qb.DocType("Has Role")
	rulers = (
		frappe.qb.from_(role)
		.select(role.parent)
		.where((role.parenttype == "User") & (role.role == "System Manager"))
	)
	return (
		frappe.qb.from_(row)
		.join(person)
		.on(person.name == row.staff_member)
		.join(user)
		.on(user.name == person.user)
		.select(person.name.as_("staff_member"), person.full_name, person.photo, person.user, person.has_pin)
		.where((row.parent == desk) & (row.parenttype == DOCTYPE))
		.where((user.enabled == 1) & (person.login_allowed == 1) & (person.status != "Departed"))
		.where(person.user.notin(rulers) & (person.user != "Administrator"))
		.orderby(person.full_name)
		.run(as_dict=True)
	)


def idle_minutes(desk: frappe._dict | None) -> int:
	"""After how many minutes the screen is covered; 0: never."""
	own = int(desk.idle_minutes or 0) if desk else 0
	return own or int(settings.get("idle_lock_minutes") or 0)
