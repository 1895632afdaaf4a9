"""Pictures of the public page: checked when saved, served as scaled copies without EXIF (A01, A22, A74).

The original stays private, as every attachment of the clinic; only the copies in
`/files/clinic-center/` are public, named by a hash nobody can guess. They exist as long as the document is
shown: when it is hidden, or the picture removed, they go (`design.md` §4.12). One row of Clinic Public
Image stands for each picture shown; `sync` brings rows and files in line with the document.
"""

import hashlib
import hmac
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import escape_html, get_files_path, getdate
from frappe.utils.password import get_encryption_key

from clinic_core.foundation import boundary
from clinic_core.foundation.errors import refuse_input
from clinic_core.service_catalog.pictures import image_files, image_rules
from clinic_core.service_catalog.public_page import page_cache, profile

DOCTYPE = "Clinic Public Image"
FOLDER = "clinic-center"

FIELDS: dict[str, tuple[str, ...]] = {
	"Clinic Service": ("photo",),
	"Clinic Article": ("cover",),
	"Clinic Public Profile": ("logo", "cover"),
	"Clinic Practitioner": ("photo",),
}
TABLES: dict[str, tuple[tuple[str, str], ...]] = {
	"Clinic Service": (("gallery", "image"),),
	"Clinic Practitioner": (("gallery", "image"),),
}
"""DocType → (table, field) of its rows."""


def check_document(doc: Document) -> None:
	"""Refuse a picture that is new on `doc` and no JPEG, PNG or WebP, too large, a bomb, or another's.

	Call it in `validate`. Raises InvalidInputError naming the field.
	"""
	before = doc.get_doc_before_save()
	known = set(sources(before)) if before else set()
	for label, source in _labelled(doc):
		if source and source not in known:
			_check(doc, label, source)


def sources(doc: Document) -> list[str]:
	"""The file addresses of all pictures of `doc`, in order, each once."""
	return list(dict.fromkeys(source for _label, source in _labelled(doc) if source))


def follow(doc: Document) -> None:
	"""After the commit, bring the public copies in line with `doc`. Call it in `on_update`.

	A worker does it: scaling a dozen photographs takes seconds. What is hidden or removed is taken from
	the table at once, so no page shows it from this moment on.
	"""
	_follow(doc, set(sources(doc)) if is_shown(doc) else set())


def withdraw(doc: Document) -> None:
	"""Nothing of `doc` stays public: it is being deleted. Call it in `on_trash`."""
	_follow(doc, set())


def _follow(doc: Document, wanted: set[str]) -> None:
	rows = _rows(doc.doctype, doc.name)
	gone = [row for row in rows if row.source not in wanted]
	if gone:
		frappe.db.delete(DOCTYPE, {"name": ("in", [row.name for row in gone])})
	if gone or wanted - {row.source for row in rows}:
		frappe.enqueue(
			"clinic_core.service_catalog.pictures.images.sync",
			enqueue_after_commit=True,
			doctype=doc.doctype,
			name=doc.name,
			gone=[row.file_hash for row in gone],
		)


def sync(doctype: str, name: str, gone: Iterable[str] = ()) -> int:
	"""Make the copies that `name` lacks, drop those it no longer shows. Returns how many were made.

	May run any number of times. `gone` are hashes whose rows were deleted before.
	"""
	doc = frappe.get_doc(doctype, name) if frappe.db.exists(doctype, name) else None
	wanted = sources(doc) if doc and is_shown(doc) else []
	rows = {row.source: row for row in _rows(doctype, name)}
	dropped = [row for source, row in rows.items() if source not in wanted]
	made = sum(_publish(doctype, name, source) for source in wanted if source not in rows)
	if dropped:
		frappe.db.delete(DOCTYPE, {"name": ("in", [row.name for row in dropped])})
	remove_unused({*gone, *(row.file_hash for row in dropped)})
	if made or dropped:
		page_cache.forget()
	return made


def sweep() -> None:
	"""Every night: make copies that are missing (the worker was down), delete what nobody shows.

	A document that is as it should be costs three small queries.
	"""
	known = set(frappe.get_all(DOCTYPE, pluck="source", order_by="name asc"))
	for doctype, name in dict.fromkeys([*_in_table(), *_with_missing(known)]):
		boundary.command("service_catalog.images.sync", None, lambda d=doctype, n=name: sync(d, n))
	remove_unused(image_files.hashes_in(folder()))


def remove_all() -> None:
	"""The app is being uninstalled: nothing of it stays public."""
	shutil.rmtree(folder(), ignore_errors=True)


def is_shown(doc: Document) -> bool:
	"""Whether strangers may see the pictures of `doc`."""
	if doc.doctype == "Clinic Service":
		return doc.status == "Active" and bool(doc.show_in_profile)
	if doc.doctype == "Clinic Article":
		return doc.status == "Published" and bool(doc.published_on) and getdate(doc.published_on) <= getdate()
	if doc.doctype == "Clinic Practitioner":
		return bool(doc.is_active and doc.show_in_profile and profile.read().show_practitioners)
	return True


def folder() -> Path:
	"""Where the public copies lie."""
	return Path(get_files_path(FOLDER))


def _labelled(doc: Document) -> Iterable[tuple[str, str]]:
	for field in FIELDS[doc.doctype]:
		yield _(doc.meta.get_label(field)), doc.get(field) or ""
	for table, field in TABLES.get(doc.doctype, ()):
		label = _(doc.meta.get_label(table))
		for row in doc.get(table) or []:
			yield _("{0}, row {1}").format(label, row.idx), row.get(field) or ""


def _check(doc: Document, label: str, source: str) -> None:
	content = _content_of(doc, label, source)
	try:
		image_files.check(content)
	except image_files.PictureError as error:
		refuse_input(label, _sentence(error.code, source))


def _sentence(code: str, source: str) -> str:
	name = escape_html(source.rsplit("/", 1)[-1])
	if code == image_rules.WRONG_TYPE:
		return _(
			"“{0}” is not a JPEG, PNG or WebP picture. Save it as one of these and upload it again."
		).format(name)
	if code == image_rules.TOO_LARGE:
		return _("“{0}” is larger than {1} MB. Upload a smaller copy.").format(
			name, image_rules.MAX_BYTES // 1024 // 1024
		)
	if code == image_rules.TOO_MANY_PIXELS:
		return _("“{0}” has more than {1} million pixels. Upload a smaller copy.").format(
			name, image_rules.MAX_PIXELS // 1_000_000
		)
	return _("“{0}” is damaged and cannot be read. Upload it again.").format(name)


def _content_of(doc: Document, label: str, source: str) -> bytes:
	"""The stored file behind an address; nothing else is read, and nothing from the network."""
	if not source.startswith(("/files/", "/private/files/")):
		refuse_input(
			label, _("Upload the picture here; an address elsewhere is not shown on the public page.")
		)
	files = frappe.get_all(
		"File",
		{"file_url": source},
		["name", "is_private", "attached_to_doctype", "owner"],
		order_by="creation asc",
		limit=20,
	)
	if not any(_may_publish(file) for file in files):
		refuse_input(label, _("This file belongs to something else. Upload the picture here."))
	path = _path_of(source)
	if not path.is_file():
		refuse_input(label, _("The file is missing. Upload the picture again."))
	if path.stat().st_size > image_rules.MAX_BYTES:
		# Its first bytes say enough; what is too large is not read.
		with path.open("rb") as file:
			head = file.read(16)
		refuse_input(label, _sentence(image_rules.problem_of_bytes(head, path.stat().st_size) or "", source))
	return path.read_bytes()


def _may_publish(file: Any) -> bool:
	"""A private file of a patient must not become public by writing its address into a service."""
	if not file.is_private or file.attached_to_doctype in FIELDS:
		return True
	return not file.attached_to_doctype and file.owner == frappe.session.user


def _path_of(source: str) -> Path:
	is_private = source.startswith("/private/")
	base = Path(get_files_path(is_private=is_private)).resolve()
	path = (base / source.split("/files/", 1)[1]).resolve()
	return path if path.is_relative_to(base) else base / "outside"


def _publish(doctype: str, name: str, source: str) -> bool:
	try:
		content = _path_of(source).read_bytes()
		file_hash = _hash(content)
		# The same picture elsewhere has its copies already.
		picture = _known(file_hash) or image_files.write_variants(content, folder(), file_hash)
	except (OSError, image_files.PictureError) as error:
		frappe.log_error(
			"Picture of the public page could not be made", f"{doctype} {name}: {source}: {error}"
		)
		return False
	values = {
		"name": _row_name(doctype, name, source),
		"reference_doctype": doctype,
		"reference_name": name,
		"source": source,
		"file_hash": file_hash,
		"width": picture.width,
		"height": picture.height,
		"widths": ",".join(map(str, picture.widths)),
		"colour": picture.colour,
	}
	_insert(values)
	return True


def _known(file_hash: str) -> image_files.Picture | None:
	row = frappe.db.get_value(
		DOCTYPE, {"file_hash": file_hash}, ["width", "height", "widths", "colour"], as_dict=True
	)
	if not row:
		return None
	widths = [int(width) for width in row.widths.split(",")]
	names = [image_rules.file_name(file_hash, width, "webp") for width in widths]
	if not all((folder() / name).is_file() for name in names):
		return None
	return image_files.Picture(row.width, row.height, widths, row.colour)


def _insert(values: dict[str, Any]) -> None:
	"""INSERT IGNORE: two workers may be making the same copies, and both are right."""
	now, user = frappe.utils.now(), "Administrator"
	row = {**values, "creation": now, "modified": now, "owner": user, "modified_by": user}
	frappe.qb.into(frappe.qb.DocType(DOCTYPE)).ignore().columns(*row).insert(*row.values()).run()


def _row_name(doctype: str, name: str, source: str) -> str:
	return hashlib.sha256(f"{doctype}\n{name}\n{source}".encode()).hexdigest()[:20]


def _hash(content: bytes) -> str:
	"""The name of the copies: the same for the same picture, and no secret of the content."""
	return hmac.new(get_encryption_key().encode(), content, hashlib.sha256).hexdigest()[:24]


def _rows(doctype: str, name: str) -> list[Any]:
	return frappe.get_all(
		DOCTYPE,
		{"reference_doctype": doctype, "reference_name": name},
		["name", "source", "file_hash"],
		order_by="name asc",
	)


def remove_unused(hashes: Iterable[str]) -> None:
	"""Delete the files of these hashes that no row stands for; another document may show the same picture."""
	asked = set(hashes)
	if not asked:
		return
	used = set(frappe.get_all(DOCTYPE, {"file_hash": ("in", sorted(asked))}, pluck="file_hash"))
	for file_hash in asked - used:
		image_files.remove_variants(folder(), file_hash)


def _with_missing(known: set[str]) -> list[tuple[str, str]]:
	found: dict[tuple[str, str], None] = {}
	for doctype, fields in FIELDS.items():
		if frappe.get_meta(doctype).issingle:
			doc = frappe.get_cached_doc(doctype)
			if set(sources(doc)) - known:
				found[(doctype, doctype)] = None
			continue
		for field in fields:
			for row in frappe.get_all(doctype, {field: ("is", "set")}, ["name", field], order_by="name asc"):
				if row[field] not in known:
					found[(doctype, row.name)] = None
	for doctype, tables in TABLES.items():
		for table, field in tables:
			child = frappe.get_meta(doctype).get_field(table).options
			rows = frappe.get_all(
				child, {"parenttype": doctype}, ["parent", field], order_by="parent asc, idx asc"
			)
			found.update({(doctype, row.parent): None for row in rows if row[field] not in known})
	return list(found)


def _in_table() -> list[tuple[str, str]]:
	rows = frappe.get_all(
		DOCTYPE, fields=["reference_doctype", "reference_name"], distinct=True, order_by="reference_name asc"
	)
	return [(row.reference_doctype, row.reference_name) for row in rows]
