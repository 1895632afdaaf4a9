"""What each round asks for: the door, the practitioner and the time. Pure, the same in every process."""

import datetime
from dataclasses import dataclass

DOORS = {
	"claims": "row locks, a look at the claims, one INSERT: what a booking does at its core",
	"booking": "scheduling.booking.book through foundation.boundary.command: all of a booking",
	"unlocked": "neither lock nor look, INSERT only: the unique key alone decides",
}
# On two cores a round of 64 takes about 0.1 s, 1.1 s and 0.08 s: 10,000 rounds in about 20 minutes.
DEFAULT_SHARES = {"claims": 73, "booking": 2, "unlocked": 25}
LENGTH_MINUTES = 30
SLOTS_A_DAY = 40  # half hours from 00:00
FIRST_DAY = 3


@dataclass(frozen=True)
class Round:
	"""One time that everybody wants."""

	number: int
	door: str
	practitioner: int  # 0, 1 … in the order of the race's own clinic
	start: datetime.datetime


def parse_shares(text: str) -> dict[str, int]:
	"""`claims=85,booking=5,unlocked=10` → weights by door. Raises ValueError with what is wrong."""
	shares: dict[str, int] = {}
	for part in filter(None, (part.strip() for part in text.split(","))):
		door, sign, weight = part.partition("=")
		if door not in DOORS:
			raise ValueError(f"there is no door {door!r}; the doors are {', '.join(DOORS)}")
		if door in shares:
			raise ValueError(f"{door} is named twice")
		if sign and not weight.isdecimal():
			raise ValueError(f"the share of {door} must be a whole number, not {weight!r}")
		shares[door] = int(weight) if sign else 1
	if not sum(shares.values()):
		raise ValueError("at least one door needs a share")
	return shares


def doors(rounds: int, shares: dict[str, int]) -> list[str]:
	"""The door of every round, each door spread evenly over the run.

	So a run that is cut short, or a machine that slows down, meets all doors alike.
	"""
	total, given = sum(shares.values()), dict.fromkeys(shares, 0)
	row = []
	for number in range(rounds):
		# The door that is furthest behind what its share promises it by now.
		door = max(shares, key=lambda d: shares[d] * (number + 1) / total - given[d])
		given[door] += 1
		row.append(door)
	return row


def plan(rounds: int, shares: dict[str, int], today: datetime.date, horizon: int) -> list[Round]:
	"""All rounds, at most `horizon` days ahead. No two ask for the same time of the same practitioner."""
	each = SLOTS_A_DAY * max(horizon - FIRST_DAY, 1)
	return [
		Round(number, door, number // each, _start(number % each, today))
		for number, door in enumerate(doors(rounds, shares))
	]


def _start(slot: int, today: datetime.date) -> datetime.datetime:
	day = today + datetime.timedelta(days=FIRST_DAY + slot // SLOTS_A_DAY)
	midnight = datetime.datetime.combine(day, datetime.time())
	return midnight + datetime.timedelta(minutes=LENGTH_MINUTES * (slot % SLOTS_A_DAY))
