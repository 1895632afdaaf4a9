"""Scheduler and queue entry points of messages; each may run twice, and at once, without harm (N9)."""

from clinic_core.foundation.boundary import command
from clinic_core.messaging import asking, pausing, preparing, receiving, reminders, sending
from clinic_core.messaging.mailing import posting


def send() -> None:
	"""After a commit and every minute: prepare what was noted and send what waits."""
	command("messaging.stale", None, sending.give_up_stale)
	preparing.prepare_waiting()
	sending.send_waiting()
	posting.send_waiting()


def run_minutely() -> None:
	"""Every minute: send what waits, ask what became of the rest."""
	send()
	while asking.ask_unknown() == asking.MOST_ASKED:
		pass
	asking.ask_delivery()
	posting.follow()


def run_often() -> None:
	"""Every five minutes: reminders that are due, answers of people, gateways that were charged."""
	reminders.note_due()
	receiving.fetch_all()
	pausing.resume_if_paid()
