"""What the desk is told once per page load: which buttons of this app make sense for the user."""

from typing import Any

from clinic_reception import access


def extend(bootinfo: dict[str, Any]) -> None:
	"""Add `clinic_reception.may` to the boot data: {action: bool} of `access.MAY`.

	Hook `extend_bootinfo`. For showing buttons only; every endpoint asks again.
	"""
	bootinfo["clinic_reception"] = {"may": {action: access.may(action) for action in access.MAY}}
