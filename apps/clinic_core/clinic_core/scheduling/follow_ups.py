"""What follows from an appointment's fate for who waits and who is to be called again.

One handler of `clinic_on_appointment_status` for both: every booking pays for each.
"""

from typing import Any

from clinic_core.scheduling.recalls import follow as recalls
from clinic_core.scheduling.waiting import follow as waiting


def on_appointment_status(events: list[dict[str, Any]]) -> None:
	"""Two queries for a booking of somebody who neither waits nor is to be called."""
	waiting.on_appointment_status(events)
	recalls.on_appointment_status(events)
