"""Paid, not used: append-only entries, mirrored reversal, and the last unit fought over."""

import threading

import pytest
from clinic_core.foundation.errors import AppendOnlyError, ForbiddenMoveError, InvalidInputError
from clinic_core.people import entitlement_entries, entitlements

REF = ("Clinic Department", "ENTDEP")


@pytest.fixture
def people(site):
	def make(doctype, **values):
		return site.get_doc({"doctype": doctype, **values}).insert(ignore_permissions=True).name

	department = make("Clinic Department", code="ENTDEP", title="Dep")
	service = make(
		"Clinic Service",
		code="ENTSRV",
		service_name="Laser",
		department=department,
		amount=100,
		entitlement_valid_days=30,
	)
	patient = make("Clinic Patient", first_name="Ent", last_name="Itled", referral_source="WALKIN")
	return patient, service


def grant(people, quantity=3, value=100, **values):
	patient, service = people
	return entitlements.grant(patient, service, quantity, value, None, *REF, **values)


def entries(site, name):
	return site.get_all(
		entitlement_entries.ENTRY,
		{"entitlement": name},
		["name", "kind", "quantity", "reverses", "reason"],
		order_by="creation asc, name asc",
	)


def test_grant_and_use(site, people):
	name = grant(people)
	doc = site.get_doc(entitlements.DOCTYPE, name)
	assert (doc.title, doc.status, doc.quantity, doc.value, doc.unit_value) == (
		"Laser × 3",
		"Active",
		3,
		100,
		33,
	)
	assert site.utils.date_diff(doc.valid_to, doc.valid_from) == 30
	assert [dict(row)["left"] for row in entitlements.open_for(people[0])] == [3]
	entitlements.consume(name, 2, *REF)
	assert entitlements.balance(name) == 1
	with pytest.raises(InvalidInputError, match="only 1 are left"):
		entitlements.consume(name, 2, *REF)
	entitlements.consume(name, 1, *REF)
	assert site.db.get_value(entitlements.DOCTYPE, name, "status") == "Used Up"
	assert entitlements.open_for(people[0]) == []
	with pytest.raises(InvalidInputError):
		entitlements.consume(name, 0, *REF)
	with pytest.raises(InvalidInputError):
		grant(people, quantity=0)


def test_reserve_sets_aside_and_release_gives_back(site, people):
	name = grant(people, quantity=1)
	entitlements.reserve(name, 1, *REF)
	row = entitlements.open_for(people[0])[0]
	assert (row["left"], row["reserved"]) == (1, 1)
	with pytest.raises(InvalidInputError, match="only 0 are left"):
		entitlements.reserve(name, 1, *REF)
	entitlements.release(name, 5, *REF)
	entitlements.release(name, 5, *REF)
	assert entitlements.open_for(people[0])[0]["reserved"] == 0
	assert sum(row.quantity for row in entries(site, name)) == entitlements.balance(name) == 1


def test_reversal_mirrors_every_entry_once(site, people):
	name = grant(people)
	entitlements.consume(name, 1, "Clinic Patient", people[0])
	entitlements.reserve(name, 1, "Clinic Patient", people[0])
	entitlements.reverse_for("Clinic Patient", people[0], "wrong patient")
	entitlements.reverse_for("Clinic Patient", people[0], "again")
	rows = entries(site, name)
	mirrors = [row for row in rows if row.reverses]
	assert {row.reason for row in mirrors} == {"wrong patient"} and len(mirrors) == 2
	by_name = {row.name: row for row in rows}
	assert all(by_name[row.reverses].quantity == -row.quantity for row in mirrors)
	row = entitlements.open_for(people[0])[0]
	assert (row["left"], row["reserved"]) == (3, 0)


def test_a_grant_that_was_used_is_not_taken_back(site, people):
	name = grant(people)
	entitlements.consume(name, 1, "Clinic Patient", people[0])
	with pytest.raises(InvalidInputError, match="used already"):
		entitlements.reverse_for(*REF, "sale cancelled")


def test_a_cancelled_grant_is_closed(site, people):
	name = grant(people)
	entitlements.reverse_for(*REF, "sale cancelled")
	assert site.db.get_value(entitlements.DOCTYPE, name, "status") == "Cancelled"
	with pytest.raises(InvalidInputError, match="cancelled"):
		entitlements.consume(name, 1, "Clinic Patient", people[0])


def test_expired_is_refused(site, people):
	name = grant(people)
	site.db.set_value(entitlements.DOCTYPE, name, "valid_to", site.utils.add_days(None, -1))
	with pytest.raises(InvalidInputError, match="expired"):
		entitlements.consume(name, 1, *REF)
	assert entitlements.open_for(people[0]) == []
	entitlements.expire_due()
	assert site.db.get_value(entitlements.DOCTYPE, name, "status") == "Expired"
	assert grant(people, valid_days=0)


def test_burning_takes_what_is_there(site, people):
	name = grant(people, quantity=1)
	assert entitlements.burn(name, 1, *REF, "absent") == 1
	assert entitlements.burn(name, 1, *REF, "absent") == 0


def test_shares_add_up_to_the_value(site, people):
	name = grant(people)
	shares = []
	for _number in range(3):
		shares.append(int(entitlements.value_of(name)))
		entitlements.consume(name, 1, *REF)
	assert sum(shares) == 100 and max(shares) - min(shares) <= 1


def test_by_hand_nothing_goes(site, people):
	name = grant(people)
	with pytest.raises(ForbiddenMoveError):
		site.get_doc(entitlements.DOCTYPE, name).save()
	entry = entries(site, name)[0]
	with pytest.raises(ForbiddenMoveError):
		site.get_doc(
			{
				"doctype": entitlement_entries.ENTRY,
				"entitlement": name,
				"patient": people[0],
				"kind": "Grant",
				"quantity": 5,
			}
		).insert()
	doc = site.get_doc(entitlement_entries.ENTRY, entry.name)
	doc.quantity = 5
	doc.flags.by_entitlements = True
	with pytest.raises(AppendOnlyError):
		doc.save()
	with pytest.raises(AppendOnlyError):
		site.delete_doc(entitlement_entries.ENTRY, entry.name)


# ---- with connections of their own: real commits, outside the test's transaction


def on_own_connection(site_name, sites_path, work):
	"""Run `work(frappe)` in a thread with its own connection; returns or raises what it does."""
	answer = []

	def run():
		import frappe

		frappe.init(site=site_name, sites_path=str(sites_path))
		frappe.connect()
		try:
			answer.append(work(frappe))
			frappe.db.commit()
		finally:
			frappe.destroy()

	thread = threading.Thread(target=run)
	thread.start()
	return thread, answer


@pytest.fixture
def committed_unit(site, site_name, sites_path):
	"""One unit that everybody sees; taken away again."""

	def prepare(frappe):
		def make(doctype, **values):
			return frappe.get_doc({"doctype": doctype, **values}).insert(ignore_permissions=True).name

		department = make("Clinic Department", code="ENTRACE", title="Dep")
		service = make(
			"Clinic Service", code="ENTRACE", service_name="Laser", department=department, amount=1
		)
		patient = make("Clinic Patient", first_name="Ent", last_name="Race", referral_source="WALKIN")
		return patient, entitlements.grant(patient, service, 1, 1, None, "Clinic Patient", patient)

	def clean(frappe):
		frappe.db.delete(entitlement_entries.ENTRY, {"patient": made[0]})
		frappe.db.delete(entitlements.DOCTYPE, {"patient": made[0]})
		frappe.db.delete("Clinic Search Key", {"reference_name": made[0]})
		frappe.db.delete("Clinic Patient", {"name": made[0]})
		frappe.db.delete("Clinic Service", {"name": "ENTRACE"})
		frappe.db.delete("Clinic Department", {"name": "ENTRACE"})

	thread, answer = on_own_connection(site_name, sites_path, prepare)
	thread.join(60)
	made = answer[0]
	yield made[1]
	on_own_connection(site_name, sites_path, clean)[0].join(60)


def test_two_connections_want_the_last_unit(site, site_name, sites_path, committed_unit):
	"""The second waits for the first and then finds nothing left, whatever its snapshot said."""
	barrier = threading.Barrier(2)

	def use(frappe):
		assert (
			frappe.db.get_value(entitlement_entries.ENTRY, {"entitlement": committed_unit}, "quantity") == 1
		)
		barrier.wait(20)
		try:
			entitlements.consume(committed_unit, 1, *REF)
		except InvalidInputError:
			return "refused"
		return "won"

	runs = [on_own_connection(site_name, sites_path, use) for _n in range(2)]
	for thread, _answer in runs:
		thread.join(60)
	assert sorted(answer[0] for _thread, answer in runs) == ["refused", "won"]
	site.db.rollback()
	assert entitlements.balance(committed_unit) == 0
	site.db.rollback()  # gives the locks back for the cleaning
