"""Scheduler and queue entry points of the cash desk; each may run twice without harm."""

import frappe
from clinic_core.foundation import boundary

from clinic_reception.cash_desk import sealer

MAX_BATCHES = 40
"""Per entity and run; what is left waits a minute."""


def seal_all() -> None:
	"""Every minute: seal what was committed since, entity by entity."""
	for legal_entity in sealer.entities():
		seal_entity(legal_entity)


def seal_entity(legal_entity: str) -> int:
	"""Seal one entity in batches, each in a transaction of its own. Returns how many entries."""
	sealed = 0
	for _turn in range(MAX_BATCHES):
		count = boundary.command("seal", None, lambda: sealer.seal_batch(legal_entity))
		sealed += count
		if count < sealer.BATCH:
			break
	return sealed


def seal_after_commit(legal_entity: str) -> None:
	"""Seal soon, outside this transaction (shift close). The scheduler catches up if the queue is down."""
	frappe.enqueue(
		"clinic_reception.cash_desk.jobs.seal_entity",
		queue="short",
		job_id=f"clinic_seal:{legal_entity}",
		deduplicate=True,
		enqueue_after_commit=True,
		legal_entity=legal_entity,
	)
