"""Bulk price updates: preview, submit all or none, conflict, revert; who may; how many statements."""

import base64
import datetime
import json

import pytest


@pytest.fixture
def make_update(site, department):
	def make(**fields):
		values = {
			"doctype": "Clinic Price Update",
			"applies_to": "Departments",
			"departments": [department.name],
			"method": "Percent",
			"change_percent": 10,
			"rounding_step": 1,
			**fields,
		}
		return site.get_doc(values).insert()

	return make


def day(site, offset=0):
	return site.utils.add_days(site.utils.getdate(), offset)


def refused(match):
	from clinic_core.foundation.errors import InvalidInputError

	return pytest.raises(InvalidInputError, match=match)


def conflict(match):
	from clinic_core.foundation.errors import ConflictError

	return pytest.raises(ConflictError, match=match)


def amount(site, service):
	return site.db.get_value("Clinic Service", service.name, "amount")


def history(site, service):
	rows = site.get_all(
		"Clinic Service Price",
		{"service": service.name},
		["amount", "previous_amount", "valid_from", "source", "price_update", "owner"],
		order_by="creation asc, idx asc",
	)
	return [row for row in rows if row.source != "Opening"]


def price_on(site, service, on, area=None, contract=None):
	from clinic_core.service_catalog.dated_prices import prices

	key = (service.name, area, contract)
	return prices.amounts_on([key], on)[key]


def preview(doc):
	from clinic_core.service_catalog.price_updates import api

	return api.preview(doc.as_dict(), None if doc.is_new() else doc.name)


def submit(doc):
	from clinic_core.service_catalog.price_updates import api

	return api.submit(doc.name)


def revert(doc, **more):
	from clinic_core.service_catalog.price_updates import api

	return api.revert(doc.name, "a slip", **more)


def test_from_the_preview_to_the_price_of_today(site, make_service, make_update):
	laser, botox = make_service(), make_service(service_name="Botox", amount=3_000_000)
	update = make_update(overrides={f"{botox.name}|": "۳٬۵۰۰٬۰۰۰"}, note="Spring list")
	rows = {row["service"]: row for row in preview(update)["rows"]}
	assert (rows[laser.name]["old"], rows[laser.name]["new"], rows[laser.name]["percent"]) == (
		2_000_000,
		2_200_000,
		10,
	)
	assert (rows[botox.name]["new"], rows[botox.name]["typed"]) == (3_500_000, True)
	assert amount(site, laser) == 2_000_000

	assert submit(update) == {"update": update.name, "status": "Submitted", "changed": 2}
	assert (amount(site, laser), amount(site, botox)) == (2_200_000, 3_500_000)
	[row] = history(site, laser)[-1:]
	assert (row.amount, row.previous_amount, row.valid_from) == (2_200_000, 2_000_000, day(site))
	assert (row.source, row.price_update, row.owner) == ("Price Update", update.name, "Administrator")
	update.reload()
	assert (update.changed_count, update.submitted_by) == (2, "Administrator")


def test_tomorrows_list_is_prepared_tonight(site, make_service, make_update):
	laser = make_service()
	update = make_update(valid_from=day(site, 1))
	submit(update)
	assert amount(site, laser) == 2_000_000
	assert price_on(site, laser, day(site)) == 2_000_000
	assert price_on(site, laser, day(site, 1)) == 2_200_000


def test_body_areas_have_prices_of_their_own(site, make_service, make_update):
	areas = [{"title": "Chin", "amount": 500_000}, {"title": "Old", "amount": 1, "is_active": 0}]
	laser = make_service(areas=areas)
	update = make_update()
	assert [(r["area_title"], r["new"]) for r in preview(update)["rows"]] == [
		("", 2_200_000),
		("Chin", 550_000),
	]
	submit(update)
	laser.reload()
	assert [row.amount for row in laser.areas] == [550_000, 1]
	assert price_on(site, laser, day(site), area=laser.areas[0].code) == 550_000
	without = make_update(include_areas=0)
	assert len(preview(without)["rows"]) == 1


@pytest.fixture
def contract(site, make_service):
	laser = make_service()
	items = [
		{"applies_to": "Service", "service": laser.name, "pricing_method": "Fixed Price", "amount": 900_000}
	]
	doc = site.get_doc(
		{
			"doctype": "Clinic Service Contract",
			"title": "VIP of the test",
			"kind": "VIP",
			"valid_from": day(site, -10),
			"items": items,
		}
	).insert()
	doc.laser = laser
	return doc


def test_fixed_prices_of_a_contract(site, contract, make_update):
	update = make_update(contract=contract.name)
	[row] = preview(update)["rows"]
	assert (row["old"], row["new"]) == (900_000, 990_000)
	submit(update)
	assert site.db.get_value("Clinic Service Contract Item", contract.items[0].name, "amount") == 990_000
	assert price_on(site, contract.laser, day(site), contract=contract.name) == 990_000
	assert amount(site, contract.laser) == 2_000_000
	revert(update)
	assert site.db.get_value("Clinic Service Contract Item", contract.items[0].name, "amount") == 900_000


def test_the_preview_says_what_deserves_a_second_look(site, contract, make_service, make_update):
	free = make_service(service_name="Free", amount=0)
	submit(make_update(valid_from=day(site, 9), applies_to="Chosen Services", services=[contract.laser.name]))
	update = make_update(method="Amount", change_amount=1_100_000)
	rows = {row["service"]: row for row in preview(update)["rows"]}
	assert rows[contract.laser.name]["doubts"] == ("scheduled", "large", "behind")
	assert rows[contract.laser.name]["scheduled"] == {"from": str(day(site, 9)), "amount": 2_200_000}
	assert rows[contract.laser.name]["contracts"] == 1
	assert rows[free.name]["doubts"] == ("was_zero",)
	totals = preview(update)["totals"]
	assert (totals["count"], totals["changed"], totals["raised"]) == (2, 2, 2)


@pytest.mark.parametrize(
	("fields", "label"),
	[
		({"valid_from": "2020-01-01"}, "Valid from"),
		({"departments": []}, "Departments"),
		({"departments": ["no such"]}, "Departments"),
		({"applies_to": "Chosen Services", "services": []}, "Services"),
		({"applies_to": "Chosen Services", "services": ["<no such>"]}, "Services"),
		({"applies_to": "Everything"}, "Which services"),
		({"method": "Guess"}, "Change by"),
		({"change_percent": -101}, "Percent"),
		({"rounding_step": -1}, "Round"),
		({"overrides": "{"}, "Prices typed"),
		({"overrides": {"X|": "abc"}}, "Prices typed"),
		({"overrides": {"X|": -5}}, "Prices typed"),
	],
)
def test_a_draft_that_cannot_be_right_is_refused(make_service, make_update, fields, label):
	make_service()
	with refused(label):
		make_update(**fields)


def test_a_department_without_services_is_refused(make_update):
	with refused("Which services"):
		make_update()


def test_an_update_that_changes_nothing_is_refused(site, make_service, make_update):
	make_service()
	update = make_update(change_percent=0)
	with refused("Change by"):
		submit(update)


@pytest.mark.parametrize("include", [0, 1])
def test_inactive_services_only_if_asked(make_service, make_update, include):
	make_service()
	make_service(status="Inactive")
	assert len(preview(make_update(include_inactive=include))["rows"]) == 1 + include


def test_a_price_that_moved_since_the_look_stops_all_of_them(site, make_service, make_update):
	laser, botox = make_service(), make_service(service_name="Botox <b>", amount=3_000_000)
	update = make_update()
	botox.amount = 3_100_000
	botox.save()
	assert [row.get("moved") for row in preview(update)["rows"] if row["service"] == botox.name] == [True]
	with conflict("Botox &lt;b&gt;"):
		submit(update)
	assert amount(site, laser) == 2_000_000
	assert not site.db.exists("Clinic Service Price", {"price_update": update.name})
	update.reload()
	assert update.docstatus == 0
	update.save()
	submit(update)
	assert (amount(site, laser), amount(site, botox)) == (2_200_000, 3_410_000)


def test_a_service_that_came_since_the_look_stops_it_too(make_service, make_update):
	make_service()
	update = make_update()
	make_service(service_name="Newcomer")
	with conflict("Newcomer"):
		submit(update)


def test_what_was_not_looked_at_is_not_submitted(site, make_service, make_update):
	make_service()
	update = make_update()
	update.change_percent = 90
	update.seen = "{}"
	with conflict("look at the new prices"):
		update.submit()


def test_a_failing_row_leaves_nothing(site, make_service, make_update, monkeypatch):
	"""The second statement that stores amounts fails: neither prices nor amounts of the first remain."""
	from clinic_core.service_catalog.price_updates import storing

	services = [make_service(service_name=f"Laser {n}") for n in range(3)]
	update = make_update()
	monkeypatch.setattr(storing, "CHUNK", 1)
	written = []
	real = storing._store_chunk

	def fail_late(doctype, amounts):
		written.append(amounts)
		if len(written) == 2:
			raise site.QueryDeadlockError("the database gave up")
		real(doctype, amounts)

	monkeypatch.setattr(storing, "_store_chunk", fail_late)
	monkeypatch.setattr("clinic_core.foundation.boundary.ATTEMPTS", 1)
	with conflict("try again"):
		submit(update)
	assert len(written) == 2
	assert [amount(site, service) for service in services] == [2_000_000] * 3
	assert not site.db.exists("Clinic Service Price", {"price_update": update.name})
	assert site.db.get_value("Clinic Price Update", update.name, "docstatus") == 0


def test_submitting_twice_changes_once(site, make_service, make_update):
	laser = make_service()
	update = make_update()
	assert submit(update) == submit(update)
	assert amount(site, laser) == 2_200_000
	assert len(history(site, laser)) == 1


def test_an_open_form_does_not_bring_the_old_price_back(site, make_service, make_update):
	laser = make_service()
	stale = site.get_doc("Clinic Service", laser.name)
	submit(make_update())
	with pytest.raises(site.TimestampMismatchError):
		stale.save()


def test_a_revert_restores_what_was_before(site, make_service, make_update):
	laser = make_service()
	update = make_update()
	submit(update)
	answer = revert(update)
	assert (answer["status"], answer["left"]) == ("Reverted", 0)
	assert amount(site, laser) == 2_000_000
	assert [(row.amount, row.source) for row in history(site, laser)] == [
		(2_200_000, "Price Update"),
		(2_000_000, "Revert"),
	]
	update.reload()
	assert (update.docstatus, update.revert_reason, update.reverted_by) == (2, "a slip", "Administrator")
	assert revert(update) == answer
	assert len(history(site, laser)) == 2


def test_the_forms_own_cancel_is_a_revert_too(site, make_service, make_update):
	laser = make_service()
	update = make_update()
	update.submit()
	update.cancel()
	assert (update.status, amount(site, laser)) == ("Reverted", 2_000_000)


def test_a_scheduled_update_is_reverted_before_it_begins(site, make_service, make_update):
	laser = make_service()
	update = make_update(valid_from=day(site, 3))
	submit(update)
	laser.reload()
	laser.amount = 2_050_000
	laser.save()
	revert(update)
	assert price_on(site, laser, day(site, 3)) == 2_050_000
	assert amount(site, laser) == 2_050_000
	# As if it had never been made: what is decided now holds on that day, too.
	laser.reload()
	laser.amount = 2_070_000
	laser.save()
	assert price_on(site, laser, day(site, 3)) == 2_070_000
	[row] = preview(make_update())["rows"]
	assert (row["old"], row["doubts"]) == (2_070_000, ())


def test_an_update_in_force_for_days_is_reverted_from_today(site, make_service, make_update):
	laser = make_service()
	update = make_update()
	submit(update)
	for field in ("valid_from", "creation"):
		site.db.set_value(
			"Clinic Service Price",
			{"price_update": update.name},
			field,
			day(site, -3),
			update_modified=False,
		)
	site.db.set_value(
		"Clinic Service Price",
		{"service": laser.name, "price_update": ("is", "not set")},
		{"valid_from": day(site, -9), "creation": day(site, -9)},
		update_modified=False,
	)
	revert(update)
	assert price_on(site, laser, day(site, -1)) == 2_200_000
	assert price_on(site, laser, day(site)) == 2_000_000


def test_what_was_changed_since_is_named_or_left(site, make_service, make_update):
	laser, botox = make_service(), make_service(service_name="Botox", amount=3_000_000)
	update = make_update()
	submit(update)
	botox.reload()
	botox.amount = 5_000_000
	botox.save()
	with conflict("Botox"):
		revert(update)
	assert site.local.response["changed"] == ["Botox"]
	assert amount(site, laser) == 2_200_000
	assert revert(update, leave_changed=1)["left"] == 1
	assert (amount(site, laser), amount(site, botox)) == (2_000_000, 5_000_000)


def test_with_everything_changed_since_there_is_nothing_to_revert(site, make_service, make_update):
	laser = make_service()
	update = make_update()
	submit(update)
	laser.reload()
	laser.amount = 1
	laser.save()
	with conflict("nothing to revert"):
		revert(update, leave_changed=1)
	update.reload()
	assert update.docstatus == 1


def test_updates_are_undone_one_after_the_other(site, make_service, make_update):
	laser = make_service()
	first = make_update()
	submit(first)
	second = make_update()
	submit(second)
	assert amount(site, laser) == 2_420_000
	revert(second)
	revert(first)
	assert amount(site, laser) == 2_000_000


def test_what_was_submitted_is_not_deleted_and_a_draft_is(site, make_service, make_update):
	from clinic_core.foundation.errors import AppendOnlyError

	make_service()
	make_update().delete()
	update = make_update()
	submit(update)
	with pytest.raises(site.ValidationError):
		site.get_doc("Clinic Price Update", update.name).delete()
	revert(update)
	with pytest.raises(AppendOnlyError):
		site.get_doc("Clinic Price Update", update.name).delete()


def test_an_amended_copy_starts_afresh(site, make_service, make_update):
	laser = make_service()
	update = make_update()
	submit(update)
	revert(update)
	copy = site.copy_doc(site.get_doc("Clinic Price Update", update.name))
	copy.amended_from = update.name
	copy.docstatus = 0
	copy.insert()
	assert (copy.status, copy.changed_count or 0, copy.revert_reason) == ("Draft", 0, None)
	submit(copy)
	assert amount(site, laser) == 2_200_000


@pytest.mark.parametrize("role", ["Clinic Receptionist", "Clinic Branch Supervisor", "Clinic Accountant"])
def test_only_the_manager_changes_prices(site, make_service, make_update, user_with, role):
	from clinic_core.service_catalog.price_updates import api

	make_service()
	update = make_update()
	values = update.as_dict()
	site.set_user(user_with(role))
	for call in (
		lambda: api.preview(values),
		lambda: api.submit(update.name),
		lambda: api.revert(update.name, "x"),
		lambda: api.price_list(values),
		lambda: api.read_price_list(values, ""),
		lambda: site.get_doc(values).update({"name": None}).insert(),
	):
		with pytest.raises(site.PermissionError):
			call()


def test_a_manager_may(site, make_service, make_update, user_with):
	laser = make_service()
	site.set_user(user_with("Clinic Manager"))
	update = make_update()
	submit(update)
	revert(update)
	assert amount(site, laser) == 2_000_000


def test_the_number_of_statements_does_not_grow(site, make_service, make_update, count_queries):
	"""With one service and with five hundred; what is stored takes one statement for a few hundred."""
	from clinic_core.service_catalog.price_updates import api, storing

	laser = make_service(areas=[{"title": "Chin", "amount": 500_000}])

	def spent():
		update = make_update()
		counted = []
		for call in (
			lambda: api.preview(update.as_dict(), update.name),
			lambda: api.submit(update.name),
			lambda: api.recorded(update.name),
			lambda: api.revert(update.name, "x"),
		):
			with count_queries() as queries:
				call()
			counted.append(len([q for q in queries if not q.lower().startswith(("savepoint", "release"))]))
		return counted

	spent()
	one = spent()
	_copies(site, laser, 499)
	spent()
	many = spent()
	assert many[0] == one[0] <= 8
	assert many[2] == one[2]
	chunks = -(-500 // storing.CHUNK) - 1
	assert many[1] - one[1] == many[3] - one[3] == chunks


def _copies(site, service, count):
	"""More services, written directly: five hundred documents would take the test a minute."""
	row = site.get_doc("Clinic Service", service.name).get_valid_dict(convert_dates_to_str=True)
	values = [
		{**row, "name": f"{service.name}-{n}", "code": f"{service.name}-{n}", "route": None}
		for n in range(count)
	]
	site.db.bulk_insert("Clinic Service", list(row), [tuple(value.values()) for value in values])


def upload(content, **values):
	from clinic_core.service_catalog.price_updates import api

	wanted = {"applies_to": "Chosen Services", "method": "New Price", **values}
	return api.read_price_list(json.dumps(wanted), base64.b64encode(content).decode())


@pytest.fixture
def toman(site):
	settings = site.get_doc("Clinic Settings")
	settings.type_in_display_unit = 1
	settings.set("money_units", [{"valid_from": "2020-01-01", "label": "Toman", "factor": 10}])
	settings.save()


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
@pytest.mark.parametrize("lang", ["en", "fa"])
def test_a_price_list_goes_out_and_comes_back(
	site, make_service, make_update, toman, monkeypatch, kind, lang
):
	from clinic_core.foundation import table_files
	from clinic_core.service_catalog.price_updates import api

	laser = make_service(barcode=site.generate_hash(length=8), areas=[{"title": "Chin", "amount": 500_000}])
	monkeypatch.setattr(site.local, "lang", lang)
	update = make_update(overrides={f"{laser.name}|": 2_500_000})
	api.price_list(update.as_dict(), kind)
	content = site.local.response.pop("filecontent")
	rows = table_files.read(content).rows
	assert rows[0][-1] == {"en": "New price (Toman)", "fa": "قیمت جدید (تومان)"}[lang]
	assert [float(cell) for cell in rows[1][-2:]] == [200_000, 250_000]
	answer = upload(content)
	assert answer["problems"] == []
	assert answer["prices"] == {f"{laser.name}|": 2_500_000}
	assert (answer["services"], answer["blank"], answer["is_unit_named"]) == ([laser.name], 1, True)


def test_a_file_of_windows_1256_with_what_is_wrong_in_it(site, make_service, toman):
	laser = make_service(service_name=f"لیزر {site.generate_hash(length=6)}")
	text = f"نام خدمت;قيمت جديد\r\n{laser.service_name.replace('ی', 'ي')};250,000\r\nنيست;1\r\n{laser.name};x\r\n"
	before = site.db.count("Clinic Service Price")
	answer = upload(text.encode("cp1256"))
	assert answer["prices"] == {f"{laser.name}|": 2_500_000}
	assert (answer["encoding"], answer["unit"], answer["is_unit_named"]) == ("windows-1256", "Toman", False)
	assert [problem["row"] for problem in answer["problems"]] == [3, 4]
	assert site.db.count("Clinic Service Price") == before


@pytest.mark.parametrize("content", [b"", b"\x89PNG\0\0", b"code;x\n1;2\n", b"x" * (5 * 1024 * 1024 + 1)])
def test_a_file_that_cannot_be_read_is_refused(content):
	with refused("File"):
		upload(content)


def test_a_file_may_name_only_what_is_chosen_by_department(site, make_service, department, toman):
	laser = make_service()
	other = site.get_doc({"doctype": "Clinic Department", "title": site.generate_hash(length=8)}).insert()
	foreign = make_service(department=other.name)
	content = f"code,new price\n{laser.name},10\n{foreign.name},10\n".encode()
	answer = upload(content, applies_to="Departments", departments=[department.name])
	assert list(answer["prices"]) == [f"{laser.name}|"]
	assert [problem["row"] for problem in answer["problems"]] == [3]


def test_a_date_of_yesterday_is_refused_at_submit_too(site, make_service, make_update):
	make_service()
	update = make_update()
	site.db.set_value("Clinic Price Update", update.name, "valid_from", day(site, -1))
	with refused("Valid from"):
		submit(update)
	assert isinstance(day(site), datetime.date)


def test_the_wrong_door_is_told_so(site, make_service, make_update):
	make_service()
	update = make_update()
	with conflict("not submitted"):
		revert(update)
	submit(update)
	revert(update)
	with conflict("Amend"):
		submit(update)
	with refused("Reason"):
		from clinic_core.service_catalog.price_updates import api

		api.revert(update.name, " ")
	with refused("base64"):
		api.read_price_list({}, "not base64!")
