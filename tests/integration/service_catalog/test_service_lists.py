"""Pickers, link boxes, the export and the order of services."""

import csv
import io

import openpyxl
import pytest
from clinic_core.foundation.errors import ConflictError, InvalidInputError


@pytest.fixture
def make_department(site):
	def make(**fields):
		title = fields.pop("title", None) or f"Dep {site.generate_hash(length=6)}"
		return site.get_doc({"doctype": "Clinic Department", "title": title, **fields}).insert()

	return make


@pytest.fixture
def make_service(site, make_department):
	kept = []

	def make(**fields):
		if "department" not in fields:
			kept or kept.append(make_department())
			fields["department"] = kept[0].name
		values = {"doctype": "Clinic Service", "amount": 100_000, "duration_minutes": 30, **fields}
		return site.get_doc({"service_name": "Laser", **values}).insert()

	return make


# Pickers


@pytest.mark.parametrize(
	"text", ["ليزر كامل", "کامل لیزر", "zq-77", "ZQ 77", "۹۹۸۸۷۷۶۶", "vip صورت", "مركز زيبايي"]
)
def test_a_picker_finds_by_any_word_of_names_codes_and_department(make_service, make_department, text):
	from clinic_core.service_catalog import api

	department = make_department(title="مرکز زیبایی ZZ")
	wanted = make_service(
		department=department.name,
		service_name="لیزر کامل",
		display_name="VIP صورت",
		code="ZQ-77",
		barcode="99887766",
	)
	other = make_service(service_name="بوتاکس")
	names = [row["name"] for row in api.list_services(text=text)]
	assert wanted.name in names and other.name not in names


def test_a_scanned_code_comes_first(make_service, make_department):
	from clinic_core.service_catalog import api

	early = make_department(priority=-100)
	make_service(department=early.name, service_name="5551234 in its name", priority=1)
	make_service(department=early.name, barcode="55512345")
	scanned = make_service(barcode="5551234", priority=999)
	for text in ("5551234", " ۵۵۵۱۲۳۴ "):
		rows = api.list_services(text=text)
		assert len(rows) == 3 and rows[0]["name"] == scanned.name


def test_departments_come_in_their_order_then_services_in_theirs(make_service, make_department):
	from clinic_core.service_catalog import api

	last, first = make_department(priority=-50), make_department(priority=-60)
	names = [
		make_service(department=department.name, priority=priority, service_name="Order test").name
		for department, priority in ((last, 1), (first, 9), (first, 5))
	]
	assert [row["name"] for row in api.list_services(text="order test")] == [names[2], names[1], names[0]]
	assert [row["name"] for row in api.list_services(text="order test", limit=2)] == [names[2], names[1]]


def test_a_renamed_department_is_found_by_its_new_title(site, make_service, make_department):
	from clinic_core.service_catalog import api

	department = make_department(title="Oldname")
	service = make_service(department=department.name)
	department.title = "Newname"
	department.save()
	assert [row["name"] for row in api.list_services(text="newname")] == [service.name]
	assert api.list_services(text="oldname") == []


def test_a_picker_gets_the_areas_in_use(make_service):
	from clinic_core.service_catalog import api

	service = make_service(
		areas=[{"title": "Face", "amount": 5}, {"title": "Old", "amount": 6, "is_active": 0}]
	)
	[row] = api.list_services(service=service.name)
	assert [(area["title"], area["amount"]) for area in row["areas"]] == [("Face", 5)]
	assert row["areas"][0]["code"] == service.areas[0].code


@pytest.mark.parametrize("limit", [0, -1, 1001, "many"])
def test_nobody_gets_everything_at_once(limit):
	from clinic_core.service_catalog import api

	with pytest.raises(InvalidInputError, match=r"Limit|many"):
		api.list_services(limit=limit)


def test_link_boxes_find_any_word_and_codes(site, make_service):
	from clinic_core.service_catalog.lists import link_search

	wanted = make_service(service_name="لیزر صورت زنانه", barcode="7712")
	closed = make_service(service_name="لیزر صورت قدیم", status="Inactive")
	found = link_search.find(txt="صورت ليزر")
	assert [row[0] for row in found if row[0] in (wanted.name, closed.name)] == [wanted.name, closed.name]
	assert link_search.find(txt="۷۷۱۲")[0][:2] == (wanted.name, "لیزر صورت زنانه")
	only_active = link_search.find(txt="صورت ليزر", filters='{"status": "Active"}')
	assert closed.name not in [row[0] for row in only_active]


def test_the_desks_own_search_asks_us(site, make_service):
	from frappe.desk.search import search_link

	wanted = make_service(service_name="لیزر صورت زنانه", barcode="7712")
	site.local.response = site._dict()
	answer = search_link("Clinic Service", "زنانه لیزر") or site.response["results"]
	assert wanted.name in [row["value"] for row in answer]


# The order


def shape(order):
	return [{"name": d["name"], "services": [s["name"] for s in d["services"]]} for d in order["departments"]]


@pytest.fixture
def two(make_service, make_department):
	"""Two departments with two services each, before all others."""
	made = []
	for at in range(2):
		department = make_department(priority=at - 1000)
		services = [
			make_service(department=department.name, priority=p, service_name=f"Arranged {at} {p}").name
			for p in (1, 2)
		]
		made.append((department, services))
	return made


def test_arranging_moves_within_and_between_departments(site, two):
	from clinic_core.service_catalog import api

	(one, (a, b)), (other, (c, d)) = two
	order = api.service_order()
	wanted = shape(order)
	assert [row["name"] for row in wanted[:2]] == [one.name, other.name]
	wanted[0], wanted[1] = {"name": other.name, "services": [d, a, c]}, {"name": one.name, "services": [b]}
	done = api.arrange_services(wanted, order["seen"])
	assert shape(api.service_order()) == wanted
	assert done["seen"] == api.service_order()["seen"]
	rows = [row["name"] for row in api.list_services(text="arranged")]
	assert rows == [d, a, c, b]
	assert site.db.get_value("Clinic Service", a, "department") == other.name
	assert api.list_services(text=f"arranged {other.title}")[0]["name"] == d
	about = {"reference_doctype": "Clinic Service", "reference_name": a, "comment_type": "Info"}
	[note] = site.get_all("Comment", about, ["content", "owner"])
	assert note.content == f"moved it to place 2 in {other.title}" and note.owner == site.session.user


def test_who_was_slower_gets_409_and_nothing_is_written(site, two):
	from clinic_core.service_catalog import api

	(_one, (a, b)), _other = two
	order = api.service_order()
	wanted = shape(order)
	wanted[0]["services"] = [b, a]
	site.get_doc("Clinic Service", a).update({"priority": 5000}).save()
	before = site.get_all("Clinic Service", ["name", "department", "priority"], order_by="name asc")
	with pytest.raises(ConflictError):
		api.arrange_services(wanted, order["seen"])
	assert site.get_all("Clinic Service", ["name", "department", "priority"], order_by="name asc") == before


def test_the_same_request_twice_is_done_once(site, two):
	from clinic_core.service_catalog import api

	order = api.service_order()
	wanted = shape(order)
	wanted[0]["services"].reverse()
	first = api.arrange_services(wanted, order["seen"], idempotency_key="arrange-1")
	assert api.arrange_services(wanted, order["seen"], idempotency_key="arrange-1") == first


def test_an_order_that_loses_or_repeats_a_service_is_refused(site, two):
	from clinic_core.service_catalog import api

	order = api.service_order()
	lost = shape(order)
	lost[0]["services"].pop()
	repeated = shape(order)
	repeated[0]["services"].append(repeated[1]["services"][0])
	for wanted in (lost, repeated, [{"name": order["departments"][0]["name"]}], ["nonsense"]):
		with pytest.raises(InvalidInputError):
			api.arrange_services(wanted, order["seen"])


def test_an_active_service_does_not_move_into_a_closed_department(site, two, make_department):
	from clinic_core.service_catalog import api

	closed = make_department(is_active=0, priority=-2000)
	order = api.service_order()
	wanted = shape(order)
	assert wanted[0]["name"] == closed.name
	wanted[0]["services"].append(wanted[1]["services"].pop())
	with pytest.raises(InvalidInputError, match="not active"):
		api.arrange_services(wanted, order["seen"])


def test_arranging_takes_the_same_statements_however_much_moves(site, two, make_service, count_queries):
	from clinic_core.service_catalog import api

	def arrange():
		order = api.service_order()
		wanted = shape(order)
		wanted[0]["services"].reverse()
		with count_queries() as queries:
			api.arrange_services(wanted, order["seen"])
		return len(queries)

	arrange()
	few = arrange()
	for at in range(10):
		make_service(department=two[0][0].name, priority=at)
	assert arrange() == few


def test_only_managers_arrange_and_export(site, user_with):
	from clinic_core.service_catalog import api

	site.set_user(user_with("Clinic Receptionist"))
	for ask in (api.service_order, api.export_services, lambda: api.arrange_services([], "x")):
		with pytest.raises(site.PermissionError):
			ask()


# The export


@pytest.fixture
def exported(site, make_service):
	make_service(
		service_name="=cmd|' /C calc'!A0",
		amount=2_500_000,
		is_session_based=1,
		session_count=6,
		session_interval_days=30,
		barcode="880011",
	)

	def export(kind, lang):
		from clinic_core.service_catalog import api

		site.local.response, site.local.lang = site._dict(), lang
		try:
			api.export_services(kind, filters=[["Clinic Service", "barcode", "=", "880011"]])
		finally:
			site.local.lang = "en"
		return site.response

	return export


def test_a_csv_in_persian_has_words_dates_and_numbers_of_persian(site, exported):
	from clinic_core.foundation.jalali import jalali_date

	answer = exported("csv", "fa")
	assert answer.type == "download" and answer.filename.endswith(".csv")
	header, row = csv.reader(io.StringIO(answer.filecontent.decode("utf-8-sig")))
	cells = dict(zip(header, row, strict=True))
	assert cells["نام خدمت"] == "'=cmd|' /C calc'!A0"
	assert cells["وضعیت"] == "فعال" and cells["خدمت جلسه‌ای"] == "بله"
	assert cells["مبلغ (ریال)"] == "2500000" and cells["تعداد جلسات"] == "6"
	assert jalali_date(site.utils.getdate()) in row


def test_an_xlsx_in_english_has_numbers_as_numbers(site, exported):
	sheet = openpyxl.load_workbook(io.BytesIO(exported("xlsx", "en").filecontent)).active
	header, row = [[cell.value for cell in cells] for cells in sheet.iter_rows()]
	cells = dict(zip(header, row, strict=True))
	assert cells["Amount (Rial)"] == 2_500_000 and cells["Number of sessions"] == 6
	assert cells["Session service"] == "Yes" and cells["Department"].startswith("Dep ")
	assert not sheet.sheet_view.rightToLeft


def test_the_export_speaks_in_the_unit_people_see(site, exported):
	settings = site.get_doc("Clinic Settings")
	settings.set("money_units", [{"valid_from": "2020-01-01", "label": "Toman", "factor": 10}])
	settings.type_in_display_unit = 1
	settings.save()
	site.clear_document_cache("Clinic Settings", "Clinic Settings")
	header, row = csv.reader(io.StringIO(exported("csv", "en").filecontent.decode("utf-8-sig")))
	assert dict(zip(header, row, strict=True))["Amount (Toman)"] == "250000"


@pytest.mark.parametrize(
	("kind", "filters"),
	[("pdf", "[]"), ("csv", '[["Clinic Service", "no_such_field", "=", 1]]'), ("csv", '[["User", "name", "=", "x"]]'), ("csv", "{"), ("csv", "[1]")],
)  # fmt: skip
def test_an_export_that_cannot_be_made_is_refused_by_name(kind, filters):
	from clinic_core.service_catalog import api

	with pytest.raises(InvalidInputError):
		api.export_services(kind, filters=filters)


def test_the_export_takes_the_same_statements_for_one_service_and_for_many(make_service, count_queries):
	from clinic_core.service_catalog.lists import export

	made = [make_service(service_name="Export test").name for _ in range(8)]
	export.file_of([["Clinic Service", "name", "=", made[0]]], "csv")
	with count_queries() as one:
		export.file_of([["Clinic Service", "name", "=", made[0]]], "csv")
	with count_queries() as many:
		export.file_of([["Clinic Service", "name", "in", made]], "csv")
	assert len(one) == len(many) == 2
