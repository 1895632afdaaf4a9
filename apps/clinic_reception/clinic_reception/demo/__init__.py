"""The reception's part of the demo clinic: visits, receptions, payments, deposits and shifts."""

import frappe
from clinic_core.demo.world import World

from clinic_reception.demo import masters, tills, visits

LEDGER, SEAL = "Clinic Ledger Entry", "Clinic Ledger Seal"


def install(world: World) -> None:
	"""Handler of the hook `clinic_demo`."""
	masters.build(world)
	visits.build(world)
	tills.close_shifts(world)
	for doctype, field, kind, moment in (
		("Clinic Visit", "visit_no", "visit", "arrived_at"),
		("Clinic Reception", "reception_no", "reception", "posted_at"),
		("Clinic Payment", "receipt_no", "receipt", "posted_at"),
		("Clinic Cash Shift", "shift_no", "shift", "opened_at"),
	):
		world.number(doctype, field, kind, moment)


def begin_chain_anew() -> None:
	"""Handler of `clinic_demo_removed`: what is left of the ledger is sealed again from the start.

	Only where a seal lost its entry: a chain without demo entries stays as it is.
	"""
	seal, entry = frappe.qb.DocType(SEAL), frappe.qb.DocType(LEDGER)
	broken = (
		frappe.qb.from_(seal)
		.left_join(entry)
		.on(entry.name == seal.ledger_entry)
		.where(entry.name.isnull())
		.select(seal.legal_entity)
		.distinct()
		.run(pluck=True)
	)
	for legal_entity in broken:
		frappe.db.delete(SEAL, {"legal_entity": legal_entity})
