"""Patients in bulk: stored as one by one, problems named, twice is once, killed runs go on, taken back."""

import pytest

HEADER = [
	"نام",
	"نام خانوادگی",
	"موبایل",
	"تلفن ثابت",
	"جنسیت",
	"تاریخ تولد",
	"کد ملی",
	"شماره پرونده",
	"نحوه آشنایی",
]
ROWS = [
	["سارا", "محمدي", "۰۹۱۲۱۲۳۰۰۰۱", "", "خانم", "۱۳۶۹/۱۰/۱۲", "0084575948", "الف-۱۲", "WALKIN"],
	["علي", "رضایی", "9121230002", "02188776655", "مرد", "1370/1/5", "", "", "WALKIN"],
	["Mina", "", "+98 912 123 0003 / 0912 123 0004", "", "F", "", "", "1402", "WALKIN"],
]
# Rows that a document adds by its own rules have no owner; those of the bulk path have one.
STAMPS = {"owner", "name", "creation", "modified", "parent", "file_no", "_seen", "reference_name", "token"}


def rows_of(site, doctype, **filters):
	"""Everything a table holds of some documents, without what differs by nature."""
	table = site.qb.DocType(doctype)
	query = site.qb.from_(table).select("*")
	for field, value in filters.items():
		query = query.where(table[field] == value)
	rows = query.run(as_dict=True)
	return sorted(
		([(key, str(value)) for key, value in sorted(row.items()) if key not in STAMPS] for row in rows),
		key=str,
	)


def all_of(site, name):
	"""Every row that makes up a patient."""
	return {
		"patient": rows_of(site, "Clinic Patient", name=name),
		"identity": [
			[pair for pair in row if pair[0] not in ("patient",)]
			for row in rows_of(site, "Clinic Patient Identity", patient=name)
		],
		**{
			df.options: rows_of(site, df.options, parent=name, parenttype="Clinic Patient")
			for df in site.get_meta("Clinic Patient").get_table_fields()
		},
	}


def keys_of(site, name):
	found = site.get_all(
		"Clinic Search Key", {"reference_name": name}, ["kind", "token"], order_by="name asc"
	)
	return {(row.kind, row.token) for row in found if row.kind not in ("file", "number")}


def one_by_one(site, values):
	doc = site.get_doc({"doctype": "Clinic Patient", "branch": default_branch(), **values})
	return doc.insert(ignore_permissions=True).name


def default_branch():
	from clinic_core.foundation import settings

	return settings.get("default_branch")


def test_the_bulk_path_stores_what_documents_store(site, run_import, book):
	doc = run_import("patients", HEADER, ROWS)
	made = book(doc)
	assert [row[1] for row in made] == ["Created"] * 3, made
	expected = [
		dict(
			first_name="سارا", last_name="محمدي", mobile="۰۹۱۲۱۲۳۰۰۰۱", gender="Female", birth_date="1991-01-02",
			national_code="0084575948", file_no="الف-13", referral_source="WALKIN",
		),
		dict(
			first_name="علي", last_name="رضایی", mobile="9121230002", gender="Male", birth_date="1991-03-25",
			referral_source="WALKIN", phones=[{"phone": "9121230002"}, {"phone": "02188776655", "kind": "Home"}],
		),
		dict(
			first_name="Mina", mobile="+989121230003", gender="Female", referral_source="WALKIN",
			phones=[{"phone": "+989121230003"}, {"phone": "+989121230004"}],
		),
	]  # fmt: skip
	for (_no, _outcome, name, _why), values in zip(made, expected, strict=True):
		imported, keys = all_of(site, name), keys_of(site, name)
		site.db.delete("Clinic Patient Identity", {"patient": name})
		single = one_by_one(site, values)
		stored = all_of(site, single)
		for table, found in stored.items():
			assert sorted(map(set, imported[table]), key=str) == sorted(map(set, found), key=str), table
		assert keys == keys_of(site, single)


MORE_HEADER = [
	"نام", "موبایل", "تلفن محل کار", "تلفن خانواده", "نشانی", "شهر", "کد پستی", "آدرس محل کار", "برچسب",
	"بیمه", "شماره بیمه", "اعتبار بیمه", "بیمه تکمیلی", "نحوه آشنایی",
]  # fmt: skip
MORE = [
	"Zari", "09121239001", "02188001122", "09121239009", "Valiasr 1", "Tehran", "۱۲۳۴۵-۶۷۸۹۰", "Jordan 2",
	"Bulk A، Bulk B", "Bulk Basic", "۹۹۸۸", "2030-01-01", "Bulk Extra", "WALKIN",
]  # fmt: skip


@pytest.fixture
def named(site):
	"""Tags and insurers as a clinic has them: title → name."""
	found = {}
	for title in ("Bulk A", "Bulk B"):
		found[title] = site.get_doc({"doctype": "Clinic Tag", "title": title}).insert().name
	for title, kind in (("Bulk Basic", "Basic Insurer"), ("Bulk Extra", "Supplementary Insurer")):
		doc = site.get_doc({"doctype": "Clinic Insurer", "title": title, "kind": kind, "is_active": 1})
		found[title] = doc.insert().name
	return found


def test_tags_insurance_and_further_addresses_are_stored_as_documents_store_them(
	site, run_import, book, named
):
	[made] = book(run_import("patients", MORE_HEADER, [MORE]))
	assert made[1] == "Created", made
	single = one_by_one(
		site,
		dict(
			first_name="Zari", mobile="09121239001", referral_source="WALKIN", city="Tehran", address="Valiasr 1",
			phones=[
				{"phone": "09121239001"},
				{"phone": "02188001122", "kind": "Work"},
				{"phone": "09121239009", "kind": "Family"},
			],
			addresses=[
				{"kind": "Home", "city": "Tehran", "address": "Valiasr 1", "postal_code": "12345-67890", "is_main": 1},
				{"kind": "Work", "address": "Jordan 2"},
			],
			tags=[{"tag": named["Bulk A"]}, {"tag": named["Bulk B"]}],
			coverages=[
				{"kind": "Insurer", "insurer": named["Bulk Basic"], "policy_no": "9988", "valid_to": "2030-01-01"},
				{"kind": "Insurer", "insurer": named["Bulk Extra"], "is_supplementary": 1},
			],
		),
	)  # fmt: skip
	stored, imported = all_of(site, single), all_of(site, made[2])
	for table, found in stored.items():
		plain = [
			[[pair for pair in row if pair[0] != "added_on"] for row in rows[table]]
			for rows in (imported, stored)
		]
		assert sorted(map(set, plain[0]), key=str) == sorted(map(set, plain[1]), key=str), table
		assert found or table not in (
			"Clinic Patient Tag",
			"Clinic Patient Coverage",
			"Clinic Patient Address",
		)


def test_they_fill_in_a_file_that_is_there_and_are_taken_back(site, run_import, book, named):
	from clinic_core.people.importing import imports, undoing

	name = one_by_one(
		site,
		{
			"first_name": "Zari", "mobile": "09121239001", "referral_source": "WALKIN",
			"tags": [{"tag": named["Bulk A"]}],
			"coverages": [{"kind": "Insurer", "insurer": named["Bulk Basic"], "policy_no": "1"}],
		},
	)  # fmt: skip
	doc = run_import("patients", MORE_HEADER, [MORE], duplicates="Update")
	assert book(doc)[0][1:3] == ("Updated", name), book(doc)
	patient = site.get_doc("Clinic Patient", name)
	assert {row.tag for row in patient.tags} == {named["Bulk A"], named["Bulk B"]}
	policies = [(row.insurer, row.policy_no) for row in patient.coverages]
	assert policies == [(named["Bulk Basic"], "9988"), (named["Bulk Extra"], None)]
	assert [(row.kind, row.address) for row in patient.addresses] == [
		("Home", "Valiasr 1"),
		("Work", "Jordan 2"),
	]
	assert patient.address == "Valiasr 1" and len(patient.phones) == 3
	imports.take_back(doc.name, "Wrong file")
	undoing.run(doc.name)
	patient = site.get_doc("Clinic Patient", name)
	assert [row.tag for row in patient.tags] == [named["Bulk A"]]
	assert [(row.insurer, row.policy_no) for row in patient.coverages] == [(named["Bulk Basic"], "1")]
	assert not patient.addresses and len(patient.phones) == 1


@pytest.mark.parametrize(
	("column", "said", "stored"),
	[("برچسب", "Bulk A, Unheard", None), ("بیمه", "Unheard", None), ("بیمه", "آزاد", 1)],
)
def test_what_nobody_knows_is_refused_by_its_column(site, run_import, book, named, column, said, stored):
	row = list(MORE)
	row[MORE_HEADER.index(column)] = said
	[made] = book(run_import("patients", MORE_HEADER, [row]))
	assert (made[1] == "Created") is bool(stored), made
	if not stored:
		assert "Unheard" in made[3]


def test_file_numbers_of_the_old_archive_stay_and_the_counter_goes_on(site, run_import, book):
	made = book(run_import("patients", HEADER, ROWS))
	numbers = [site.db.get_value("Clinic Patient", row[2], "file_no") for row in made]
	assert numbers[0] == "الف-12" and numbers[2] == "1402"
	after = site.db.get_value(
		"Clinic Patient", one_by_one(site, {"first_name": "x", "referral_source": "WALKIN"}), "file_no"
	)
	assert int(after.split("-")[-1]) == int(numbers[1].split("-")[-1]) + 1


@pytest.mark.parametrize(
	("column", "value", "said"),
	[
		(0, "", "name is missing"),
		(2, "12345", "not a phone number"),
		(2, "9.12E+09", "shortened by the spreadsheet"),
		(4, "شاید", "neither female nor male"),
		(5, "1399/13/40", "no such day"),
		(5, "1450/01/01", "in the future"),
		(6, "0084575949", "right check digit"),
		(8, "NOWHERE", "does not exist"),
	],
)
def test_problems_are_named_and_nothing_is_stored(site, run_import, book, column, value, said):
	row = list(ROWS[0])
	row[column] = value
	before = site.db.count("Clinic Patient")
	doc = run_import("patients", HEADER, [row])
	(_no, outcome, reference, reason) = book(doc)[0]
	assert (outcome, reference, doc.failed_count) == ("Failed", None, 1)
	assert said.casefold() in reason.casefold()
	assert site.db.count("Clinic Patient") == before


def test_the_same_file_twice_doubles_nothing(site, run_import, book):
	first = book(run_import("patients", HEADER, ROWS))
	again = run_import("patients", HEADER, ROWS, duplicates="Create")
	assert [(row[1], row[2]) for row in book(again)] == [("Skipped", row[2]) for row in first]


def test_numbers_are_unique_in_the_file_and_in_the_clinic(site, run_import, book):
	one = one_by_one(
		site, {"first_name": "Has", "last_name": "It", "file_no": "OLD-7", "referral_source": "WALKIN"}
	)
	header = ["Name", "File number", "National code", "Source"]
	rows = [["A B", "OLD-7", "", "WALKIN"], ["C D", "OLD-8", "", "WALKIN"], ["E F", "OLD-8", "", "WALKIN"]]
	made = book(run_import("patients", header, rows, duplicates="Create"))
	assert [row[1] for row in made] == ["Failed", "Created", "Failed"]
	assert "Has It" in made[0][3] and "Row 3" in made[2][3]
	skipped = book(run_import("patients", header, rows[:1]))
	assert skipped[0][1:3] == ("Skipped", one)


def test_duplicates_are_updated_when_asked_for(site, run_import, book):
	name = one_by_one(
		site,
		{"first_name": "سارا", "last_name": "محمدی", "mobile": "09121230001", "referral_source": "WALKIN"},
	)
	doc = run_import("patients", HEADER, ROWS[:1], duplicates="Update")
	assert book(doc)[0][1:3] == ("Updated", name)
	patient = site.get_doc("Clinic Patient", name)
	assert (patient.file_no, patient.gender, str(patient.birth_date)) == ("الف-12", "Female", "1991-01-02")


def test_a_killed_run_goes_on_where_it_was(site, run_import, book, upload, monkeypatch):
	from clinic_core.people.importing import imports, options, running
	from clinic_core.people.importing.patients.kind import Patients

	monkeypatch.setattr(Patients, "chunk", 2)
	rows = [[f"Name{n}", "Go On", f"0912555{n:04d}", "", "", "", "", "", "WALKIN"] for n in range(5)]
	doc = imports.begin("patients", upload(HEADER, rows))
	imports.start(doc.name, options.from_json(doc.options), None, None)
	written = []
	write = running._write

	def killed(*args):
		if written:
			raise KeyboardInterrupt
		written.append(write(*args))
		return written[-1]

	monkeypatch.setattr(running, "_write", killed)
	with pytest.raises(KeyboardInterrupt):
		running.run(doc.name)
	assert site.db.get_value("Clinic Import", doc.name, ["created_count", "last_row_no"]) == (2, 3)
	monkeypatch.setattr(running, "_write", write)
	running.run(doc.name)
	running.run(doc.name)
	assert [row[:2] for row in book(doc)] == [(n, "Created") for n in range(2, 7)]
	doc.reload()
	assert (doc.status, doc.created_count) == ("Complete", 5)
	assert site.db.count("Clinic Patient", {"last_name": "Go On"}) == 5


def test_cancelled_then_gone_on(site, run_import, book, upload, monkeypatch):
	from clinic_core.people.importing import imports, options, running
	from clinic_core.people.importing.patients.kind import Patients

	monkeypatch.setattr(Patients, "chunk", 1)
	doc = imports.begin("patients", upload(HEADER, ROWS))
	imports.start(doc.name, options.from_json(doc.options), None, None)
	imports.cancel(doc.name)
	running.run(doc.name)
	doc.reload()
	assert (doc.status, doc.created_count) == ("Cancelled", 0)
	imports.resume(doc.name)
	running.run(doc.name)
	doc.reload()
	assert (doc.status, doc.created_count) == ("Complete", 3)


def test_taking_back_leaves_what_was_used(site, run_import, book):
	from clinic_core.people.importing import imports, undoing

	doc = run_import("patients", HEADER, ROWS)
	names = [row[2] for row in book(doc)]
	used = site.get_doc(
		{
			"doctype": "ToDo",
			"description": "x",
			"reference_type": "Clinic Patient",
			"reference_name": names[1],
		}
	)
	used.insert(ignore_permissions=True)
	imports.take_back(doc.name, "wrong file")
	undoing.run(doc.name)
	assert [row[1] for row in book(doc)] == ["Taken Back", "Kept", "Taken Back"]
	assert [bool(site.db.exists("Clinic Patient", name)) for name in names] == [False, True, False]
	for name in (names[0], names[2]):
		assert not any(all_of(site, name).values()) and not keys_of(site, name)
	site.db.delete("ToDo", {"name": used.name})
	site.db.delete("Comment", {"reference_name": names[1]})
	imports.take_back(doc.name, "wrong file")
	undoing.run(doc.name)
	assert not site.db.exists("Clinic Patient", names[1]), book(doc)
	assert [row[1] for row in book(run_import("patients", HEADER, ROWS))] == ["Created"] * 3
