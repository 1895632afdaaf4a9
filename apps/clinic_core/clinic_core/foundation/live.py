"""Tells open screens that something changed: names of documents only, never patient data."""

import frappe
from frappe.realtime import get_doctype_room

EVENT = "clinic_changed"


def changed(doctype: str, name: str, room_of: str | None = None) -> None:
	"""After the commit, tell the screens that show `doctype` to fetch again.

	Sent to the room of the DocType, or of `room_of`: only users who may read that one can join.
	"""
	frappe.publish_realtime(
		EVENT,
		{"doctype": doctype, "name": name},
		room=get_doctype_room(room_of or doctype),
		after_commit=True,
	)
