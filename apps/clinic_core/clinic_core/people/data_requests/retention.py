"""How long logs and addresses of senders are kept (F84): settings, purged in chunks every night.

Apps name what they keep in the hook `clinic_retention`: {doctype, date_field, filters} rows that go after
`log_keep_days`, and {doctype, date_field, blank} fields that are emptied after `ip_keep_days`. The log of who
saw whom has a time of its own (`access_log/retention.py`).
"""

from collections.abc import Callable
from functools import partial
from typing import Any

import frappe
from frappe.utils import add_to_date, cint, now_datetime

from clinic_core.foundation import settings
from clinic_core.foundation.boundary import command

CHUNK = 5000


def run_night() -> None:
	"""Purge what is older than the clinic keeps; zero days keeps everything."""
	for rule in rules():
		work: Callable[[], int] = partial(purge, rule)
		while command("clinic_core.people.retention", None, work) == CHUNK:
			pass


def rules() -> list[dict[str, Any]]:
	"""What the apps keep for a time."""
	return [rule for path in frappe.get_hooks("clinic_retention") for rule in frappe.get_attr(path)()]


def core_rules() -> list[dict[str, Any]]:
	"""Handler of the hook for the core."""
	return [
		{
			"doctype": "Clinic Event Failure",
			"date_field": "creation",
			"filters": {"status": ("in", ("Resolved", "Given Up"))},
		},
		{"doctype": "Clinic Job Run", "date_field": "started_at", "children": ["Clinic Job Step"]},
		{"doctype": "Clinic Consent", "date_field": "at", "blank": ["ip_address", "user_agent"]},
	]


def purge(rule: dict[str, Any]) -> int:
	"""One chunk of what is over. Returns how many rows."""
	blank = rule.get("blank")
	days = cint(settings.get("ip_keep_days" if blank else "log_keep_days"))
	if days <= 0:
		return 0
	filters = {
		**(rule.get("filters") or {}),
		rule["date_field"]: ("<", add_to_date(now_datetime(), days=-days)),
	}
	if blank:
		filters[blank[0]] = ("is", "set")
	names = frappe.get_all(
		rule["doctype"], filters, pluck="name", order_by=f"{rule['date_field']} asc", limit_page_length=CHUNK
	)
	if not names:
		return 0
	if blank:
		values = dict.fromkeys(blank)
		frappe.db.set_value(rule["doctype"], {"name": ("in", names)}, values, update_modified=False)
	else:
		for child in rule.get("children") or ():
			frappe.db.delete(child, {"parent": ("in", names), "parenttype": rule["doctype"]})
		frappe.db.delete(rule["doctype"], {"name": ("in", names)})
	return len(names)
