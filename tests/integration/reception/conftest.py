"""A small clinic for the money tests: services, a practitioner, patients, a cashier with a shift."""

import random
from decimal import Decimal

import pytest


@pytest.fixture
def world(site):
	return World(site)


class World:
	"""What the tests of the front desk and the cash desk talk about."""

	def __init__(self, frappe):
		self.frappe = frappe
		self.tag = frappe.generate_hash(length=6)
		self._ensure_base()

	def _ensure_base(self):
		self.branch, self.entity = "MAIN", "MAIN"
		self.department = self._master("Clinic Department", title=f"Laser {self.tag}", kind="Treatment")
		self.practitioner = self._master(
			"Clinic Practitioner", practitioner_name="Dr Test", kind="Doctor", department=self.department
		)
		self.visit_service = self.service("Consultation", 500_000)
		self.course = self.service(
			"Laser course", 1_000_000, is_session_based=1, session_count=3, session_interval_days=30
		)
		self.injection = self.service("Syringe", 333_333, is_countable=1)
		self.desk = self._master(
			"Clinic Cash Desk", title="Desk", branch=self.branch, legal_entity=self.entity
		)

	def _master(self, doctype, **values):
		return self.frappe.get_doc({"doctype": doctype, **values}).insert().name

	def service(self, title, amount, **values):
		return self._master(
			"Clinic Service",
			service_name=f"{title} {self.frappe.generate_hash(length=5)}",
			department=self.department,
			amount=amount,
			duration_minutes=30,
			**values,
		)

	def patient(self, last_name="Test"):
		return (
			self.frappe.get_doc(
				{
					"doctype": "Clinic Patient",
					"first_name": "Money",
					"last_name": f"{last_name} {self.frappe.generate_hash(length=5)}",
					"mobile": f"0912{random.randrange(10**7):07d}",
					"referral_source": "WALKIN",
				}
			)
			.insert()
			.name
		)

	def user(self, *roles):
		"""A person with these roles; returns the user."""
		name = f"{self.frappe.generate_hash(length=8)}@clinic.example"
		doc = self.frappe.get_doc(
			{"doctype": "User", "email": name, "first_name": "T", "send_welcome_email": 0, "enabled": 1}
		)
		doc.flags.no_welcome_mail = True
		for role in roles:
			doc.append("roles", {"role": role})
		doc.insert(ignore_permissions=True)
		return name

	def open_shift(self, opening_float=0):
		from clinic_reception.cash_desk import api

		return api.open_shift(self.desk, opening_float)["shift"]

	def receive(self, patient, *services, **values):
		from clinic_reception.front_desk import api

		rows = [s if isinstance(s, dict) else {"service": s} for s in services]
		return api.receive(patient=patient, visit_type="Treatment", services=rows, **values)

	def cash(self, amount):
		return [{"method": "CASH", "amount": amount}]

	def balance(self, patient):
		from clinic_reception.cash_desk import balances

		return balances.of_patient(patient)

	def entries(self, voucher):
		return self.frappe.get_all(
			"Clinic Ledger Entry",
			filters={"voucher_no": voucher},
			fields=["account", "amount", "reverses", "entitlement", "reception", "deposit", "legal_entity"],
			order_by="name asc",
		)

	def accounts(self, voucher):
		sums = {}
		for row in self.entries(voucher):
			sums[row.account] = sums.get(row.account, Decimal(0)) + Decimal(str(row.amount))
		return {account: amount for account, amount in sums.items() if amount}

	def check_invariants(self, *patients):
		"""Vouchers sum to zero; what documents show is what the ledger says."""
		rows = self.frappe.get_all(
			"Clinic Ledger Entry",
			filters={"patient": ("in", patients)},
			fields=["voucher_no", "account", "amount", "patient", "reception", "deposit"],
		)
		vouchers, receivable, deposits = {}, {}, {}
		for row in rows:
			amount = Decimal(str(row.amount))
			vouchers[row.voucher_no] = vouchers.get(row.voucher_no, 0) + amount
			if row.account == "Receivable":
				receivable[row.reception] = receivable.get(row.reception, 0) + amount
			if row.account == "Deposits":
				deposits[row.deposit] = deposits.get(row.deposit, 0) - amount
		assert not any(vouchers.values())
		total = 0
		for doc in self.frappe.get_all(
			"Clinic Reception", filters={"patient": ("in", patients)}, fields=["name", "outstanding"]
		):
			assert Decimal(str(doc.outstanding)) == receivable.get(doc.name, 0) >= 0
			total += receivable.get(doc.name, 0)
		for doc in self.frappe.get_all(
			"Clinic Deposit",
			filters={"patient": ("in", patients)},
			fields=["name", "available", "amount", "status"],
		):
			assert Decimal(str(doc.available)) == deposits.get(doc.name, 0) >= 0
		from clinic_reception.cash_desk import balances

		owes = sum(one.owes for one in balances.apart(patients).values())
		assert owes == total
		assert all(self.balance(p).credit >= 0 for p in patients)
