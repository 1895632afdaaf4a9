"""The way to one's own calendar, for clinics that were set up before there was a choice."""

from clinic_core.people.desk import navbar


def execute() -> None:
	"""Put the item in the menu behind one's own picture."""
	navbar.add()
