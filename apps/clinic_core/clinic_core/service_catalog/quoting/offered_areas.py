"""The body areas a service offers, read for booking and for the front desk (G07).

An area is named by its `code`, unique within its service; empty means the service itself.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NoReturn

import frappe
from frappe import _
from frappe.utils import escape_html

from clinic_core.foundation.errors import refuse_input

DOCTYPE = "Clinic Service Area"


@dataclass(frozen=True)
class Area:
	"""One body area of a service; 0 minutes or sessions: as the service says."""

	code: str
	title: str
	duration: int = 0
	session_count: int = 0


def of_services(services: Iterable[str]) -> dict[str, dict[str, Area]]:
	"""Areas that are offered, by service and code, in the manager's order; one query."""
	names = sorted({name for name in services if name})
	if not names:
		return {}
	rows = frappe.get_all(
		DOCTYPE,
		filters={"parent": ("in", names), "parenttype": "Clinic Service", "is_active": 1},
		fields=["parent", "code", "title", "duration_minutes", "session_count"],
		order_by="parent asc, idx asc",
	)
	found: dict[str, dict[str, Area]] = {}
	for row in rows:
		area = Area(row.code, row.title, int(row.duration_minutes or 0), int(row.session_count or 0))
		found.setdefault(row.parent, {})[row.code] = area
	return found


def choose(service: str, code: str) -> Area:
	"""The area of a service that is to be booked. Raises InvalidInputError if it is not offered."""
	areas = of_services([service]).get(service, {})
	if code not in areas:
		_refuse(areas, code)
	return areas[code]


def _refuse(areas: Mapping[str, Area], code: str) -> NoReturn:
	if not areas:
		refuse_input(_("Body area"), _("This service has no body areas. Leave it empty."))
	problem = _("There is no body area {0} of this service.").format(escape_html(code))
	titles = ", ".join(area.title for area in areas.values())
	refuse_input(_("Body area"), f"{problem} {_('Choose one of: {0}').format(titles)}")
