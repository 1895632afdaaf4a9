"""Which gateway is used now, and the adapter that speaks to it."""

import logging
from typing import Any

import frappe

from clinic_core.foundation import settings
from clinic_core.messaging import states
from clinic_core.messaging.doctype.clinic_sms_gateway.clinic_sms_gateway import CONSOLE, DOCTYPE
from clinic_core.messaging.gateways.base import Gateway
from clinic_core.messaging.gateways.console import Console
from clinic_core.messaging.gateways.kavenegar import ADDRESS, Kavenegar

LOG = "clinic_sms"


def current() -> Any:
	"""The gateway of Clinic Settings, else the first active one that sends, else the console; None if none."""
	chosen = settings.get("sms_gateway")
	rows = frappe.get_all(
		DOCTYPE, {"is_active": 1}, ["name", "kind"], order_by="creation asc, name asc", limit_page_length=0
	)
	rows.sort(key=lambda row: (row.name != chosen, row.kind == CONSOLE))
	return get(rows[0].name) if rows else None


def get(name: str) -> Any:
	"""A gateway as it is now: a worker must see a pause at once."""
	return frappe.get_doc(DOCTYPE, name)


def adapter(gateway: Any) -> Gateway:
	"""What speaks to it."""
	if gateway.kind == CONSOLE:
		return Console(write=_log)
	return Kavenegar(
		timeout_seconds=gateway.timeout_seconds,
		key=gateway.get_password("api_key", raise_exception=False) or "",
		address=gateway.address or ADDRESS,
		code_pattern=gateway.code_pattern or "",
	)


def line_for(gateway: Any, purpose: str) -> str:
	"""The number a message of this purpose comes from."""
	is_advertising = purpose == states.ADVERTISING
	return (is_advertising and gateway.advertising_line) or gateway.service_line or ""


def _log(line: str) -> None:
	logger = frappe.logger(LOG, with_more_info=False)
	logger.setLevel(logging.INFO)
	logger.info(line)
