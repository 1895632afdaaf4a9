"""Several cashiers at once, each with a connection of its own; what is written is removed again."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

OWNED = (
	"Clinic Payment",
	"Clinic Deposit",
	"Clinic Reception",
	"Clinic Triage",
	"Clinic Visit",
	"Clinic Entitlement Entry",
	"Clinic Entitlement",
	"Clinic Session",
	"Clinic Session Plan",
)


@pytest.fixture
def site(frappe_site):
	"""Real commits, unlike everywhere else."""
	frappe_site.db.rollback()
	frappe_site.set_user("Administrator")
	yield frappe_site
	frappe_site.set_user("Administrator")


@pytest.fixture
def clinic(world, site):
	"""A patient with one debt, and two cashiers with a shift each."""
	from clinic_reception.cash_desk import shifts

	patient = world.patient()
	site.db.commit()  # a command begins from a fresh snapshot
	debt = world.receive(patient, world.visit_service)["reception"]
	cashiers = [world.user("Clinic Cashier") for _ in range(2)]
	desks = [world.desk, world._master("Clinic Cash Desk", title="Two", branch=world.branch)]
	for user, desk in zip(cashiers, desks, strict=True):
		site.set_user(user)
		shifts.open_shift(desk, 0)
	site.set_user("Administrator")
	site.db.commit()
	yield site._dict(world=world, patient=patient, debt=debt, cashiers=cashiers)
	site.db.rollback()
	world.check_invariants(patient)
	_remove(site, world, patient, cashiers, desks)


def _remove(site, world, patient, cashiers, desks):
	entries = site.get_all("Clinic Ledger Entry", {"patient": patient}, pluck="name")
	site.db.delete("Clinic Ledger Entry", {"name": ("in", entries or [""])})
	for child, parent in (
		("Clinic Payment Line", "Clinic Payment"),
		("Clinic Payment Allocation", "Clinic Payment"),
		("Clinic Reception Line", "Clinic Reception"),
	):
		names = site.get_all(parent, {"patient": patient}, pluck="name")
		site.db.delete(child, {"parent": ("in", names or [""])})
	for doctype in OWNED:
		site.db.delete(doctype, {"patient": patient})
	site.db.delete("Clinic Search Key", {"reference_name": patient})
	site.db.delete("Clinic Patient Phone", {"parent": patient})
	site.db.delete("Clinic Patient", {"name": patient})
	site.db.delete("Clinic Cash Shift", {"cashier": ("in", cashiers)})
	site.db.delete("Clinic Cash Desk", {"name": ("in", desks)})
	site.db.delete("Clinic Idempotency Key", {"user": ("in", cashiers)})
	services = [world.visit_service, world.course, world.injection]
	site.db.delete("Clinic Service", {"name": ("in", services)})
	site.db.delete("Clinic Practitioner", {"name": world.practitioner})
	site.db.delete("Clinic Department", {"name": world.department})
	# Not by their documents: the first user of a young site is its last System Manager.
	site.db.delete("Has Role", {"parenttype": "User", "parent": ("in", cashiers)})
	site.db.delete("User", {"name": ("in", cashiers)})
	site.db.commit()


@pytest.fixture
def together(clinic, site_name, sites_path):
	"""`together(work, work …)`: each in a thread, as (user, function); returns answers or errors."""

	def run(*jobs):
		import frappe

		start = threading.Barrier(len(jobs))

		def one(job):
			user, function = job
			frappe.init(site=site_name, sites_path=str(sites_path))
			frappe.connect()
			frappe.set_user(user)
			try:
				start.wait(timeout=30)
				return function()
			except Exception as error:
				return error
			finally:
				frappe.destroy()

		with ThreadPoolExecutor(len(jobs)) as pool:
			return list(pool.map(one, jobs))

	return run


def test_two_cashiers_paying_the_same_debt_never_pay_it_twice(clinic, together, site):
	from clinic_reception.cash_desk import api as till

	def pay():
		return till.take_payment(clinic.patient, clinic.world.cash(300_000), clinic.debt)

	answers = together(*[(user, pay) for user in clinic.cashiers])
	assert not [a for a in answers if isinstance(a, Exception)], answers
	assert sorted(a["allocated"] for a in answers) == [200_000, 300_000]
	site.db.rollback()
	balance = clinic.world.balance(clinic.patient)
	assert (balance.owes, balance.credit) == (0, 100_000)


def test_the_same_key_at_the_same_time_is_one_payment(clinic, together, site):
	from clinic_reception.cash_desk import api as till

	def pay():
		return till.take_payment(clinic.patient, clinic.world.cash(1000), idempotency_key="same")

	answers = together(*[(clinic.cashiers[0], pay)] * 4)
	assert not [a for a in answers if isinstance(a, Exception)], answers
	assert len({a["payment"] for a in answers}) == 1
	site.db.rollback()
	assert site.db.count("Clinic Payment", {"patient": clinic.patient}) == 1


def test_the_same_deposit_applied_twice_at_once_is_used_once(clinic, together, site):
	from clinic_core.foundation.errors import ConflictError
	from clinic_reception.cash_desk import api as till
	from clinic_reception.cash_desk import payments

	site.set_user(clinic.cashiers[0])
	deposit = payments.take_deposit(clinic.patient, clinic.world.cash(400_000)).deposit
	site.set_user("Administrator")
	site.db.commit()

	def apply():
		return till.apply_deposit(deposit, clinic.debt, 400_000)

	answers = together(*[(user, apply) for user in clinic.cashiers])
	errors = [a for a in answers if isinstance(a, Exception)]
	assert len(errors) == 1, answers
	assert isinstance(errors[0], ConflictError | site.ValidationError)
	assert errors[0].http_status_code in (409, 422)
	site.db.rollback()
	assert clinic.world.balance(clinic.patient).deposits == 0


def test_the_same_card_reference_at_once_is_taken_once(clinic, together, site):
	from clinic_reception.cash_desk import api as till

	lines = [{"method": "CARD", "amount": 10, "reference": clinic.world.tag}]
	answers = together(
		*[(user, lambda: till.take_payment(clinic.patient, lines)) for user in clinic.cashiers]
	)
	errors = [a for a in answers if isinstance(a, Exception)]
	assert len(errors) == 1 and errors[0].http_status_code == 409, answers


def test_two_sealers_at_once_leave_one_chain(clinic, together, site):
	from clinic_reception.cash_desk import jobs, sealer

	entity = site.db.get_value("Clinic Branch", clinic.world.branch, "legal_entity")
	answers = together(*[("Administrator", lambda: jobs.seal_entity(entity))] * 3)
	assert not [a for a in answers if isinstance(a, Exception)], answers
	site.db.rollback()
	result = sealer.verify(entity)
	sequences = site.get_all(
		"Clinic Ledger Seal", {"legal_entity": entity}, pluck="sequence", order_by="sequence asc"
	)
	assert sequences == list(range(1, len(sequences) + 1))
	assert result["unsealed"] == 0 or not result["ok"]
	site.db.delete("Clinic Ledger Seal", {"legal_entity": entity})
	site.db.commit()
