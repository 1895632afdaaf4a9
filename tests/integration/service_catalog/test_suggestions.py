"""Suggested services: loaded once, adopted through the documents, all or none, never twice."""

import pytest

from tests.bench.budgets import spent

EYE = ["EYE-001", "EYE-002", "EYE-003"]
LASER = "LAS-002"


@pytest.fixture(autouse=True)
def empty_list(site):
	"""The demo clinic may have services of these names: within this transaction, which is rolled back,
	the list begins empty."""
	for doctype in ("Clinic Service", "Clinic Service Area", "Clinic Department", "Clinic Service Price"):
		site.db.delete(doctype)
	site.db.set_single_value("System Settings", "language", "en")


@pytest.fixture
def adopt(site):
	from clinic_core.service_catalog import api

	def call(*rows, **arguments):
		asked = [{"suggestion": row, "amount": 1_000_000} if isinstance(row, str) else row for row in rows]
		return api.adopt_suggestions(asked, **arguments)

	return call


@pytest.fixture
def offered(site):
	from clinic_core.service_catalog import api

	def one(code):
		[row] = [row for row in api.list_suggestions()["services"] if row["code"] == code]
		return row

	return one


def services(site, **filters):
	return site.get_all("Clinic Service", filters, pluck="name", order_by="priority asc, name asc")


def refused(match):
	from clinic_core.foundation.errors import InvalidInputError

	return pytest.raises(InvalidInputError, match=match)


# Loading


def test_the_catalogue_is_loaded_at_installation(site):
	from clinic_core.service_catalog.suggestions import catalogue

	assert site.db.count("Clinic Suggested Service") >= len(catalogue.read())


def test_a_bulk_row_is_what_the_document_would_write(site):
	from clinic_core.service_catalog.suggestions import catalogue, seeding

	[row] = [row for row in catalogue.read() if row["code"] == LASER]
	fields = {field: value for field, value in row.items() if field != "edition"}
	site.get_doc({"doctype": seeding.DOCTYPE, **fields, "code": "ONE-1"}).insert()
	seeding.insert([{**fields, "code": "ONE-2"}])
	unlike = {"name", "code", "creation", "modified"}
	one, other = (site.db.get_value(seeding.DOCTYPE, name, "*", as_dict=True) for name in ("ONE-1", "ONE-2"))
	assert {k: v for k, v in one.items() if k not in unlike} == {
		k: v for k, v in other.items() if k not in unlike
	}


def test_what_was_deleted_or_changed_stays_so(site):
	from clinic_core.service_catalog.suggestions import seeding

	site.delete_doc(seeding.DOCTYPE, "EYE-001")
	site.db.set_value(seeding.DOCTYPE, "EYE-002", "duration_minutes", 95)
	assert seeding.load() == 0
	assert not site.db.exists(seeding.DOCTYPE, "EYE-001")
	assert site.db.get_value(seeding.DOCTYPE, "EYE-002", "duration_minutes") == 95


def test_a_new_edition_brings_only_what_is_new(site, monkeypatch):
	from clinic_core.service_catalog.suggestions import catalogue, seeding

	rows = catalogue.read()
	site.delete_doc(seeding.DOCTYPE, rows[0]["code"])
	coming = [*rows, {**rows[1], "code": "NEW-001", "edition": catalogue.edition() + 1}]
	monkeypatch.setattr(catalogue, "read", lambda: [dict(row) for row in coming])
	newest = catalogue.edition() + 1
	monkeypatch.setattr(catalogue, "edition", lambda: newest)
	assert seeding.load() == 1
	assert site.db.exists(seeding.DOCTYPE, "NEW-001")
	assert not site.db.exists(seeding.DOCTYPE, rows[0]["code"])
	assert seeding.load() == 0


def test_areas_of_a_suggestion_must_be_readable(site):
	doc = site.get_doc("Clinic Suggested Service", LASER)
	doc.areas = "Face - 20"
	with refused("Body areas"):
		doc.save()


# Adopting


def test_a_service_comes_with_all_that_is_known_of_it(site, adopt):
	device = {"title": "Laser 1", "kind": "Device", "capacity": 1, "branch": "MAIN"}
	site.get_doc({"doctype": "Clinic Resource", **device}).insert()
	result = adopt(
		{"suggestion": LASER, "amount": "۲٬۵۰۰٬۰۰۰", "areas": {"full-body": 9_000_000, "neck": None}},
		{"suggestion": "DEN-033", "amount": 4_000_000},
	)
	assert [row["without_price"] for row in result["created"]] == [False, False]
	laser = site.get_doc("Clinic Service", result["created"][0]["service"])
	assert (laser.code, laser.service_name) == (LASER, "Laser hair removal (alexandrite)")
	assert (laser.amount, laser.status, laser.suggestion) == (2_500_000, "Active", LASER)
	assert (laser.session_count, laser.session_interval_days, laser.allowed_absence_count) == (6, 40, 1)
	assert (laser.resource_kind, laser.reminder_days) == ("Device", 365)
	areas = {row.code: row for row in laser.areas}
	assert len(areas) == 17 and areas["full-body"].amount == 9_000_000
	assert (areas["neck"].amount, areas["neck"].duration_minutes) == (2_500_000, 15)
	tooth = site.get_doc("Clinic Service", result["created"][1]["service"])
	assert (tooth.dental_scope, tooth.is_countable, tooth.is_outpatient_procedure) == ("Tooth", 1, 1)


def test_departments_are_made_once_at_the_end_and_in_order(site, adopt):
	site.get_doc({"doctype": "Clinic Department", "title": "First", "priority": 70}).insert()
	result = adopt("LAS-001", *EYE)
	made = site.get_all(
		"Clinic Department", fields=["name", "title", "kind", "priority"], order_by="priority asc"
	)
	assert [(row.name, row.title) for row in made[1:]] == [
		("LAS", "Laser"),
		("EYE", "Ophthalmology and optometry"),
	]
	assert made[0].title == "First" and made[1].kind == "Treatment"
	assert [(row["department"], row["is_new"], row["count"]) for row in result["departments"]] == [
		("LAS", True, 1),
		("EYE", True, 3),
	]
	assert services(site, department="EYE") == EYE


def test_services_go_to_the_end_of_a_department_the_clinic_has(site, adopt):
	own = site.get_doc(
		{"doctype": "Clinic Department", "title": "چشم‌پزشکی و بینایی‌سنجی", "is_active": 0}
	).insert()
	site.get_doc(
		{
			"doctype": "Clinic Service",
			"service_name": "Own",
			"code": "OWN",
			"department": own.name,
			"status": "Inactive",
			"amount": 0,
			"duration_minutes": 5,
			"priority": 500,
		}
	).insert()
	[department] = adopt(*EYE)["departments"]
	assert (department["department"], department["is_new"], department["is_active_again"]) == (
		own.name,
		False,
		True,
	)
	assert services(site, department=own.name) == ["OWN", *EYE]
	assert site.db.count("Clinic Department") == 1


def test_names_are_in_the_language_of_the_site_or_the_one_asked_for(site, adopt):
	site.db.set_single_value("System Settings", "language", "fa")
	adopt("EYE-001")
	assert site.db.get_value("Clinic Service", "EYE-001", "service_name") == "ویزیت چشم‌پزشک"
	assert site.db.get_value("Clinic Department", "EYE", "title") == "چشم‌پزشکی و بینایی‌سنجی"
	adopt("LAS-001", language="en")
	assert site.db.get_value("Clinic Service", "LAS-001", "service_name") == "Laser consultation"


def test_it_is_found_by_its_names_in_other_languages(site, adopt):
	from clinic_core.service_catalog import api
	from clinic_core.service_catalog.definition import search_text

	adopt("EYE-001", language="en")
	found = [[row["name"] for row in api.list_services(text=text)] for text in ("چشم پزشک", "ophthalmolog")]
	assert found == [["EYE-001"], ["EYE-001"]]
	before = site.db.get_value("Clinic Service", "EYE-001", "search_text")
	search_text.rewrite(["EYE-001"])
	assert site.db.get_value("Clinic Service", "EYE-001", "search_text") == before


def test_without_a_price_a_service_waits_inactive(site, adopt):
	result = adopt({"suggestion": "EYE-001"}, {"suggestion": "EYE-002", "amount": 0}, {"suggestion": LASER})
	facts = {
		row.name: (row.status, row.amount)
		for row in site.get_all("Clinic Service", fields=["name", "status", "amount"], order_by="name asc")
	}
	assert facts == {"EYE-001": ("Inactive", 0), "EYE-002": ("Active", 0), LASER: ("Inactive", 0)}
	assert [row["service"] for row in result["created"] if row["without_price"]] == [LASER, "EYE-001"]


def test_a_service_with_prices_of_areas_only_is_sold_by_area(site, adopt):
	from clinic_core.service_catalog import api

	adopt({"suggestion": LASER, "areas": {"neck": 900_000}})
	assert api.get_quote(LASER, area="neck")["total"] == 900_000
	for area in (None, "face"):
		with refused("rea"):
			api.get_quote(LASER, area=area)


def test_its_first_price_is_kept_with_where_it_came_from(site, adopt):
	adopt("EYE-001")
	fields = ["amount", "source", "valid_from"]
	[price] = site.get_all("Clinic Service Price", {"service": "EYE-001"}, fields, order_by="name asc")
	assert (price.amount, price.source, price.valid_from) == (1_000_000, "Suggestion", site.utils.getdate())


def test_adopting_twice_changes_nothing(site, adopt, offered):
	adopt(*EYE)
	doc = site.get_doc("Clinic Service", "EYE-001")
	doc.update({"service_name": "Renamed", "amount": 7})
	doc.save()
	again = adopt(*EYE, "EYE-004")
	assert [row["service"] for row in again["created"]] == ["EYE-004"]
	assert [(row["suggestion"], row["reason"]) for row in again["skipped"]] == [(c, "adopted") for c in EYE]
	assert site.db.get_value("Clinic Service", "EYE-001", ["service_name", "amount"]) == ("Renamed", 7)
	assert services(site, department="EYE") == [*EYE, "EYE-004"]
	assert offered("EYE-001")["reason"] == "adopted" and offered("EYE-005")["reason"] is None


def test_a_service_of_the_same_name_in_the_department_is_the_same(site, adopt, offered):
	department = site.get_doc({"doctype": "Clinic Department", "title": "LASER"}).insert().name
	own = site.get_doc(
		{
			"doctype": "Clinic Service",
			"service_name": "مشاوره ليزر",
			"department": department,
			"amount": 5,
			"duration_minutes": 15,
		}
	).insert()
	assert (offered("LAS-001")["service"], offered("LAS-001")["reason"]) == (own.name, "same_name")
	result = adopt("LAS-001")
	assert (result["created"], result["departments"]) == ([], [])
	assert result["skipped"][0]["service"] == own.name
	assert not site.db.get_value("Clinic Service", own.name, "suggestion")


def test_a_code_that_is_taken_gives_the_next_number(site, adopt):
	department = site.get_doc({"doctype": "Clinic Department", "title": "Other"}).insert().name
	site.get_doc(
		{
			"doctype": "Clinic Service",
			"code": "EYE-001",
			"service_name": "Own",
			"department": department,
			"amount": 5,
			"duration_minutes": 15,
		}
	).insert()
	[created] = adopt("EYE-001")["created"]
	assert created["service"].startswith("SRV-")
	assert site.db.get_value("Clinic Service", created["service"], "suggestion") == "EYE-001"


def test_one_that_fails_leaves_nothing(site, adopt):
	site.db.set_value("Clinic Suggested Service", "EYE-003", "duration_minutes", 7)
	with refused("Duration"):
		adopt("EYE-001", "EYE-002", "EYE-003")
	assert services(site) == []
	assert site.db.count("Clinic Department") == 0
	assert site.db.count("Clinic Service Price") == 0


@pytest.mark.parametrize(
	("rows", "match"),
	[
		([], "Services"),
		(["EYE-001", "EYE-001"], "twice"),
		(["NO-SUCH"], "NO-SUCH"),
		([{"amount": 5}], "Suggested service"),
		([{"suggestion": "EYE-001", "amount": -1}], "EYE-001"),
		([{"suggestion": "EYE-001", "amount": "ده تومان"}], "EYE-001"),
		([{"suggestion": "EYE-001", "amount": 10**13}], "too large"),
		([{"suggestion": LASER, "areas": {"tail": 5}}], "tail"),
		([{"suggestion": LASER, "areas": {"face": -5}}], LASER),
		([{"suggestion": LASER, "areas": [5]}], "Body areas"),
	],
)
def test_what_cannot_be_adopted_is_refused_by_name(site, adopt, rows, match):
	with refused(match):
		adopt(*rows)
	assert services(site) == []


def test_only_the_catalogues_languages_are_known(adopt):
	with refused("Language"):
		adopt("EYE-001", language="de")


def test_a_request_that_arrives_twice_is_done_once(site, adopt):
	first = adopt("EYE-001", idempotency_key="one-click")
	again = adopt("EYE-001", idempotency_key="one-click")
	assert again == first and services(site) == ["EYE-001"]


@pytest.mark.parametrize("role", ["Clinic Receptionist", "Clinic Branch Supervisor", "System Manager"])
def test_only_the_manager_adopts(site, adopt, user_with, role):
	from clinic_core.service_catalog import api

	site.set_user(user_with(role))
	with pytest.raises(site.PermissionError):
		adopt("EYE-001")
	if role != "System Manager":
		with pytest.raises(site.PermissionError):
			api.list_suggestions()


def test_progress_is_told(site):
	from clinic_core.service_catalog.suggestions import adoption, choice

	told = []
	wanted = {code: choice.Prices(None, {}) for code in EYE}
	adoption.adopt(wanted, on_progress=lambda done, of: told.append((done, of)))
	assert told == [(1, 3), (2, 3), (3, 3)]


def test_queries_do_not_grow_with_what_is_there_already(site, adopt, count_queries):
	from clinic_core.service_catalog import api

	def cost(work):
		with count_queries() as queries:
			work()
		return spent(queries)

	codes = [f"PHY-{number:03d}" for number in range(1, 31)]
	adopt("PHY-001")
	one = cost(lambda: adopt("PHY-001")), cost(api.list_suggestions)
	adopt(*codes)
	assert (cost(lambda: adopt(*codes)), cost(api.list_suggestions)) == one


def test_each_new_service_costs_the_same_few_queries(site, adopt, count_queries):
	adopt("PHY-001", "NUT-001")

	def cost(*codes):
		with count_queries() as queries:
			adopt(*codes)
		return spent(queries)

	few = cost("PHY-002", "PHY-003")
	many = cost(*[f"PHY-{number:03d}" for number in range(4, 14)])
	assert (many - few) / 8 <= 10
