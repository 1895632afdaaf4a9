"""Endpoints of requests for one's data: move on, the file, erasure by two people, blocking (E010, E012)."""

from typing import Any

import frappe
from frappe import _

from clinic_core.foundation import boundary, wire
from clinic_core.foundation.errors import refuse_input
from clinic_core.people.access_log import seen
from clinic_core.people.consent import blocking
from clinic_core.people.data_requests import exporting, found, requests, states

_API = "clinic_core.people.data_requests.api"
LANGUAGES = ("fa", "en", "tr", "zh")


@frappe.whitelist(methods=["POST"])
def move_request(
	request: str,
	status: str,
	reason: str | None = None,
	verified_how: str | None = None,
	idempotency_key: str | None = None,
) -> dict[str, Any]:
	"""Verify, begin, finish or refuse a request → {request, status}."""
	wire.require_permission(requests.DOCTYPE, "write", request)
	if status not in {*states.OPEN, states.DONE, states.REFUSED}:
		refuse_input(_("Status"), _("There is no such state."))
	return _command(
		"move_request", idempotency_key, request, lambda: requests.move(request, status, reason, verified_how)
	)


@frappe.whitelist(methods=["POST"])
def make_export(
	request: str, language: str | None = None, idempotency_key: str | None = None
) -> dict[str, Any]:
	"""Have the file of everything about the person made by a job → {request, export_status}."""
	wire.require_permission(requests.DOCTYPE, "write", request)
	wanted = language or (frappe.db.get_default("lang") or "en")[:2]
	if wanted not in LANGUAGES:
		refuse_input(_("Language"), _("Choose one of: {0}.").format(", ".join(LANGUAGES)))
	return _command("make_export", idempotency_key, request, lambda: requests.start_export(request, wanted))


@frappe.whitelist(methods=["GET"])
def download_export(request: str) -> None:
	"""Download the file; who did is logged (F82)."""
	wire.require_permission(requests.DOCTYPE, "write", request)
	try:
		path, doc = exporting.path_of(request)
	except FileNotFoundError:
		frappe.throw(_("There is no file, or its time is over. Make it again."), frappe.DoesNotExistError)
	subject = found.subject_of((doc.person_doctype, doc.person_name))
	patients = [name for doctype, name in subject if doctype == blocking.PATIENT]
	seen.saw(patients, "Export", "Data request", doctype=requests.DOCTYPE, document=request)
	frappe.local.response.filename = f"{request}.zip"
	frappe.local.response.filecontent = path.read_bytes()
	frappe.local.response.type = "download"


@frappe.whitelist(methods=["GET"])
def preview_erasure(request: str) -> dict[str, Any]:
	"""What would go, what would stay and what stands against it."""
	wire.require_permission(requests.DOCTYPE, "write", request)
	return requests.preview(request)


@frappe.whitelist(methods=["POST"])
def ask_erasure(request: str, idempotency_key: str | None = None) -> dict[str, Any]:
	"""Ask a second person to approve the erasure → {request, erasure_status}."""
	wire.require_permission(requests.DOCTYPE, "write", request)
	return _command("ask_erasure", idempotency_key, request, lambda: requests.ask_erasure(request))


@frappe.whitelist(methods=["POST"])
def approve_erasure(request: str, typed: str, idempotency_key: str | None = None) -> dict[str, Any]:
	"""Approve an erasure somebody else asked for; it cannot be undone → {request, erasure_status}."""
	wire.require_permission(requests.DOCTYPE, "write", request)
	return _command(
		"approve_erasure", idempotency_key, request, lambda: requests.approve_erasure(request, typed)
	)


@frappe.whitelist(methods=["POST"])
def block_person(
	patient: str, reason: str, handler: str | None = None, idempotency_key: str | None = None
) -> dict[str, Any]:
	"""Block a file while a claim is checked (E010) → {patient, status}."""
	wire.require_permission(blocking.PATIENT, "write", patient)
	blocking.require_head()
	if handler and not frappe.db.exists("User", {"name": handler, "enabled": 1}):
		refuse_input(_("Handles the claim"), _("There is no such user."))
	return _command(
		"block_person", idempotency_key, patient, lambda: blocking.block(patient, reason, handler)
	)


@frappe.whitelist(methods=["POST"])
def unblock_person(patient: str, reason: str, idempotency_key: str | None = None) -> dict[str, Any]:
	"""Lift the block of a file → {patient, status}."""
	wire.require_permission(blocking.PATIENT, "write", patient)
	blocking.require_head()
	return _command("unblock_person", idempotency_key, patient, lambda: blocking.unblock(patient, reason))


def _command(method: str, key: str | None, name: str, work: Any) -> dict[str, Any]:
	return boundary.command(f"{_API}.{method}", key, work, content={"name": name})
