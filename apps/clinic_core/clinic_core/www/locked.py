"""The covered screen, and switching the person at a shared desk: `/locked` (G10).

Opened as a page when a covered session asks for anything, and inside a frame of the desk.
"""

from typing import Any
from urllib.parse import quote

import frappe
from frappe import _

from clinic_core.people.desk import api

no_cache = 1
sitemap = 0
RTL = frozenset({"fa", "ar", "he", "ps", "ur", "ckb"})


def get_context(context: Any) -> None:
	"""Who is covered, who else may take over. Nothing of the clinic's data is on it."""
	if frappe.session.user == "Guest":
		frappe.local.flags.redirect_location = "/login"
		raise frappe.Redirect
	state = api.state()
	context.update(
		{
			"lang": frappe.local.lang,
			"direction": "rtl" if frappe.local.lang in RTL else "ltr",
			"title": _("Screen covered") if state["covered"] else _("Switch person"),
			"state": state,
			"csrf_token": frappe.sessions.get_csrf_token(),
			"home": _own_path(frappe.form_dict.get("next")),
			"is_framed": bool(frappe.form_dict.get("framed")),
			"is_unsaved": bool(frappe.form_dict.get("unsaved")),
		}
	)


def _own_path(path: str | None) -> str:
	"""Where to go on: a path of this site and nothing else."""
	path = path or ""
	if not path.startswith("/") or path.startswith(("//", "/\\", "/locked")):
		return "/app"
	return quote(path, safe="/%-_.~")
