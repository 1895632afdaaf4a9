"""Which roles a member of the staff can have, and who may give them (G11, E183). Pure."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from clinic_core.foundation import roles

# Field of Clinic Staff Member → role. What each means is the field's description.
ROLE_FIELDS = {
	"is_manager": roles.MANAGER,
	"is_supervisor": roles.SUPERVISOR,
	"is_receptionist": roles.RECEPTIONIST,
	"is_cashier": roles.CASHIER,
	"is_practitioner": roles.PRACTITIONER,
	"is_operator": roles.OPERATOR,
	"is_consultant": roles.CONSULTANT,
	"is_crm_agent": roles.CRM_AGENT,
	"is_crm_manager": roles.CRM_MANAGER,
	"is_call_agent": roles.CALL_AGENT,
	"is_accountant": roles.ACCOUNTANT,
}
SYSTEM_MANAGER = "System Manager"
# Frappe gives these to everybody by itself; they are nobody's to give.
AUTOMATIC = frozenset({"All", "Guest", "Desk User"})
# May give every role of the clinic, also those he does not have himself.
GIVERS = frozenset({roles.MANAGER, SYSTEM_MANAGER})


def ticked(member: Mapping[str, Any]) -> frozenset[str]:
	"""The roles a staff member's form asks for."""
	return frozenset(role for field, role in ROLE_FIELDS.items() if member.get(field))


def beyond_giver(giver: Collection[str], wanted: Iterable[str]) -> list[str]:
	"""Roles somebody who has `giver` may not give, sorted.

	A manager gives every role of the clinic; everybody else only what he has himself. System Manager
	and the roles of other apps are given by who has them.
	"""
	may = set(giver) | AUTOMATIC
	if GIVERS & set(giver):
		may |= roles.STAFF | {roles.PORTAL_USER}
	return sorted(set(wanted) - may)


def in_reach(giver: Collection[str], held: Iterable[str]) -> bool:
	"""Whether `giver` may change somebody who holds these roles: nobody touches his superiors."""
	return not beyond_giver(giver, held)


def after(held: Iterable[str], wanted: frozenset[str]) -> list[str]:
	"""The roles of a login after the form was saved: its own are replaced, others stay; sorted."""
	return sorted((set(held) - set(ROLE_FIELDS.values()) - AUTOMATIC) | wanted)


def login_name(e164: str) -> str:
	"""The login of somebody without e-mail: an address that cannot exist (RFC 2606)."""
	return f"{e164.lstrip('+')}@staff.invalid"
