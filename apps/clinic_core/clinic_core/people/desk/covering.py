"""A covered screen (G10): the session stays, but the server answers it nothing until it is uncovered.

The fact lies in Clinic Session Lock under the session's fingerprint; the cache only remembers it, so a
cache that was emptied opens nothing. `guard` runs before every request.
"""

import hashlib
from urllib.parse import quote

import frappe
from frappe import _
from frappe.utils import cint, now_datetime
from werkzeug.exceptions import HTTPException
from werkzeug.utils import redirect

from clinic_core.foundation import compat
from clinic_core.people.desk import journal, pin_rules, pins
from clinic_core.people.staff import people_of

DOCTYPE = "Clinic Session Lock"
PAGE = "locked"
API = "clinic_core.people.desk.api"
ALLOWED = frozenset(
	{f"{API}.state", f"{API}.cover", f"{API}.uncover", f"{API}.switch", "logout", "web_logout"}
)
MOST_FAILURES = 5
_REMEMBERED = 24 * 3600
_PREFIX = "clinic_cover:"


class ScreenCoveredError(frappe.PermissionError):
	"""The screen is covered; only uncovering, switching and signing out are answered."""

	http_status_code = 403


def guard() -> None:
	"""Answer a covered session nothing but the ways out (before_request).

	Pages lead to the cover, everything else is refused with 403.
	"""
	if not getattr(frappe.local, "session", None) or frappe.session.user == "Guest":
		return
	if not is_covered(frappe.session.sid) or _is_way_out():
		return
	request = frappe.request
	wants_page = request.method in ("GET", "HEAD") and "text/html" in (request.headers.get("Accept") or "")
	if wants_page and not frappe.form_dict.cmd and not request.path.startswith("/api/"):
		raise HTTPException(response=redirect(f"/{PAGE}?next={quote(request.path)}"))
	frappe.throw(_("The screen is covered. Please enter your PIN or password."), ScreenCoveredError)


def _is_way_out() -> bool:
	"""`cmd` decides before the path, as Frappe does."""
	command = frappe.form_dict.cmd
	if command:
		return command in ALLOWED
	path = frappe.request.path
	if path == f"/{PAGE}":
		return frappe.request.method in ("GET", "HEAD")
	return path.startswith("/api/method/") and path.removeprefix("/api/method/") in ALLOWED


def is_covered(sid: str) -> bool:
	"""Whether a session's screen is covered."""
	name = fingerprint(sid)
	known = frappe.cache.get_value(_PREFIX + name, expires=True)
	if known is None:
		known = "1" if frappe.db.exists(DOCTYPE, name) else "0"
		frappe.cache.set_value(_PREFIX + name, known, expires_in_sec=_REMEMBERED)
	return known == "1"


def fingerprint(sid: str) -> str:
	"""A session is named by what cannot be turned back into it."""
	return hashlib.sha256(sid.encode()).hexdigest()


def cover() -> None:
	"""Cover the screen of this session, in all its tabs."""
	name = fingerprint(frappe.session.sid)
	if not frappe.db.exists(DOCTYPE, name):
		frappe.get_doc(
			{"doctype": DOCTYPE, "user": frappe.session.user, "locked_at": now_datetime(), "failures": 0}
		).insert(ignore_permissions=True, set_name=name)
		journal.note("Covered", user=frappe.session.user)
	frappe.cache.set_value(_PREFIX + name, "1", expires_in_sec=_REMEMBERED)


def uncover(pin: str | None, password: str | None) -> str:
	"""Try to uncover → `good`, `wrong`, `locked`, `none`, or `over` after too many tries.

	The caller commits whatever comes of it and ends the session when it is over.
	"""
	user, name = frappe.session.user, fingerprint(frappe.session.sid)
	failures = frappe.db.get_value(DOCTYPE, name, "failures", for_update=True)
	if failures is None:
		forget(frappe.session.sid)
		return pins.GOOD
	if cint(failures) >= MOST_FAILURES:
		return "over"
	outcome = _ask(user, pin, password)
	if outcome == pins.GOOD:
		forget(frappe.session.sid)
		journal.note("Uncovered", user=user)
		return outcome
	if outcome == pins.WRONG:
		journal.note("Wrong PIN", user=user)
	frappe.db.set_value(DOCTYPE, name, "failures", cint(failures) + 1, update_modified=False)
	return "over" if cint(failures) + 1 >= MOST_FAILURES else outcome


def _ask(user: str, pin: str | None, password: str | None) -> str:
	if password:
		if not compat.password_is_right(user, password):
			return pins.WRONG
		pins.open_again(user)
		return pins.GOOD
	member = people_of.member_of(user)
	if not member or not pin_rules.plain(pin):
		return pins.NONE
	return pins.ask(member, pin or "")


def forget(sid: str) -> None:
	"""The session is open, or over."""
	name = fingerprint(sid)
	frappe.db.delete(DOCTYPE, {"name": name})
	frappe.cache.delete_value(_PREFIX + name)
	frappe.db.after_commit.add(lambda: frappe.cache.delete_value(_PREFIX + name))


def forget_ended() -> int:
	"""Forget the covers of sessions that are over (night job). Returns how many."""
	alive = {fingerprint(sid) for sid in compat.session_ids()}
	gone = [n for n in frappe.get_all(DOCTYPE, pluck="name", order_by="name asc") if n not in alive]
	if gone:
		frappe.db.delete(DOCTYPE, {"name": ("in", gone)})
	return len(gone)
