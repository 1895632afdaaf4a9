"""Looks at the system and tells the managers what calls for help (E123).

The scheduler starts it every ten minutes. A scheduler or worker that stands still cannot tell of
itself, so the desk of a manager asks for it too when it has not run for a while.
"""

from functools import partial

import frappe

from clinic_core.foundation.boundary import command
from clinic_core.operations import alerts, health
from clinic_core.operations.findings import RED

PREFIX = "health:"
SILENCE_SECONDS = 20 * 60
"""Two turns of the scheduler: after this nobody else will look."""

# The backup tells of its failure itself, at once and in more detail.
TOLD_ELSEWHERE = frozenset({"backup:backup_failed"})

_LOOKED = "clinic_health_looked"


def look() -> int:
	"""Raise an alert for each red finding, clear those that are well again. Returns how many are red.

	One transaction of its own; safe to run at any time, also twice at once.
	"""
	frappe.cache.set_value(_LOOKED, 1, expires_in_sec=SILENCE_SECONDS)
	_parts, found = health.examine()
	red = {PREFIX + row["key"]: row for row in found if row["severity"] == RED}
	command("operations.watch", None, partial(_tell, red))
	return len(red)


def look_if_nobody_does() -> bool:
	"""Look, unless somebody looked lately or background work is paused on purpose. Returns whether."""
	if frappe.conf.pause_scheduler or frappe.cache.get_value(_LOOKED, expires=True):
		return False
	look()
	return True


def _tell(red: dict[str, dict]) -> None:
	for code, finding in red.items():
		if code.removeprefix(PREFIX) not in TOLD_ELSEWHERE:
			alerts.raise_alert(code, finding["title"], finding["advice"])
	for code in alerts.raised_codes():
		if code.startswith(PREFIX) and code not in red:
			alerts.clear_alert(code)
