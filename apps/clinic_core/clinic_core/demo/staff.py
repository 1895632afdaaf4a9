"""The people who work in the demo clinic: one login per role (`design.md` §6)."""

import secrets

import frappe
from frappe.utils.password import update_password

from clinic_core.demo.world import World
from clinic_core.foundation import roles, staff_desk

# login, role, (first, last) in Persian and transliterated
STAFF = [
	("manager", roles.MANAGER, ("مینا", "Mina"), ("صادقی", "Sadeghi")),
	("supervisor", roles.SUPERVISOR, ("حمید", "Hamid"), ("رحیمی", "Rahimi")),
	("reception", roles.RECEPTIONIST, ("سارا", "Sara"), ("احمدی", "Ahmadi")),
	("cashier", roles.CASHIER, ("لیلا", "Leila"), ("کریمی", "Karimi")),
	("doctor", roles.PRACTITIONER, ("نیلوفر", "Niloufar"), ("کامیابی", "Kamyabi")),
	("operator", roles.OPERATOR, ("سمیرا", "Samira"), ("طاهری", "Taheri")),
	("consultant", roles.CONSULTANT, ("سپیده", "Sepideh"), ("خسروی", "Khosravi")),
	("agent", roles.CRM_AGENT, ("شقایق", "Shaghayegh"), ("موسوی", "Mousavi")),
	("crm", roles.CRM_MANAGER, ("نیما", "Nima"), ("قاسمی", "Ghasemi")),
	("call", roles.CALL_AGENT, ("ترانه", "Taraneh"), ("جعفری", "Jafari")),
	("accountant", roles.ACCOUNTANT, ("داوود", "Davoud"), ("ابراهیمی", "Ebrahimi")),
]

USER_ROWS = (
	("Has Role", "parent"),
	("Block Module", "parent"),
	("User Social Login", "parent"),
	("DefaultValue", "parent"),
	("User Permission", "user"),
	("DocShare", "user"),
	("ToDo", "allocated_to"),
	("Sessions", "user"),
)


def build(world: World, password: str | None) -> None:
	"""Create the demo users that do not exist yet, and give all of them `password`."""
	secret = password or secrets.token_urlsafe(12)
	for login, role, first, last in STAFF:
		email = world.user(login)
		if not frappe.db.exists("User", email):
			_create(world, email, role, world.text(first), world.text(last))
		# One of an earlier demo may have stayed because something of the clinic's own points to him.
		world.adopt("User", email)
		update_password(email, secret)
	if not password:
		world.say(f"password of all demo users: {secret}")
	world.say(f"{len(STAFF)} users")


def _create(world: World, email: str, role: str, first: str, last: str) -> None:
	user = frappe.get_doc(
		{
			"doctype": "User",
			"email": email,
			"first_name": first,
			"last_name": last,
			"language": world.lang,
			"send_welcome_email": 0,
			"thread_notify": 0,
			"enabled": 1,
			"module_profile": frappe.db.exists("Module Profile", staff_desk.NAME),
			"roles": [{"role": role}],
		}
	)
	user.flags.no_welcome_mail = True
	user.insert(ignore_permissions=True)


def dismiss(email: str) -> None:
	"""Delete a demo user with all that Frappe keeps about a user.

	Not through the document: it refuses while Administrator is the only System Manager.
	"""
	for contact in frappe.get_all("Contact", filters={"user": email}, pluck="name", order_by="name asc"):
		frappe.delete_doc("Contact", contact, force=True, ignore_permissions=True)
	frappe.delete_doc(
		"Notification Settings", email, force=True, ignore_permissions=True, ignore_missing=True
	)
	for doctype, field in USER_ROWS:
		frappe.db.delete(doctype, {field: email})
	frappe.db.delete("__Auth", {"doctype": "User", "name": email})
	frappe.db.delete("User", {"name": email})
	frappe.clear_cache(user=email)
