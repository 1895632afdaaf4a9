"""What is computed of a patient follows a merge and its undoing (hook `clinic_on_patient_merge`)."""

from typing import Any

from clinic_core.people.patient_file import returning


def on_patient_merge(events: list[dict[str, Any]]) -> None:
	"""First and last visit of the file in use; of both files once they are two again."""
	for event in events:
		returning.refresh([event["kept"], *([event["duplicate"]] if event["undone"] else [])])
