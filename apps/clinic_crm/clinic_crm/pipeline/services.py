"""Services as visitors see them: what a lead form may be about, and which form a service leads to (A92)."""

from collections.abc import Sequence
from urllib.parse import quote

import frappe

SERVICE = "Clinic Service"
FORM = "Clinic Lead Form"


def shown(service: str | None) -> str | None:
	"""The name of a service strangers may ask about, None for anything else they send."""
	if not isinstance(service, str) or not service:
		return None
	return frappe.db.get_value(SERVICE, _on_sale(service), "name")


def title(service: str | None) -> str:
	"""What the service is called on the public page, "" if strangers may not know of it."""
	if not isinstance(service, str) or not service:
		return ""
	row = frappe.db.get_value(SERVICE, _on_sale(service), ["display_name", "service_name"], as_dict=True)
	return (row.display_name or frappe._(row.service_name)) if row else ""


def contact_links(services: Sequence[str]) -> dict[str, str]:
	"""The lead form each service leads to, and "" for the centre (hook `clinic_contact_link`).

	The oldest public form that is open. Without one the answer is empty: there is nowhere to lead to.
	"""
	routes = frappe.get_all(
		FORM,
		{"status": "Active", "visibility": "Public"},
		pluck="route",
		order_by="creation asc, name asc",
		limit=1,
	)
	if not routes:
		return {}
	address = f"/lead/{quote(routes[0])}"
	return {"": address, **{service: f"{address}?service={quote(service)}" for service in services}}


def _on_sale(service: str) -> dict[str, str | int]:
	return {"name": service, "status": "Active", "show_in_profile": 1}
