"""Endpoints of the whole product that belong to no module."""

from typing import Any

import frappe
from frappe.rate_limiter import rate_limit

from clinic_core.foundation.roles import MANAGER
from clinic_core.operations import health as checks

LIMIT_PER_MINUTE = 60


@frappe.whitelist(allow_guest=True, methods=["GET"])
@rate_limit(limit=LIMIT_PER_MINUTE, seconds=60)
def health() -> dict[str, Any]:
	"""Whether the clinic works: guests learn {ok}, managers see each part (`design.md` §5)."""
	if {MANAGER, "System Manager"} & set(frappe.get_roles()):
		return checks.report()
	return {"ok": checks.is_well()}
