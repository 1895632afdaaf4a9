"""Which language a public page speaks to a visitor."""

import frappe
from frappe.utils import cstr

from clinic_core.service_catalog.public_page import meta, profile


def language() -> tuple[str, bool]:
	"""(language, whether the visitor chose it in the address).

	Without a choice: the one of the profile, else the browser's if the page speaks it, else the site's.
	"""
	chosen = cstr(frappe.form_dict.get("_lang") or "")
	if chosen in meta.LANGUAGES:
		return chosen, True
	wanted = (
		profile.read().page_language,
		frappe.local.lang,
		(frappe.local.lang or "").split("-")[0],
		frappe.db.get_default("lang"),
	)
	return next((one for one in wanted if one in meta.LANGUAGES), "en"), False
