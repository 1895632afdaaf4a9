"""Files of patients: private, what their name says, and reached through their document alone (E144, F42).

Holds at every door: whatever puts a File on one of these DocTypes (our dialogs, Frappe's upload, REST, a
script) comes through `follow` after Frappe has stored it; the content is checked, pictures lose what a camera
wrote into them, and the file moves to a private address nobody can guess.
"""

import hashlib
import os
from typing import Any, NoReturn

import frappe
from frappe import _
from frappe.core.doctype.file.utils import get_content_hash
from frappe.model.document import Document
from frappe.utils import escape_html, get_files_path

from clinic_core.foundation.errors import refuse_input
from clinic_core.people.files import kinds, pictures

FILE = "File"
PRIVATE = "/private/files/"
# DocType → what its files may be.
KEPT: dict[str, frozenset[str]] = {
	"Clinic Photo": kinds.PICTURES,
	"Clinic Patient Document": kinds.PAPERS,
	"Clinic Patient": kinds.PAPERS,
}
# Files of these are seen by who may see the document, whoever put them there.
SECRET = frozenset({"Clinic Photo", "Clinic Patient Document"})


def guard(doc: Document, method: str | None = None) -> None:
	"""Before a File is stored: nobody reaches a kept file through a File of his own (`validate`).

	Frappe 15 copies the content of an address it is given, Frappe 16 shares the address: both are asked.
	"""
	if doc.flags.clinic_kept or doc.is_folder:
		return
	if doc.is_new() and doc.content_hash:
		_refuse_copy(doc.content_hash)
	if (doc.file_url or "").startswith(PRIVATE):
		_refuse_shared(doc)


def _refuse_copy(content_hash: str) -> None:
	"""Whoever may not see a document gets no File with its content."""
	for doctype in sorted(SECRET):
		names = frappe.get_all(
			doctype,
			or_filters={"file_hash": content_hash, "thumbnail_hash": content_hash},
			pluck="name",
			order_by="creation desc",
			limit=5,
		)
		if names and not any(
			frappe.has_permission(doctype, "read", doc=frappe.get_doc(doctype, name)) for name in names
		):
			_of_another()


def _refuse_shared(doc: Document) -> None:
	others = frappe.get_all(
		FILE,
		filters={
			"file_url": doc.file_url,
			"attached_to_doctype": ("in", sorted(SECRET)),
			"name": ("!=", doc.name or ""),
		},
		fields=["attached_to_doctype", "attached_to_name"],
		order_by="creation asc",
	)
	for other in others:
		if (other.attached_to_doctype, other.attached_to_name) != (
			doc.attached_to_doctype,
			doc.attached_to_name,
		):
			_of_another()


def _of_another() -> NoReturn:
	frappe.throw(_("This file belongs to another document. Upload it again here."), frappe.PermissionError)


def follow(doc: Document, method: str | None = None) -> None:
	"""After Frappe stored a File on one of our documents: check it, clean it, hide it (`after_insert`)."""
	allowed = KEPT.get(doc.attached_to_doctype or "")
	if allowed is None or doc.is_folder:
		return
	if doc.flags.clinic_kept:
		return _move(doc, _bytes(doc))
	if doc.is_remote_file:
		refuse_input(_("File"), _("Upload the file itself, not an address."))
	_require_write(doc)
	content = _bytes(doc)
	refuse_unfit(doc.file_name, content, allowed)
	_move(doc, cleaned(doc.file_name, content))


def refuse_unfit(file_name: str, content: bytes, allowed: frozenset[str]) -> None:
	"""Refuse a file by name and content. Raises InvalidInputError."""
	problem = kinds.problem_of(file_name, content, allowed)
	if problem:
		_refuse(problem, file_name, allowed)


def cleaned(file_name: str, content: bytes) -> bytes:
	"""The content as it is kept. Raises InvalidInputError for a broken picture."""
	extension = kinds.extension_of(file_name)
	if extension not in kinds.PICTURES:
		return content
	try:
		return pictures.clean(content, extension)
	except pictures.BrokenPictureError:
		refuse_input(_("File"), _("The picture cannot be opened. Save it again as JPG and upload that."))


def put(doctype: str, name: str, field: str, file_name: str, content: bytes) -> str:
	"""Store a checked content as a private file of a document → its address."""
	file = frappe.get_doc(
		{
			"doctype": FILE,
			"file_name": _plain(file_name),
			"content": content,
			"is_private": 1,
			"attached_to_doctype": doctype,
			"attached_to_name": name,
			"attached_to_field": field,
		}
	)
	file.flags.clinic_kept = True
	file.insert(ignore_permissions=True)
	return file.file_url


def read(url: str) -> bytes:
	"""The content of a private file."""
	with open(_path(url), "rb") as file:
		return file.read()


def plain_hash(content: bytes) -> str:
	"""What Frappe knows a content by."""
	return get_content_hash(content)


def claim(doc: Document, field: str) -> None:
	"""The file a document names must be its own, or one its user has just uploaded for it.

	Call it in `validate`. Raises InvalidInputError.
	"""
	url = doc.get(field)
	before = doc.get_doc_before_save()
	if not url or (before and before.get(field) == url) or doc.flags.clinic_kept_file == url:
		return
	files = frappe.get_all(
		FILE,
		filters={"file_url": url},
		fields=["name", "attached_to_doctype", "attached_to_name", "owner"],
		order_by="creation desc",
	)
	for file in files:
		if (file.attached_to_doctype, file.attached_to_name) == (doc.doctype, doc.name):
			return
	mine = next((file for file in files if _is_waiting(file, doc)), None)
	if not mine:
		refuse_input(_("File"), _("Upload the file here; the file of another document cannot be used."))
	file = frappe.get_doc(FILE, mine.name)
	content = _bytes(file)
	refuse_unfit(file.file_name, content, KEPT[doc.doctype])
	file.attached_to_doctype, file.attached_to_name, file.attached_to_field = doc.doctype, doc.name, field
	_move(file, cleaned(file.file_name, content))
	doc.set(field, file.file_url)


def _is_waiting(file: Any, doc: Document) -> bool:
	"""A file that its user uploaded before the document was saved for the first time."""
	if file.owner != frappe.session.user:
		return False
	if not file.attached_to_doctype:
		return True
	is_of_ours = file.attached_to_doctype == doc.doctype
	return is_of_ours and not frappe.db.exists(doc.doctype, file.attached_to_name)


def _require_write(doc: Document) -> None:
	"""Who puts a file on a secret document must be let in there."""
	doctype, name = doc.attached_to_doctype, doc.attached_to_name
	if doctype not in SECRET:
		return
	known = frappe.db.exists(doctype, name)
	target = frappe.get_doc(doctype, name) if known else None
	if not frappe.has_permission(doctype, "write" if known else "create", doc=target):
		frappe.throw(_("You are not allowed to do this with {0}.").format(_(doctype)), frappe.PermissionError)


def _move(doc: Document, content: bytes) -> None:
	"""Keep the content at a private address of its own; the one Frappe stored goes after the commit."""
	old = doc.file_url
	stored = f"{frappe.generate_hash(length=32)}.{kinds.extension_of(doc.file_name)}"
	values = {
		"file_name": _plain(doc.file_name),
		"file_url": _write(stored, content),
		"is_private": 1,
		"content_hash": _hash(stored, content),
		"file_size": len(content),
		"attached_to_doctype": doc.attached_to_doctype,
		"attached_to_name": doc.attached_to_name,
		"attached_to_field": doc.attached_to_field,
	}
	doc.update(values)
	frappe.db.set_value(FILE, doc.name, values, update_modified=False)
	frappe.db.after_commit.add(lambda: _drop_unused(old))
	frappe.db.after_rollback.add(lambda: _drop_unused(old))


def _write(stored: str, content: bytes) -> str:
	path = get_files_path(stored, is_private=1)
	with open(path, "wb") as file:
		file.write(content)
		os.fsync(file.fileno())
	frappe.db.after_rollback.add(lambda: os.path.exists(path) and os.remove(path))
	return PRIVATE + stored


def _drop_unused(url: str | None) -> None:
	"""Delete a file on disk that no File names any more."""
	if url and url.startswith(("/files/", PRIVATE)) and not frappe.db.exists(FILE, {"file_url": url}):
		path = _path(url)
		if os.path.isfile(path):
			os.remove(path)


def _path(url: str) -> str:
	return get_files_path(os.path.basename(url), is_private=url.startswith(PRIVATE))


def _hash(stored: str, content: bytes) -> str:
	"""Never equal to that of another file: Frappe lets files of one content share an address."""
	return hashlib.md5(stored.encode() + content, usedforsecurity=False).hexdigest()


def _bytes(doc: Document) -> bytes:
	with open(doc.get_full_path(), "rb") as file:
		return file.read()


def _plain(file_name: str) -> str:
	return os.path.basename(file_name or "file")[-140:]


def _refuse(problem: str, file_name: str, allowed: frozenset[str]) -> NoReturn:
	known = ", ".join(sorted(allowed))
	texts = {
		kinds.UNWANTED: _("“{0}” is of a kind that is not kept here. Allowed: {1}."),
		kinds.EMPTY: _("“{0}” is empty."),
		kinds.TOO_LARGE: _("“{0}” is larger than {2} MB."),
		kinds.NOT_WHAT_IT_SAYS: _("“{0}” is not what its name says. Save it again in its own format."),
	}
	megabytes = kinds.MAX_BYTES // (1024 * 1024)
	refuse_input(_("File"), texts[problem].format(escape_html(_plain(file_name)), known, megabytes))
