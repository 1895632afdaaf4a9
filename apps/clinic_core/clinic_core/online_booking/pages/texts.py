"""The words of the scripts, in the visitor's language."""

from frappe import _


def of_pages() -> dict[str, str]:
	"""What `public/js/online_booking` says, by code."""
	return {
		"required": _("Please fill this in."),
		"offline": _("No connection. Please try again."),
		"failed": _("This did not work. Please try again in a moment."),
		"loading": _("Looking for free times …"),
		"no_times": _("No free times in these two weeks."),
		"no_times_left": _("No free times can be booked online at the moment. Please call us."),
		"day_full": _("No free time on this day."),
		"left": _("This time is held for you: {0}"),
		"over": _("The time is no longer held for you. Please choose it again, or another one."),
		"taken": _("This time has just been taken. Please choose another one."),
		"number": _("No. {0}, about {1}", context="queue"),
		"busy": _("One moment …"),
		"choose": _("Please choose a time first."),
		"moved": _("Moved."),
		"cancelled": _("Cancelled."),
	}
