"""When a message may go out and when it is asked about again. Pure."""

import datetime

from clinic_core.messaging.states import ADVERTISING

MINUTE = datetime.timedelta(minutes=1)
LONGEST_PAUSE = 30 * MINUTE
ASK_FOR = datetime.timedelta(hours=48)
"""A gateway knows delivery for two days (Kavenegar: status)."""
ASK_LOCAL_FOR = datetime.timedelta(hours=12)
"""… and what was sent under our own number for half a day (statuslocalmessageid)."""


def is_quiet(moment: datetime.datetime, quiet_from: int, quiet_until: int) -> bool:
	"""Whether advertising is silent at this hour; from 22 until 8 goes over midnight. Equal hours: never."""
	if quiet_from == quiet_until:
		return False
	if quiet_from < quiet_until:
		return quiet_from <= moment.hour < quiet_until
	return moment.hour >= quiet_from or moment.hour < quiet_until


def earliest(purpose: str, moment: datetime.datetime, quiet_from: int, quiet_until: int) -> datetime.datetime:
	"""When a message may go out: at once, advertising after the quiet hours."""
	if purpose != ADVERTISING or not is_quiet(moment, quiet_from, quiet_until):
		return moment
	day = moment.date()
	if quiet_until <= moment.hour:
		day += datetime.timedelta(days=1)
	return datetime.datetime.combine(day, datetime.time(quiet_until))


def retry_pause(attempts: int) -> datetime.timedelta:
	"""How long a gateway that was not reached is left alone: 1, 2, 4 … minutes, half an hour at most."""
	return min(MINUTE * 2 ** max(0, min(attempts, 10) - 1), LONGEST_PAUSE)


def next_ask(sent_at: datetime.datetime, now: datetime.datetime) -> datetime.datetime | None:
	"""When to ask for the delivery again: rarer the longer it takes; None when nobody knows any more."""
	age = now - sent_at
	if age >= ASK_FOR:
		return None
	return now + max(2 * MINUTE, min(age, datetime.timedelta(hours=3)))


def settled(attempted_at: datetime.datetime, now: datetime.datetime, timeout_seconds: int) -> bool:
	"""Whether a request that got no answer has certainly ended: only then “I do not know it” means it."""
	return now - attempted_at >= datetime.timedelta(seconds=4 * timeout_seconds)
