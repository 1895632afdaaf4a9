"""What is sent to open screens, hidden for all who listen (F80).

A room holds people of all roles, and an event is sent once. So a comment goes out without the numbers and
addresses in it, and forms that show it are told to read it again, each as its reader may see it.
"""

from typing import Any

from clinic_core.people.masking import rows

READ_AGAIN = "clinic_read_again"


def hide(event: str, message: Any) -> list[tuple[str, Any]]:
	"""The events to send in place of one: it without what some of its listeners may not see."""
	if not isinstance(message, dict):
		return [(event, message)]
	about: list[dict[str, Any]] = []
	shown = {key: _hidden(value, about) for key, value in _hidden(message, about).items()}
	return [(event, shown), *((READ_AGAIN, each) for each in about)]


def _hidden(part: Any, about: list[dict[str, Any]]) -> Any:
	"""A document as everybody may see it, anything else as it is; notes the form that shows it."""
	if not isinstance(part, dict) or not isinstance(part.get("doctype"), str):
		return part
	document = dict(part)
	if rows.hide_from_all(document) and document.get("reference_name"):
		about.append({"doctype": document.get("reference_doctype"), "name": document["reference_name"]})
	return document
