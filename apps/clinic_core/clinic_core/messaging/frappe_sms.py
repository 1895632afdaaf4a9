"""Frappe's own text messages go through the outbox: notifications, “Send SMS” and what other apps send (N9).

From 15.2x on Frappe asks the hook `send_sms`; an earlier 15 has none, so the desk's door is overridden in
`hooks.py` (`override_whitelisted_methods`) and its notifications by a class of theirs (`overrides/`).
"""

import json
from typing import Any

import frappe
from frappe import _
from frappe.utils import cstr, escape_html

from clinic_core.foundation import phones, wire
from clinic_core.foundation.errors import refuse_input
from clinic_core.messaging import occasions, outbox
from clinic_core.messaging.drafts import DOCTYPE, Draft
from clinic_core.people.phones import region


@frappe.whitelist(methods=["POST"])
def send_sms(
	receiver_list: list | str, msg: str, sender_name: str = "", success_msg: bool | int | str = True
) -> dict[str, Any]:
	"""Frappe's “Send SMS” of the desk → {queued, refused}. The sender is the gateway's line, not `sender_name`."""
	wire.require_permission(DOCTYPE, "write")
	return send(receiver_list, msg, sender_name, success_msg)


def send(
	receiver_list: list | str, msg: str, sender_name: str = "", success_msg: bool | int | str = True
) -> dict[str, Any]:
	"""Hook `send_sms`, without a question for rights: who calls it from code has asked them."""
	text = cstr(msg.decode() if isinstance(msg, bytes) else msg).strip()
	if not text:
		refuse_input(_("Message"), _("Please fill this in."))
	numbers, refused = _numbers(_listed(receiver_list))
	if not numbers:
		refuse_input(_("Receivers"), _("There is no mobile number among them."))
	batch = frappe.generate_hash(length=10)
	names = outbox.queue_many(
		[
			Draft(
				occasions.FROM_FRAPPE,
				key=f"{batch}:{number}",
				to=number,
				values={"text": text},
			)
			for number in numbers
		]
	)
	queued = sum(name is not None for name in names)
	if success_msg and frappe.utils.cint(success_msg):
		frappe.msgprint(_("{0} messages are on their way.").format(queued))
	return {"queued": queued, "refused": [*refused]}


def _listed(receivers: list | str) -> list[str]:
	"""A list, or one as JSON text, as Frappe takes it."""
	if isinstance(receivers, str):
		try:
			read = json.loads(receivers)
		except ValueError:
			read = receivers
		receivers = read if isinstance(read, list) else [read]
	return [cstr(one).strip() for one in receivers if cstr(one).strip()]


def _numbers(typed: list[str]) -> tuple[list[str], list[str]]:
	"""(numbers in E.164, each once; what is no number)."""
	found, refused = [], []
	for text in typed:
		try:
			found.append(phones.to_e164(text, region()))
		except ValueError:
			refused.append(escape_html(text))
	return list(dict.fromkeys(found)), refused
