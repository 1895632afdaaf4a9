"""The PIN of a staff member: set, asked, locked (G10). Permission-free.

It lies where Frappe keeps passwords (`__Auth`, salted and hashed): no list, form or REST call reads it.
Tries are counted under the row's lock and committed by the caller whatever came of them, so that a
hundred parallel guesses are five.
"""

import frappe
from frappe import _
from frappe.utils import cint
from frappe.utils.password import check_password, delete_all_passwords_for, update_password

from clinic_core.foundation.errors import refuse_input
from clinic_core.foundation.locks import lock_rows
from clinic_core.people.desk import journal, pin_rules
from clinic_core.people.staff import people_of

DOCTYPE = people_of.DOCTYPE
FIELD = "pin"
GOOD, WRONG, LOCKED, NONE = "good", "wrong", "locked", "none"


def set_pin(member: str, pin: str) -> None:
	"""Set or change a PIN. Raises InvalidInputError for one that is too easy."""
	lock_rows([(DOCTYPE, member)])
	person = frappe.db.get_value(DOCTYPE, member, ["mobile", "user", "status"], as_dict=True)
	if person.status == "Departed":
		refuse_input(_("PIN"), _("This person left the centre."))
	pin = pin_rules.plain(pin)
	if reason := pin_rules.weakness(pin, person.mobile or ""):
		refuse_input(_("PIN"), _sentence(reason))
	update_password(member, pin, DOCTYPE, FIELD)
	_write(member, has_pin=1, pin_failures=0, pin_locked=0)
	journal.note("PIN Set", user=person.user)


def remove(member: str) -> None:
	"""Take a PIN away."""
	delete_all_passwords_for(DOCTYPE, member)
	_write(member, has_pin=0, pin_failures=0, pin_locked=0)
	journal.note("PIN Removed", user=frappe.db.get_value(DOCTYPE, member, "user"))


def ask(member: str, pin: str) -> str:
	"""Whether a PIN is right: `good`, `wrong`, `locked`, `none`. Counts what was wrong."""
	lock_rows([(DOCTYPE, member)])
	row = frappe.db.get_value(
		DOCTYPE, member, ["has_pin", "pin_failures", "status"], as_dict=True, for_update=True
	)
	if not row.has_pin or row.status == "Departed":
		return NONE
	if pin_rules.is_locked(row.pin_failures):
		return LOCKED
	try:
		check_password(member, pin_rules.plain(pin), DOCTYPE, FIELD, delete_tracker_cache=False)
	except frappe.AuthenticationError:
		return _count(member, cint(row.pin_failures) + 1)
	if row.pin_failures:
		_write(member, pin_failures=0, pin_locked=0)
	return GOOD


def _count(member: str, failures: int) -> str:
	locked = pin_rules.is_locked(failures)
	_write(member, pin_failures=failures, pin_locked=int(locked))
	return LOCKED if locked else WRONG


def open_again(user: str) -> None:
	"""Who proved himself with his password may use his PIN again."""
	member = people_of.member_of(user)
	if member and frappe.db.get_value(DOCTYPE, member, "pin_failures"):
		_write(member, pin_failures=0, pin_locked=0)


def _write(member: str, **values: int) -> None:
	frappe.db.set_value(DOCTYPE, member, values, update_modified=False)


def _sentence(reason: str) -> str:
	return {
		pin_rules.LENGTH: _("It is {0} to {1} digits.").format(pin_rules.SHORTEST, pin_rules.LONGEST),
		pin_rules.SAME: _("The same digits over and over are too easy to guess."),
		pin_rules.ROW: _("Digits in a row are too easy to guess."),
		pin_rules.KNOWN: _("It is part of your phone number; others know that."),
	}[reason]
