"""Files that strangers send through a lead form: private, small, of a harmless kind (C065)."""

import base64
import binascii
import os
from typing import Any

import frappe
from clinic_core.foundation.errors import refuse_input
from frappe import _
from frappe.model.document import Document

from clinic_crm.pipeline.form_fields import ATTACHMENT_TYPES, MAX_ATTACHMENT_BYTES

SUBMISSION = "Clinic Lead Submission"
_SIGNATURES = {
	".jpg": (b"\xff\xd8\xff",),
	".jpeg": (b"\xff\xd8\xff",),
	".png": (b"\x89PNG\r\n\x1a\n",),
	".pdf": (b"%PDF-",),
	".webp": (b"RIFF",),
}


def read(sent: Any) -> tuple[str, bytes] | None:
	"""A file as sent: {filename, content} with base64, or (filename, bytes) of an upload.

	None when nothing was sent. Raises InvalidInputError.
	"""
	if not sent:
		return None
	if isinstance(sent, tuple):
		name, content = sent
	else:
		if not isinstance(sent, dict) or not isinstance(sent.get("content"), str):
			refuse_input(_("Attachment"), _("The file could not be read. Please choose it again."))
		name = str(sent.get("filename") or "")
		if len(sent["content"]) > MAX_ATTACHMENT_BYTES * 1.4:
			_too_large()
		try:
			content = base64.b64decode(sent["content"].split(",")[-1], validate=True)
		except (binascii.Error, ValueError):
			refuse_input(_("Attachment"), _("The file could not be read. Please choose it again."))
	check(name, content)
	return os.path.basename(name), content


def check(filename: str, content: bytes) -> None:
	"""Size and kind, by name and by the first bytes. Raises InvalidInputError."""
	extension = os.path.splitext(filename or "")[1].lower()
	signatures = _SIGNATURES.get(extension)
	is_known = extension in ATTACHMENT_TYPES and (not signatures or content.startswith(signatures))
	if not is_known:
		frappe.local.response["field_errors"] = {"attachment": _("Send a picture or a PDF.")}
		refuse_input(_("Attachment"), _("Send a picture or a PDF."))
	if len(content) > MAX_ATTACHMENT_BYTES:
		_too_large()


def _too_large() -> None:
	problem = _("The file is larger than {0} MB.").format(MAX_ATTACHMENT_BYTES // (1024 * 1024))
	frappe.local.response["field_errors"] = {"attachment": problem}
	refuse_input(_("Attachment"), problem)


def keep(submission: Document, file: tuple[str, bytes]) -> None:
	"""Attach the file to an accepted submission, private."""
	if submission.status != "Accepted":
		return
	doc = frappe.get_doc(
		{
			"doctype": "File",
			"file_name": file[0],
			"content": file[1],
			"is_private": 1,
			"attached_to_doctype": SUBMISSION,
			"attached_to_name": submission.name,
			"attached_to_field": "attachment",
		}
	).insert(ignore_permissions=True)
	submission.db_set("attachment", doc.file_url, update_modified=False)
