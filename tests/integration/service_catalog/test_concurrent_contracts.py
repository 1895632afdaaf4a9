"""Two managers save contracts that clash, each with a connection of his own: only one stays."""

import threading
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest

ROUNDS = 6


@pytest.fixture
def site(frappe_site):
	"""Real commits, unlike everywhere else."""
	frappe_site.db.rollback()
	frappe_site.set_user("Administrator")
	yield frappe_site
	frappe_site.db.rollback()


@pytest.fixture
def insurer(site):
	"""A level of its own, so that nothing else is in the way; all of it is removed again."""
	doc = site.get_doc({"doctype": "Clinic Insurer", "title": "Race"}).insert()
	site.db.commit()
	yield doc.name
	site.db.rollback()
	contracts = site.get_all("Clinic Service Contract", {"insurer": doc.name}, pluck="name")
	site.db.delete("Clinic Service Contract Item", {"parent": ("in", contracts or [""])})
	site.db.delete("Clinic Service Contract", {"name": ("in", contracts or [""])})
	site.db.delete("Version", {"docname": ("in", [*contracts, doc.name])})
	site.db.delete("Clinic Insurer", {"name": doc.name})
	site.db.delete("Clinic Counter", {"name": f"contract-level:Insurer:{doc.name}"})
	site.db.commit()


@pytest.fixture
def together(site_name, sites_path):
	"""`together(work, work)`: each in a thread and transaction of its own; None or what was raised."""

	def run(*jobs):
		import frappe

		start = threading.Barrier(len(jobs))

		def one(work):
			frappe.init(site=site_name, sites_path=str(sites_path))
			frappe.connect()
			frappe.set_user("Administrator")
			try:
				frappe.db.count("Clinic Service Contract")  # a snapshot from before the race
				start.wait(10)
				work(frappe)
				frappe.db.commit()
			except Exception as error:
				frappe.db.rollback()
				return error
			finally:
				frappe.destroy()

		with ThreadPoolExecutor(len(jobs)) as pool:
			return list(pool.map(one, jobs))

	return run


def contract(insurer, **fields):
	return {
		"doctype": "Clinic Service Contract",
		"code": f"RACE-{uuid.uuid4().hex[:10]}",  # a counter of codes would keep them apart
		"title": "Race",
		"kind": "Insurer",
		"insurer": insurer,
		"valid_from": "2026-03-21",
		"items": [{"applies_to": "All Services"}],
		**fields,
	}


def active(site, insurer):
	site.db.rollback()
	return site.get_all("Clinic Service Contract", {"insurer": insurer, "is_active": 1}, pluck="name")


def assert_one_was_told(raised):
	"""One succeeded, the other heard which contract is in the way: no deadlock, no luck."""
	told = [error for error in raised if error]
	assert [type(error).__name__ for error in told] == ["InvalidInputError"], raised
	assert "already prices" in str(told[0])


def test_of_two_new_contracts_that_clash_one_stays(site, insurer, together):
	for _ in range(ROUNDS):
		raised = together(*[lambda frappe: frappe.get_doc(contract(insurer)).insert()] * 2)
		assert_one_was_told(raised)
		assert len(active(site, insurer)) == 1
		for name in active(site, insurer):
			site.db.set_value("Clinic Service Contract", name, "is_active", 0)
		site.db.commit()


def test_of_two_contracts_made_active_at_once_one_stays(site, insurer, together):
	names = [site.get_doc(contract(insurer, is_active=0)).insert().name for _ in range(2)]
	site.db.commit()

	def activate(name):
		def work(frappe):
			doc = frappe.get_doc("Clinic Service Contract", name)
			doc.is_active = 1
			doc.save()

		return work

	for _ in range(ROUNDS):
		raised = together(*[activate(name) for name in names])
		kept = active(site, insurer)
		assert_one_was_told(raised)
		assert len(kept) == 1, kept
		for name in kept:
			site.db.set_value("Clinic Service Contract", name, "is_active", 0)
		site.db.commit()
