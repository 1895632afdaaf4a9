"""Endpoints of the backup."""

from typing import Any

import frappe

from clinic_core.foundation import boundary
from clinic_core.operations.access import require_manager
from clinic_core.operations.backup import jobs


@frappe.whitelist(methods=["POST"])
def back_up_now(idempotency_key: str | None = None) -> dict[str, Any]:
	"""Start a backup in the background → {started}; false while one waits or runs already. Managers only.

	Its row appears in the list of Clinic Backup and tells how far it is.
	"""
	require_manager()
	return boundary.command(
		"clinic_core.operations.back_up_now", idempotency_key, lambda: {"started": jobs.start("User")}
	)
