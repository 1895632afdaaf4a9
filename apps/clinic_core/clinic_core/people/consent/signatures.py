"""Signatures drawn on a tablet: read, checked, kept as private pictures."""

import base64
import binascii

import frappe
from frappe import _

from clinic_core.foundation.errors import refuse_input

MAX_BYTES = 300_000
_START = "data:image/png;base64,"
_PNG = b"\x89PNG\r\n\x1a\n"


def read(drawn: str | None) -> bytes | None:
	"""The picture of a signature sent as a data address; None when there is none.

	Raises InvalidInputError for anything but a small PNG.
	"""
	if not drawn:
		return None
	try:
		if not drawn.startswith(_START):
			raise ValueError
		content = base64.b64decode(drawn[len(_START) :], validate=True)
	except (ValueError, binascii.Error):
		refuse_input(_("Signature"), _("It could not be read. Please sign again."))
	if not content.startswith(_PNG) or len(content) > MAX_BYTES:
		refuse_input(_("Signature"), _("It could not be read. Please sign again."))
	return content


def keep(content: bytes) -> str:
	"""Store the picture privately; returns its address. It is attached to its consent by `attach`."""
	name = f"signature-{frappe.generate_hash(length=12)}.png"
	file = frappe.get_doc({"doctype": "File", "file_name": name, "content": content, "is_private": 1})
	file.insert(ignore_permissions=True)
	return file.file_url


def attach(address: str, consent: str) -> None:
	"""The picture belongs to this consent: who may read it may see it."""
	values = {
		"attached_to_doctype": "Clinic Consent",
		"attached_to_name": consent,
		"attached_to_field": "signature",
	}
	frappe.db.set_value("File", {"file_url": address, "is_private": 1}, values, update_modified=False)
