"""What one change of an appointment was. Pure (D34, D35, F15)."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

ASK, ASK_UNTICKED, ALWAYS, NEVER = "Ask, ticked", "Ask, not ticked", "Always", "Never"
"""How a clinic wants its patients told about changes (Clinic Settings)."""

YES, NO, NOT_ASKED = "Yes", "No", ""


@dataclass(frozen=True)
class Change:
	"""A change of state, time, length, practitioner or room; what stayed is the same on both sides.

	Minutes 0: the length is not known, or is not asked for.
	"""

	old_status: str | None
	new_status: str
	old_start: datetime.datetime | None
	new_start: datetime.datetime
	old_practitioner: str | None
	new_practitioner: str
	old_minutes: int = 0
	new_minutes: int = 0
	old_resource: str | None = None
	new_resource: str | None = None

	@property
	def is_resized(self) -> bool:
		"""Whether it takes longer or shorter than before."""
		return self.old_minutes != self.new_minutes

	@property
	def is_move(self) -> bool:
		"""Whether it is at another time or with somebody else than before."""
		return (self.old_start, self.old_practitioner) != (self.new_start, self.new_practitioner)

	@property
	def is_any(self) -> bool:
		"""Whether anything changed."""
		other_room = self.old_resource != self.new_resource
		return self.is_move or self.is_resized or other_room or self.old_status != self.new_status


def change_of(before: Mapping[str, Any], after: Mapping[str, Any]) -> Change:
	"""The change between two states of an appointment {status, start, practitioner; end and resource if known}."""
	return Change(
		before["status"],
		after["status"],
		before["start"],
		after["start"],
		before["practitioner"],
		after["practitioner"],
		_minutes(before),
		_minutes(after),
		before.get("resource"),
		after.get("resource"),
	)


def _minutes(one: Mapping[str, Any]) -> int:
	return int((one["end"] - one["start"]).total_seconds() // 60) if one.get("end") else 0


def told_by_default(wish: str | None) -> bool:
	"""Whether patients are told when nobody was asked at the desk."""
	return wish in (None, "", ASK, ALWAYS)


def as_answer(notify: bool | None) -> str:
	"""What is stored of the answer to “tell the patient?”."""
	return NOT_ASKED if notify is None else YES if notify else NO


def kind_of(old_status: str | None, new_status: str, is_move: bool) -> str:
	"""A word for the history: the new state, “Moved”, or “Undone” for a step back to Booked."""
	if old_status == new_status:
		return "Moved" if is_move else "Changed"
	if new_status == "Booked" and old_status in ("Confirmed", "Arrived"):
		return "Undone"
	return new_status
