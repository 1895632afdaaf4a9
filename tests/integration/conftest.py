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
	monkeypatch.setattr(
		boundary, "undo", lambda: frappe.db.rollback(save_point="clinic_test_command")
	)
	monkeypatch.setattr(frappe.db, "commit", lambda: None)
	yield frappe
	monkeypatch.undo()
	frappe.set_user("Administrator")
	frappe.db.rollback()
	frappe.local.document_cache = frappe._dict()
	frappe.clear_document_cache("Clinic Settings", "Clinic Settings")
