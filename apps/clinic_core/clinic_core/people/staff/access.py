"""What a staff member's form means to Frappe: the login, its roles, modules and branches (E150, F87).

Called by the document itself, so form, REST and import obey alike. One transaction: whatever fails,
nothing of it stays.
"""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.sessions import clear_sessions
from frappe.utils import cint

from clinic_core.foundation import compat, roles, staff_desk
from clinic_core.foundation.errors import refuse_input
from clinic_core.people.staff import grants, mobile_login, people_of

ALLOW = "Clinic Branch"
PORTAL_ONLY = frozenset({roles.PORTAL_USER})


def check(doc: Document) -> None:
	"""May the person at the keyboard do this to that login? Raises InvalidInputError, frappe.PermissionError."""
	held, wanted, giver = _held(doc), grants.ticked(doc), _giver()
	if giver is not None:
		too_much = grants.beyond_giver(giver, wanted)
		if too_much:
			_refuse(_("You cannot give the role {0}.").format(_(too_much[0])))
		if not grants.in_reach(giver, held):
			_refuse(_("This login has rights that you do not have. Please ask a System Manager."))
	if doc.login_allowed and doc.status != "Departed" and not wanted:
		refuse_input(_("What this person may do"), _("Tick at least one role, or take “May sign in” away."))
	_keep_door_open(doc, held, wanted)


def check_reach(doc: Document) -> None:
	"""Nobody opens, closes or takes over the login of his superior. Raises frappe.PermissionError."""
	giver = _giver()
	if giver is not None and not grants.in_reach(giver, _held(doc)):
		_refuse(_("This login has rights that you do not have. Please ask a System Manager."))


def _giver() -> frozenset[str] | None:
	"""Roles of who is at the keyboard; None: whatever he asks for is his to ask (system, Administrator)."""
	if frappe.session.user == "Administrator" or frappe.flags.clinic_system_move:
		return None
	return frozenset(frappe.get_roles())


def _held(doc: Document) -> frozenset[str]:
	return people_of.roles_of(doc.user)


def _keep_door_open(doc: Document, held: frozenset[str], wanted: frozenset[str]) -> None:
	"""Nobody locks himself out, and a clinic has always a manager who can sign in."""
	stays_manager = roles.MANAGER in wanted and doc.login_allowed and doc.status != "Departed"
	if roles.MANAGER not in held or stays_manager:
		return
	if doc.user == frappe.session.user:
		refuse_input(_("Manager"), _("You would lock yourself out. Another manager can do this."))
	if frappe.db.get_value("User", doc.user, "enabled") and not people_of.another_manager(doc.user):
		refuse_input(_("Manager"), _("This is the last manager who can sign in."))


def apply(doc: Document) -> None:
	"""Bring the login in step with the form: made, changed, switched off, limited to branches."""
	if not doc.user and not doc.login_allowed:
		return
	compat.write_waiting_users_when_they_change()
	if not doc.user:
		doc.db_set("user", _login(doc), update_modified=False)
	on = bool(cint(doc.login_allowed)) and doc.status != "Departed"
	if on:
		switch(doc.user, on=True)
	user = frappe.get_doc("User", doc.user)
	if user.enabled:  # Frappe refuses to save a login that is off; it is written when it is on again
		_write_user(doc, user)
	switch(doc.user, on=on)
	if doc.status != "Departed":
		limit_to_branches(doc.user, [row.branch for row in doc.branches])
	frappe.clear_cache(user=doc.user)


def _login(doc: Document) -> str:
	"""The login this person gets: his own if he has one that is nobody else's."""
	name = (doc.email or grants.login_name(doc.mobile)).strip().lower()
	if not frappe.db.exists("User", name):
		return _make_user(doc, name)
	if name in frappe.STANDARD_USERS:
		refuse_input(_("E-mail"), _("This login is not a person."))
	held = people_of.roles_of(name)
	giver = _giver()
	if held <= PORTAL_ONLY and held:
		refuse_input(_("E-mail"), _("A patient signs in with it. Please use another one."))
	if giver is not None and not grants.in_reach(giver, held):
		_refuse(_("This login has rights that you do not have. Please ask a System Manager."))
	return name


def _make_user(doc: Document, name: str) -> str:
	number = mobile_login.login_form(doc.mobile)
	_check_number_free(number, name)
	user = frappe.get_doc(
		{
			"doctype": "User",
			"email": name,
			"first_name": doc.first_name,
			"last_name": doc.last_name,
			# Frappe would take the first name and complain of the second Sara.
			"mobile_no": number,
			"user_image": doc.photo,
			"username": "".join(sign for sign in doc.mobile if sign.isdigit()),
			"language": frappe.db.get_default("lang") or frappe.local.lang,
			"send_welcome_email": 0,
			"thread_notify": 0,
			"enabled": 1,
			# Frappe decides by the roles; a System User would be made a System Manager on a young site.
			"user_type": "Website User",
			"module_profile": frappe.db.exists("Module Profile", staff_desk.NAME),
			"roles": [{"role": role} for role in sorted(grants.ticked(doc))],
		}
	)
	user.flags.no_welcome_mail = True
	user.flags.clinic_staff = True
	with _not_throttled():
		return user.insert(ignore_permissions=True).name


class _not_throttled:
	"""Frappe allows sixty new users an hour, against strangers; a manager who imports his staff is none."""

	def __enter__(self) -> None:
		self._before = frappe.flags.in_import
		frappe.flags.in_import = True

	def __exit__(self, *_error: object) -> None:
		frappe.flags.in_import = self._before


def _write_user(doc: Document, user: Document) -> None:
	"""Save the login if anything of it differs, with what its owner chose himself when he joined."""
	wanted = grants.after([row.role for row in user.roles], grants.ticked(doc))
	values = {
		"first_name": doc.first_name,
		"last_name": doc.last_name or "",
		"mobile_no": mobile_login.login_form(doc.mobile),
		"user_image": doc.photo or user.user_image,
		"module_profile": user.module_profile or frappe.db.exists("Module Profile", staff_desk.NAME),
		**(doc.flags.own_login or {}),
	}
	same = sorted(row.role for row in user.roles) == wanted
	if same and all((user.get(field) or "") == (value or "") for field, value in values.items()):
		return
	_check_number_free(values["mobile_no"], user.name)
	user.update(values)
	if not same:
		user.set("roles", [])
		user.extend("roles", [{"role": role} for role in wanted])
	if grants.SYSTEM_MANAGER not in wanted:
		user.user_type = "Website User"  # see _make_user
	user.flags.clinic_staff = True
	user.save(ignore_permissions=True)


def _check_number_free(number: str, user: str) -> None:
	other = frappe.db.get_value("User", {"mobile_no": number, "name": ("!=", user)}, "name")
	if other:
		refuse_input(_("Mobile"), _("Another login uses this number."))


def switch(user: str, *, on: bool) -> None:
	"""Let a login in, or turn it away and end its sessions.

	Not through the document: Frappe's refuses while Administrator is the only System Manager.
	"""
	if bool(frappe.db.get_value("User", user, "enabled")) == on:
		return
	frappe.db.set_value("User", user, "enabled", int(on))
	frappe.db.set_value("Notification Settings", user, "enabled", int(on))
	frappe.clear_cache(user=user)
	if not on:
		revoke_keys(user)
		end_sessions(user)


def revoke_keys(user: str) -> None:
	"""Keys for programs work without a session: they go as well."""
	frappe.db.set_value("User", user, {"api_key": None}, update_modified=False)
	frappe.db.set_value(
		"OAuth Bearer Token", {"user": user, "status": "Active"}, "status", "Revoked", update_modified=False
	)


def end_sessions(user: str) -> None:
	"""Sign a login out everywhere, once this transaction holds (Frappe commits while it does)."""
	frappe.db.after_commit.add(lambda: clear_sessions(user, force=True))


def limit_to_branches(user: str, branches: list[str]) -> None:
	"""User Permissions on Clinic Branch are the mechanism; the first one is the default."""
	rows = frappe.get_all(
		"User Permission",
		{"user": user, "allow": ALLOW},
		["name", "for_value", "apply_to_all_doctypes"],
		order_by="name asc",
	)
	wanted = list(dict.fromkeys(branches))
	with following():
		for row in rows:
			if row.for_value not in wanted or not row.apply_to_all_doctypes:
				frappe.delete_doc("User Permission", row.name, ignore_permissions=True, force=True)
		here = {row.for_value for row in rows if row.apply_to_all_doctypes}
		for branch in [b for b in wanted if b not in here]:
			_allow(user, branch, is_default=branch == wanted[0])


def _allow(user: str, branch: str, *, is_default: bool) -> None:
	has_default = frappe.db.exists("User Permission", {"user": user, "allow": ALLOW, "is_default": 1})
	frappe.get_doc(
		{
			"doctype": "User Permission",
			"user": user,
			"allow": ALLOW,
			"for_value": branch,
			"apply_to_all_doctypes": 1,
			"is_default": int(is_default and not has_default),
		}
	).insert(ignore_permissions=True)


class following:
	"""Inside it, what Frappe's own records tell us is our own doing."""

	def __enter__(self) -> None:
		self._before = frappe.flags.clinic_staff_follows
		frappe.flags.clinic_staff_follows = True

	def __exit__(self, *_error: object) -> None:
		frappe.flags.clinic_staff_follows = self._before


def _refuse(problem: str) -> None:
	frappe.throw(problem, frappe.PermissionError, title=_("Not allowed"))
