"""Who looks after the system: managers of the clinic and of the site."""

import frappe
from frappe import _

from clinic_core.foundation.roles import MANAGER

MANAGERS = (MANAGER, "System Manager")


def require_manager() -> None:
	"""Raises frappe.PermissionError for everybody else."""
	if not set(MANAGERS) & set(frappe.get_roles()):
		frappe.throw(_("Only managers may do this."), frappe.PermissionError)
