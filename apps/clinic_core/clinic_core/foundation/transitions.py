"""State machines as data: which move is allowed, and to whom (`design.md` §3). Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

SYSTEM: frozenset[str] = frozenset()
"""The move is made by an event or a job, never by hand."""


@dataclass(frozen=True)
class Transitions:
	"""The moves of one kind of document.

	`initial`: states a new document may begin in. `moves`: (from, to) → roles that may make the
	move by hand; an empty set means that only events and jobs do.
	"""

	initial: frozenset[str]
	moves: Mapping[tuple[str, str], frozenset[str]]

	def allows(self, old: str, new: str) -> bool:
		"""Whether the move exists at all."""
		return old == new or (old, new) in self.moves

	def allows_role(self, old: str, new: str, roles: Iterable[str]) -> bool:
		"""Whether somebody with these roles may make the move by hand."""
		return old == new or bool(self.moves.get((old, new), SYSTEM) & frozenset(roles))

	def next_states(self, old: str) -> list[str]:
		"""States that can follow `old`, in the order of the table."""
		return [to for (start, to) in self.moves if start == old]
