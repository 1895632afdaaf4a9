"""Sessions that begin and end (hooks `on_session_creation`, `on_logout`)."""

from typing import Any

import frappe

from clinic_core.people.desk import covering, pins


def signed_in(login_manager: Any = None) -> None:
	"""Who signed in with his password has shown who he is: his PIN is open again."""
	if frappe.session.user != "Guest":
		pins.open_again(frappe.session.user)


def signed_out(login_manager: Any = None) -> None:
	"""The cover of a session goes with it."""
	sid = getattr(frappe.session, "sid", None)
	if sid and sid != "Guest":
		covering.forget(sid)
