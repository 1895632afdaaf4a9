"""A payment and a merge at the same time, each on a connection of its own (N6)."""

import pytest

from tests.integration.reception.test_concurrent_money import (  # noqa: F401 (fixtures)
	clinic,
	site,
	together,
)


@pytest.fixture
def other(clinic, site):  # noqa: F811
	"""A second file of the same person."""
	patient = clinic.world.patient()
	site.db.commit()
	yield patient
	site.db.rollback()
	merges = site.get_all(
		"Clinic Patient Merge", {"duplicate": ("in", [patient, clinic.patient])}, pluck="name"
	)
	site.db.delete("Clinic Patient Merge Entry", {"parent": ("in", merges or [""])})
	site.db.delete("Clinic Patient Merge", {"name": ("in", merges or [""])})
	for doctype in ("Clinic Payment", "Clinic Reception", "Clinic Visit", "Clinic Triage"):
		table = site.qb.DocType(doctype)
		site.qb.update(table).set(table.patient, clinic.patient).where(table.patient == patient).run()
	site.db.delete("Clinic Search Key", {"reference_name": patient})
	site.db.delete("Clinic Patient Phone", {"parent": patient})
	site.db.delete("Clinic Patient", {"name": patient})
	site.db.commit()


@pytest.mark.parametrize("turn", range(4))
def test_a_payment_and_a_merge_at_once_have_one_sensible_outcome(clinic, other, together, site, turn):  # noqa: F811
	from clinic_core.foundation.errors import ConflictError, InvalidInputError
	from clinic_core.people import api as people
	from clinic_reception.cash_desk import api as till

	def pay():
		return till.take_payment(clinic.patient, clinic.world.cash(300_000), clinic.debt)

	def merge():
		return people.merge_patients(other, clinic.patient)

	paid, merged = together((clinic.cashiers[0], pay), ("Administrator", merge))
	site.db.rollback()
	status = site.db.get_value("Clinic Patient", clinic.patient, "status")
	if isinstance(merged, Exception):
		assert isinstance(merged, ConflictError), merged
		assert status == "Active" and not isinstance(paid, Exception)
	else:
		assert status == "Merged"
	if isinstance(paid, Exception):
		# The merge was first: the cashier is told which file is kept.
		assert isinstance(paid, InvalidInputError) and "merged into" in str(paid), paid
		assert clinic.world.balance(other).owes == 500_000
	else:
		kept = other if status == "Merged" else clinic.patient
		assert clinic.world.balance(kept).owes == 200_000
		assert site.db.get_value("Clinic Payment", paid["payment"], "patient") == kept
