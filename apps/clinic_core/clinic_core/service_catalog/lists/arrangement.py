"""The order of departments and of the services in them (A19, A51, A88). Pure.

Places are kept as priorities with room between them; equal priorities go by title, as in every list.
"""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

STEP = 10

Order = Sequence[tuple[str, Sequence[str]]]
"""Departments in order, each with its services in order."""


class Place(NamedTuple):
	"""Where a service stands."""

	department: str
	priority: int


class Change(NamedTuple):
	"""What has to be written: priorities of departments, places of services."""

	departments: dict[str, int]
	services: dict[str, Place]


class Difference(NamedTuple):
	"""Names ("department X", "service Y") that are in one order only, or in the wanted one twice."""

	missing: list[str]
	unknown: list[str]
	twice: list[str]


def fingerprint(order: Order) -> str:
	"""A short text that is the same for the same order: what was seen when the arranging began."""
	text = "\n".join(f"{department}\t" + "\t".join(services) for department, services in order)
	return hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()


def difference(known: Order, wanted: Order) -> Difference:
	"""How the names of `wanted` differ from those that are `known`; empty where it is a mere move."""
	before, after = _names(known), _names(wanted)
	had, has = set(before), set(after)
	counts = Counter(after)
	return Difference(
		missing=[name for name in before if name not in has],
		unknown=[name for name in counts if name not in had],
		twice=[name for name, count in counts.items() if count > 1],
	)


def _names(order: Order) -> list[str]:
	"""Every name, told apart by its kind: a department may be called like a service."""
	departments = [f"department {department}" for department, _ in order]
	return departments + [f"service {service}" for _, services in order for service in services]


def changes(
	wanted: Order, departments: Mapping[str, int], services: Mapping[str, Place], step: int = STEP
) -> Change:
	"""The least that has to be written so that the priorities give the `wanted` order.

	`departments` and `services` say where everything stands now. Priorities are `step`, 2 × `step` …
	in each department; what stands there already is left alone.
	"""
	moved_departments, moved = {}, {}
	for at, (department, names) in enumerate(wanted, start=1):
		if departments.get(department) != at * step:
			moved_departments[department] = at * step
		for place, name in enumerate(names, start=1):
			if services.get(name) != Place(department, place * step):
				moved[name] = Place(department, place * step)
	return Change(moved_departments, moved)
