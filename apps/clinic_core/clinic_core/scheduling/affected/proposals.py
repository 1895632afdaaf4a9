"""Where the appointments of a leave or a closure could go. Pure (G08).

Whoever comes first keeps the first choice. Nobody is proposed a time that was proposed to another, and
no patient two times at once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from clinic_core.scheduling.slots import Slot


@dataclass(frozen=True)
class Affected:
	"""An appointment that cannot stay; minutes. `group`: those that share a list of free times."""

	name: str
	patient: str
	start: int
	group: tuple[str, ...]


def propose(affected: Sequence[Affected], free: Mapping[tuple[str, ...], Sequence[Slot]]) -> dict[str, Slot]:
	"""A free time for each appointment, where one is left: {name: slot}.

	`free` gives the times of a group, best first.
	"""
	given: dict[str, Slot] = {}
	taken: list[tuple[str, Slot]] = []
	for one in sorted(affected, key=lambda a: (a.start, a.name)):
		for slot in free.get(one.group, ()):
			if not any(_collide(one.patient, slot, *other) for other in taken):
				given[one.name] = slot
				taken.append((one.patient, slot))
				break
	return given


def _collide(patient: str, slot: Slot, other_patient: str, other: Slot) -> bool:
	shared = (
		slot.practitioner == other.practitioner
		or patient == other_patient
		or bool(set(slot.resources) & set(other.resources))
	)
	return shared and slot.start < other.end and other.start < slot.end
