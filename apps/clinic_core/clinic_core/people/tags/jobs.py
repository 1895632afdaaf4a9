"""Night job and worker of tag rules; each may run twice without harm (D46)."""

import frappe

from clinic_core.foundation.boundary import command
from clinic_core.people.tags import recompute


def run_night() -> None:
	"""Every active rule, those that were interrupted first; a rule that fails keeps no other from its turn."""
	for rule in _active():
		run_rule(rule, from_start=False)
	while command("people.tags.left_over", None, recompute.drop_left_over):
		pass


def run_rule(rule: str, from_start: bool = True) -> None:
	"""One rule, from a worker or the night. One that has become invalid is reported and left out."""
	try:
		if recompute.run(rule, from_start) == recompute.INVALID:
			frappe.log_error(title="Clinic tag rule", message=recompute.invalid_note(rule))
	except Exception:
		frappe.db.rollback()
		frappe.log_error(title="Clinic tag rule", message=frappe.get_traceback())


def _active() -> list[str]:
	return frappe.get_all(
		recompute.RULE,
		filters={"is_active": 1},
		pluck="name",
		order_by="progress_percent asc, name asc",
	)
