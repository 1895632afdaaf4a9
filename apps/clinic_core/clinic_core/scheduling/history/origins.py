"""Through what an appointment came (D32, C072, C086). Pure."""

from collections.abc import Iterable

from clinic_core.foundation import roles

RECEPTION, PHONE, ONLINE, LEAD, PRACTITIONER, IMPORT = (
	*("Reception", "Phone", "Online", "Lead"),
	*("Practitioner", "Import"),
)
OFFERED = (RECEPTION, PHONE, ONLINE, LEAD, PRACTITIONER, IMPORT)

_AT_THE_DESK = frozenset({roles.MANAGER, roles.SUPERVISOR, roles.RECEPTIONIST, roles.CASHIER})
_ON_THE_PHONE = frozenset({roles.CALL_AGENT, roles.CRM_AGENT, roles.CRM_MANAGER})


def origin_of(
	said: str | None, origin_doctype: str | None, leads: Iterable[str], user_roles: Iterable[str]
) -> str:
	"""What was said, else what follows from the document it came from, else from who booked.

	`leads`: the DocTypes that are leads (hook `clinic_lead_doctypes`). Whoever works at the desk booked
	there, also if he calls people as well.
	"""
	if origin_doctype in set(leads):
		return LEAD
	if origin_doctype == "Clinic Import":
		return IMPORT
	if said in OFFERED:
		return said
	held = frozenset(user_roles)
	if held & _AT_THE_DESK:
		return RECEPTION
	if held & _ON_THE_PHONE:
		return PHONE
	if roles.PRACTITIONER in held:
		return PRACTITIONER
	if roles.PORTAL_USER in held:
		return ONLINE
	return RECEPTION
