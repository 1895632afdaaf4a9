"""Integration tests talk to a real site, each inside one transaction that is rolled back."""

import os

import pytest


@pytest.fixture(scope="session")
def frappe_site(site_name, sites_path):
	"""The connected site, as Administrator."""
	import frappe

	os.chdir(sites_path)
	frappe.init(site=site_name, sites_path=str(sites_path))
	frappe.connect()
	frappe.flags.in_test = True
	# As where staff are saved: a user who is made for a test empties nobody's cache (a second of work each).
	from clinic_core.foundation import compat

	compat.write_waiting_users_when_they_change()
	# Whatever the day of the test, the days after it are open. For good, not in each test's transaction:
	# a test that makes the demo clinic in another process would wait for its own locks.
	frappe.db.delete("Clinic Holiday")
	frappe.db.commit()
	yield frappe
	frappe.destroy()


@pytest.fixture(autouse=True)
def site(frappe_site, monkeypatch):
	"""One test, one transaction: commands use savepoints, commits do nothing, all is undone."""
	from clinic_core.foundation import boundary

	frappe = frappe_site
	frappe.set_user("Administrator")
	frappe.local.message_log = []
	monkeypatch.setattr(boundary, "begin", lambda: frappe.db.savepoint("clinic_test_command"))
	monkeypatch.setattr(boundary, "finish", lambda: None)
	monkeypatch.setattr(boundary, "undo", lambda: frappe.db.rollback(save_point="clinic_test_command"))
	monkeypatch.setattr(frappe.db, "commit", lambda: None)
	yield frappe
	monkeypatch.undo()
	frappe.set_user("Administrator")
	frappe.db.rollback()
	# What a test changed is undone; the language it left goes with it.
	frappe.db.value_cache.get("System Settings", {}).pop("language", None)
	frappe.local.lang = "en"
	frappe.local.document_cache = frappe._dict()
	frappe.clear_document_cache("Clinic Settings", "Clinic Settings")


@pytest.fixture
def user_with(site):
	"""`user_with("Clinic Receptionist", …)`: the name of a user who has just these roles."""

	def make(*roles):
		# Written directly: Frappe would make the first user of a site a System Manager, and is slow.
		email = f"{site.generate_hash(length=10)}@clinic.example"
		user = site.get_doc(
			{
				"doctype": "User",
				"email": email,
				"first_name": "Test",
				"user_type": "System User",
				"enabled": 1,
			}
		)
		user.name = email
		for role in roles:
			user.append("roles", {"role": role})
		user.db_insert()
		for row in user.roles:
			row.parent = email
			row.db_insert()
		return email

	return make


@pytest.fixture
def count_queries(site, monkeypatch):
	"""`with count_queries() as queries:` collects the statements sent to the database."""
	from contextlib import contextmanager

	@contextmanager
	def collect():
		seen = []
		execute = site.db.sql

		def sql(query, *args, **kwargs):
			if kwargs.get("run", True):
				seen.append(str(query))
			return execute(query, *args, **kwargs)

		with monkeypatch.context() as patch:
			patch.setattr(site.db, "sql", sql)
			yield seen

	return collect
