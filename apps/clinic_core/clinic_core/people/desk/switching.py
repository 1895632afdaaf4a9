"""Switching the person at a shared desk by PIN (G10)."""

import frappe
from frappe import _
from frappe.utils import now_datetime

from clinic_core.foundation import compat
from clinic_core.people.desk import covering, desks, journal, pins


class SecretRefusedError(frappe.ValidationError):
	"""A PIN or password that did not open."""

	http_status_code = 422


class NoSharedDeskError(frappe.ValidationError):
	"""This browser is no shared desk."""

	http_status_code = 422


def ask(member: str, pin: str) -> tuple[str, str | None, str | None]:
	"""Whether somebody may take over this desk with this PIN → (outcome, login, desk).

	Counts and notes what was wrong; the caller commits it. Who is not named for this desk is told the same
	as who mistyped. Raises NoSharedDeskError.
	"""
	desk = desks.current()
	if not desk:
		frappe.throw(_("This browser is no shared desk. A manager can register it."), NoSharedDeskError)
	found = {row.staff_member: row.user for row in desks.people_at(desk.name)}
	user = found.get(member)
	if not user:
		return pins.WRONG, None, desk.name
	outcome = pins.ask(member, pin)
	if outcome == pins.GOOD:
		frappe.db.set_value(desks.DOCTYPE, desk.name, "last_switch_at", now_datetime(), update_modified=False)
		journal.note("Switched", user=user, desk=desk.name, before=frappe.session.user)
	elif outcome in (pins.WRONG, pins.LOCKED):
		what = "Wrong PIN" if outcome == pins.WRONG else "PIN Locked"
		journal.note(what, user=user, desk=desk.name, before=frappe.session.user)
	return outcome, user, desk.name


def take_over(user: str) -> None:
	"""End the session of who was here and begin one of `user`: a new session, a new CSRF token."""
	covering.forget(frappe.session.sid)
	compat.change_person(user)


def refusal(outcome: str) -> str:
	"""Why the PIN did not open, for people."""
	return {
		pins.WRONG: _("This PIN is wrong."),
		pins.LOCKED: _("Too many wrong PINs. Please sign in with the password; that opens the PIN again."),
		pins.NONE: _("No PIN is set. Please use the password."),
		"over": _("Too many wrong tries. Please sign in again."),
	}[outcome]
