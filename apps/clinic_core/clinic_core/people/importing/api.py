"""Endpoints of imports (E037, G13): parse, check permission, call, return; nothing else."""

from typing import Any

import frappe
from frappe import _
from frappe.utils import cint

from clinic_core.foundation import roles, wire
from clinic_core.foundation.boundary import command
from clinic_core.people.importing import faulty, imports, options, screens
from clinic_core.people.importing.options import Options

DOCTYPE = imports.DOCTYPE
MAY_IMPORT = frozenset({roles.MANAGER, "System Manager"})


def _require() -> None:
	"""Only managers bring records in, whatever else may be granted. Raises frappe.PermissionError."""
	if frappe.session.user != "Administrator" and not MAY_IMPORT & set(frappe.get_roles()):
		frappe.throw(_("Only a manager may import."), frappe.PermissionError, title=_("Not allowed"))


def _require_import(name: str) -> None:
	_require()
	wire.require_permission(DOCTYPE, "read", name)


def _options(given: str | dict) -> Options:
	return options.from_dict(wire.parse_dict(given, _("Options")))


@frappe.whitelist(methods=["GET"])
def overview() -> dict[str, Any]:
	"""What can be imported and what was: {kinds, recent}."""
	_require()
	return {"kinds": screens.kinds(), "recent": screens.recent()}


@frappe.whitelist(methods=["GET"])
def state(name: str) -> dict[str, Any]:
	"""One import, with its columns while it is a draft."""
	_require_import(name)
	return screens.state(name)


@frappe.whitelist(methods=["POST"])
def begin(
	kind: str, file_url: str, corrects: str | None = None, idempotency_key: str | None = None
) -> dict[str, Any]:
	"""A draft with an uploaded private file → {name}. `corrects`: the import whose faulty rows it holds.

	422 for what is no table, has a heading twice or no rows.
	"""
	_require()
	if corrects:
		_require_import(corrects)

	def work() -> dict[str, Any]:
		return {"name": imports.begin(kind, file_url, corrects).name}

	content = {"kind": kind, "file_url": file_url, "corrects": corrects}
	return command(f"{DOCTYPE}.begin", idempotency_key, work, content=content)


@frappe.whitelist(methods=["POST"])
def choose(name: str, wanted: str | dict, idempotency_key: str | None = None) -> dict[str, Any]:
	"""Keep sheet, headings, columns and the like of a draft → its state."""
	_require_import(name)
	given = _options(wanted)

	def work() -> dict[str, Any]:
		imports.choose(name, given)
		return screens.state(name)

	content = {"name": name, "wanted": given.to_json()}
	return command(f"{DOCTYPE}.choose", idempotency_key, work, content=content)


@frappe.whitelist(methods=["GET", "POST"])
def preview(name: str, wanted: str | dict) -> dict[str, Any]:
	"""The first rows as they will be stored → {columns, rows}; nothing is written. POST for long choices."""
	_require_import(name)
	return screens.preview(name, _options(wanted))


@frappe.whitelist(methods=["POST"])
def start(
	name: str,
	wanted: str | dict,
	control_rows: int | str | None = None,
	control_total: int | float | str | None = None,
	idempotency_key: str | None = None,
) -> dict[str, Any]:
	"""Run a draft in the background → its state. 422 names columns that are missing."""
	_require_import(name)
	given = _options(wanted)
	count = int(wire.parse_number(control_rows, _("Rows by the old books")))
	total = float(wire.parse_number(control_total, _("Total by the old books")))

	def work() -> dict[str, Any]:
		imports.start(name, given, count, total)
		return screens.state(name)

	content = {"name": name, "wanted": given.to_json(), "count": count, "total": total}
	return command(f"{DOCTYPE}.start", idempotency_key, work, content=content)


@frappe.whitelist(methods=["POST"])
def cancel(name: str, idempotency_key: str | None = None) -> dict[str, Any]:
	"""Stop a run after the rows that are being written → its state."""
	return _move("cancel", name, idempotency_key)


@frappe.whitelist(methods=["POST"])
def resume(name: str, idempotency_key: str | None = None) -> dict[str, Any]:
	"""Go on with a run that was cancelled, failed, or lost its worker → its state."""
	return _move("resume", name, idempotency_key)


def _move(step: str, name: str, key: str | None) -> dict[str, Any]:
	_require_import(name)

	def work() -> dict[str, Any]:
		getattr(imports, step)(name)
		return screens.state(name)

	return command(f"{DOCTYPE}.{step}", key, work, content={"name": name})


@frappe.whitelist(methods=["POST"])
def take_back(name: str, reason: str, idempotency_key: str | None = None) -> dict[str, Any]:
	"""Undo what was not used since → its state."""
	_require_import(name)

	def work() -> dict[str, Any]:
		imports.take_back(name, reason)
		return screens.state(name)

	return command(f"{DOCTYPE}.take_back", idempotency_key, work, content={"name": name, "reason": reason})


@frappe.whitelist(methods=["GET"])
def rows(name: str, outcome: str = "", after: int | str = 0) -> list[dict[str, Any]]:
	"""A hundred rows of an outcome behind row number `after`."""
	_require_import(name)
	return screens.listed(name, outcome, cint(after))


@frappe.whitelist(methods=["GET"])
def faulty_rows(name: str) -> None:
	"""The refused rows as a workbook with the reasons, to correct and feed again."""
	_require_import(name)
	_send(*faulty.file_of(name))


@frappe.whitelist(methods=["GET"])
def template(kind: str) -> None:
	"""An empty workbook with the headings of a kind, in the user's language."""
	_require()
	_send(*faulty.template(kind))


def _send(name: str, content: bytes) -> None:
	frappe.local.response.filename = name
	frappe.local.response.filecontent = content
	frappe.local.response.type = "binary"
