"""A one-time code and the text it stands in, kept so that nobody reads them before they are sent (F10)."""

import json

import frappe
from frappe.utils.password import decrypt, encrypt


def seal(text: str, code: str) -> str:
	"""Both in one sealed field."""
	return encrypt(json.dumps([text, code], ensure_ascii=False))


def opened(sealed: str) -> tuple[str, str]:
	"""(text, code). Raises frappe.ValidationError where the site has another key now."""
	found = decrypt(sealed)
	try:
		text, code = json.loads(found)
	except (ValueError, TypeError):
		frappe.throw(frappe._("Its sealed text cannot be opened any more."))
	return text, code
