"""The demo clinic obeys the rules that hold for real data, and goes without a trace."""

import pytest

pytestmark = pytest.mark.slow
MARK = ("like", "demo-%")


@pytest.fixture
def demo(site):
	"""A demo clinic of this test alone; the one the site may have is put aside by the rollback."""
	from clinic_core import demo

	demo.remove()
	# What other tests went on using stays, and counts apart.
	demo.stayed = set(site.get_all("Clinic Patient", {"name": MARK}, pluck="name"))
	demo.install("fa", "demo-test-1")
	return demo


def sums(site, by, **filters):
	table = site.qb.DocType("Clinic Ledger Entry")
	query = (
		site.qb.from_(table)
		.select(table[by], site.query_builder.functions.Sum(table.amount))
		.groupby(table[by])
	)
	for field, value in filters.items():
		query = query.where(table[field] == value)
	return {key: float(amount) for key, amount in query.run() if key}


def test_the_demo_clinic_from_beginning_to_end(site, demo):
	import frappe.query_builder.functions  # noqa: F401 (makes it reachable from `site`)

	count = site.db.count
	# Two of the three hundred have a second file.
	assert count("Clinic Patient", {"name": MARK}) == 302 + len(demo.stayed)
	assert count("Clinic Merge Suggestion", {"name": MARK, "status": "Open"}) == 2
	assert (
		count("Clinic Service") >= 40
		and count("Clinic Practitioner") >= 12
		and count("Clinic Department") >= 8
	)
	assert {r.status for r in site.get_all("Clinic Lead", {"name": MARK}, ["status"])} == {
		"New Lead", "In Progress", "New Opportunity", "Closed Opportunity", "Stagnant",
	}  # fmt: skip
	today = site.get_all(
		"Clinic Appointment", {"name": MARK, "start": ("between", [site.utils.today()] * 2)}, pluck="status"
	)
	assert {"Booked", "Confirmed"} <= set(today)
	the_books_are_right(site)
	codes_and_states_are_right(site)
	forms_reach_people(site)
	a_class_is_partly_taken(site)
	assert demo.install("fa", "x") == {"rows": 0}, "a second time nothing happens"
	what_people_made_stays(site, demo)
	it_comes_again_beside_what_stayed(site, demo)


def forms_reach_people(site):
	for team in site.get_all("Clinic Lead Form", {"status": "Active"}, pluck="team"):
		people = site.get_all("Clinic Team Member", {"parent": team}, pluck="user")
		assert "agent@clinic.example" in people, f"nobody sees what the form sends to {team}"


def the_books_are_right(site):
	vouchers = sums(site, "voucher_no")
	assert vouchers and not any(vouchers.values()), "every voucher sums to zero"
	owed = sums(site, "reception", account="Receivable")
	for row in site.get_all("Clinic Reception", {"name": MARK}, ["name", "outstanding", "patient_share"]):
		assert row.outstanding == owed.get(row.name, 0) and 0 <= row.outstanding <= row.patient_share
	left = sums(site, "deposit", account="Deposits")
	for row in site.get_all("Clinic Deposit", {"name": MARK}, ["name", "available"]):
		assert row.available == -left.get(row.name, 0)
	entries = site.get_all("Clinic Entitlement Entry", {"name": MARK}, ["entitlement", "quantity"])
	rest = {}
	for row in entries:
		rest[row.entitlement] = rest.get(row.entitlement, 0) + row.quantity
	for row in site.get_all("Clinic Entitlement", {"name": MARK}, ["name", "status"]):
		assert (rest[row.name] == 0) == (row.status == "Used Up")


def codes_and_states_are_right(site):
	from clinic_core.people.identity import entry, kinds, numbers

	found = numbers.of(site.get_all("Clinic Patient", {"name": MARK}, pluck="name"))
	assert {identity.kind for identity in found.values()} >= {
		kinds.NATIONAL_CODE,
		kinds.PASSPORT,
		kinds.NO_CODE,
	}
	for row in site.get_all("Clinic Patient", {"name": MARK}, ["name", *entry.FIELDS]):
		identity = found.get(row.name)
		assert identity is None or kinds.problem(identity) is None
		assert {field: row[field] for field in entry.FIELDS} == entry.columns(identity)
	for doctype in ("Clinic Appointment", "Clinic Visit", "Clinic Lead", "Clinic Session", "Clinic Deposit"):
		allowed = site.get_meta(doctype).get_field("status").options.split("\n")
		assert set(site.get_all(doctype, pluck="status")) <= set(allowed)
	claims = site.get_all("Clinic Time Claim", fields=["resource_key", "cell", "seat"])
	assert len({(c.resource_key, c.cell, c.seat) for c in claims}) == len(claims)


def a_class_is_partly_taken(site):
	from clinic_core.demo.group_class import CLASS, PLACES, TRAINER

	rows = site.get_all("Clinic Appointment", {"name": MARK, "service": CLASS}, ["name", "start"])
	starts = {row.start for row in rows}
	assert len(starts) >= 3 and len(rows) > 2 * len(starts)
	cells = site.get_all(
		"Clinic Time Claim",
		{"resource_key": f"PR:{TRAINER}", "appointment": ("in", [row.name for row in rows])},
		["cell", "seat", "group_key"],
	)
	assert len(cells) == 12 * len(rows) and all(cell.group_key for cell in cells)
	assert {cell.seat for cell in cells} <= set(range(PLACES))
	# The claims are those the clinic itself would write: one more is let in where a place is left.
	from clinic_core.scheduling import booking

	first = min(starts)
	patient = site.get_all("Clinic Patient", {"name": ("not like", "demo-%"), "status": "Active"}, limit=1)
	newcomer = patient[0].name if patient else _newcomer(site)
	if sum(row.start == first for row in rows) < PLACES:
		site.db.savepoint("a_class")
		assert booking.book(newcomer, CLASS, TRAINER, first).group_size == PLACES
		site.db.rollback(save_point="a_class")


def _newcomer(site):
	source = site.get_all("Clinic Referral Source", {"is_group": 0, "is_active": 1}, pluck="name", limit=1)[0]
	values = {"first_name": "Nasrin", "last_name": "Newcomer", "mobile": "+989121234509", "gender": "Female"}
	values["referral_source"] = source
	return site.get_doc({"doctype": "Clinic Patient", **values}).insert(ignore_permissions=True).name


def recalls_by_the_demo_rule(site):
	"""The night made one for a patient of the demo, and one for a patient of the clinic."""
	rule = site.get_all("Clinic Recall Rule", {"service": "BOTOX", "is_active": 1}, pluck="name")[0]
	theirs = site.get_all("Clinic Patient", {"name": MARK}, pluck="name", limit=1, order_by="name desc")[0]
	made = []
	for patient in (theirs, _newcomer(site)):
		values = {"service": "BOTOX", "recall_rule": rule, "contact_by": "Reception", "status": "Due"}
		values |= {"base_on": "2026-01-01", "due_on": "2026-02-15", "next_on": "2026-02-15"}
		values |= {"cycle_key": f"{rule}|{patient}|x"}
		doc = site.get_doc({"doctype": "Clinic Recall", "patient": patient, **values})
		made.append(doc.insert(ignore_permissions=True).name)
	return rule, *made


def what_people_made_stays(site, demo):
	rule, of_demo, of_clinic = recalls_by_the_demo_rule(site)
	kept = site.get_all("Clinic Patient", {"name": MARK, "status": "Active"}, pluck="name", limit=1)[0]
	own = site.get_doc(
		{"doctype": "Clinic Lead", "title": "Own", "person_type": "Patient", "patient": kept}
	).insert(ignore_permissions=True)
	demo.remove()
	assert site.db.exists("Clinic Lead", own.name)
	assert not site.db.exists("Clinic Recall", of_demo)
	assert site.db.exists("Clinic Recall", of_clinic) and site.db.exists("Clinic Recall Rule", rule)
	assert set(site.get_all("Clinic Patient", {"name": MARK}, pluck="name")) == {kept, *demo.stayed}
	for doctype in (
		"Clinic Appointment",
		"Clinic Visit",
		"Clinic Reception",
		"Clinic Payment",
		"Clinic Ledger Entry",
	):
		assert site.db.count(doctype, {"name": MARK}) == 0, doctype
	# Nobody's own records point to these two, whatever else was tried in this site.
	assert not site.db.exists("User", "accountant@clinic.example")
	assert not site.db.exists("Clinic Practitioner", "DR-04")


def it_comes_again_beside_what_stayed(site, demo):
	title = "مراقبت پوست"
	if not site.db.exists("Clinic Department", {"title": title}):
		site.get_doc({"doctype": "Clinic Department", "code": "OWN-CARE", "title": title}).insert()
	stayed = site.db.count("Clinic Patient", {"name": MARK})
	assert stayed
	demo.install("fa", "x")
	assert site.db.count("Clinic Recall Rule", {"service": "BOTOX", "is_active": 1}) == 1
	here = site.get_all("Clinic Patient", {"name": MARK}, pluck="name")
	assert len(here) == 302 + stayed, "302 are new"
	the_books_are_right(site)
