"""Endpoints for the appointments of a leave or a closure. Moving one is `scheduling.api.reschedule`."""

from typing import Any

import frappe
from frappe import _

from clinic_core.foundation import wire
from clinic_core.foundation.errors import refuse_input
from clinic_core.scheduling.affected import listing
from clinic_core.scheduling.affected.sessions import put_sessions
from clinic_core.scheduling.exceptions import DOCTYPE, EXTRA_SHIFT, HOLIDAY


@frappe.whitelist(methods=["GET"])
def appointments(exception: str, keep: str = listing.SAME_PRACTITIONER) -> list[dict[str, Any]]:
	"""What lies in a leave or closure, each with a proposal and the session plan it belongs to (C086, G08).

	`keep`: `same_practitioner` proposes a later day, `same_day` somebody else on that day.
	"""
	wire.require_permission(DOCTYPE, "read", exception)
	wire.require_permission(listing.APPOINTMENT, "read")
	_check(keep)
	doc = frappe.get_doc(DOCTYPE, exception)
	if doc.kind == EXTRA_SHIFT or not doc.is_active:
		return []
	return put_sessions(listing.rows(doc, keep))


@frappe.whitelist(methods=["GET"])
def of_holiday(holiday: str, keep: str = listing.SAME_PRACTITIONER) -> list[dict[str, Any]]:
	"""The same for a holiday that was added or corrected: whom it leaves without anybody."""
	wire.require_permission(HOLIDAY, "read", holiday)
	wire.require_permission(listing.APPOINTMENT, "read")
	_check(keep)
	doc = frappe.get_doc(HOLIDAY, holiday)
	return put_sessions(listing.rows(listing.of_holiday(doc), keep)) if doc.is_closed else []


def _check(keep: str) -> None:
	if keep not in (listing.SAME_PRACTITIONER, listing.SAME_DAY):
		refuse_input(_("Keep"), _("Please choose the practitioner or the day."))
