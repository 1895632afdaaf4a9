"""Every endpoint keeps its budget of statements, and lists need no more when there is three times as much."""

import pytest

from tests import source_map
from tests.bench import budgets
from tests.bench.lab import counted
from tests.demo_site import ensure_demo
from tests.integration.budget_calls import CALLS, Demo, login
from tests.integration.staff_calls import own_request

# Their length depends on what the patient, the day or the clinic has.
LISTS = [path for path, endpoint in source_map.endpoints().items() if "GET" in endpoint.methods]
# Copied to have more of everything; masters stay as they are.
MANY = (
	"Clinic Patient", "Clinic Patient Identity", "Clinic Patient Phone", "Clinic Patient Alert", "Clinic Patient Relation", "Clinic Search Key", "Clinic Appointment",
	"Clinic Appointment Step", "Clinic Visit", "Clinic Triage", "Clinic Reception", "Clinic Reception Line",
	"Clinic Payment", "Clinic Payment Line", "Clinic Payment Allocation", "Clinic Deposit",
	"Clinic Ledger Entry", "Clinic Entitlement", "Clinic Entitlement Entry", "Clinic Lead",
	"Clinic Lead Service", "Clinic Activity", "Clinic Call", "Clinic Lead Status Log",
)  # fmt: skip

# Each of the office's five lists counts what lies beyond its page, once it is full; people who look like the
# one of a lead are read once there are any, with what was said of the pair and their merged files where he is
# a patient.
FULL_PAGES = {"clinic_crm.pipeline.api.office": 5, "clinic_crm.pipeline.api.lead_details": 3}


# One statement for each kind of rows these two files happen to have: the demo of another day picks others.
# So many kinds the demo's files may have more or less.
BY_THE_FILE = {"clinic_core.people.api.merge_patients": 40, "clinic_core.people.api.undo_merge": 40}

# By endpoint, as the test of its budget has just found: each such test undoes what it did.
MEASURED: dict[str, int] = {}

# The chain is walked in batches: one statement more for each batch beyond the first.
BATCHES = {
	"clinic_reception.cash_desk.api.verify_ledger": ("Clinic Ledger Seal", {"legal_entity": "MAIN"}, 2000)
}


@pytest.fixture(scope="module")
def demo_clinic(site_name, sites_path):
	"""The demo clinic of today, which the journeys use as well."""
	return ensure_demo(site_name, sites_path)


@pytest.fixture
def demo(demo_clinic, site):
	# The site's snapshot may be older than the demo that was just installed.
	site.db.rollback()
	return Demo(site)


def test_every_endpoint_has_a_budget_and_a_call_and_nothing_else_has():
	known = set(source_map.endpoints())
	assert set(budgets.QUERIES) == known
	assert set(CALLS) == known


@pytest.mark.parametrize("endpoint", sorted(CALLS))
def test_a_call_keeps_its_budget(demo, site, endpoint):
	measured = MEASURED[endpoint] = measure(demo, endpoint)
	queries = measured - _further_batches(site, endpoint)
	budget = budgets.QUERIES[endpoint]
	assert queries <= budget, f"{endpoint} takes {queries} statements, {budget} are allowed"
	# A budget that is far too large would hide that something grows.
	room = BY_THE_FILE.get(endpoint, 5 + queries // 4)
	assert budget <= queries + room, f"{endpoint} takes {queries} only: lower its budget {budget}"


def test_three_times_the_data_takes_no_more_queries(demo, site):
	before = {endpoint: MEASURED.get(endpoint) or measure(demo, endpoint) for endpoint in LISTS}
	for doctype in MANY:
		copy_rows(site, doctype)
	after = {endpoint: measure(demo, endpoint) for endpoint in LISTS}
	suspects = [path for path in LISTS if after[path] > before[path] + FULL_PAGES.get(path, 0)]
	site.db.rollback()
	# Something else may have changed since their budget was looked at: these are asked again.
	again = {path: measure(demo, path) for path in suspects}
	grown = {
		path: (again[path], after[path])
		for path in suspects
		if after[path] > again[path] + FULL_PAGES.get(path, 0)
	}
	assert not grown


def _further_batches(site, endpoint):
	if endpoint not in BATCHES:
		return 0
	doctype, filters, size = BATCHES[endpoint]
	return site.db.count(doctype, filters) // size


def measure(demo, endpoint, turns=6):
	"""Statements of one call with the state of a new request; warm as later in a day.

	A job in the background may empty the cache at any moment: it is called until two calls cost the same.
	"""
	counts = [_call(demo, endpoint), _call(demo, endpoint)]
	while counts[-1] != counts[-2] and len(counts) < turns:
		counts.append(_call(demo, endpoint))
	return min(counts)


def _call(demo, endpoint):
	user, arguments = CALLS[endpoint]
	site = demo.site
	site.set_user("Administrator")
	site.db.savepoint("budget")
	with own_request(site):
		given = {key: value for key, value in arguments(demo).items() if key != "_"}
		site.set_user(login(user))
		site.local.message_log, site.local.request_ip = [], "127.0.0.1"
		sample, _answer = counted(lambda: site.get_attr(endpoint)(**given))
	site.db.rollback(save_point="budget")
	site.set_user("Administrator")
	return sample.queries


def copy_rows(site, doctype):
	"""Two more rows for each row of the demo, under names and unique values of their own."""
	table = f"tab{doctype}"
	columns = [row[0] for row in site.db.sql(f"SHOW COLUMNS FROM `{table}`")]
	unique = {
		row[4]
		for row in site.db.sql(f"SHOW INDEX FROM `{table}` WHERE Non_unique = 0 AND Key_name <> 'PRIMARY'")
	}
	own = {"name", *unique} | {"parent", "reference_name"} & set(columns)
	own -= {"kind", "token", "reference_doctype"}
	for number in (2, 3):
		values = [f"CONCAT(`{c}`, '~{number}')" if c in own else f"`{c}`" for c in columns]
		names = ", ".join(f"`{c}`" for c in columns)
		site.db.sql(
			f"INSERT INTO `{table}` ({names}) SELECT {', '.join(values)} FROM `{table}` WHERE name NOT LIKE '%~%'"
		)
