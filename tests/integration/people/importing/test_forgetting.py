"""What imports keep of people: for a time only, and nothing of who is erased (E012, F84)."""

import os

import pytest

HEADER = ["Name", "Mobile", "Referral source"]
ROWS = [
	["Zhaleh Fileqaz", "09121110001", "Walk-in"],
	["Broken Fileqaz", "12", "Walk-in"],
]


@pytest.fixture
def old(site, run_import):
	"""An import that ended a hundred days ago, one row of which has an error."""
	doc = run_import("patients", HEADER, ROWS)
	assert (doc.created_count, doc.failed_count) == (1, 1)
	site.db.set_value("Clinic Import", doc.name, "modified", "2020-01-01", update_modified=False)
	return doc


def held(site, doc):
	fields = ["cells", "before", "problems", "reason"]
	rows = site.get_all("Clinic Import Row", {"clinic_import": doc.name}, fields, order_by="row_no asc")
	return [value for row in rows for value in row.values() if value]


def keep_for(site, days):
	site.db.set_single_value("Clinic Settings", "import_keep_days", days)
	site.clear_document_cache("Clinic Settings", "Clinic Settings")


def test_files_and_rows_go_after_their_time_and_what_was_made_stays(site, old, run_import, book):
	from clinic_core.people.importing import faulty, forgetting, imports

	keep_for(site, 90)
	young = run_import("patients", HEADER, [["Young Fileqaz", "09121110002", "Walk-in"]])
	made = book(old)[0][2]
	path = site.get_doc("File", {"file_url": old.file}).get_full_path()
	assert held(site, old)
	for _again in range(2):
		forgetting.run_night()
	doc = site.get_doc("Clinic Import", old.name)
	assert doc.purged_at and not (doc.file or doc.head or held(site, doc))
	assert not site.db.exists("File", {"attached_to_doctype": "Clinic Import", "attached_to_name": doc.name})
	assert not os.path.exists(path)
	assert (doc.created_count, doc.failed_count) == (1, 1) and site.db.exists("Clinic Patient", made)
	for move in (imports.resume, faulty.file_of, lambda name: imports.take_back(name, "Wrong file")):
		with pytest.raises(site.ValidationError, match="were removed on"):
			move(doc.name)
	assert site.db.get_value("Clinic Import", young.name, "file"), "what is younger stays"


def test_zero_days_keep_them(site, old):
	from clinic_core.people.importing import forgetting

	keep_for(site, 0)
	forgetting.run_night()
	assert site.db.get_value("Clinic Import", old.name, "file") and held(site, old)


def test_a_file_fed_again_after_its_time_makes_nobody_twice(site, old, run_import):
	from clinic_core.people.importing import forgetting

	keep_for(site, 90)
	forgetting.run_night()
	again = run_import("patients", HEADER, ROWS)
	assert (again.created_count, again.skipped_count) == (0, 1)


def test_an_import_that_is_at_work_keeps_its_file(site, old):
	from clinic_core.people.importing import forgetting

	keep_for(site, 90)
	site.db.set_value("Clinic Import", old.name, "status", "Running", update_modified=False)
	forgetting.run_night()
	forgetting.purge(old.name)
	assert site.db.get_value("Clinic Import", old.name, "file")
	assert not site.db.get_value("Clinic Import", old.name, "purged_at")


def test_a_draft_nobody_ran_is_given_up(site, upload):
	from clinic_core.people.importing import forgetting, imports

	keep_for(site, 90)
	doc = imports.begin("patients", upload(HEADER, ROWS))
	site.db.set_value("Clinic Import", doc.name, "modified", "2020-01-01", update_modified=False)
	forgetting.run_night()
	assert site.db.get_value("Clinic Import", doc.name, ["status", "head", "file"]) == (
		"Cancelled",
		None,
		None,
	)


@pytest.mark.parametrize("typed", ["09121110001", "۰۹۱۲۱۱۱۰۰۰۱", "٠٩١٢١١١٠٠٠١"])
def test_an_erased_person_leaves_the_rows_and_the_file(site, run_import, book, typed):
	from clinic_core.people.importing import forgetting

	rows = [
		["Zhaleh Fileqaz", "09121110001", "Walk-in"],
		["Other Fileqaz", "09121110003", "Walk-in"],
		["Somebody", typed, "No such source"],
		["Else", "09121110004", "No such source"],
	]
	doc = run_import("patients", HEADER, rows)
	assert (doc.created_count, doc.failed_count) == (2, 2)
	linked = site.get_all("Clinic Import Row", {"clinic_import": doc.name, "row_no": 2}, pluck="name")
	forgetting.forget_person(linked, {"Zhaleh Fileqaz", "9121110001"})
	after = site.get_doc("Clinic Import", doc.name)
	assert not after.file and not site.db.exists("File", {"attached_to_name": doc.name})
	shown = site.as_json([held(site, doc), site.parse_json(after.head)])
	assert "Zhaleh" not in shown and "Somebody" not in shown and typed not in shown
	assert "Other Fileqaz" in after.head and "Else" in after.head and "Mobile" in after.head
	assert [outcome for _row, outcome, *_more in book(doc)] == ["Created", "Created", "Failed", "Failed"]
	again = run_import("patients", HEADER, rows[:2])
	assert again.created_count == 0


@pytest.mark.parametrize("status", ["Draft", "Failed"])
def test_an_unfinished_import_that_names_an_erased_person_loses_its_file(site, upload, status):
	"""Deep in a file that was never read to its end: neither the head nor the book tells of her."""
	from clinic_core.people.importing import forgetting, imports

	others = [[f"Other Fileqaz{number}", f"0912112{number:04}", "Walk-in"] for number in range(80)]
	doc = imports.begin("patients", upload(HEADER, [*others, ["Zhaleh Deepqaz", "۰۹۱۲۱۱۱۰۰۰۹", "Walk-in"]]))
	beside = imports.begin("patients", upload(HEADER, others))
	assert "Deepqaz" not in doc.head
	site.db.set_value("Clinic Import", {"name": ("in", [doc.name, beside.name])}, "status", status)
	path = site.get_doc("File", {"file_url": doc.file}).get_full_path()
	forgetting.forget_person([], {"Nobody Deepqaz"})
	assert os.path.exists(path)
	forgetting.forget_person([], {"9121110009"})
	assert not os.path.exists(path)
	after = site.get_doc("Clinic Import", doc.name)
	assert not after.file and "Other Fileqaz0" in after.head
	assert after.status == {"Draft": "Cancelled"}.get(status, status)
	assert site.db.get_value("Clinic Import", beside.name, "file"), "a file without her stays"
	with pytest.raises(site.ValidationError, match="somebody whose data was erased"):
		imports.resume(doc.name)


def test_a_clinic_of_before_keeps_files_for_ninety_days(site):
	from clinic_core.patches import keep_import_files

	def kept():
		return site.db.get_singles_dict("Clinic Settings").get("import_keep_days")

	site.db.delete("Singles", {"doctype": "Clinic Settings", "field": "import_keep_days"})
	keep_import_files.execute()
	assert kept() == "90"
	keep_for(site, 0)
	keep_import_files.execute()
	assert kept() == "0", "for ever is an answer"
