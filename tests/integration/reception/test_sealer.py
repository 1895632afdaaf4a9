"""The chain over the ledger: sealed in order, and whoever touches a row is found."""

import pytest


@pytest.fixture
def sealed(world, site):
	"""A legal entity of its own with some sealed entries."""
	from clinic_reception.cash_desk import api, jobs

	world.entity = world._master("Clinic Legal Entity", title="Chain")
	world.desk = world._master(
		"Clinic Cash Desk", title="Chain", branch=world.branch, legal_entity=world.entity
	)
	world.open_shift()
	patient = world.patient()
	for amount in (100, 200, 300):
		api.take_payment(patient, world.cash(amount))
	assert jobs.seal_entity(world.entity) == 6
	return world


def verify(world):
	from clinic_reception.cash_desk import api

	return api.verify_ledger(world.entity)


def row(site, world, sequence):
	return site.db.get_value(
		"Clinic Ledger Seal", {"legal_entity": world.entity, "sequence": sequence}, "ledger_entry"
	)


def test_an_untouched_ledger_holds_and_sealing_again_seals_nothing(sealed):
	from clinic_reception.cash_desk import jobs

	assert jobs.seal_entity(sealed.entity) == 0
	result = verify(sealed)
	assert (result["ok"], result["checked"], result["unsealed"]) == (True, 6, 0)


def test_a_changed_amount_is_named(sealed, site):
	entry = row(site, sealed, 3)
	site.db.sql("update `tabClinic Ledger Entry` set amount = amount + 0.01 where name=%s", entry)
	broken = verify(sealed)["broken"]
	assert (broken["sequence"], broken["ledger_entry"], broken["problem"]) == (3, entry, "changed")
	assert broken["voucher_type"] == "Clinic Payment"


def test_one_flipped_byte_anywhere_is_named(sealed, site):
	entry = row(site, sealed, 2)
	for column, value in (("reason", "x"), ("owner", "thief"), ("posting_date", "2020-01-01")):
		before = site.db.get_value("Clinic Ledger Entry", entry, column)
		site.db.sql(f"update `tabClinic Ledger Entry` set `{column}`=%s where name=%s", (value, entry))
		assert verify(sealed)["broken"]["ledger_entry"] == entry
		site.db.sql(f"update `tabClinic Ledger Entry` set `{column}`=%s where name=%s", (before, entry))
	assert verify(sealed)["ok"]


def test_a_deleted_row_is_named(sealed, site):
	entry = row(site, sealed, 4)
	site.db.sql("delete from `tabClinic Ledger Entry` where name=%s", entry)
	broken = verify(sealed)["broken"]
	assert (broken["sequence"], broken["ledger_entry"], broken["problem"]) == (4, entry, "deleted")


def test_a_missing_seal_is_a_gap(sealed, site):
	site.db.sql("delete from `tabClinic Ledger Seal` where legal_entity=%s and sequence=2", sealed.entity)
	broken = verify(sealed)["broken"]
	assert (broken["sequence"], broken["problem"]) == (2, "gap")


def test_sequence_and_entry_are_unique(sealed, site):
	entry = row(site, sealed, 1)
	for sequence, name in ((1, "other"), (99, entry)):
		with pytest.raises(Exception) as caught:
			site.db.bulk_insert(
				"Clinic Ledger Seal",
				["name", "legal_entity", "sequence", "ledger_entry"],
				[(site.generate_hash(length=20), sealed.entity, sequence, name)],
			)
		assert site.db.is_duplicate_entry(caught.value)


def test_batches_continue_the_chain(sealed, site, monkeypatch):
	from clinic_reception.cash_desk import api, jobs, sealer

	monkeypatch.setattr(sealer, "BATCH", 2)
	patient = sealed.patient()
	for _turn in range(3):
		api.take_payment(patient, sealed.cash(1))
	assert verify(sealed)["unsealed"] == 6
	assert jobs.seal_entity(sealed.entity) == 6
	assert verify(sealed)["checked"] == 12 and verify(sealed)["ok"]


@pytest.mark.parametrize(("role", "allowed"), [("Clinic Accountant", True), ("Clinic Cashier", False)])
def test_who_may_verify(sealed, site, role, allowed):
	site.set_user(sealed.user(role))
	if allowed:
		assert verify(sealed)["ok"]
	else:
		with pytest.raises(site.PermissionError):
			verify(sealed)
