"""The page behind an invitation, `/join/<token>` (E151)."""

from typing import Any

import frappe
from frappe import _

from clinic_core.people.desk import pin_rules
from clinic_core.people.staff import invite_rules, invites
from clinic_core.service_catalog.public_page import profile

no_cache = 1
sitemap = 0
RTL = frozenset({"fa", "ar", "he", "ps", "ur", "ckb"})


def get_context(context: Any) -> None:
	"""The form of an open link, or why it does not open. A bad link says nothing about anybody."""
	token = frappe.form_dict.get("token") or ""
	context.update(
		{
			"lang": frappe.local.lang,
			"direction": "rtl" if frappe.local.lang in RTL else "ltr",
			"title": _("Join the clinic"),
			"clinic": clinic_name(),
			"shortest_password": invite_rules.SHORTEST_PASSWORD,
			"pin_length": f"{pin_rules.SHORTEST}–{pin_rules.LONGEST}",
			"csrf_token": "" if frappe.session.user == "Guest" else frappe.sessions.get_csrf_token(),
			"problem": None,
		}
	)
	try:
		context.update(invites.preview(token))
		context.token = token
	except invites.LinkGoneError as error:
		frappe.clear_messages()
		context.problem, context.http_status_code = str(error), 404


def clinic_name() -> str:
	"""What the centre calls itself."""
	return profile.shown().centre_name
