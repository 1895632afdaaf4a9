"""Endpoints of the staff: inviting, joining, leaving, coming back, appointments handed over."""

from typing import Any

import frappe
from frappe import _
from frappe.utils import cint, getdate

from clinic_core.foundation import boundary, digits, wire
from clinic_core.foundation.errors import refuse_input
from clinic_core.people.staff import invite_rules, invites, leaving, people_of, reassignment

_API = "clinic_core.people.staff.api"
MEMBER = people_of.DOCTYPE
MOST_AT_ONCE = 200


@frappe.whitelist(methods=["POST"])
def invite(
	staff_member: str,
	days: int | str = invite_rules.VALID_DAYS,
	send_mail: int | bool = 0,
	idempotency_key: str | None = None,
) -> dict[str, Any]:
	"""A link that lets a new employee in once (E151) → {link, expires_at, invite, mailed_to}.

	The link is in this answer only; the key keeps none of it.
	"""
	wire.require_permission(MEMBER, "write", staff_member)
	asked = cint(digits.to_latin(str(days)))

	def work() -> dict[str, Any]:
		made = invites.invite(staff_member, asked)
		made["mailed_to"] = invites.mail(staff_member, made["link"]) if cint(send_mail) else None
		return made

	# Without the key: an answer that is kept would keep the secret too. Twice only makes the first useless.
	return boundary.command(f"{_API}.invite", None, work)


@frappe.whitelist(methods=["POST"])
def revoke_invites(staff_member: str, idempotency_key: str | None = None) -> dict[str, Any]:
	"""Make the open links of a member useless → {revoked}."""
	wire.require_permission(MEMBER, "write", staff_member)
	return boundary.command(
		f"{_API}.revoke_invites",
		idempotency_key,
		lambda: {"revoked": invites.revoke(staff_member)},
		content={"staff_member": staff_member},
	)


@frappe.whitelist(allow_guest=True, methods=["POST"])
def join(
	token: str,
	first_name: str,
	mobile: str,
	password: str,
	last_name: str | None = None,
	pin: str | None = None,
) -> dict[str, Any]:
	"""The invited employee sets password and PIN and is signed in (E151) → {user, home_page}.

	Its permission is the link; no idempotency key: the link itself works once. Answers 404 for a link that
	opens nothing, 429 for more tries from an address than people make.
	"""
	invites.check_tries(getattr(frappe.local, "request_ip", None))
	values = [value or "" for value in (token, first_name, last_name, mobile, password, pin)]
	if any(len(value) > 140 for value in values):
		refuse_input(_("Name"), _("This is too long."))
	try:
		user = boundary.command(f"{_API}.join", None, lambda: invites.join(*values))
	except invites.LinkGoneError as error:
		frappe.throw(str(error), invites.LinkGoneError, title=_("This link does not work"))
	frappe.local.login_manager.login_as(user)
	return {"user": user}


@frappe.whitelist(methods=["GET"])
def leaving_preview(staff_member: str, on: str) -> dict[str, Any]:
	"""What leaving would mean → {full_name, appointments, schedules, colleagues} (2.1 "Staff")."""
	wire.require_permission(MEMBER, "write", staff_member)
	return leaving.preview(staff_member, wire.parse_date(on, _("Date")) or getdate())


@frappe.whitelist(methods=["POST"])
def leave(
	staff_member: str,
	on: str,
	reason: str,
	hand_over_to: str | None = None,
	idempotency_key: str | None = None,
) -> dict[str, Any]:
	"""Leave of the centre: login off, PIN gone, schedules ended → {status, appointments}.

	`hand_over_to`: the staff member who takes over leads and tasks.
	"""
	wire.require_permission(MEMBER, "write", staff_member)
	wanted = {
		"member": staff_member,
		"on": wire.parse_date(on, _("Date")),
		"reason": reason,
		"hand_over_to": hand_over_to or None,
	}
	return boundary.command(f"{_API}.leave", idempotency_key, lambda: leaving.leave(**wanted), content=wanted)


@frappe.whitelist(methods=["POST"])
def rejoin(staff_member: str, idempotency_key: str | None = None) -> dict[str, Any]:
	"""Undo the leave: login on, schedules as before → {status}."""
	wire.require_permission(MEMBER, "write", staff_member)
	return boundary.command(
		f"{_API}.rejoin",
		idempotency_key,
		lambda: leaving.rejoin(staff_member),
		content={"staff_member": staff_member},
	)


@frappe.whitelist(methods=["GET"])
def to_reassign(practitioner: str, after: str | None = None) -> list[dict[str, Any]]:
	"""Future appointments of a practitioner with who else could take each, and who is free then."""
	wire.require_permission("Clinic Appointment", "write")
	wire.require_permission("Clinic Practitioner", "read", practitioner)
	return reassignment.open_appointments(practitioner, wire.parse_date(after, _("Date")))


@frappe.whitelist(methods=["POST"])
def reassign(moves: str | list, reason: str, idempotency_key: str | None = None) -> dict[str, Any]:
	"""Move appointments to other practitioners at the same time → {moved, refused: [{appointment, problem}]}.

	`moves`: [{appointment, practitioner}]. Each stands for itself: who cannot be moved is named.
	"""
	wire.require_permission("Clinic Appointment", "write")
	asked = _moves(moves)
	for row in asked:
		wire.require_permission("Clinic Appointment", "write", row["appointment"])
	return boundary.command(
		f"{_API}.reassign",
		idempotency_key,
		lambda: reassignment.reassign(asked, reason),
		content={"moves": asked, "reason": reason},
	)


@frappe.whitelist(methods=["POST"])
def cancel_appointments(
	appointments: str | list, reason: str, idempotency_key: str | None = None
) -> dict[str, Any]:
	"""Cancel what nobody takes over → {cancelled, refused: [{appointment, problem}]}."""
	wire.require_permission("Clinic Appointment", "write")
	names = wire.parse_list(appointments, _("Appointments"))
	if not names or len(names) > MOST_AT_ONCE or not all(isinstance(name, str) for name in names):
		refuse_input(_("Appointments"), _("Send 1 to {0} names.").format(MOST_AT_ONCE))
	for name in names:
		wire.require_permission("Clinic Appointment", "write", name)
	return boundary.command(
		f"{_API}.cancel_appointments",
		idempotency_key,
		lambda: reassignment.cancel(names, reason),
		content={"appointments": names, "reason": reason},
	)


def _moves(moves: str | list) -> list[dict[str, str]]:
	rows = wire.parse_list(moves, _("Appointments"))
	good = all(
		isinstance(row, dict)
		and isinstance(row.get("appointment"), str)
		and isinstance(row.get("practitioner"), str)
		for row in rows
	)
	if not rows or not good or len(rows) > MOST_AT_ONCE:
		refuse_input(
			_("Appointments"), _("Send 1 to {0} rows of appointment and practitioner.").format(MOST_AT_ONCE)
		)
	return [{"appointment": row["appointment"], "practitioner": row["practitioner"]} for row in rows]
