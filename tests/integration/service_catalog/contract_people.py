"""Services, insurers, contracts and patients for the tests of contracts."""

import datetime

START = datetime.date(2026, 3, 21)
END = datetime.date(2027, 3, 20)
DAY = datetime.date(2026, 11, 22)


class Catalog:
	"""Makes what the tests need on the connected site."""

	def __init__(self, frappe):
		self.frappe = frappe
		# Those of a demo clinic would count, too.
		frappe.db.set_value(
			"Clinic Service Contract", {"is_active": 1}, "is_active", 0, update_modified=False
		)
		self.department = self.insert("Clinic Department", title=self.unique("Skin")).name
		self.branch = self.new_branch()
		self.source = self.insert("Clinic Referral Source", title=self.unique("Walked by")).name

	def unique(self, text):
		return f"{text} {self.frappe.generate_hash(length=8)}"

	def insert(self, doctype, **fields):
		return self.frappe.get_doc({"doctype": doctype, **fields}).insert()

	def service(self, **fields):
		values = {
			"service_name": self.unique("Laser"),
			"department": self.department,
			"amount": 1_000_000,
			"duration_minutes": 30,
			"has_insurance": 1,
			**fields,
		}
		return self.insert("Clinic Service", **values).name

	def insurer(self, kind="Basic Insurer", **fields):
		return self.insert("Clinic Insurer", title=self.unique("Insurer"), kind=kind, **fields).name

	def contract(self, *items, kind="Normal", **fields):
		values = {"title": self.unique("Contract"), "kind": kind, "valid_from": START, "valid_to": END}
		rows = [{"applies_to": "Service" if "service" in item else "All Services", **item} for item in items]
		return self.insert("Clinic Service Contract", **{**values, **fields}, items=rows)

	def patient(self, *coverages):
		return self.insert(
			"Clinic Patient",
			first_name="Sara",
			last_name=self.unique("Karimi"),
			referral_source=self.source,
			coverages=list(coverages),
		).name

	def new_branch(self):
		entity = self.insert("Clinic Legal Entity", title=self.unique("Entity")).name
		return self.insert("Clinic Branch", title=self.unique("Branch"), legal_entity=entity).name
