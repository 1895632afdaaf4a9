"""What holds of a service at every door: areas, addresses, practical work, what keeps it from deletion."""

import pytest
from clinic_core.foundation.errors import ConflictError, InvalidInputError


def refused(match):
	return pytest.raises(InvalidInputError, match=match)


AREAS = [{"title": "Face", "amount": 500_000}, {"title": "Full body", "amount": "۹٬۰۰۰٬۰۰۰"}]


def test_areas_keep_their_codes_when_their_rows_are_replaced(make_service):
	service = make_service(areas=AREAS)
	codes = {row.title: row.code for row in service.areas}
	assert all(codes.values()) and service.areas[1].amount == 9_000_000
	# As REST and an import do it: all rows are new, with titles only, in another order.
	service.set(
		"areas",
		[
			{"title": "full  body", "amount": 1},
			{"title": "Neck", "amount": 2},
			{"title": "Face", "amount": 3},
		],
	)
	service.save()
	again = {row.title: row.code for row in service.areas}
	assert again["full body"] == codes["Full body"] and again["Face"] == codes["Face"]
	assert again["Neck"] and again["Neck"] not in codes.values()


def test_a_code_is_not_changed_through_the_form(make_service):
	service = make_service(areas=AREAS)
	code = service.areas[0].code
	service.areas[0].code = "forged"
	service.areas[0].title = "The face"
	service.save()
	service.reload()
	assert service.areas[0].code == code and service.areas[0].title == "The face"


@pytest.mark.parametrize(
	("areas", "match"),
	[
		([{"title": "Face", "amount": -1}], "row 1.*negative"),
		([*AREAS, {"title": "FACE", "amount": 1}], "row 3.*already"),
		([{"title": "Face", "amount": 1, "duration_minutes": 7}], "row 1.*multiple"),
	],
)
def test_areas_that_cannot_be_right_are_refused(make_service, areas, match):
	with refused(match):
		make_service(areas=areas)


def test_an_address_is_made_of_the_name_and_stays(make_service):
	service = make_service(service_name="لیزر فول‌بادی", display_name="ليزر كامل بدن")
	assert service.route.startswith("لیزر-کامل-بدن")
	made = service.route
	service.display_name = "Another name"
	service.save()
	assert service.route == made


def test_a_made_address_gives_way_and_a_written_one_is_refused(site, make_service):
	unique = f"zz {site.generate_hash(length=8)}"
	first, second = make_service(service_name=unique), make_service(service_name=unique)
	assert second.route == f"{first.route}-2"
	second.route = f" {unique} "
	with refused("Address.*already"):
		second.save()
	second.reload()
	second.route = "؟!"
	with refused("Address"):
		second.save()


@pytest.mark.parametrize("field", ["is_outpatient_procedure", "is_practical_work"])
def test_practical_work_and_outpatient_procedure_are_one(make_service, field):
	service = make_service(**{field: 1})
	assert (service.is_outpatient_procedure, service.is_practical_work) == (1, 1)
	service.set(field, 0)
	service.save()
	service.reload()
	assert (service.is_outpatient_procedure, service.is_practical_work) == (0, 0)


@pytest.mark.parametrize(
	("fields", "match"),
	[
		({"pay_online": 1}, "Online payment.*online booking"),
		({"bookable_online": 1, "pay_online": 1, "online_payment_mode": "Deposit", "online_deposit": 2_000_001}, "Deposit"),
		({"marketer_percent": 60, "referrer_percent": 41}, "more than 100"),
		({"deduction_amount": 2_000_001}, "Deduction amount"),
		({"amount": "-۵"}, "Amount.*negative"),
		({"service_name": "ليزر موها".encode("cp1256").decode("cp1250")}, "Windows-1256"),
	],
)  # fmt: skip
def test_what_cannot_be_right_is_refused_by_name(make_service, fields, match):
	with refused(match):
		make_service(**fields)


def test_online_payment_starts_with_the_whole_amount(make_service):
	service = make_service(bookable_online=1, pay_online=1)
	assert service.online_payment_mode == "Full Amount"
	service.pay_online = 0
	service.save()
	assert service.online_payment_mode == ""


def test_the_form_learns_what_the_profile_lacks(make_service):
	service = make_service()
	service.run_method("onload")
	hint = service.get_onload("completeness")
	assert hint["percent"] == 20
	assert {"code": "photo", "field": "photo"} in hint["missing"]


def test_a_service_in_use_is_not_put_into_a_department_out_of_use(site, make_service):
	closed = site.get_doc(
		{"doctype": "Clinic Department", "title": site.generate_hash(length=8), "is_active": 0}
	).insert()
	with refused("not active"):
		make_service(department=closed.name)
	assert make_service(department=closed.name, status="Inactive").name


def test_a_service_that_was_never_used_can_be_deleted(site, make_service):
	service = make_service()
	site.delete_doc("Clinic Service", service.name)
	assert not site.db.exists("Clinic Service", service.name)


@pytest.fixture
def booked(site, make_service):
	"""A service with two coming appointments and one past, written as they lie in the database."""
	service = make_service()
	now = site.utils.now_datetime()
	for days in (1, 2, -2):
		start = site.utils.add_days(now, days)
		appointment = site.get_doc(
			{"doctype": "Clinic Appointment", "service": service.name, "start": start, "status": "Booked"}
		)
		appointment.name = site.generate_hash(length=12)
		appointment.db_insert()
	return service


def test_a_service_with_appointments_is_not_deleted_and_the_fix_is_named(site, booked):
	with pytest.raises(ConflictError, match=r"3 × Clinic Appointment.*Inactive"):
		site.delete_doc("Clinic Service", booked.name)
	assert site.db.exists("Clinic Service", booked.name)


def test_who_takes_it_out_of_use_learns_who_is_still_coming(site, booked):
	site.local.message_log = []
	booked.status = "Inactive"
	booked.save()
	said = " ".join(str(message) for message in site.local.message_log)
	assert "2 coming appointments" in said
	site.local.message_log = []
	booked.save()
	assert not site.local.message_log


def test_only_web_addresses_are_help(site):
	settings = site.get_doc("Clinic Settings")
	settings.help_specs_url = "javascript:alert(1)"
	with refused("Help on the tab Specs"):
		settings.save()
	settings.reload()
	settings.help_specs_url = " https://youtu.be/dQw4w9WgXcQ "
	settings.save()
	from clinic_core import boot

	site.clear_document_cache("Clinic Settings", "Clinic Settings")
	info = {}
	boot.extend(info)
	assert info["clinic"]["service_help"]["specs"]["kind"] == "frame"
	assert "dental" not in info["clinic"]["service_help"]


def test_recall_rules_hold_at_the_document(site, make_service):
	service = make_service()

	def rule(**fields):
		values = {"doctype": "Clinic Recall Rule", "service": service.name, "after_days": 90, **fields}
		return site.get_doc({"trigger": "After Last Visit", "max_reminders": 1, "is_active": 1, **values})

	rule().insert()
	with refused("already an active rule"):
		rule().insert()
	with refused("After"):
		rule(after_days=0).insert()
	with refused("course"):
		rule(trigger="After Course End").insert()
	made = rule(trigger="Calendar", first_on="2026-12-01", after_days=5).insert()
	assert made.after_days == 0
