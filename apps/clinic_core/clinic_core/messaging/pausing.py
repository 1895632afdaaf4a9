"""A gateway that needs a person is left alone until he acted: no credit, wrong key, account not verified (N9)."""

from typing import Any

import frappe
from frappe import _
from frappe.utils import now_datetime

from clinic_core.foundation.boundary import command
from clinic_core.messaging import call_log, outbox
from clinic_core.messaging.doctype.clinic_sms_gateway.clinic_sms_gateway import DOCTYPE
from clinic_core.messaging.gateways import registry
from clinic_core.messaging.gateways.base import GatewayError, NoCredit
from clinic_core.messaging.gateways.kavenegar import NO_CREDIT
from clinic_core.operations import alerts

ALERT = "health:messages:sms_paused"
"""The code under which the health page's watch tells it as well: the managers hear of it once."""


def pause(gateway: str, error: GatewayError) -> None:
	"""Stop sending through a gateway and tell the managers; part of the caller's transaction."""
	values = {"is_paused": 1, "paused_at": now_datetime(), "pause_code": error.code, "pause_text": error.text}
	if isinstance(error, NoCredit):
		values["credit"] = 0
	frappe.db.set_value(DOCTYPE, gateway, values)
	alerts.raise_alert(ALERT, lambda: title(gateway), lambda: advice(error.code, error.text))


def ask_credit(name: str) -> int:
	"""Ask what is left on the account, and note it. Raises GatewayError."""
	gateway = registry.get(name)
	adapter = registry.adapter(gateway)
	try:
		credit = adapter.credit()
	finally:
		command("messaging.record", None, lambda: call_log.write(name, adapter.calls))
	noted = {"credit": credit, "credit_at": now_datetime()}
	command(
		"messaging.credit", None, lambda: frappe.db.set_value(DOCTYPE, name, noted, update_modified=False)
	)
	return credit


def resume(name: str) -> None:
	"""Go on; what waits is sent. Part of the caller's transaction."""
	values: dict[str, Any] = {"is_paused": 0, "paused_at": None, "pause_code": None, "pause_text": None}
	frappe.db.set_value(DOCTYPE, name, values)
	alerts.clear_alert(ALERT)
	outbox.kick()


def resume_if_paid() -> list[str]:
	"""Gateways that ran out of credit go on by themselves once there is some. Returns which."""
	rows = frappe.get_all(
		DOCTYPE,
		{"is_paused": 1, "is_active": 1, "pause_code": str(NO_CREDIT)},
		pluck="name",
		order_by="name asc",
	)
	done = []
	for name in rows:
		try:
			credit = ask_credit(name)
		except GatewayError:
			continue
		if credit > 0:
			command("messaging.resume", None, lambda name=name: resume(name))
			done.append(name)
	return done


def title(gateway: str) -> str:
	"""What a manager is told."""
	return _("The SMS gateway {0} is paused: no message goes out").format(
		frappe.db.get_value(DOCTYPE, gateway, "title") or gateway
	)


def advice(code: str | None, text: str | None) -> str:
	"""What he can do."""
	if code == str(NO_CREDIT):
		said = _("Its credit is used up. Charge the account; sending goes on by itself within minutes.")
	else:
		said = _("Look at the account and the key, then press “Go on” in the form of the gateway.")
	return f"{said} ({' '.join(filter(None, (code, text)))})" if code else said
