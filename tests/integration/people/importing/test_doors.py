"""Who may import, what is refused before anything is written, and Frappe's own Data Import beside it."""

import pytest
from clinic_core.foundation import sheets

HEADER = ["First name", "Last name", "Mobile", "Referral source"]
ROW = ["Ada", "Doors", "09125550101", "WALKIN"]
PIXEL = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01" + bytes(range(256))


@pytest.fixture
def begin(site, upload):
	from clinic_core.people.importing import imports

	def make(rows, header=HEADER, kind="patients", content=None, name="p.csv"):
		return imports.begin(kind, upload(header, rows, name=name, content=content))

	return make


@pytest.mark.parametrize("role", ["Clinic Receptionist", "Clinic Accountant", "Clinic Portal User"])
def test_only_managers_import(site, user_with, upload, role):
	from clinic_core.people.importing import api

	site.set_user(user_with(role))
	for attempt in (
		api.overview,
		lambda: api.begin("patients", "/private/files/x.csv"),
		lambda: api.template("patients"),
		lambda: api.take_back("x", "y"),
	):
		with pytest.raises(site.PermissionError):
			attempt()


def test_a_manager_begins_and_sees_the_rows_as_they_will_be(site, user_with, upload):
	from clinic_core.people.importing import api

	site.set_user(user_with("Clinic Manager"))
	name = api.begin("patients", upload(HEADER, [ROW, [*ROW[:2], "12", ROW[3]]]))["name"]
	state = api.state(name)
	assert state["draft"]["options"]["columns"] == {
		"first_name": 0,
		"last_name": 1,
		"mobile": 2,
		"referral_source": 3,
	}
	rows = api.preview(name, state["draft"]["options"])["rows"]
	assert [row["outcome"] for row in rows] == ["Created", "Failed"]
	assert rows[1]["cells"]["mobile"]["problems"]
	assert site.db.count("Clinic Patient", {"last_name": "Doors"}) == 0


@pytest.mark.parametrize(
	("content", "said"),
	[
		(b"", "empty"),
		(PIXEL, "no table"),
		(b"PK\x03\x04 damaged", "damaged"),
		(b"First name,Mobile,First name\na,b,c\n", "stands twice"),
		(b"First name,Mobile\n", "headings only"),
		(b"\xd0\xcf\x11\xe0" + b"\0" * 600, "old Excel"),
	],
)
def test_what_is_no_table_is_refused_and_leaves_nothing(site, begin, content, said):
	from clinic_core.foundation.errors import InvalidInputError

	before = site.db.count("Clinic Import")
	with pytest.raises(InvalidInputError, match=said):
		begin([], content=content or b" ", name="picture.xlsx")
	assert site.db.count("Clinic Import") == before


def test_too_many_rows(site, begin, monkeypatch):
	from clinic_core.foundation.errors import InvalidInputError
	from clinic_core.foundation.table_files import Limits
	from clinic_core.people.importing import files

	monkeypatch.setattr(files, "LIMITS", Limits(rows=3))
	with pytest.raises(InvalidInputError, match="too many rows"):
		begin([ROW] * 5)


def test_a_missing_column_is_named(site, begin):
	from clinic_core.foundation.errors import InvalidInputError
	from clinic_core.people.importing import imports, options

	doc = begin([["09125550101"]], header=["Mobile"])
	with pytest.raises(InvalidInputError, match="Full name"):
		imports.start(doc.name, options.from_json(doc.options), None, None)
	assert site.db.get_value("Clinic Import", doc.name, "status") == "Draft"


def test_a_public_file_is_refused(site, upload):
	from clinic_core.foundation.errors import InvalidInputError
	from clinic_core.people.importing import imports

	address = upload(HEADER, [ROW])
	site.db.set_value("File", {"file_url": address}, "is_private", 0)
	with pytest.raises(InvalidInputError, match="private"):
		imports.begin("patients", address)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1256"])
@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_encodings_and_separators(site, begin, encoding, sign):
	rows = (["نام", "نام خانوادگي", "موبايل"], ["سارا", "محمدي", "09121230009"])  # cp1256 has no Persian ye
	text = "\r\n".join(sign.join(row) for row in rows)
	doc = begin([], content=text.encode(encoding))
	assert doc.row_count == 1
	assert '"last_name": 1' in doc.options


def test_the_sheet_and_the_row_of_headings_are_chosen(site, begin):
	import io

	import openpyxl
	from clinic_core.people.importing import imports, options

	book = openpyxl.Workbook()
	book.active.append(["nothing here"])
	book.active.append(["x"])
	sheet = book.create_sheet("بیماران")
	for row in (["گزارش"], HEADER, ROW):
		sheet.append(row)
	out = io.BytesIO()
	book.save(out)
	doc = begin([], content=out.getvalue(), name="book.xlsx")
	doc = imports.choose(doc.name, options.from_json(doc.options).changed(sheet="بیماران"))
	found = options.from_json(doc.options)
	assert (found.header_row, found.columns["mobile"], doc.row_count) == (1, 2, 1)


def test_imports_are_not_written_or_deleted_by_hand(site, begin):
	from clinic_core.foundation.errors import ForbiddenMoveError

	doc = begin([ROW])
	doc = site.get_doc("Clinic Import", doc.name)
	doc.status = "Complete"
	for attempt in (doc.save, lambda: site.delete_doc("Clinic Import", doc.name)):
		with pytest.raises(ForbiddenMoveError):
			attempt()


def test_the_faulty_rows_come_back_with_reasons_and_are_known_again(site, run_import, book):
	import io

	import openpyxl
	from clinic_core.people.importing import faulty, imports

	doc = run_import("patients", HEADER, [ROW, [*ROW[:2], "12", ROW[3]]])
	_name, content = faulty.file_of(doc.name)
	rows = list(openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True))
	assert rows[0] == (*HEADER, "Reason") and len(rows) == 2
	assert "Mobile:" in rows[1][-1]
	fixed = [[*rows[1][:2], "09125550102", *rows[1][3:]]]
	again = run_import("patients", rows[0], fixed, corrects=doc.name)
	assert again.is_remembered and again.corrects == doc.name
	assert book(again)[0][1] == "Created", book(again)
	assert imports.DOCTYPE == "Clinic Import"


def data_import(site, kind, text):
	file = site.get_doc(
		{"doctype": "File", "file_name": "data.csv", "content": sheets_of(text), "is_private": 1}
	)
	file.insert(ignore_permissions=True)
	doc = site.get_doc(
		{
			"doctype": "Data Import",
			"reference_doctype": "Clinic Patient",
			"import_type": kind,
			"import_file": file.file_url,
			"mute_emails": 1,
			"submit_after_import": 0,
		}
	).insert(ignore_permissions=True)
	from frappe.core.doctype.data_import.importer import Importer

	importer = Importer("Clinic Patient", data_import=doc)
	importer.import_data()
	return doc


def sheets_of(rows):
	return sheets.to_csv(rows[0], rows[1:]).decode("utf-8-sig").encode()


def test_frappes_own_data_import_still_works(site):
	header = ["first_name", "last_name", "mobile", "national_code", "referral_source"]
	header += ["phones.phone", "phones.kind"]
	row = ["سارا", "دیتا", "۰۹۱۲۱۲۳۰۰۹۹", "۰۰۸۴۵۷۵۹۴۸", "WALKIN", "02188776655", "Home"]
	data_import(site, "Insert New Records", [header, row])
	name = site.db.get_value("Clinic Patient", {"last_name": "دیتا"})
	assert name, site.get_all("Data Import Log", fields=["messages", "exception"])
	patient = site.get_doc("Clinic Patient", name)
	assert patient.mobile == "+989121230099"
	assert {one.phone for one in patient.phones} == {"+989121230099", "+982188776655"}
	assert patient.national_code == "•••••••948"
	assert site.db.get_value("Clinic Patient Identity", name, "number") == "0084575948"
	masked = patient.national_code
	data_import(
		site, "Update Existing Records", [["ID", "national_code", "last_name"], [name, masked, "دیتای نو"]]
	)
	patient.reload()
	assert (patient.last_name, patient.national_code) == ("دیتای نو", masked)
	assert site.db.get_value("Clinic Patient Identity", name, "number") == "0084575948"
