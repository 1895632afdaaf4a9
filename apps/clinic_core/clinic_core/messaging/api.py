"""Endpoints of messages: parse, check permission, call, return (N9)."""

from typing import Any

import frappe
from frappe import _

from clinic_core.foundation import wire
from clinic_core.foundation.boundary import command
from clinic_core.foundation.errors import ConflictError
from clinic_core.messaging import actions, pausing
from clinic_core.messaging.doctype.clinic_sms_gateway.clinic_sms_gateway import DOCTYPE as GATEWAY
from clinic_core.messaging.drafts import DOCTYPE, PATIENT, TEMPLATE
from clinic_core.messaging.gateways.base import GatewayError


@frappe.whitelist(methods=["GET", "POST"])
def preview(
	template: str | None = None,
	text: str | None = None,
	patient: str | None = None,
	language: str | None = None,
	as_email: bool = False,
	subject: str | None = None,
) -> dict[str, Any]:
	"""A text as it would go out, its parts and what it costs → {text, parts, left, cost, why_not, …}.

	As an email: {subject, text, html, why_not, …}.
	"""
	wire.require_permission(TEMPLATE, "read")
	if patient:
		wire.require_permission(PATIENT, "read", patient)
	return actions.preview(template or "", text, patient, language, as_email, subject)


@frappe.whitelist(methods=["POST"])
def send_again(message: str, idempotency_key: str | None = None) -> dict[str, Any]:
	"""Send a failed message once more → {message, status}."""
	wire.require_permission(DOCTYPE, "write")
	wire.require_permission(DOCTYPE, "write", message)
	return command(
		"messaging.send_again",
		idempotency_key,
		lambda: _answer(actions.send_again(message)),
		content={"message": message},
	)


@frappe.whitelist(methods=["POST"])
def ask_gateway(message: str) -> dict[str, Any]:
	"""Ask the gateway what became of a message → {message, status}. Asking twice changes nothing more."""
	wire.require_permission(DOCTYPE, "write")
	wire.require_permission(DOCTYPE, "write", message)
	return _answer(actions.ask(message))


@frappe.whitelist(methods=["POST"])
def check_gateway(gateway: str) -> dict[str, Any]:
	"""Ask a gateway for its credit: shows whether the key is right → {gateway, credit}."""
	wire.require_permission(GATEWAY, "write", gateway)
	actions.require_gateway_in_use(gateway)
	return {"gateway": gateway, "credit": _credit(gateway)}


@frappe.whitelist(methods=["POST"])
def resume_gateway(gateway: str, idempotency_key: str | None = None) -> dict[str, Any]:
	"""Go on after a pause, once the gateway answers → {gateway, credit}."""
	wire.require_permission(GATEWAY, "write", gateway)
	actions.require_gateway_in_use(gateway)
	credit = _credit(gateway)
	return command(
		"messaging.resume_gateway",
		idempotency_key,
		lambda: {"gateway": pausing.resume(gateway) or gateway, "credit": credit},
		content={"gateway": gateway},
	)


def _credit(gateway: str) -> int:
	"""Raises ConflictError that says what the gateway said."""
	try:
		return pausing.ask_credit(gateway)
	except GatewayError as error:
		frappe.throw(
			_("The gateway does not take us yet: {0}").format(frappe.utils.escape_html(_said(error))),
			ConflictError,
		)


def _said(error: GatewayError) -> str:
	return f"{error.code} {error.text}".strip()


def _answer(doc: Any) -> dict[str, Any]:
	return {"message": doc.name, "status": doc.status}
