"""The ways a contender may go for a time. Each returns the name that holds the time if it wins."""

from clinic_core.foundation import compat
from clinic_core.foundation.errors import SlotTakenError
from clinic_core.foundation.locks import lock_rows
from clinic_core.scheduling import booking
from clinic_core.scheduling.cells import cover, minute_of
from clinic_core.scheduling.claims import CellTaken, Occupancy, Want, read, seat, write

from tests.bench.double_booking.clinic import TAG
from tests.bench.double_booking.plan import LENGTH_MINUTES

LOST = (CellTaken, SlotTakenError)
DEADLOCK, LOCK_TIMEOUT, STALE_SNAPSHOT = 1213, 1205, 1020
TROUBLE = {DEADLOCK: "deadlocks", LOCK_TIMEOUT: "lock_timeouts", STALE_SNAPSHOT: "stale_snapshots"}


def trouble(error):
	"""Which of the database's refusals this is, or None. Asked the way the boundary asks."""
	if not compat.is_retryable(error):
		return None
	cause = error.__cause__ or error
	return TROUBLE.get(cause.args[0] if cause.args else None, "deadlocks")


def holder(number, contender):
	"""The name that stands in the claims of a round without an appointment."""
	return f"{TAG}-{number}-{contender}"


def wants(world, round_, contender):
	"""The cells a winner holds: the practitioner's and the patient's."""
	first = minute_of(round_.start)
	cells = cover(first, first + LENGTH_MINUTES)
	practitioner, patient = world["practitioners"][round_.practitioner], world["patients"][contender]
	return [Want(f"PR:{practitioner}", cells), Want(f"PT:{patient}", cells)]


def by_booking(world, round_, contender):
	patient, practitioner = world["patients"][contender], world["practitioners"][round_.practitioner]
	return booking.book(patient, world["service"], practitioner, round_.start).name


def by_claims(world, round_, contender):
	lock_rows(
		[
			("Clinic Practitioner", world["practitioners"][round_.practitioner]),
			("Clinic Patient", world["patients"][contender]),
		]
	)
	wanted, name = wants(world, round_, contender), holder(round_.number, contender)
	write(seat(wanted, read(wanted, None)), name)
	return name


def unlocked(world, round_, contender):
	name = holder(round_.number, contender)
	write(seat(wants(world, round_, contender), Occupancy()), name)
	return name


ENTER = {"claims": by_claims, "booking": by_booking, "unlocked": unlocked}
