"""One ZIP of everything about a person: JSON for machines, a page for people, and the files (E012, F84).

The file lies outside Frappe's own files, so that there is no way to it but the endpoint that logs, and
backups do not carry it on.
"""

import json
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import frappe
from frappe.utils import add_days, get_site_path, now_datetime

from clinic_core.foundation import settings
from clinic_core.people.data_requests import export_page, found
from clinic_core.people.data_requests.found import Found

REQUEST = "Clinic Data Request"
FOLDER = "clinic-exports"
KEEP_DAYS = 7
_TECHNICAL = frozenset(
	{
		"doctype", "docstatus", "idx", "parent", "parentfield", "parenttype", "owner", "modified_by",
		"_user_tags", "_comments", "_assign", "_liked_by", "_seen", "fingerprint", "content_hash",
		"fingerprint_key", "problems",
		"export_path", "search_text", "slot",
	}
)  # fmt: skip
QUEUED, READY, FAILED, EXPIRED = "Queued", "Ready", "Failed", "Expired"

Progress = Callable[[int, int], None]


def make(request: str, language: str, progress: Progress) -> Path:
	"""Write the file of a request and note it there. Returns where it lies. Safe to run again."""
	doc = frappe.get_doc(REQUEST, request)
	whole = found.everything_of((doc.person_doctype, doc.person_name))
	content = gather(whole, progress)
	folder = Path(get_site_path("private", FOLDER))
	folder.mkdir(parents=True, exist_ok=True)
	path = folder / f"{frappe.generate_hash(length=24)}.zip"
	_write(path, content, found.files_of(whole), language)
	_forget_file(doc.export_path)
	days = settings.get("export_keep_days") or KEEP_DAYS
	values = {
		"export_status": READY,
		"export_path": path.name,
		"export_bytes": path.stat().st_size,
		"export_expires_at": add_days(now_datetime(), days),
	}
	frappe.db.set_value(REQUEST, request, values)
	return path


def gather(whole: Found, progress: Progress | None = None) -> dict[str, Any]:
	"""{made_at, documents: {DocType: [values]}, rows, comments, messages} of a person."""
	documents: dict[str, list[dict[str, Any]]] = {}
	total, done = whole.count(), 0
	for doctype, names in sorted(whole.documents.items()):
		documents[doctype] = []
		for name in sorted(names):
			if frappe.db.exists(doctype, name):
				documents[doctype].append(_plain(frappe.get_doc(doctype, name).as_dict()))
			done += 1
			if progress and done % 20 == 0:
				progress(done, total)
	return {
		"made_at": str(now_datetime()),
		"documents": {doctype: rows for doctype, rows in documents.items() if rows},
		"rows": {doctype: _rows(doctype, names) for doctype, names in sorted(whole.rows.items())},
		"comments": found.said_about(whole, "Comment", ["comment_type", "content", "creation"]),
		"messages": found.said_about(
			whole, "Communication", ["communication_medium", "subject", "content", "recipients", "creation"]
		),
	}


def path_of(request: str) -> tuple[Path, Any]:
	"""Where the file of a request lies, and the request. Raises FileNotFoundError when it is gone."""
	doc = frappe.get_doc(REQUEST, request)
	path = Path(get_site_path("private", FOLDER)) / Path(doc.export_path or "-").name
	if doc.export_status != READY or not path.is_file():
		raise FileNotFoundError(request)
	return path, doc


def expire(today: Any = None) -> int:
	"""Delete the files whose time is over. Returns how many."""
	rows = frappe.get_all(
		REQUEST,
		{"export_status": READY, "export_expires_at": ("<", today or now_datetime())},
		["name", "export_path"],
		order_by="name asc",
	)
	for row in rows:
		_forget_file(row.export_path)
		frappe.db.set_value(REQUEST, row.name, {"export_status": EXPIRED, "export_path": None})
	return len(rows)


def forget(request: str) -> None:
	"""Delete the file of a request before its time, for example when the person was erased."""
	_forget_file(frappe.db.get_value(REQUEST, request, "export_path"))
	frappe.db.set_value(REQUEST, request, {"export_path": None, "export_expires_at": None})


def _forget_file(name: str | None) -> None:
	if name:
		(Path(get_site_path("private", FOLDER)) / Path(name).name).unlink(missing_ok=True)


def _rows(doctype: str, names: Iterable[str]) -> list[dict[str, Any]]:
	rows = frappe.get_all(doctype, {"name": ("in", sorted(names))}, ["*"], order_by="name asc")
	return [_plain(row) for row in rows]


def _plain(values: dict[str, Any]) -> dict[str, Any]:
	plain = {}
	for key, value in values.items():
		if key in _TECHNICAL or key.startswith("__") or value in (None, "", []):
			continue
		plain[key] = [_plain(row) for row in value] if isinstance(value, list) and _is_rows(value) else value
	return plain


def _is_rows(value: list[Any]) -> bool:
	return all(isinstance(row, dict) for row in value)


def _write(path: Path, content: dict[str, Any], files: list[Any], language: str) -> None:
	half = path.with_suffix(".part")
	with zipfile.ZipFile(half, "w", zipfile.ZIP_DEFLATED) as archive:
		names = _add_files(archive, files)
		content["files"] = names
		archive.writestr("data.json", json.dumps(content, ensure_ascii=False, indent=1, default=str))
		archive.writestr("data.html", export_page.html(content, language))
	half.chmod(0o600)
	half.rename(path)


def _add_files(archive: zipfile.ZipFile, files: list[Any]) -> list[dict[str, str]]:
	added = []
	for row in files:
		inside = f"files/{row.name}-{Path(row.file_name or 'file').name}"
		try:
			place = Path(frappe.get_doc("File", row.name).get_full_path())
			archive.write(place, inside)
		except (OSError, frappe.ValidationError):
			inside = ""  # the file itself is gone; that it was there is told
		added.append({"file_name": row.file_name, "inside": inside, "belongs_to": row.attached_to_doctype})
	return added
