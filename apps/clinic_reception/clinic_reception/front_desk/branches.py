"""Which branches' figures a person may see: those of his User Permissions."""

import frappe
from frappe import _


def visible(branch: str | None) -> list[str]:
	"""The asked branch, else all the user may see; never empty. Raises frappe.PermissionError for another's."""
	allowed = frappe.get_list("Clinic Branch", pluck="name", order_by="name asc", limit_page_length=0)
	if branch and branch not in allowed:
		frappe.throw(_("You may not see the figures of this branch."), frappe.PermissionError)
	return [branch] if branch else allowed or [""]
