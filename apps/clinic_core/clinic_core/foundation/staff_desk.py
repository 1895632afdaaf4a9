"""What the staff see of the desk: the clinic's workspaces, not those for building software.

A Module Profile "Clinic Staff" blocks Frappe's own modules. It is the clinic's to edit; it is put
on a user in the User form. Blocking a module hides its workspaces and takes no right away.
"""

from typing import Any

import frappe

from clinic_core.foundation import roles

DOCTYPE = "Module Profile"
NAME = "Clinic Staff"


def profiles() -> list[dict[str, Any]]:
	"""The profile as it is seeded: all modules of Frappe itself are blocked."""
	modules = frappe.get_all("Module Def", filters={"app_name": "frappe"}, pluck="name", order_by="name asc")
	blocked = [{"module": module} for module in modules]
	return [{"name": NAME, "module_profile_name": NAME, "block_modules": blocked}]


def may_open() -> bool:
	"""Whether the user works here: who does not is shown no tile on Frappe's screen of apps."""
	return bool((roles.STAFF | {"System Manager"}) & set(frappe.get_roles()))


def remove() -> None:
	"""Take the profile away again; its users see all modules as before."""
	users = frappe.get_all("User", filters={"module_profile": NAME}, pluck="name", order_by="name asc")
	frappe.db.delete("Block Module", {"parent": ("in", [*users, ""]), "parenttype": "User"})
	frappe.db.set_value("User", {"module_profile": NAME}, "module_profile", None, update_modified=False)
	frappe.delete_doc(DOCTYPE, NAME, ignore_missing=True, force=True, ignore_permissions=True)
	frappe.clear_cache()
