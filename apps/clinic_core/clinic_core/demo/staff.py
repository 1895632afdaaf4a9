"""The people who work in the demo clinic: one login per role (`design.md` §6)."""

import secrets

import frappe
from frappe.utils.password import update_password

from clinic_core.demo.world import World
from clinic_core.foundation import compat, roles, staff_desk
from clinic_core.people.staff import grants, mobile_login

# login, role, (first, last) in Persian and transliterated; each has a position of his own below.
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

POSITIONS = {
	"manager": ("مدیر مرکز", "Head of the centre"),
	"supervisor": ("سرپرست شعبه", "Branch supervisor"),
	"reception": ("پذیرش", "Front desk"),
	"cashier": ("صندوق‌دار", "Cashier"),
	"doctor": ("متخصص پوست", "Dermatologist"),
	"operator": ("اپراتور لیزر", "Laser operator"),
	"consultant": ("مشاور زیبایی", "Beauty consultant"),
	"agent": ("مشاور آنلاین", "Online consultant"),
	"crm": ("مدیر ارتباط با مشتری", "Head of customer relations"),
	"call": ("کارشناس تماس", "Call agent"),
	"accountant": ("حسابدار", "Accountant"),
}
AT_THE_DESK = ("reception", "cashier", "operator", "supervisor")

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


def mobile(login: str) -> str:
	"""The number a demo user signs in with, in E.164: 0900 111 0001 and so on."""
	place = next(number for number, person in enumerate(STAFF, 1) if person[0] == login)
	return f"+98900111{place:04d}"


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
		_sign_in_by_mobile(email, mobile(login))
	if not password:
		world.say(f"password of all demo users: {secret}")
	world.say(f"{len(STAFF)} users")


def _sign_in_by_mobile(email: str, number: str) -> None:
	"""Unless somebody of the clinic's own has the number."""
	form = mobile_login.login_form(number)
	if not frappe.db.exists("User", {"mobile_no": form, "name": ("!=", email)}):
		frappe.db.set_value("User", email, "mobile_no", form, update_modified=False)


def build_members(world: World) -> None:
	"""Their staff files, and the computer of the front desk they share."""
	practitioners = dict(
		frappe.get_all(
			"Clinic Practitioner",
			{"user": ("is", "set")},
			["user", "name"],
			as_list=True,
			order_by="name asc",
		)
	)
	desk = world.add("Clinic Shared Desk", title=world.text(("رایانه پذیرش", "Front desk")), is_active=1)
	for login, role, first, last in STAFF:
		user = world.user(login)
		if frappe.db.exists("Clinic Staff Member", {"user": user}):
			continue
		member = world.add(
			"Clinic Staff Member",
			first_name=world.text(first),
			last_name=world.text(last),
			full_name=f"{world.text(first)} {world.text(last)}",
			mobile=mobile(login),
			email=user,
			user=user,
			position=world.text(POSITIONS[login]),
			practitioner=practitioners.get(user),
			status="Active",
			login_allowed=1,
			**{field: int(held == role) for field, held in grants.ROLE_FIELDS.items()},
		)
		if login in AT_THE_DESK:
			world.add_child(
				"Clinic Shared Desk Person",
				desk,
				"Clinic Shared Desk",
				"people",
				idx=AT_THE_DESK.index(login) + 1,
				staff_member=member["name"],
			)


def _create(world: World, email: str, role: str, first: str, last: str) -> None:
	compat.write_waiting_users_when_they_change()
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
			# Decided by the roles; a System User would be the young site's first System Manager.
			"user_type": "Website User",
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
