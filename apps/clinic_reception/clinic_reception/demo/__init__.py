"""The reception's part of the demo clinic: visits, receptions, payments, deposits and shifts."""

import frappe
from clinic_core.demo.world import MARK, World

from clinic_reception.cash_desk import receipts
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
	world.later.append(lambda: _print_receipts(world))


def _print_receipts(world: World) -> None:
	"""Fix what each receipt prints, in the clinic's language, as posting a payment does."""
	before, frappe.local.lang = frappe.local.lang, world.lang
	names = frappe.get_all(
		"Clinic Payment", filters={"name": ("like", f"{MARK}%")}, pluck="name", order_by="name asc"
	)
	for name in names:
		payment = frappe.get_doc("Clinic Payment", name)
		payment.flags.legal_entity = world.shared["legal_entity"]
		data = frappe.as_json(receipts.data_of(payment))
		frappe.db.set_value("Clinic Payment", name, "receipt_data", data, update_modified=False)
	frappe.local.lang = before


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
