"""Tags given and taken by hand; what a rule gave is the rule's. Permission-free."""

from collections.abc import Iterable
from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import escape_html, now_datetime

from clinic_core.foundation.errors import refuse_input
from clinic_core.people.tags import chips
from clinic_core.people.tags.chips import DOCTYPE, PATIENT, ROW
from clinic_core.people.tags.recompute import BY_HAND, BY_RULE


def set_tags(patient: str, add: Iterable[str] = (), remove: Iterable[str] = ()) -> list[dict[str, Any]]:
	"""Give and take tags by hand → the chips of the patient. Raises InvalidInputError by name."""
	wanted, unwanted = set(add), set(remove)
	_check(wanted)
	doc = frappe.get_doc(PATIENT, patient, for_update=True)
	by_hand = {row.tag for row in doc.tags if row.given != BY_RULE}
	only_by_rule = {row.tag for row in doc.tags} - by_hand
	if refused := sorted(unwanted & only_by_rule):
		title = frappe.db.get_value(DOCTYPE, refused[0], "title")
		refuse_input(_("Tag"), _("A rule gave “{0}”. It goes when the rule no longer fits.").format(title))
	doc.set("tags", [row for row in doc.tags if row.tag not in unwanted or row.given == BY_RULE])
	for tag in sorted(wanted - by_hand):
		doc.append("tags", {"tag": tag, "given": BY_HAND})
	doc.save(ignore_permissions=True)
	return chips.of_patients([patient]).get(patient, [])


def settle(doc: Document) -> None:
	"""Before a patient is saved: each tag once, rows of rules as the database has them.

	A form that was open while a rule ran neither loses what the rule gave nor brings back what it took.
	"""
	known = {} if doc.is_new() else {row.name: row for row in _rows_by_rule(doc.name)}
	hand: dict[str, Any] = {}
	for row in doc.get("tags") or []:
		is_stale = row.given == BY_RULE and row.name and not row.is_new() and row.name not in known
		if row.name in known or is_stale or row.tag in hand:
			continue
		row.given = BY_HAND
		row.added_on = row.added_on or now_datetime()
		row.added_by = row.added_by or frappe.session.user
		hand[row.tag] = row
	if not hand and not known and not doc.get("tags"):
		return
	kept = list(hand.values())
	doc.set("tags", kept)
	for row in known.values():
		if row.tag not in hand:
			doc.append("tags", row)


def _rows_by_rule(patient: str) -> list[Any]:
	rows = frappe.get_all(
		ROW,
		filters={"parent": patient, "parenttype": PATIENT, "given": BY_RULE},
		fields=["*"],
		order_by="added_on asc, name asc",
	)
	return [frappe.get_doc({"doctype": ROW, **row}) for row in rows]


def _check(tags: set[str]) -> None:
	if not tags:
		return
	active = set(frappe.get_all(DOCTYPE, {"name": ("in", sorted(tags)), "is_active": 1}, pluck="name"))
	if missing := sorted(tags - active):
		refuse_input(_("Tag"), _("There is no active tag “{0}”.").format(escape_html(missing[0])))
