"""Endpoints of a practitioner's calendar feed: whether there is one, a new secret address, none any more."""

from typing import Any

import frappe
from frappe import _

from clinic_core.foundation import roles, wire
from clinic_core.foundation.boundary import command
from clinic_core.people import own_patients
from clinic_core.scheduling.feed import addresses


@frappe.whitelist(methods=["GET"])
def feed_state(practitioner: str) -> dict[str, Any]:
	"""Whether the calendar has an address → {is_on, rotated_at, rotated_by}; never the address itself."""
	_require(practitioner)
	return addresses.state(practitioner)


@frappe.whitelist(methods=["POST"])
def rotate_feed(practitioner: str, idempotency_key: str | None = None) -> dict[str, str]:
	"""A new secret address, the old one stops → {address, rotated_at}. It is shown this once (F14)."""
	_require(practitioner)
	# Without the key: an answer that is kept would keep the secret readable.
	return command("scheduling.rotate_feed", None, lambda: addresses.rotate(practitioner))


@frappe.whitelist(methods=["POST"])
def stop_feed(practitioner: str, idempotency_key: str | None = None) -> dict[str, bool]:
	"""Take the address away → {stopped}."""
	_require(practitioner)
	content = {"practitioner": practitioner}

	def work() -> dict[str, bool]:
		return {"stopped": addresses.stop(practitioner)}

	return command("scheduling.stop_feed", idempotency_key, work, content=content)


def _require(practitioner: str) -> None:
	"""Managers for everybody, a practitioner for himself."""
	wire.require_permission(addresses.PRACTITIONER, "read", practitioner)
	held = set(frappe.get_roles())
	if frappe.session.user == "Administrator" or roles.MANAGER in held:
		return
	if practitioner not in own_patients.practitioners_of(frappe.session.user):
		frappe.throw(_("Only a manager opens the calendar of somebody else."), frappe.PermissionError)
