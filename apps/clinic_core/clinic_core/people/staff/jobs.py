"""The night's part of the staff: who left, links and covers that are over. Safe to run twice."""

import frappe

from clinic_core.foundation.state import as_system
from clinic_core.people.desk import covering
from clinic_core.people.staff import leaving


def run_night() -> None:
	"""Close logins of those who left, forget covers of sessions that are over (`clinic_night_jobs`)."""
	with as_system():
		leaving.run_night()
	frappe.db.commit()
	covering.forget_ended()
	frappe.db.commit()
