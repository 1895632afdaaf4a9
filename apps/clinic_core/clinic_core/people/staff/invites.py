"""Inviting by link, and what happens when the new employee opens it (E151). Permission-free."""

from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import add_days, escape_html, get_url, now_datetime

from clinic_core.foundation import tries
from clinic_core.foundation.errors import ConflictError, refuse_input
from clinic_core.foundation.locks import lock_rows
from clinic_core.foundation.phones import to_local
from clinic_core.foundation.roles import MANAGER
from clinic_core.foundation.shown_days import shown_moment
from clinic_core.foundation.state import as_system
from clinic_core.people import phones
from clinic_core.people.desk import pins
from clinic_core.people.staff import access, grants, invite_rules, people_of

DOCTYPE = "Clinic Staff Invite"
MEMBER = people_of.DOCTYPE
TRIES_PER_ADDRESS, TRY_SECONDS = 30, 600


class LinkGoneError(frappe.ValidationError):
	"""A link that opens nothing (any more)."""

	http_status_code = 404


def check_tries(address: str | None) -> None:
	"""Stop a machine that tries links, before anything is read. Raises TooManyTriesError."""
	tries.check("join", address, TRIES_PER_ADDRESS, TRY_SECONDS)


def invite(member: str, days: int = invite_rules.VALID_DAYS) -> dict[str, Any]:
	"""A new link; earlier ones stop working → {link, expires_at, invite}. It is shown this once."""
	if not 1 <= days <= invite_rules.MOST_DAYS:
		refuse_input(
			_("Valid for (days)"), _("It must be between {0} and {1}.").format(1, invite_rules.MOST_DAYS)
		)
	lock_rows([(MEMBER, member)])
	person = frappe.get_doc(MEMBER, member)
	access.check_reach(person)  # whoever opens the link sets the password of this login
	if person.status == "Departed" or not person.login_allowed:
		refuse_input(_("May sign in"), _("{0} may not sign in.").format(escape_html(person.full_name)))
	revoke(member)
	token = invite_rules.new_token()
	doc = frappe.get_doc(
		{
			"doctype": DOCTYPE,
			"staff_member": member,
			"status": invite_rules.OPEN,
			"expires_at": add_days(now_datetime(), days),
			"token_hash": invite_rules.fingerprint(token),
		}
	).insert(ignore_permissions=True)
	return {"link": get_url(f"/join/{token}"), "expires_at": str(doc.expires_at), "invite": doc.name}


def revoke(member: str) -> int:
	"""Make the open links of a member useless. Returns how many there were."""
	names = frappe.get_all(
		DOCTYPE, {"staff_member": member, "status": invite_rules.OPEN}, pluck="name", order_by="name asc"
	)
	for name in names:
		frappe.db.set_value(DOCTYPE, name, "status", invite_rules.REVOKED)
	return len(names)


def mail(member: str, link: str) -> str:
	"""Send the link to the member's e-mail, after the commit. Returns the address."""
	person = frappe.get_doc(MEMBER, member)
	if not person.email:
		refuse_input(
			_("E-mail"), _("{0} has none. Copy the link instead.").format(escape_html(person.full_name))
		)
	frappe.sendmail(
		recipients=[person.email],
		subject=_("You are invited to join the clinic"),
		message="<p>{0}</p><p><a href='{1}'>{1}</a></p><p>{2}</p>".format(
			escape_html(
				_("Hello {0}, please open this link once to set your password and PIN:").format(
					person.full_name
				)
			),
			escape_html(link),
			escape_html(_("Do not pass it on. If you did not expect it, delete this mail.")),
		),
		now=False,
	)
	return person.email


def find(token: str) -> Document:
	"""The open invite of a token, locked. Raises LinkGoneError with a code in `reason`."""
	row = None
	if invite_rules.is_token(token):
		row = frappe.db.get_value(
			DOCTYPE,
			{"token_hash": invite_rules.fingerprint(token)},
			["name", "status", "expires_at", "staff_member"],
			as_dict=True,
			for_update=True,
		)
	reason = invite_rules.problem(row and row.status, row and row.expires_at, now_datetime())
	if reason is None and not _may_be_opened(row.staff_member):
		reason = invite_rules.SPENT
	if reason:
		error = LinkGoneError(sentence(reason))
		error.reason = reason
		raise error
	return row


def _may_be_opened(member: str) -> bool:
	"""Not by who left, nor when the login has become a System Manager's since."""
	person = frappe.db.get_value(MEMBER, member, ["status", "user"], as_dict=True)
	return person.status != "Departed" and grants.in_reach({MANAGER}, people_of.roles_of(person.user))


def sentence(reason: str) -> str:
	"""Why a link does not open, for people."""
	return {
		invite_rules.UNKNOWN: _("This link is not valid. Please check that it was copied whole."),
		invite_rules.SPENT: _("This link was used or withdrawn already."),
		invite_rules.EXPIRED: _("This link is too old. Please ask the clinic for a new one."),
	}[reason]


def preview(token: str) -> dict[str, Any]:
	"""What the page shows before anything is sent: {first_name, last_name, mobile, roles, expires_at}."""
	row = find(token)
	person = frappe.get_doc(MEMBER, row.staff_member)
	return {
		"first_name": person.first_name,
		"last_name": person.last_name or "",
		# Not `people.phones.local`, which hides numbers from guests: it is his own.
		"mobile": to_local(person.mobile, phones.region()),
		"position": person.position or "",
		"roles": [_(role) for role in sorted(grants.ticked(person))],
		"expires_at": shown_moment(row.expires_at),
	}


def join(token: str, first_name: str, last_name: str, mobile: str, password: str, pin: str) -> str:
	"""The new employee confirms who he is and sets password and PIN. Returns the login.

	The link is spent in the same transaction: whoever is second finds it used.
	"""
	row = find(token)
	lock_rows([(MEMBER, row.staff_member)])
	person = frappe.get_doc(MEMBER, row.staff_member)
	person.first_name, person.last_name, person.mobile = first_name, last_name, mobile
	_check_password(password, person)
	# With the login itself, so that the site's own password policy is asked; the page was read in this language.
	person.flags.own_login = {"new_password": password, "language": frappe.local.lang}
	with as_system():
		person.save(ignore_permissions=True)
		if pin:
			pins.set_pin(person.name, pin)
	frappe.db.set_value(DOCTYPE, row.name, {"status": invite_rules.USED, "used_at": now_datetime()})
	if not (person.user and frappe.db.get_value("User", person.user, "enabled")):
		raise ConflictError(_("This login could not be made. Please ask the clinic."))
	return person.user


def _check_password(password: str, person: Document) -> None:
	known = (person.mobile or "", person.email or "", person.first_name or "", person.last_name or "")
	if invite_rules.weak_password(password or "", *known):
		refuse_input(
			_("Password"),
			_("Use at least {0} characters, not your number or name.").format(invite_rules.SHORTEST_PASSWORD),
		)
