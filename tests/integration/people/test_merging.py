"""Merging two files of one person: what is refused, chosen, told, and taken back (D43–D45, N6)."""

import pytest

PATIENT = "Clinic Patient"


@pytest.fixture
def register(site):
	from clinic_core.people import registration

	def make(first="سارا", last="محمدی", mobile="09121234567", **more):
		data = {"first_name": first, "last_name": last, "mobile": mobile, "referral_source": "FRIEND", **more}
		return registration.register(data)["name"]

	return make


@pytest.fixture
def two(register):
	return register(), register("سارا", "محمدی زاده", "09351112233", email="sara@clinic.example")


def merge(keep, duplicate, **more):
	from clinic_core.people import api

	return api.merge_patients(keep, duplicate, **more)


def conflict(match):
	from clinic_core.foundation.errors import ConflictError

	return pytest.raises(ConflictError, match=match)


def bad_input(match):
	from clinic_core.foundation.errors import InvalidInputError

	return pytest.raises(InvalidInputError, match=match)


def lead_of(site, patient):
	doc = site.get_doc({"doctype": "ToDo", "description": "call", "reference_type": PATIENT})
	doc.reference_name = patient
	return doc.insert().name


def test_the_duplicate_becomes_a_tombstone_and_gaps_are_filled(site, two):
	keep, duplicate = two
	task = lead_of(site, duplicate)
	done = merge(keep, duplicate, reason="registered twice")
	assert done["patient"] == keep and done["documents"]["ToDo"] == 1
	kept, grave = site.get_doc(PATIENT, keep), site.get_doc(PATIENT, duplicate)
	assert (grave.status, grave.merged_into) == ("Merged", keep)
	assert site.db.get_value("ToDo", task, "reference_name") == keep
	assert kept.email == "sara@clinic.example"
	assert [(row.phone, row.is_main) for row in kept.phones] == [("+989121234567", 1), ("+989351112233", 0)]
	record = site.get_doc("Clinic Patient Merge", done["merge"])
	assert (record.reason, record.moved_count, record.status) == ("registered twice", done["moved"], "Done")


def test_values_are_chosen_field_by_field(site, register):
	keep = register(note="likes mornings", occupation="Baker", alerts="penicillin")
	duplicate = register("ساره", mobile="09351112233", note="likes tea", occupation="Cook", alerts="latex")
	choices = {"first_name": "duplicate", "occupation": "duplicate", "note": "both", "mobile": "duplicate"}
	merge(keep, duplicate, choices=choices)
	kept = site.get_doc(PATIENT, keep)
	assert kept.full_name == "ساره محمدی" and kept.occupation == "Cook"
	assert kept.note == "likes mornings\nlikes tea"
	assert kept.alerts == "penicillin\nlatex", "what warns of a danger is never lost"
	assert kept.mobile == "+989351112233"
	assert [row.phone for row in kept.phones if row.is_main] == ["+989351112233"]
	kept.save()  # what came of it is valid


def test_an_old_file_number_can_be_taken_over_and_given_back(site, register):
	keep, duplicate = register(file_no="NEW-1"), register(mobile="09351112233", file_no="OLD-7")
	done = merge(keep, duplicate, choices={"file_no": "duplicate"})
	assert site.db.get_value(PATIENT, keep, "file_no") == "OLD-7"
	from clinic_core.people import api

	api.undo_merge(done["merge"])
	assert site.db.get_value(PATIENT, keep, "file_no") == "NEW-1"
	assert site.db.get_value(PATIENT, duplicate, "file_no") == "OLD-7"


def test_a_choice_that_cannot_be_made_is_refused(site, two):
	for choices in (
		{"occupation": "mine"},
		{"occupation": "both"},
		{"status": "duplicate"},
		{"nothing": "keep"},
	):
		with bad_input("chosen"):
			merge(*two, choices=choices)


def test_itself_circles_and_merged_files_are_refused(site, two, register):
	keep, duplicate = two
	with bad_input("itself"):
		merge(keep, keep)
	merge(keep, duplicate)
	with conflict("was merged into"):
		merge(duplicate, keep)
	other = register("علی", "راد")
	with conflict("محمدی زاده.* was merged into"):
		merge(other, duplicate)
	with conflict("Use that file"):
		merge(duplicate, other)
	with pytest.raises(site.DoesNotExistError):
		merge(keep, "nobody")


def test_nothing_is_written_for_a_merged_file(site, two):
	keep, duplicate = two
	merge(keep, duplicate)
	number = site.db.get_value(PATIENT, keep, "file_no")
	lead = {"doctype": "Clinic Lead", "title": "x", "person_type": "Patient", "patient": duplicate}
	with bad_input(number):
		site.get_doc(lead).insert()
	with bad_input(number):
		site.get_doc({**lead, "patient": keep, "patients": [{"patient": duplicate}]}).insert()
	with bad_input(number):
		site.get_doc(PATIENT, duplicate).save()
	with bad_input(number):
		site.get_doc(PATIENT, duplicate).add_comment("Comment", "hello")


def test_a_form_opened_before_the_merge_does_not_bring_the_duplicate_back(site, two):
	keep, duplicate = two
	values = {"doctype": "Clinic Lead", "title": "x", "person_type": "Patient", "patient": duplicate}
	lead = site.get_doc(values).insert()
	stale = site.get_doc("Clinic Lead", lead.name)
	merge(keep, duplicate)
	assert site.db.get_value("Clinic Lead", lead.name, "patient") == keep
	stale.title = "y"
	with bad_input("merged"):
		stale.save()


def test_overlapping_appointments_are_named(site, two):
	keep, duplicate = two
	start = site.utils.add_days(site.utils.now_datetime(), 3)
	for patient, minutes in ((keep, 0), (duplicate, 10)):
		begin = site.utils.add_to_date(start, minutes=minutes)
		row = {"start": begin, "end": site.utils.add_to_date(begin, minutes=30), "status": "Booked"}
		doc = site.get_doc({"doctype": "Clinic Appointment", "patient": patient, **row})
		doc.name = site.generate_hash(length=10)
		doc.db_insert()
	with conflict("overlap"):
		merge(keep, duplicate)
	assert site.db.get_value(PATIENT, duplicate, "status") == "Active"
	site.db.set_value("Clinic Appointment", {"patient": duplicate}, "status", "Cancelled")
	assert merge(keep, duplicate)["moved"]


def test_chains_end_at_the_file_in_use_and_are_undone_in_order(site, two, register):
	from clinic_core.people import api
	from clinic_core.people.merging import whole

	keep, duplicate = two
	last = register("سارا", "محمدی", "09361112233")
	first_merge = merge(keep, duplicate)["merge"]
	second_merge = merge(last, keep)["merge"]
	assert whole.names_of(duplicate) == [last, *sorted([keep, duplicate])]
	assert site.db.get_value(PATIENT, duplicate, "merged_into") == last
	with conflict("First undo the later merge"):
		api.undo_merge(first_merge)
	api.undo_merge(second_merge)
	assert site.db.get_value(PATIENT, duplicate, "merged_into") == keep
	api.undo_merge(first_merge)
	assert {site.db.get_value(PATIENT, name, "status") for name in (keep, duplicate, last)} == {"Active"}
	with conflict("undone already"):
		api.undo_merge(first_merge)


def test_undo_says_what_happened_since_and_a_manager_may_undo_the_rest(site, two, user_with):
	from clinic_core.people import api

	keep, duplicate = two
	task = lead_of(site, duplicate)
	done = merge(keep, duplicate)
	doc = site.get_doc("ToDo", task)
	doc.description = "called"
	doc.save()
	kept = site.get_doc(PATIENT, keep)
	kept.email = "new@clinic.example"
	kept.save()
	with conflict("something new has happened") as error:
		api.undo_merge(done["merge"])
	assert "ToDo" in str(error.value) and "Email" in str(error.value)
	assert site.local.response["partial"] == 1 and len(site.local.response["since"]) == 2
	site.set_user(user_with("Clinic Branch Supervisor"))
	with pytest.raises(site.PermissionError):
		api.undo_merge(done["merge"], partial=1)
	site.set_user(user_with("Clinic Manager"))
	answer = api.undo_merge(done["merge"], partial=1)
	assert len(answer["left"]) == 2
	assert site.db.get_value("ToDo", task, ["reference_name", "description"]) == (duplicate, "called")
	assert site.db.get_value(PATIENT, keep, "email") == "new@clinic.example"
	assert site.db.get_value(PATIENT, duplicate, "status") == "Active"


def test_who_may_merge(site, two, user_with):
	from clinic_core.people.merging import api

	for role in ("Clinic Receptionist", "Clinic Cashier", "Clinic CRM Manager"):
		site.set_user(user_with(role))
		with pytest.raises(site.PermissionError):
			merge(*two)
		with pytest.raises(site.PermissionError):
			api.preview_merge(*two)
	site.set_user(user_with("Clinic Receptionist"))
	assert api.set_verdict(*two, status="Open")["status"] == "Open"
	site.set_user(user_with("Clinic Branch Supervisor"))
	assert merge(*two)["merge"]


def test_the_same_request_twice_merges_once(site, two):
	answers = [merge(*two, idempotency_key="merge-once") for _turn in range(2)]
	assert answers[0] == answers[1]


def test_a_merged_files_card_is_the_kept_ones_and_it_is_found_by_its_old_number(site, two):
	from clinic_core.people import api

	keep, duplicate = two
	merge(keep, duplicate)
	assert api.patient_card(duplicate)["name"] == keep


def test_the_preview_says_what_differs_and_what_moves(site, two):
	from clinic_core.people.merging import api

	keep, duplicate = two
	lead_of(site, duplicate)
	shown = api.preview_merge(keep, duplicate)
	by_field = {row["field"]: row for row in shown["fields"]}
	assert by_field["last_name"]["suggested"] == "keep" and by_field["email"]["suggested"] == "duplicate"
	assert {"doctype": "ToDo", "label": "ToDo", "count": 1} in shown["moves"]
	assert [[row.replace(" ", "") for row in table["rows"]] for table in shown["tables"]] == [["09351112233"]]
	assert shown["refusals"] == [] and shown["likeness"]["why"]
	assert shown["keep"]["file_no"] != shown["duplicate"]["file_no"]


def test_a_merge_of_many_takes_as_many_queries_as_of_few(site, register, count_queries):
	from clinic_core.people.merging import merge as engine
	from clinic_core.people.merging import references, undo

	def spent(rows):
		keep, duplicate = register(), register(mobile="09351112233")
		columns = ["name", "status", "reference_type", "reference_name", "description"]
		values = [(site.generate_hash(length=12), "Open", PATIENT, duplicate, "x") for _row in range(rows)]
		site.db.bulk_insert("ToDo", columns, values)
		with count_queries() as merging:
			done = engine.merge(keep, duplicate)
		assert done["documents"]["ToDo"] == rows
		with count_queries() as undoing:
			assert undo.undo(done["merge"])["restored"] == done["moved"]
		return len(merging), len(undoing)

	references.everywhere()
	spent(1)
	few, many = spent(3), spent(900)
	assert few == many


def test_another_patients_identity_number_is_never_taken_silently(site, register):
	keep = register(national_code="0013542419")
	duplicate = register(mobile="09351112233", national_code="0084575948")
	if not site.db.table_exists("Clinic Patient Identity"):
		pytest.skip("identity numbers are not kept apart yet")
	with bad_input("different identity numbers"):
		merge(keep, duplicate)
	done = merge(keep, duplicate, choices={"national_code": "duplicate"})
	from clinic_core.people import api
	from clinic_core.people.identity import numbers

	assert numbers.number_of(keep) == "0084575948"
	api.undo_merge(done["merge"])
	assert (numbers.number_of(keep), numbers.number_of(duplicate)) == ("0013542419", "0084575948")


def test_a_number_only_the_duplicate_has_comes_over_and_goes_back(site, register):
	if not site.db.table_exists("Clinic Patient Identity"):
		pytest.skip("identity numbers are not kept apart yet")
	from clinic_core.people import api
	from clinic_core.people.identity import numbers

	keep, duplicate = register(), register(mobile="09351112233", national_code="0084575948")
	done = merge(keep, duplicate)
	assert numbers.number_of(keep) == "0084575948" and not numbers.number_of(duplicate)
	assert site.db.get_value(PATIENT, keep, "national_code").endswith("948")
	api.undo_merge(done["merge"])
	assert numbers.number_of(duplicate) == "0084575948" and not numbers.number_of(keep)
