"""No gateway: for trying and for clinics that have none yet. What would go out is written to a log."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from clinic_core.messaging.gateways.base import Fate, Gateway, Outgoing, Reply
from clinic_core.messaging.states import SENT


@dataclass
class Console(Gateway):
	"""Writes each message by `write` and says that it was sent."""

	write: Callable[[str], None] = print

	is_real = False

	def send(self, messages: Sequence[Outgoing]) -> list[Fate]:
		"""One line for each; numbers show their end only."""
		for one in messages:
			self.write(f"SMS to …{one.number[-4:]}: {one.text}")
		return [Fate(SENT, one.local_id, gateway_id=f"console-{one.local_id}") for one in messages]

	def fates(self, gateway_ids: Sequence[str]) -> list[Fate]:
		"""Nobody tells whether a log was read."""
		return []

	def fates_of_local(self, local_ids: Sequence[str]) -> list[Fate]:
		"""What was handed over was written."""
		return [Fate(SENT, local_id, gateway_id=f"console-{local_id}") for local_id in local_ids]

	def replies(self, line: str, again: bool = False) -> list[Reply]:
		"""Nobody answers a log."""
		return []

	def credit(self) -> int:
		"""A log costs nothing."""
		return 0
