"""Where the appointments of a leave or a closure could go. Pure (G08).

Whoever comes first keeps the first choice. Nobody is proposed a time that was proposed to another, and
no patient two times at once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from clinic_core.scheduling.slots import Slot


@dataclass(frozen=True)
class Affected:
	"""An appointment that cannot stay; minutes. `group`: those that share a list of free times, its service first."""

	name: str
	patient: str
	start: int
	group: tuple[str, ...]


def propose(affected: Sequence[Affected], free: Mapping[tuple[str, ...], Sequence[Slot]]) -> dict[str, Slot]:
	"""A free time for each appointment, where one is left: {name: slot}.

	`free` gives the times of a group, best first. Who was together stays together while there are seats (F13).
	"""
	given: dict[str, Slot] = {}
	taken: list[tuple[Affected, Slot]] = []
	for one in sorted(affected, key=lambda a: (a.start, a.name)):
		for slot in free.get(one.group, ()):
			if _has_room(one, slot, taken):
				given[one.name] = slot
				taken.append((one, slot))
				break
	return given


def _has_room(one: Affected, slot: Slot, taken: Sequence[tuple[Affected, Slot]]) -> bool:
	around = [(other, at) for other, at in taken if _collide(one.patient, slot, other.patient, at)]
	together = [other for other, at in around if _is_with(one, slot, other, at)]
	return len(together) == len(around) and (not around or len(around) < slot.seats_left)


def _is_with(one: Affected, slot: Slot, other: Affected, at: Slot) -> bool:
	"""Whether two would be in one group: of one service, with one practitioner, from one time on."""
	return (
		slot.seats_left > 0
		and one.patient != other.patient
		and one.group[0] == other.group[0]
		and (slot.start, slot.practitioner) == (at.start, at.practitioner)
	)


def _collide(patient: str, slot: Slot, other_patient: str, other: Slot) -> bool:
	shared = (
		slot.practitioner == other.practitioner
		or patient == other_patient
		or bool(set(slot.resources) & set(other.resources))
	)
	return shared and slot.start < other.end and other.start < slot.end
