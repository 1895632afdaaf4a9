"""Where “Book” leads: the centre's own link, else what an app answers to `clinic_contact_link` (A07, A92).

The hook is given the names of services and gives `{service: address}`, with "" for the centre as a whole;
an address is a path of this site (`/lead/contact?service=…`) or begins with https://. The first app that
knows an address is asked. Without any there is no button.
"""

from collections.abc import Sequence
from typing import Any

from clinic_core.foundation import events

HOOK = "clinic_contact_link"
CENTRE = ""
_ALLOWED = ("/", "https://", "http://", "tel:", "mailto:")


def find(profile: Any, services: Sequence[str]) -> dict[str, str]:
	"""Addresses by service, and by "" for the centre; services without one of their own lead there, too."""
	if profile.booking_url:
		return dict.fromkeys([CENTRE, *services], profile.booking_url)
	found: dict[str, str] = {}
	for answer in events.gather(HOOK, services=list(services)):
		for service, address in answer.items():
			if address and str(address).startswith(_ALLOWED) and not str(address).startswith("//"):
				found.setdefault(service, str(address))
	general = found.get(CENTRE)
	return {**(dict.fromkeys(services, general) if general else {}), **found}
