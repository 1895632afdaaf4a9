"""The rows of the data sets are those the documents write: a tiny size inside one transaction.

Loaded as of a day long past, so that neither numbers nor claims meet those of the site.
"""

import datetime

import MySQLdb
import pytest

from devbench.paths import Bench
from devbench.settings import known_ports, passwords
from tests.bench.data import checks, masters, staff
from tests.bench.data.bulk import LoadError, load_table
from tests.bench.data.rows import HEAD
from tests.bench.data.shapes import CARD
from tests.bench.data.tables import ALL, table
from tests.bench.world import SEARCHED_SERVICE, SERVICES, Size, World

TINY = Size("T", 180, 460, 3_400, 240, 1, 2, 4, 10, 2)
ANCHOR = datetime.date(2016, 5, 22)
SITE_WIDE = (checks.counts, checks.seals, checks.shifts)
"""Rules about a whole site, which this one is not."""


@pytest.fixture
def tiny(site):
	"""The tiny world with its masters in the site."""
	world = World(TINY, ANCHOR)
	_users(site, world)
	masters.insert_all(world)
	return world


def _users(site, world):
	"""Written directly: Frappe takes seconds for so many."""
	for role, title in staff.ROLES.items():
		for login in world.logins(role):
			user = site.get_doc({"doctype": "User", "email": staff.user(login), "first_name": login})
			user.name, user.enabled = user.email, 1
			user.append("roles", {"role": title}).parent = user.name
			user.db_insert()
			user.roles[0].db_insert()


def insert(site, doctype, rows):
	"""Insert rows of a table as the bulk loader would."""
	site.db.bulk_insert(doctype, list(table(doctype).all_columns), [list(row) for row in rows])


def columns_of(site, doctype, filters):
	"""What is stored, without names and times of making."""
	skipped = {*HEAD, "parent", "idx"}
	rows = site.get_all(doctype, filters=filters, fields=["*"], order_by="name asc")
	return [{k: v for k, v in row.items() if k not in skipped and not k.startswith("_")} for row in rows]


def undone(site, work):
	"""What `work` gives, with everything it wrote taken back."""
	site.db.savepoint("one_way")
	found = work()
	site.db.rollback(save_point="one_way")
	return found


@pytest.fixture
def scratch(site):
	"""An empty table in a database of its own, with a connection that may read pipes."""
	connection = MySQLdb.connect(
		host="127.0.0.1",
		port=known_ports(Bench(), "data")["mariadb"],
		user="root",
		password=passwords(Bench())["db_root"],
		charset="utf8mb4",
	)
	cursor = connection.cursor()
	cursor.execute("CREATE OR REPLACE DATABASE clinic_bulk_test CHARACTER SET utf8mb4")
	cursor.execute("USE clinic_bulk_test")
	cursor.execute("CREATE TABLE `tabThing` (name varchar(140) PRIMARY KEY, title text, at datetime(6))")
	yield connection
	cursor.execute("DROP DATABASE clinic_bulk_test")
	connection.close()


def test_rows_arrive_through_the_pipe_as_they_are(scratch, tmp_path):
	at = datetime.datetime(2026, 11, 22, 9, 30, 0, 250)
	rows = [(f"t-{i:05d}", None if i % 2 else "نام\tبا \\ و\nسطر", at) for i in range(5_000)]
	reported = []
	tmp_path.chmod(0o755)
	sent = load_table(scratch, tmp_path, "Thing", ("name", "title", "at"), rows, reported.append)
	assert sent == sum(reported) == 5_000
	cursor = scratch.cursor()
	cursor.execute("SELECT name, title, at FROM `tabThing` ORDER BY name")
	assert list(cursor.fetchall()) == rows


@pytest.mark.parametrize(
	("columns", "rows", "words"),
	[
		(("name",), [("same",), ("same",)], "Duplicate entry"),
		(("name", "at"), [("x", "no time at all")], "Incorrect datetime"),
		(("name", "nowhere"), [("x", "y")] * 100_000, "Unknown column"),
	],
)
def test_a_table_that_is_refused_is_named_and_stays_empty(scratch, tmp_path, columns, rows, words):
	with pytest.raises(LoadError, match=f"Thing: .*{words}"):
		load_table(scratch, tmp_path, "Thing", columns, rows, lambda count: None)
	cursor = scratch.cursor()
	cursor.execute("SELECT count(*) FROM `tabThing`")
	assert cursor.fetchone() == (0,)


def test_a_whole_tiny_clinic_keeps_the_rules(site, tiny):
	for each in ALL:
		insert(site, each.doctype, each.rows(tiny))
	for rule in checks.RULES:
		if rule not in SITE_WIDE:
			assert list(rule(tiny)) == [], rule.__doc__


def test_a_patient_is_what_registering_writes(site, tiny):
	patient = tiny.patient(19)  # a child with the phone of the parent

	def by_document():
		site.get_doc(
			{
				"doctype": "Clinic Patient",
				"__newname": patient.name,
				**{
					field: getattr(patient, field)
					for field in ("first_name", "last_name", "mobile", "gender", "birth_date", "file_no")
				},
				**{f: getattr(patient, f) for f in ("national_code", "referral_source", "branch", "city")},
				"alerts": patient.alerts,
			}
		).insert(set_name=patient.name)
		return stored()

	def in_bulk():
		for doctype, owner in (
			("Clinic Patient", 0),
			("Clinic Patient Phone", len(HEAD)),
			("Clinic Patient Identity", 0),
			("Clinic Search Key", len(HEAD) + 1),
		):
			insert(site, doctype, [row for row in table(doctype).rows(tiny) if row[owner] == patient.name])
		return stored()

	def stored():
		keys = columns_of(site, "Clinic Search Key", {"reference_name": patient.name})
		return (
			columns_of(site, "Clinic Patient", {"name": patient.name}),
			columns_of(site, "Clinic Patient Phone", {"parent": patient.name}),
			columns_of(site, "Clinic Patient Identity", {"patient": patient.name}),
			sorted((key["kind"], key["token"]) for key in keys),
		)

	assert undone(site, in_bulk) == undone(site, by_document)


def test_a_paid_visit_posts_what_the_till_posts(site, tiny):
	from clinic_core.foundation.state import as_system
	from clinic_reception.cash_desk import api
	from clinic_reception.front_desk import admission

	insert(site, "Clinic Patient", list(table("Clinic Patient").rows(tiny))[:1])
	doctor = tiny.practitioner(0)
	services = [{"service": SEARCHED_SERVICE, "quantity": 1, "action": "Perform Now"}]
	shift = api.open_shift(tiny.tills[0], 0)["shift"]
	with as_system():
		visit, bill = admission.receive(
			patient=tiny.heavy.name,
			visit_type="Consultation",
			services=services,
			branch=doctor.branch,
			practitioner=doctor.code,
		)
		line = {"method": "CARD", "amount": SERVICES[SEARCHED_SERVICE].amount, "reference": "tiny-1"}
		payment = api.take_payment(tiny.heavy.name, [line], reception=bill.name)["payment"]
	posted = columns_of(site, "Clinic Ledger Entry", {"patient": tiny.heavy.name})
	columns = table("Clinic Ledger Entry").columns
	stay = next(
		tiny.books.get(i)
		for i in range(tiny.books.count)
		if tiny.books.get(i).shape == CARD
		and tiny.books.get(i).service == SEARCHED_SERVICE
		and tiny.books.get(i).practitioner == doctor.code
	)
	same = {
		f"bp-{stay.patient:07d}": tiny.heavy.name,
		f"br-{stay.number:07d}": bill.name,
		f"bm-{stay.number:07d}-1": payment,
	}
	loaded = [
		{k: same.get(v, v) for k, v in zip(columns, row[len(HEAD) :], strict=True)}
		for row in table("Clinic Ledger Entry").rows(tiny)
		if row[len(HEAD) + 1] in same
	]
	times = {"posted_at", "posting_date", "jalali_month", "shift"}

	def essence(rows):
		return sorted(
			str(
				{
					k: float(v) if k == "amount" else v
					for k, v in row.items()
					if k in columns and k not in times
				}
			)
			for row in ({c: row[c] for c in columns} for row in rows)
		)

	assert essence(loaded) == essence(posted)
	assert {row["shift"] for row in posted if row["voucher_type"] == "Clinic Payment"} == {shift}
	assert visit.patient == tiny.heavy.name
