"""Endpoints of the bulk price update (A50): parse, check permission, call, return; nothing else."""

import base64
from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cint

from clinic_core.foundation import table_files, wire
from clinic_core.foundation.boundary import command
from clinic_core.foundation.errors import ConflictError, refuse_input
from clinic_core.service_catalog.price_updates import draft, files, sentences
from clinic_core.service_catalog.price_updates import preview as previews

DOCTYPE = "Clinic Price Update"


@frappe.whitelist(methods=["GET", "POST"])
def preview(values: str | dict, update: str | None = None) -> dict[str, Any]:
	"""Old and new prices of a draft that need not be saved → {rows, totals, moved}. Money in Rial.

	`values`: the fields of a Clinic Price Update; `update`: its saved draft, to mark what moved since.
	A pure read; POST is for long choices.
	"""
	wire.require_permission(DOCTYPE, "create")
	seen = None
	if update:
		wire.require_permission(DOCTYPE, "read", update)
		stored = frappe.db.get_value(DOCTYPE, update, "seen")
		seen = draft.read_amounts(stored, _("Prices at the last look"))
	return previews.answer(previews.lines_of(_draft(values)), seen)


@frappe.whitelist(methods=["GET"])
def recorded(update: str) -> dict[str, Any]:
	"""What a submitted update changed, in the form of `preview`."""
	wire.require_permission(DOCTYPE, "read", update)
	return previews.recorded(update)


@frappe.whitelist(methods=["POST"])
def submit(update: str, idempotency_key: str | None = None) -> dict[str, Any]:
	"""Change the prices of a saved draft, all or none → {update, status, changed}.

	One that was submitted already answers the same. 409 names the services whose price is not as it was
	when the draft was saved.
	"""
	wire.require_permission(DOCTYPE, "submit", update)

	def work() -> dict[str, Any]:
		doc = frappe.get_doc(DOCTYPE, update)
		if doc.docstatus == 2:
			frappe.throw(
				_("This price update was reverted. Amend it to change the prices again."), ConflictError
			)
		if doc.docstatus == 0:
			doc.submit()
		return _state(doc)

	return command(f"{DOCTYPE}.submit", idempotency_key, work, content={"update": update})


@frappe.whitelist(methods=["POST"])
def revert(
	update: str, reason: str, leave_changed: int | str = 0, idempotency_key: str | None = None
) -> dict[str, Any]:
	"""Bring back the prices before a submitted update, all or none → {update, status, changed, left}.

	409 names the services whose price was changed since, in `changed`, too; with `leave_changed` these
	stay and the others go back.
	"""
	wire.require_permission(DOCTYPE, "cancel", update)
	if not reason.strip():
		refuse_input(_("Reason"), _("Please write a reason."))
	content = {"update": update, "reason": reason.strip(), "leave_changed": cint(leave_changed)}

	def work() -> dict[str, Any]:
		doc = frappe.get_doc(DOCTYPE, update)
		if doc.docstatus == 0:
			frappe.throw(_("This price update was not submitted. There is nothing to revert."), ConflictError)
		if doc.docstatus == 1:
			doc.flags.revert_reason = content["reason"]
			doc.flags.leave_changed = content["leave_changed"]
			doc.cancel()
		return {**_state(doc), "left": doc.left_count}

	return command(f"{DOCTYPE}.revert", idempotency_key, work, content=content)


@frappe.whitelist(methods=["GET", "POST"])
def price_list(values: str | dict, kind: str = files.XLSX) -> None:
	"""The chosen prices as a file to fill in, `xlsx` or `csv`, in the user's language and unit of money."""
	wire.require_permission(DOCTYPE, "create")
	if kind not in (files.XLSX, files.CSV):
		refuse_input(_("File"), _("Choose one of: {0}.").format("xlsx, csv"))
	frappe.local.response.filename = f"price-list.{kind}"
	frappe.local.response.filecontent = files.template(_draft(values), kind)
	frappe.local.response.type = "binary"


@frappe.whitelist(methods=["POST"])
def read_price_list(values: str | dict, content: str) -> dict[str, Any]:
	"""Read a price list → {prices, services, problems, …}; nothing is saved.

	`content`: the bytes of an xlsx or csv file in base64. `problems`: [{row, named, text}] of the rows that
	gave no price. 422 for a file that cannot be read.
	"""
	wire.require_permission(DOCTYPE, "create")
	# Three bytes are four signs: what is longer is refused before it is unpacked.
	if len(content) > table_files.MAX_BYTES * 4 // 3 + 4:
		refuse_input(_("File"), sentences.too_large(table_files.MAX_BYTES // 1024**2))
	try:
		plain = base64.b64decode(content, validate=True)
	except ValueError:
		refuse_input(_("File"), _("This could not be read. Please send it as base64."))
	return files.read(_draft(values), plain)


def _draft(values: str | dict) -> draft.Draft:
	"""A draft from fields that may not be saved yet."""
	given = wire.parse_dict(values, _("Price update"))
	doc = frappe.new_doc(DOCTYPE)
	doc.update({field: given[field] for field in draft.FIELDS if field in given})
	doc.before_validate()
	return draft.of_document(doc)


def _state(doc: Document) -> dict[str, Any]:
	return {"update": doc.name, "status": doc.status, "changed": doc.changed_count}
