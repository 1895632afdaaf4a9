"""Secret addresses of calendar feeds: making, replacing, taking away, finding again. Permission-free.

Only the fingerprint is kept; the address is shown once. A new one makes the old one useless.
"""

from typing import Any

import frappe
from frappe.utils import get_url, now_datetime

from clinic_core.foundation.locks import lock_rows
from clinic_core.people.staff import invite_rules

DOCTYPE = "Clinic Calendar Feed"
PRACTITIONER = "Clinic Practitioner"
ROOT, ENDING = "clinic-calendar/", ".ics"


def rotate(practitioner: str) -> dict[str, str]:
	"""A new address, instead of any earlier one → {address, rotated_at}. It is shown this once."""
	lock_rows([(PRACTITIONER, practitioner)])
	token = invite_rules.new_token()
	name = frappe.db.get_value(DOCTYPE, {"practitioner": practitioner}, "name")
	doc = frappe.get_doc(DOCTYPE, name) if name else frappe.new_doc(DOCTYPE, practitioner=practitioner)
	doc.token_hash = invite_rules.fingerprint(token)
	doc.rotated_at, doc.rotated_by = now_datetime().replace(microsecond=0), frappe.session.user
	doc.save(ignore_permissions=True)
	return {"address": get_url(f"/{ROOT}{token}{ENDING}"), "rotated_at": str(doc.rotated_at)}


def stop(practitioner: str) -> bool:
	"""Take the address away. Returns whether there was one."""
	lock_rows([(PRACTITIONER, practitioner)])
	name = frappe.db.get_value(DOCTYPE, {"practitioner": practitioner}, "name")
	if name:
		frappe.db.delete(DOCTYPE, {"name": name})  # nothing links to it
	return bool(name)


def state(practitioner: str) -> dict[str, Any]:
	"""Whether there is an address, and since when → {is_on, rotated_at, rotated_by}."""
	row = frappe.db.get_value(
		DOCTYPE, {"practitioner": practitioner}, ["rotated_at", "rotated_by"], as_dict=True
	)
	return {
		"is_on": bool(row),
		"rotated_at": str(row.rotated_at) if row else None,
		"rotated_by": row.rotated_by if row else None,
	}


def practitioner_of(path: str) -> str | None:
	"""The active practitioner whose calendar is at a path of the site; None for what opens nothing."""
	if not (path.startswith(ROOT) and path.endswith(ENDING)):
		return None
	token = path[len(ROOT) : -len(ENDING)]
	if not invite_rules.is_token(token):
		return None
	feed, person = frappe.qb.DocType(DOCTYPE), frappe.qb.DocType(PRACTITIONER)
	rows = (
		frappe.qb.from_(feed)
		.join(person)
		.on(person.name == feed.practitioner)
		.select(person.name)
		.where((feed.token_hash == invite_rules.fingerprint(token)) & (person.is_active == 1))
		.run()
	)
	return rows[0][0] if rows else None
