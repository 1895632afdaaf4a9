"""How long the log of views is kept: a setting, five years unless the clinic says otherwise (F84)."""

import frappe
from frappe.utils import add_to_date, cint, now_datetime

from clinic_core.foundation import settings
from clinic_core.foundation.boundary import command
from clinic_core.people.access_log.seen import DOCTYPE

CHUNK = 5000


def run_night() -> None:
	"""Forget what is older than the clinic keeps, chunk by chunk; zero days keeps everything."""
	while command("clinic_core.people.purge_access_log", None, purge) == CHUNK:
		pass


def purge() -> int:
	"""One chunk of the oldest rows. Returns how many."""
	days = cint(settings.get("access_log_days"))
	if days <= 0:
		return 0
	old = frappe.get_all(
		DOCTYPE,
		filters={"at": ("<", add_to_date(now_datetime(), days=-days))},
		pluck="name",
		order_by="at asc",
		limit=CHUNK,
	)
	if old:
		frappe.db.delete(DOCTYPE, {"name": ("in", old)})
	return len(old)
