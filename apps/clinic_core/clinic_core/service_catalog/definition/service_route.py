"""The address of a service's public page (A01): made of its name, kept when the name changes."""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import escape_html

from clinic_core.foundation.errors import refuse_input
from clinic_core.service_catalog.definition import slugs

SERVICE = "Clinic Service"
# Pages of their own below /center.
RESERVED = frozenset({"articles", "departments"})


def settle(service: Document) -> str:
	"""The route `service` is to have: what the user wrote, tidied, or one made of the name.

	A route that was made here gives way to a taken one (`…-2`); one that somebody wrote is refused with
	the name of the service that has it. Raises InvalidInputError.
	"""
	if not service.route:
		wanted = slugs.slug(service.display_name or service.service_name) or slugs.slug(service.name)
		return slugs.unused(wanted, _taken(wanted, service.name) | RESERVED)
	if not service.is_new() and not service.has_value_changed("route"):
		return service.route
	wanted = slugs.slug(service.route)
	if not wanted:
		refuse_input(_label(), _("Use letters, digits and dashes."))
	if wanted in RESERVED:
		refuse_input(_label(), _("“{0}” is a page of its own. Choose another address.").format(wanted))
	other = frappe.db.get_value(SERVICE, {"route": wanted, "name": ("!=", service.name)}, "service_name")
	if other:
		refuse_input(_label(), _("The service “{0}” already has it.").format(escape_html(other)))
	return wanted


def _taken(wanted: str, service: str) -> set[str]:
	"""Routes of others that begin like this one. One query."""
	return set(
		frappe.get_all(
			SERVICE,
			{"route": ("like", f"{wanted}%"), "name": ("!=", service)},
			pluck="route",
			order_by="route asc",
		)
	)


def _label() -> str:
	return _("Address on the public page")
