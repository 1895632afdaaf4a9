"""Where a patient follows his appointment, for messages (hook `clinic_tracking_links`)."""

from frappe.utils import get_url

from clinic_core.online_booking import opening


def clinic_tracking_links(codes: list[str]) -> dict[str, str]:
	"""{code: address}; none while the clinic lets nobody book or change online."""
	return {code: get_url(f"/booking/{code}") for code in codes} if opening.is_open() else {}
