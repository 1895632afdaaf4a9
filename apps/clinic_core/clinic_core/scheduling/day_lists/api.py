"""Endpoints of the printed lists: which there are, making one now, taking one away as a file (G09)."""

import datetime
from typing import Any

import frappe
from frappe import _
from frappe.utils import add_days, getdate

from clinic_core.foundation import branch_scope, digits, roles, wire
from clinic_core.foundation.errors import refuse_input
from clinic_core.people.access_log import seen
from clinic_core.scheduling.day_lists import files, making, sheet

READERS = frozenset({roles.MANAGER, roles.SUPERVISOR, roles.RECEPTIONIST})
DAYS_AHEAD = 31


@frappe.whitelist(methods=["GET"])
def lists() -> dict[str, Any]:
	"""What lies in the folder of the user's branches → {lists: [{day, branch, title, made_at, bytes}], branches}."""
	_require()
	branches = making.active_branches(branch_scope.allowed())
	return {"lists": files.listed(branches), "branches": branches}


@frappe.whitelist(methods=["POST"])
def make_list(branch: str, day: str | None = None, idempotency_key: str | None = None) -> dict[str, Any]:
	"""Make the list of a branch's day now, tomorrow's if none is said → {day, branch}."""
	_require(branch)
	wanted = _day(day) if day else getdate(add_days(getdate(), 1))
	if not getdate() <= wanted <= getdate(add_days(getdate(), DAYS_AHEAD)):
		refuse_input(_("Date"), _("Choose a day from today to {0} days ahead.").format(DAYS_AHEAD))
	# Files are no rows: making one again gives the same, so there is nothing a key would protect.
	files.keep(wanted, branch, sheet.pdf(branch, wanted))
	return {"day": wanted.isoformat(), "branch": branch}


@frappe.whitelist(methods=["GET"])
def download_list(branch: str, day: str) -> None:
	"""The PDF itself; who took it is logged with the patients that stand on it (F82)."""
	_require(branch)
	wanted = _day(day)
	path = files.path_of(wanted, branch)
	if not path.is_file():
		frappe.throw(_("There is no list of this day. Make it first."), frappe.DoesNotExistError)
	patients = sorted({row.patient for row in sheet.rows_of(branch, wanted)})
	seen.saw(patients, "Print", "List for paper", count=len(patients))
	frappe.local.response.filename = f"{wanted.isoformat()}-{path.stem}.pdf"
	frappe.local.response.filecontent = path.read_bytes()
	frappe.local.response.type = "pdf"


def _require(branch: str | None = None) -> None:
	wire.require_permission(sheet.APPOINTMENT, "read")
	if frappe.session.user != "Administrator" and not READERS & set(frappe.get_roles()):
		frappe.throw(_("Your role may not take the lists of a whole day."), frappe.PermissionError)
	if branch is None:
		return
	wire.require_permission(making.BRANCH, "read", branch)
	branch_scope.require(branch)


def _day(text: str) -> datetime.date:
	try:
		return datetime.date.fromisoformat(digits.to_latin(text)[:10])
	except ValueError:
		refuse_input(_("Date"), _("Please give a date as YYYY-MM-DD."))
