"""People sign in with their mobile number and share desks from now on.

Numbers of logins take the form they are typed in; the menu gets the ways to the shared desk.
"""

import frappe

from clinic_core.people.desk import navbar
from clinic_core.people.staff import mobile_login


def execute() -> None:
	"""Switch it on once; a clinic that switches it off afterwards is left alone."""
	mobile_login.switch_on()
	navbar.add()
	for row in frappe.get_all(
		"User", {"mobile_no": ("is", "set")}, ["name", "mobile_no"], order_by="name asc"
	):
		number = mobile_login.login_form(row.mobile_no)
		if number != row.mobile_no and not frappe.db.exists("User", {"mobile_no": number}):
			frappe.db.set_value("User", row.name, "mobile_no", number, update_modified=False)
