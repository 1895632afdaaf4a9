"""Tells open screens that something changed: names of documents only, never patient data."""

import frappe
from frappe.realtime import get_doctype_room

EVENT = "clinic_changed"


def changed(doctype: str, name: str) -> None:
	"""After the commit, tell the screens that show `doctype` to fetch again.

	Sent to the room of the DocType: only users who may read it can join.
	"""
	frappe.publish_realtime(
		EVENT,
		{"doctype": doctype, "name": name},
		room=get_doctype_room(doctype),
		after_commit=True,
	)
