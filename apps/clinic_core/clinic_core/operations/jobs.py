"""Scheduler entry points of operations; each may run twice without harm."""

from clinic_core.operations import watch


def watch_health() -> None:
	"""Every ten minutes: tell the managers what calls for help."""
	watch.look()
