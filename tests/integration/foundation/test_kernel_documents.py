"""What the base classes promise at every door: digits, append-only, states, counters, seeds, who may see."""

import pytest


def refused(match):
	from clinic_core.foundation.errors import InvalidInputError

	return pytest.raises(InvalidInputError, match=match)


@pytest.fixture
def department(site):
	return site.get_doc({"doctype": "Clinic Department", "title": site.generate_hash(length=8)}).insert().name


@pytest.fixture
def service(site, department):
	return site.get_doc(
		{
			"doctype": "Clinic Service",
			"service_name": "Laser",
			"department": department,
			"amount": 1,
			"duration_minutes": 30,
		}
	)


# --- digits -------------------------------------------------------------------------------------


def test_an_amount_typed_in_persian_is_stored_as_it_is_meant(site, service):
	service.amount = "۲٬۵۰۰٬۰۰۰"
	service.duration_minutes = "۳۰"
	service.tax_percent = "٩٫٥"
	service.insert()
	stored = site.db.get_value(
		"Clinic Service", service.name, ["amount", "duration_minutes", "tax_percent"], as_dict=True
	)
	assert (stored.amount, stored.duration_minutes, stored.tax_percent) == (2_500_000, 30, 9.5)


@pytest.mark.parametrize(
	("field", "typed", "label"),
	[
		("amount", "دو میلیون", "Amount"),
		("duration_minutes", "30.5", "Duration"),
		("points", "1e3", "Points"),
	],
)
def test_nonsense_is_refused_by_the_name_of_its_field_and_never_0(service, field, typed, label):
	service.set(field, typed)
	with refused(label):
		service.insert()


@pytest.mark.parametrize(
	"value", ["99999999999999999", 10**15, float("nan"), float("inf"), -(10**13), [], {"a": 1}]
)
def test_what_no_column_holds_is_refused(service, value):
	service.amount = value
	with refused("Amount"):
		service.insert()


def test_a_whole_number_has_its_own_limit(service):
	service.priority = "۳٬۰۰۰٬۰۰۰٬۰۰۰"
	with refused("Priority"):
		service.insert()


def test_a_typed_number_is_never_markup(service):
	service.amount = "<img src=x>"
	with pytest.raises(Exception) as error:
		service.insert()
	assert "<img" not in str(error.value)


def test_numbers_and_dates_of_rows_are_read_too(site, department):
	service = site.get_doc(
		{
			"doctype": "Clinic Service",
			"service_name": "A",
			"department": department,
			"amount": 1,
			"duration_minutes": 5,
		}
	).insert()
	doc = site.get_doc(
		{
			"doctype": "Clinic Practitioner",
			"practitioner_name": "Dr",
			"services": [{"service": service.name, "share_percent": "۴۰٫۵"}],
		}
	).insert()
	assert site.db.get_value("Clinic Practitioner Service", {"parent": doc.name}, "share_percent") == 40.5
	settings = site.get_doc("Clinic Settings")
	settings.set("money_units", [{"valid_from": "۲۰۲۶-۰۳-۲۱", "label": "Toman", "factor": "۱۰"}])
	settings.save()
	row = site.db.get_value("Clinic Money Unit", {"parent": "Clinic Settings"}, ["valid_from", "factor"])
	assert (str(row[0]), row[1]) == ("2026-03-21", 10)


# --- append-only --------------------------------------------------------------------------------


@pytest.fixture
def entry(site):
	"""An append-only document of the kernel: its DocType is a log of ours."""
	from clinic_core.foundation.append_only import AppendOnly

	class Entry(AppendOnly):
		mutable_fields = frozenset({"resolved_at"})

	doc = Entry(
		{"doctype": "Clinic Event Failure", "hook": "h", "handler": "x", "payload": "{}", "status": "Open"}
	)
	doc.insert(ignore_permissions=True)
	return Entry("Clinic Event Failure", doc.name)


def test_what_is_written_once_is_never_changed(site, entry):
	from clinic_core.foundation.errors import AppendOnlyError

	entry.handler = "y"
	with pytest.raises(AppendOnlyError):
		entry.save(ignore_permissions=True)
	assert site.db.get_value("Clinic Event Failure", entry.name, "handler") == "x"


def test_a_field_cannot_be_emptied_either(entry):
	from clinic_core.foundation.errors import AppendOnlyError

	entry.payload = None
	with pytest.raises(AppendOnlyError):
		entry.save(ignore_permissions=True)


@pytest.mark.parametrize(
	"change",
	[
		lambda doc: doc.phones[0].set("phone", "2"),
		lambda doc: doc.append("phones", {"phone": "2"}),
		lambda doc: doc.set("phones", []),
	],
)
def test_its_rows_are_not_changed_either(site, change):
	from clinic_core.foundation.append_only import AppendOnly
	from clinic_core.foundation.errors import AppendOnlyError

	doc = AppendOnly({"doctype": "Clinic Patient", "first_name": "A", "phones": [{"phone": "1"}]})
	doc.insert()
	stored = AppendOnly("Clinic Patient", doc.name)
	stored.save()
	change(stored)
	with pytest.raises(AppendOnlyError):
		stored.save()


def test_its_own_module_may_fill_the_fields_it_named(site, entry):
	entry.resolved_at = "2026-01-01 00:00:00"
	entry.save(ignore_permissions=True)
	assert site.db.get_value("Clinic Event Failure", entry.name, "resolved_at")


def test_and_it_is_never_deleted(entry):
	from clinic_core.foundation.errors import AppendOnlyError

	with pytest.raises(AppendOnlyError):
		entry.run_method("on_trash")


# --- states -------------------------------------------------------------------------------------


@pytest.fixture
def patient(site):
	from clinic_core.people import registration

	data = {"first_name": "سارا", "mobile": "09121234567", "referral_source": "FRIEND"}
	return site.get_doc("Clinic Patient", registration.register(data)["name"])


@pytest.fixture
def table():
	from clinic_core.foundation.transitions import SYSTEM, Transitions

	return Transitions(
		initial=frozenset({"Active"}),
		moves={("Active", "Blocked"): frozenset({"Clinic Manager"}), ("Blocked", "Merged"): SYSTEM},
	)


def move(doc, table, new):
	from clinic_core.foundation.state import guard_status

	doc.load_doc_before_save()
	doc.status = new
	return guard_status(doc, table)


def test_a_move_that_does_not_exist_is_refused_for_everybody(patient, table):
	from clinic_core.foundation.errors import ForbiddenMoveError
	from clinic_core.foundation.state import as_system

	with pytest.raises(ForbiddenMoveError):
		move(patient, table, "Merged")
	with as_system(), pytest.raises(ForbiddenMoveError):
		move(patient, table, "Merged")


def test_a_move_is_for_its_roles(site, patient, table, user_with):
	site.set_user(user_with("Clinic Receptionist"))
	with pytest.raises(site.PermissionError):
		move(patient, table, "Blocked")
	site.set_user(user_with("Clinic Manager"))
	assert move(patient, table, "Blocked") == ("Active", "Blocked")


def test_a_move_of_the_system_is_nobodys_by_hand(site, patient, table, user_with):
	from clinic_core.foundation.state import as_system

	patient.db_set("status", "Blocked")
	site.set_user(user_with("Clinic Manager"))
	with pytest.raises(site.PermissionError):
		move(patient, table, "Merged")
	with as_system():
		assert move(patient, table, "Merged") == ("Blocked", "Merged")
	assert not site.flags.clinic_system_move


def test_a_new_document_begins_where_the_table_says(site, table, user_with):
	from clinic_core.foundation.errors import ForbiddenMoveError
	from clinic_core.foundation.state import guard_status

	site.set_user(user_with("Clinic Manager"))
	with pytest.raises(ForbiddenMoveError):
		guard_status(site.get_doc({"doctype": "Clinic Patient", "status": "Blocked"}), table)


# --- counters -----------------------------------------------------------------------------------


def test_numbers_follow_each_other_per_kind_branch_and_jalali_year(site):
	from clinic_core.foundation.counters import next_number

	assert next_number("test", "B1", "2026-11-21") == "1405-B1-000001"
	assert next_number("test", "B1", "2026-11-22") == "1405-B1-000002"
	assert next_number("test", "B2", "2026-11-22") == "1405-B2-000001"
	assert next_number("test", None, "2026-11-22") == "1405-000001"
	assert next_number("test", "B1", "2027-03-21") == "1406-B1-000001"
	assert next_number("other", "B1", "2026-11-22") == "1405-B1-000001"


def test_a_number_of_work_that_was_undone_is_given_again(site):
	from clinic_core.foundation.counters import next_value

	assert next_value("test:gap") == 1
	site.db.savepoint("gap")
	assert next_value("test:gap") == 2
	site.db.rollback(save_point="gap")
	assert next_value("test:gap") == 2


# --- seeds --------------------------------------------------------------------------------------


RECORDS = [{"code": "SEED-A", "title": "A"}, {"code": "SEED-B", "title": "B"}]


def test_seeds_are_inserted_once(site):
	from clinic_core.foundation import seed

	assert seed.insert_missing("Clinic Referral Source", RECORDS) == ["SEED-A", "SEED-B"]
	assert seed.insert_missing("Clinic Referral Source", RECORDS) == []


def test_a_users_edit_survives(site):
	from clinic_core.foundation import seed

	seed.insert_missing("Clinic Referral Source", RECORDS)
	site.get_doc("Clinic Referral Source", "SEED-A").update({"title": "Mine"}).save()
	seed.insert_missing("Clinic Referral Source", RECORDS)
	assert site.db.get_value("Clinic Referral Source", "SEED-A", "title") == "Mine"


def test_a_users_deletion_survives(site):
	from clinic_core.foundation import seed

	seed.insert_missing("Clinic Referral Source", RECORDS)
	site.delete_doc("Clinic Referral Source", "SEED-B")
	assert seed.insert_missing("Clinic Referral Source", RECORDS) == []
	assert not site.db.exists("Clinic Referral Source", "SEED-B")


def test_new_seeds_of_a_later_version_arrive(site):
	from clinic_core.foundation import seed

	seed.insert_missing("Clinic Referral Source", RECORDS)
	assert seed.insert_missing("Clinic Referral Source", [*RECORDS, {"code": "SEED-C", "title": "C"}]) == [
		"SEED-C"
	]


def test_uninstalling_forgets(site):
	from clinic_core.foundation import seed

	seed.insert_missing("Clinic Referral Source", RECORDS)
	site.delete_doc("Clinic Referral Source", "SEED-B")
	seed.forget([("Clinic Referral Source", RECORDS)])
	assert seed.insert_missing("Clinic Referral Source", RECORDS) == ["SEED-B"]


def test_what_another_app_seeded_stays_known(site):
	from clinic_core.foundation import seed

	theirs = [{"code": "SEED-OTHER", "title": "Other"}]
	seed.insert_missing("Clinic Referral Source", [*RECORDS, *theirs])
	site.delete_doc("Clinic Referral Source", "SEED-OTHER")
	seed.forget([("Clinic Referral Source", RECORDS)])
	assert seed.insert_missing("Clinic Referral Source", theirs) == []


# --- who may see --------------------------------------------------------------------------------


@pytest.fixture
def seen(site, user_with):
	"""Which patients a user sees, asked as a list and document by document: the two must agree."""
	from clinic_core.foundation.visibility import Own, Visibility, the_user
	from clinic_core.people import registration

	agent = user_with("Clinic CRM Agent")
	rule = Visibility(
		"Clinic Patient",
		sees_all=frozenset({"Clinic Manager"}),
		own=(Own("owner", the_user), Own("email", lambda user: [user, ""])),
	)

	def patient(**more):
		data = {"first_name": "سارا", "mobile": "09121234567", "referral_source": "FRIEND", **more}
		return registration.register(data)["name"]

	names = {"other": patient(), "mine": patient(), "mailed": patient(email=agent)}
	site.db.set_value("Clinic Patient", names["mine"], "owner", agent)

	def ask(user):
		condition = rule.list_condition(user)
		where = f" where {condition}" if condition else ""
		listed = set(site.db.sql(f"select name from `tabClinic Patient`{where}", pluck=True))
		single = {n for n in names.values() if rule.may_see(site.get_doc("Clinic Patient", n), user)}
		assert listed & set(names.values()) == single
		return {key for key, name in names.items() if name in single}

	return ask, agent


def test_the_list_and_the_document_agree(seen, user_with):
	ask, agent = seen
	assert ask(agent) == {"mine", "mailed"}
	assert ask(user_with("Clinic CRM Agent")) == set()
	assert ask(user_with("Clinic Manager")) == {"other", "mine", "mailed"}
	assert ask("Administrator") == {"other", "mine", "mailed"}


def test_a_user_named_like_a_statement_sees_nothing(seen):
	ask, _agent = seen
	assert ask("x') or ('1'='1") == set()
