"""Services and departments: documents, quotes, lists."""

import pytest


def refused(match):
	from clinic_core.foundation.errors import InvalidInputError

	return pytest.raises(InvalidInputError, match=match)


@pytest.mark.parametrize(
	("fields", "label"),
	[
		({"duration_minutes": 33}, "Duration"),
		({"duration_minutes": 0}, "Duration"),
		({"tax_percent": 101}, "Tax percent"),
		({"amount": -1}, "Amount"),
		({"is_session_based": 1, "session_count": 0}, "Number of sessions"),
		({"is_session_based": 1, "session_count": 4, "session_interval_days": 0}, "Days between sessions"),
		({"amount": "abc"}, "Amount"),
	],
)
def test_a_service_that_cannot_be_right_is_refused(make_service, fields, label):
	with refused(label):
		make_service(**fields)


def test_a_barcode_belongs_to_one_service(site, make_service):
	make_service(barcode="۶۲۶۰۰۱")
	with refused("Barcode"):
		make_service(barcode=" 626001 ")
	assert make_service(barcode="").barcode is None
	assert make_service(barcode=None).barcode is None


def test_codes_are_given_when_missing_and_kept_when_given(make_service):
	assert make_service().name.startswith("SRV-")
	assert make_service(code="لیزر-۱").name == "لیزر-1"


def test_a_department_in_use_is_not_deactivated(make_service, department):
	service = make_service()
	department.is_active = 0
	with refused("Is active"):
		department.save()
	service.status = "Inactive"
	service.save()
	department.reload()
	department.is_active = 0
	department.save()


def test_two_departments_of_one_title_are_refused(site, department):
	with refused("Title"):
		site.get_doc({"doctype": "Clinic Department", "title": department.title}).insert()


def test_a_quote_in_full(site, make_service):
	from clinic_core.service_catalog import api

	service = make_service(is_countable=1, tax_percent=10)
	site.db.set_single_value("Clinic Settings", "rounding_step", 1000)
	site.clear_document_cache("Clinic Settings", "Clinic Settings")
	result = api.get_quote(service.name, quantity="۳", discount_percent="۱۲٫۵")
	assert result["list_price"] == result["unit_price"] == 2_000_000
	assert result["list_total"] == 6_000_000
	assert result["discount"] == 750_000
	assert result["tax"] == 525_000
	assert result["patient_share"] == result["total"] == 5_775_000
	assert (result["insurer_share"], result["insurer_shares"]) == (0, [])
	assert [line["code"] for line in result["lines"]] == ["list_price", "discount", "tax"]
	assert result["lines"][1]["why"] == "12.5% of 6,000,000"
	assert result["lines"][1]["params"] == {"percent": 12.5, "of": 6_000_000}
	assert site.as_json(result)


@pytest.mark.parametrize(
	("fields", "asked", "label"),
	[
		({}, {"quantity": 2}, "Quantity"),
		({"is_countable": 1}, {"quantity": 0}, "Quantity"),
		({"is_countable": 1}, {"quantity": "دو"}, "Quantity"),
		({"is_fixed_amount": 1}, {"discount_percent": 101}, "Discount percent"),
		({}, {"discount_percent": 101}, "Discount percent"),
		({}, {"contract": "VIP"}, "Contract"),
		({}, {"on": "yesterday"}, "Date"),
	],
)
def test_what_has_no_price_is_refused_by_name(make_service, fields, asked, label):
	from clinic_core.service_catalog import api

	service = make_service(**fields)
	with refused(label):
		api.get_quote(service.name, **asked)


def test_an_unknown_service_is_not_found(site):
	from clinic_core.service_catalog import api, quotes

	with pytest.raises(site.DoesNotExistError):
		api.get_quote("no such service")
	with pytest.raises(site.DoesNotExistError):
		quotes.quote_for("no such service")


def test_a_stranger_gets_no_quote(site, make_service, user_with):
	from clinic_core.service_catalog import api

	service = make_service()
	site.set_user(user_with())
	with pytest.raises(site.PermissionError):
		api.get_quote(service.name)
	with pytest.raises(site.PermissionError):
		api.list_services()


def test_the_picker_keeps_the_managers_order(make_service, department):
	from clinic_core.service_catalog import api

	later = make_service(service_name="A", priority=2)
	first = make_service(service_name="B", priority=1)
	make_service(service_name="Hidden", status="Inactive")
	rows = api.list_services(department=department.name)
	assert [row["name"] for row in rows] == [first.name, later.name]
	assert rows[0]["department_title"] == department.title


@pytest.mark.parametrize("text", ["ليزر صورت", "صورت", "12345", "۱۲۳۴۵"])
def test_the_picker_finds_any_keyboard(make_service, department, text):
	from clinic_core.service_catalog import api

	wanted = make_service(service_name="لیزر صورت", barcode="12345")
	make_service(service_name="بوتاکس")
	assert [row["name"] for row in api.list_services(department.name, text)] == [wanted.name]


def test_the_number_of_queries_is_constant(site, make_service, department, count_queries):
	from clinic_core.service_catalog import api

	service = make_service()
	api.get_quote(service.name)
	api.list_services(department.name)
	with count_queries() as few:
		api.list_services(department.name)
	for _ in range(5):
		make_service()
	with count_queries() as many:
		assert len(api.list_services(department.name)) == 6
	assert len(many) == len(few) <= 4
	with count_queries() as quote:
		api.get_quote(service.name)
	assert len(quote) <= 5
