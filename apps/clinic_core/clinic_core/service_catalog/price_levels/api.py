"""Endpoints of contracts and proformas: parse, check permission, call, return; nothing else."""

from typing import Any

import frappe
from frappe import _
from frappe.utils import cint

from clinic_core.foundation import boundary, digits, wire
from clinic_core.foundation.errors import refuse_input
from clinic_core.service_catalog.price_levels import contract_coverage, contract_rows, renewal
from clinic_core.service_catalog.proforma import proformas
from clinic_core.service_catalog.quoting import quote_request

_MODULE = "clinic_core.service_catalog.price_levels.api."


@frappe.whitelist(methods=["GET"])
def covered_services(
	contract: str,
	text: str | None = None,
	start: int | str = 0,
	page_length: int | str = contract_coverage.PAGE,
) -> dict[str, Any]:
	"""What a contract covers, with prices and shares: {on, total, has_more, rows} (A21, F34)."""
	wire.require_permission(contract_rows.CONTRACT, "read")
	doc = frappe.get_doc(contract_rows.CONTRACT, contract)
	wire.require_document(doc, "read")
	return contract_coverage.page(
		doc,
		text,
		max(_whole(start), 0),
		max(_whole(page_length), 1),
	)


@frappe.whitelist(methods=["POST"])
def renew_contract(
	contract: str,
	valid_from: str,
	valid_to: str | None = None,
	percent: str | int | float = 0,
	step: str | int | float = 1,
	title: str | None = None,
	idempotency_key: str | None = None,
) -> dict[str, Any]:
	"""Copy a contract into its next period, its prices changed by `percent` → {contract, title}."""
	wire.require_permission(contract_rows.CONTRACT, "create")
	wire.require_permission(contract_rows.CONTRACT, "write", contract)
	first = wire.parse_date(valid_from, _("Valid from"))
	if not first:
		refuse_input(_("Valid from"), _("This is missing."))
	args = {
		"contract": contract,
		"valid_from": first,
		"valid_to": wire.parse_date(valid_to, _("Valid to")),
		"percent": wire.parse_number(percent, _("Change in percent")),
		"step": wire.parse_number(step, _("Round to"), default=1),
		"title": title,
	}

	def work() -> dict[str, Any]:
		doc = renewal.renew(**args)
		return {"contract": doc.name, "title": doc.title}

	return boundary.command(_MODULE + "renew_contract", idempotency_key, work, content=_plain(args))


@frappe.whitelist(methods=["POST"])
def create_proforma(
	lines: str | list,
	branch: str,
	patient: str | None = None,
	person_name: str | None = None,
	person_mobile: str | None = None,
	note: str | None = None,
	issue: int | str | bool = 1,
	idempotency_key: str | None = None,
) -> dict[str, Any]:
	"""A proforma for a patient, or for a person without a file → {proforma, proforma_no, status,
	valid_until, total, patient_share}. `lines` as in `get_quotes`."""
	wire.require_permission(proformas.DOCTYPE, "create")
	if patient:
		wire.require_permission("Clinic Patient", "read", patient)
	rows = quote_request.lines(lines)
	if not rows:
		refuse_input(_("Services"), _("Choose at least one service."))
	quote_request.require_services(row["service"] for row in rows)
	args = {
		"branch": branch,
		"patient": patient or None,
		"person_name": person_name,
		"person_mobile": person_mobile,
		"note": note,
		"is_issued": bool(cint(issue)),
	}

	def work() -> dict[str, Any]:
		return _answer(proformas.create(rows, **args))

	content = {**args, "lines": [_plain(row) for row in rows]}
	return boundary.command(_MODULE + "create_proforma", idempotency_key, work, content=content)


@frappe.whitelist(methods=["POST"])
def issue_proforma(proforma: str, idempotency_key: str | None = None) -> dict[str, Any]:
	"""Freeze the prices of a draft as they are today and number it → as `create_proforma`."""
	wire.require_permission(proformas.DOCTYPE, "write", proforma)
	return boundary.command(
		_MODULE + "issue_proforma",
		idempotency_key,
		lambda: _answer(proformas.issue(proforma)),
		content={"proforma": proforma},
	)


@frappe.whitelist(methods=["POST"])
def cancel_proforma(
	proforma: str, reason: str | None = None, idempotency_key: str | None = None
) -> dict[str, Any]:
	"""Take a proforma back; an issued one with a reason → as `create_proforma`."""
	wire.require_permission(proformas.DOCTYPE, "write", proforma)
	return boundary.command(
		_MODULE + "cancel_proforma",
		idempotency_key,
		lambda: _answer(proformas.cancel(proforma, reason)),
		content={"proforma": proforma, "reason": reason},
	)


def _answer(doc: Any) -> dict[str, Any]:
	return {
		"proforma": doc.name,
		"proforma_no": doc.proforma_no,
		"status": doc.status,
		"valid_until": str(doc.valid_until) if doc.valid_until else None,
		"total": doc.total,
		"patient_share": doc.patient_share,
	}


def _plain(values: dict[str, Any]) -> dict[str, Any]:
	"""Arguments as text, for telling whether a key is used for the same content."""
	return {key: None if value is None else str(value) for key, value in values.items()}


def _whole(value: int | str) -> int:
	return cint(digits.to_latin(str(value)))
