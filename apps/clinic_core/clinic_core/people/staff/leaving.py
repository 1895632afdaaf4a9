"""Leave of the centre and coming back (2.1 "Staff"). Permission-free, inside the caller's transaction.

On the day: the login is off and its sessions over, the PIN is gone, the practitioner inactive, schedules
end. User Permissions stay for the history. What was changed is remembered, so that “Rejoin” undoes it.
Appointments are not touched: `reassignment.py` lists them.
"""

import datetime
import json
from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import add_days, escape_html, getdate

from clinic_core.foundation import events
from clinic_core.foundation.errors import ForbiddenMoveError, refuse_input
from clinic_core.foundation.locks import lock_rows
from clinic_core.people.desk import pins
from clinic_core.people.staff import access, invites, people_of, reassignment

DOCTYPE = people_of.DOCTYPE
PRACTITIONER, SCHEDULE = "Clinic Practitioner", "Clinic Schedule"
ACTIVE, LEAVING, LEFT = "Active", "Leaving", "Departed"


def preview(member: str, on: datetime.date) -> dict[str, Any]:
	"""What would be touched: {full_name, appointments, schedules, colleagues}."""
	person = frappe.get_doc(DOCTYPE, member)
	colleagues = frappe.get_all(
		DOCTYPE,
		{"status": ACTIVE, "name": ("!=", member), "user": ("is", "set")},
		["name", "full_name"],
		order_by="full_name asc",
	)
	return {
		"full_name": person.full_name,
		"practitioner": person.practitioner,
		"appointments": reassignment.count(person.practitioner, on) if person.practitioner else 0,
		"schedules": len(_schedules(person.practitioner, on)) if person.practitioner else 0,
		"colleagues": colleagues,
	}


def leave(
	member: str, on: datetime.date | None, reason: str, hand_over_to: str | None = None
) -> dict[str, Any]:
	"""Somebody leaves on a day: today and earlier at once, later by the night before."""
	if not on:
		refuse_input(_("Date"), _("Please give a date as YYYY-MM-DD."))
	if not (reason or "").strip():
		refuse_input(_("Reason"), _("Please say why."))
	person = _locked(member)
	if person.status == LEFT:
		_refuse_move(_("{0} has left already.").format(escape_html(person.full_name)))
	_check_may_leave(person)
	successor = _successor(member, hand_over_to)
	person.left_on, person.leaving_reason = on, reason.strip()
	person.kept_schedules = json.dumps(_end_work(person.practitioner, on))
	person.status = LEFT if on <= getdate() else LEAVING
	_save(person)
	if person.status == LEFT:
		_close(person)
	events.emit(
		"clinic_staff_left",
		staff_member=member,
		user=person.user,
		practitioner=person.practitioner,
		on=str(on),
		successor=successor,
	)
	left = reassignment.count(person.practitioner, on) if person.practitioner else 0
	return {"status": person.status, "appointments": left, "practitioner": person.practitioner}


def rejoin(member: str) -> dict[str, Any]:
	"""Undo the leave: login on, practitioner active, schedules as they were. A PIN is set anew."""
	person = _locked(member)
	if person.status not in (LEFT, LEAVING):
		_refuse_move(_("{0} works here.").format(escape_html(person.full_name)))
	_restore_work(person.practitioner, json.loads(person.kept_schedules or "[]"))
	person.status, person.left_on, person.leaving_reason, person.kept_schedules = ACTIVE, None, None, None
	person.flags.check_access = True
	person.flags.written_by_us = True
	person.save(ignore_permissions=True)
	return {"status": person.status}


def run_night() -> int:
	"""Close the logins of those whose last day is over (night job). Returns how many."""
	due = frappe.get_all(
		DOCTYPE,
		{"status": LEAVING, "left_on": ("<=", getdate())},
		pluck="name",
		order_by="name asc",
	)
	for member in due:
		person = _locked(member)
		person.status = LEFT
		_save(person)
		_close(person)
		if person.practitioner:
			frappe.db.set_value(PRACTITIONER, person.practitioner, "is_active", 0)
	return len(due)


def _locked(member: str) -> Document:
	lock_rows([(DOCTYPE, member)])
	return frappe.get_doc(DOCTYPE, member)


def _check_may_leave(person: Document) -> None:
	"""The form's own rule: not oneself as manager, not the last one; and nobody signs himself out for good."""
	if person.user and person.user == frappe.session.user:
		refuse_input(_("Staff member"), _("You would lock yourself out. Another manager can do this."))
	as_left = frappe.copy_doc(person)
	as_left.user, as_left.status, as_left.login_allowed = person.user, LEFT, 0
	access.check(as_left)


def _successor(member: str, hand_over_to: str | None) -> str | None:
	if not hand_over_to:
		return None
	row = frappe.db.get_value(DOCTYPE, hand_over_to, ["user", "status"], as_dict=True)
	if hand_over_to == member or not row or row.status == LEFT or not row.user:
		refuse_input(_("Hand over to"), _("Choose somebody who works here and signs in."))
	return row.user


def _save(person: Document) -> None:
	"""Write the state; the login is closed by `_close`, whose rules were asked already."""
	person.flags.check_access = False
	person.flags.written_by_us = True
	person.save(ignore_permissions=True)


def _close(person: Document) -> None:
	invites.revoke(person.name)
	if person.has_pin:
		pins.remove(person.name)
	if person.user:
		access.switch(person.user, on=False)


def _end_work(practitioner: str | None, on: datetime.date) -> list[dict[str, Any]]:
	"""End what reaches beyond the last day. Returns what it was before."""
	if not practitioner:
		return []
	kept = [{"practitioner": practitioner}]
	for row in _schedules(practitioner, on):
		kept.append({"schedule": row.name, "valid_to": row.valid_to and str(row.valid_to), "is_active": 1})
		doc = frappe.get_doc(SCHEDULE, row.name)
		if getdate(row.valid_from) >= on:
			doc.is_active = 0
		else:
			doc.valid_to = add_days(on, -1)
		doc.save(ignore_permissions=True)
	if on <= getdate():
		_set_active(practitioner, 0)
	return kept


def _restore_work(practitioner: str | None, kept: list[dict[str, Any]]) -> None:
	for row in kept:
		if name := row.get("schedule"):
			if not frappe.db.exists(SCHEDULE, name):
				continue
			doc = frappe.get_doc(SCHEDULE, name)
			doc.valid_to, doc.is_active = row["valid_to"], row["is_active"]
			doc.save(ignore_permissions=True)
	if practitioner:
		_set_active(practitioner, 1)


def _set_active(practitioner: str, is_active: int) -> None:
	doc = frappe.get_doc(PRACTITIONER, practitioner)
	if doc.is_active != is_active:
		doc.is_active = is_active
		doc.save(ignore_permissions=True)


def _schedules(practitioner: str, on: datetime.date) -> list[frappe._dict]:
	"""Active schedules that reach to the day or beyond."""
	table = frappe.qb.DocType(SCHEDULE)
	return (
		frappe.qb.from_(table)
		.select(table.name, table.valid_from, table.valid_to)
		.where((table.practitioner == practitioner) & (table.is_active == 1))
		.where(table.valid_to.isnull() | (table.valid_to >= on))
		.orderby(table.name)
		.run(as_dict=True)
	)


def _refuse_move(problem: str) -> None:
	frappe.throw(problem, ForbiddenMoveError)
