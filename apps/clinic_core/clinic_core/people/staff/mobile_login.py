"""Signing in with a mobile number (G10): one form of it, whatever was typed.

Frappe compares what was typed with `User.mobile_no` letter by letter. So it is kept as people dial it,
digits only (`09121234567`), and the login page brings whatever is typed into this form.
"""

import frappe
import phonenumbers
from frappe.model.document import Document

from clinic_core.foundation.phones import to_e164
from clinic_core.people import phones

SETTING = "allow_login_using_mobile_number"


def login_form(number: str | None) -> str:
	"""The form a number signs in with: national digits at home, E.164 for others; empty for none.

	What is no number of any kind stays as it is: it is another's field.
	"""
	if not number:
		return ""
	region = phones.region()
	try:
		e164 = to_e164(number, region)
	except ValueError:
		return number
	parsed = phonenumbers.parse(e164, region)
	if phonenumbers.region_code_for_number(parsed) != region:
		return e164
	national = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.NATIONAL)
	return "".join(sign for sign in national if sign.isdigit())


def keep_form(doc: Document, method: str | None = None) -> None:
	"""Users saved anywhere keep the form their number signs in with (doc_events of User)."""
	if doc.mobile_no:
		doc.mobile_no = login_form(doc.mobile_no)


def switch_on() -> None:
	"""Let people sign in with their number; once, when the app is installed."""
	frappe.db.set_single_value("System Settings", SETTING, 1, update_modified=False)


def add_region(context: dict) -> None:
	"""Tell the login page which country code may be left out (hook `update_website_context`)."""
	if context.get("path") not in ("login", None) and frappe.local.path != "login":
		return
	code = phonenumbers.country_code_for_region(phones.region())
	meta = f'<meta name="clinic-calling-code" content="{int(code)}">'
	context["head_html"] = (context.get("head_html") or "") + meta
