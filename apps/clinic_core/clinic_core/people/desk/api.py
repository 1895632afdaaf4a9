"""Endpoints of the shared desk: who sits here, covering, uncovering, switching, PINs (G10)."""

from typing import Any

import frappe
from frappe import _

from clinic_core.foundation import boundary, compat, roles, wire
from clinic_core.foundation.errors import refuse_input
from clinic_core.people.desk import covering, desks, pins, switching
from clinic_core.people.staff import access, people_of

_API = "clinic_core.people.desk.api"


@frappe.whitelist(methods=["GET"])
def state() -> dict[str, Any]:
	"""What the screen has to know → {covered, idle_minutes, desk, me, people}; answered to a covered one too."""
	_require_staff()
	desk = desks.current()
	member = people_of.member_of(frappe.session.user)
	has_pin = bool(member and frappe.db.get_value(people_of.DOCTYPE, member, "has_pin"))
	people = desks.people_at(desk.name) if desk else []
	return {
		"covered": covering.is_covered(frappe.session.sid),
		"idle_minutes": desks.idle_minutes(desk),
		"desk": {"name": desk.name, "title": desk.title} if desk else None,
		"me": {"full_name": frappe.utils.get_fullname(), "has_pin": has_pin, "staff_member": member},
		"people": [
			{
				"staff_member": row.staff_member,
				"full_name": row.full_name,
				"photo": row.photo,
				"has_pin": bool(row.has_pin),
			}
			for row in people
			if row.user != frappe.session.user
		],
	}


@frappe.whitelist(methods=["POST"])
def cover(how: str, idempotency_key: str | None = None) -> dict[str, Any]:
	"""Cover the screen of this session, in all its tabs → {covered}. `how`: `idle` or `hand`."""
	_require_staff()
	if how not in ("idle", "hand"):
		refuse_input(_("How"), _("Send idle or hand."))
	boundary.command(f"{_API}.cover", idempotency_key, covering.cover)
	return {"covered": True}


@frappe.whitelist(methods=["POST"])
def uncover(pin: str | None = None, password: str | None = None) -> dict[str, Any]:
	"""Uncover with PIN or password → {covered}; after five wrong tries the session is over.

	No idempotency key: every try counts.
	"""
	_require_staff()
	outcome = boundary.command(f"{_API}.uncover", None, lambda: covering.uncover(pin, password))
	if outcome == pins.GOOD:
		return {"covered": False}
	if outcome == "over":
		covering.forget(frappe.session.sid)
		compat.end_session()
	frappe.throw(switching.refusal(outcome), switching.SecretRefusedError)


@frappe.whitelist(methods=["POST"])
def switch(staff_member: str, pin: str) -> dict[str, Any]:
	"""Let another person of this desk take over → {user, home_page}; a new session begins.

	No idempotency key: every try counts.
	"""
	_require_staff()
	if "System Manager" in frappe.get_roles():
		frappe.throw(_("A System Manager does not share a desk."), frappe.PermissionError)
	outcome, user, _desk = boundary.command(f"{_API}.switch", None, lambda: switching.ask(staff_member, pin))
	if outcome != pins.GOOD:
		frappe.throw(switching.refusal(outcome), switching.SecretRefusedError)
	switching.take_over(user)
	return {"user": user}


@frappe.whitelist(methods=["POST"])
def set_my_pin(pin: str, password: str, idempotency_key: str | None = None) -> dict[str, Any]:
	"""Set one's own PIN; the password proves that it is oneself → {has_pin}."""
	_require_staff()
	member = people_of.member_of(frappe.session.user)
	if not member:
		refuse_input(_("PIN"), _("Your login belongs to no staff member yet."))
	if not compat.password_is_right(frappe.session.user, password):
		frappe.throw(_("The password is wrong."), switching.SecretRefusedError)
	boundary.command(f"{_API}.set_my_pin", idempotency_key, lambda: pins.set_pin(member, pin))
	return {"has_pin": True}


@frappe.whitelist(methods=["POST"])
def remove_pin(staff_member: str, idempotency_key: str | None = None) -> dict[str, Any]:
	"""A manager takes away a PIN, for example a forgotten one → {has_pin}."""
	wire.require_permission(people_of.DOCTYPE, "write", staff_member)
	access.check_reach(frappe.get_doc(people_of.DOCTYPE, staff_member))
	boundary.command(
		f"{_API}.remove_pin",
		idempotency_key,
		lambda: pins.remove(staff_member),
		content={"staff_member": staff_member},
	)
	return {"has_pin": False}


@frappe.whitelist(methods=["POST"])
def register_desk(shared_desk: str, idempotency_key: str | None = None) -> dict[str, Any]:
	"""Make this browser the shared desk → {desk}; the cookie that says so is not for scripts."""
	wire.require_permission(desks.DOCTYPE, "write", shared_desk)
	boundary.command(
		f"{_API}.register_desk",
		idempotency_key,
		lambda: desks.register(shared_desk),
		content={"desk": shared_desk},
	)
	return {"desk": shared_desk}


@frappe.whitelist(methods=["POST"])
def unregister_desk(shared_desk: str, idempotency_key: str | None = None) -> dict[str, Any]:
	"""No browser is this desk any more → {desk}."""
	wire.require_permission(desks.DOCTYPE, "write", shared_desk)
	boundary.command(
		f"{_API}.unregister_desk",
		idempotency_key,
		lambda: desks.unregister(shared_desk),
		content={"desk": shared_desk},
	)
	return {"desk": shared_desk}


def _require_staff() -> None:
	if frappe.session.user == "Guest" or not (roles.STAFF | {"System Manager"}) & set(frappe.get_roles()):
		frappe.throw(_("This is for the staff."), frappe.PermissionError)
