"""Doors beside forms and lists: reports and their spreadsheets, what is sent to open screens, files (F80, F42)."""

import io
import json
import time
import uuid

import openpyxl
import pytest
from clinic_core.people.documents.documents import SEEN_BY
from clinic_core.people.masking import matrix

from tests.journeys.masked import COMMENT, PATIENT, ROLES, SECRETS, digits, sees, tells, the_person
from tests.journeys.people import new_patient
from tests.journeys.screens import open_screen
from tests.source_map import doctypes

REPORT, RENAMING = "Masking Test Patients", "Masking Test Renamed"
RUN, EXPORT = "frappe.desk.query_report.run", "frappe.desk.query_report.export_query"
# How this Frappe refuses an export: its own words for it cannot be formatted.
NO_EXPORT = "Single '}' encountered in format string"
IN_REPORT = [matrix.PHONE, matrix.EMAIL, matrix.ADDRESS, matrix.NOTE]
PHOTO, PAPER = "Clinic Photo", "Clinic Patient Document"
PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


def readers(doctype):
	return {row["role"] for row in doctypes()[doctype]["permissions"] if row.get("read")}


@pytest.fixture(scope="module")
def person(admin):
	return the_person(admin)


def written(admin, name, query, columns):
	"""A report somebody with all rights wrote once, for everybody."""
	columns = [
		{"fieldname": each, "label": each.title(), "fieldtype": "Data", "width": 100} for each in columns
	]
	values = {
		"report_name": name,
		"ref_doctype": PATIENT,
		"report_type": "Query Report",
		"is_standard": "No",
		"module": "People",
		"query": query,
		"columns": columns,
		"roles": [{"role": role} for role in sorted(ROLES.values())],
	}
	made = admin.resource("POST", "Report", **values)
	assert made.status_code in (200, 409), made.text[:500]


@pytest.fixture(scope="module")
def report(admin):
	"""Names and what is hidden from some."""
	fields = [SECRETS[kind][0] for kind in IN_REPORT]
	query = f"select name, {', '.join(fields)} from `tabClinic Patient` where full_name = 'Nika Masked'"
	written(admin, REPORT, query, ["name", *fields])
	yield REPORT
	admin.resource("DELETE", "Report", REPORT)


@pytest.fixture(scope="module")
def renaming_report(admin):
	"""The same under other names: told by the query above, in its second half by the values alone."""
	where = "from `tabClinic Patient` p where p.full_name = 'Nika Masked'"
	number = "(select number from `tabClinic Patient Identity` i where i.name = p.name)"
	query = f"""
		select p.name as a, p.birth_date as b, left(p.mobile, 9) as c, 'x' as d, 'x' as e, 'x' as f, 'x' as g
		{where}
		union all
		select p.name, '', '', concat('Call 0', substring(p.mobile, 4), ' at noon'), concat('Mail: ', p.email),
			p.note, concat(p.address, '')
		{where}
		union all
		select p.name, '', '', '', '', p.mobile, {number}
		{where}
	"""
	written(admin, RENAMING, query, list("abcdefg"))
	yield RENAMING
	admin.resource("DELETE", "Report", RENAMING)


def on_screen(client, report, **more):
	return client.request("GET", RUN, report_name=report, filters="{}", **more)


def as_old_report(client, report, **more):
	return client.request("GET", RUN, report_name=report, ignore_prepared_report=1, **more)


def with_column(client, report, fieldname="mobile"):
	"""With a column somebody adds to the report: any field of what a row links to."""
	added = {
		"fieldname": fieldname, "label": "More", "fieldtype": "Data", "doctype": PATIENT,
		"link_field": "name", "insert_after_index": 0,
	}  # fmt: skip
	asked = {"report_name": report, "filters": {}, "custom_columns": [added]}
	return client.session.post(f"{client.url}/api/method/{RUN}", json=asked, timeout=60)


def spreadsheet(client, report, kind="Excel"):
	return client.request(
		"POST", EXPORT, report_name=report, filters="{}", file_format_type=kind, visible_idx=[0, 1, 2],
		custom_columns=[],
	)  # fmt: skip


def content_of(answer):
	"""The text of an answer, whatever it is."""
	if "spreadsheet" not in answer.headers.get("content-type", "") and answer.content[:2] != b"PK":
		return answer.text
	sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
	return json.dumps([[str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)])


@pytest.mark.parametrize("login", list(ROLES))
def test_a_report_and_its_spreadsheet_hide_what_the_matrix_hides(login, sign_in, person, report):
	client = sign_in(login)
	doors = [on_screen, as_old_report, spreadsheet, lambda c, r: spreadsheet(c, r, "CSV"), with_column]
	for door in doors:
		answer = door(client, report)
		assert answer.status_code in (200, 403) or NO_EXPORT in answer.text, f"{door}: {answer.text[:300]}"
		text = content_of(answer)
		for kind in IN_REPORT if door is not with_column else [matrix.PHONE]:
			if not sees(login, kind):
				assert not tells(text, kind), f"{kind} at {door}"
			elif answer.status_code == 200:
				assert tells(text, kind), f"{kind} at {door}"


@pytest.mark.parametrize("login", ["manager", "reception", "cashier", "doctor", "accountant", "agent"])
def test_no_other_name_of_a_column_tells_what_is_hidden(login, sign_in, person, renaming_report):
	client = sign_in(login)
	for door in (on_screen, spreadsheet, lambda c, r: spreadsheet(c, r, "CSV")):
		answer = door(client, renaming_report)
		assert answer.status_code in (200, 403) or NO_EXPORT in answer.text, f"{door}: {answer.text[:300]}"
		text = content_of(answer)
		for kind in SECRETS:
			if not sees(login, kind):
				assert not tells(text, kind), f"{kind} at {door}"
			elif answer.status_code == 200:
				assert tells(text, kind), f"{kind} at {door}"
		if not sees(login, matrix.PHONE):
			assert SECRETS[matrix.PHONE][1][:9] not in text, "a part of a number is one as well"


def test_a_manager_gets_a_spreadsheet_at_all(sign_in, person, report):
	answer = spreadsheet(sign_in("manager"), report)
	assert answer.status_code == 200 and answer.content[:2] == b"PK"
	assert tells(content_of(answer), matrix.PHONE)


@pytest.mark.parametrize(
	"expression", ["mobile as other", "`tabClinic Patient`.mobile", "concat(mobile, '')"]
)
def test_no_expression_in_a_column_of_ones_own_tells_it(expression, sign_in, person, report):
	answer = with_column(sign_in("accountant"), report, expression)
	assert answer.status_code in (403, 417), answer.text[:300]
	assert not tells(answer.text, matrix.PHONE)


def test_a_live_comment_carries_no_numbers_and_forms_read_it_again(sign_in, admin, person, site_name):
	text = f"{COMMENT} {uuid.uuid4().hex[:6]}"
	with open_screen(
		sign_in("accountant"), site_name, "docinfo_update", "clinic_read_again", "list_update"
	) as screen:
		screen.subscribe("doc_subscribe", PATIENT, person)
		made = admin.request(
			"POST", "frappe.desk.form.utils.add_comment", reference_doctype=PATIENT, reference_name=person,
			content=text, comment_email="Administrator", comment_by="Administrator",
		)  # fmt: skip
		assert made.status_code == 200, made.text[:300]
		again = screen.heard(lambda name, _told: name == "clinic_read_again")
		heard = screen.heard(lambda name, _told: name == "docinfo_update")
	assert heard and text[-6:] in json.dumps(heard), "the comment itself comes"
	assert again == [{"doctype": PATIENT, "name": person}]
	for kind in (matrix.PHONE, matrix.EMAIL, matrix.IDENTITY):
		assert not tells(json.dumps(screen.events), kind), kind


@pytest.mark.parametrize("login", ["accountant", "cashier"])
def test_a_comment_that_names_somebody_is_told_to_him_without_numbers(login, sign_in, admin, person):
	"""Frappe writes the comment into a notification of who is named in it."""
	user = f"{login}@clinic.example"
	mark = uuid.uuid4().hex[:6]
	content = f'<div><span class="mention" data-id="{user}">@x</span> {COMMENT} {mark}</div>'
	made = admin.request(
		"POST", "frappe.desk.form.utils.add_comment", reference_doctype=PATIENT, reference_name=person,
		content=content, comment_email="Administrator", comment_by="Administrator",
	)  # fmt: skip
	assert made.status_code == 200, made.text[:300]
	client = sign_in(login)
	asked = {"for_user": user, "email_content": ["like", f"%{mark}%"]}
	for _try in range(40):  # a worker tells them
		if logs := client.rows("Notification Log", asked, ["*"]):
			break
		time.sleep(0.5)
	assert logs, "nobody was told"
	form = client.resource("GET", "Notification Log", logs[0]["name"])
	for text in (json.dumps(logs), form.text):
		assert mark in text and "9124560789" not in digits(text)


@pytest.fixture(scope="module")
def kept(sign_in):
	"""Address of a file by kind of paper, and of a picture."""
	doctor = sign_in("doctor")
	patient = new_patient(sign_in("reception"))
	pdf = "JVBERi0xLjcK"
	found = {}
	for kind in ("Lab Result", "Insurance Card"):
		found[kind] = doctor.post(
			"clinic_core.people.documents.api.add_document", patient=patient, kind=kind, title=kind,
			file_name="a.pdf", content=pdf,
		)  # fmt: skip
	found[PHOTO] = doctor.post(
		"clinic_core.people.photos.api.add_photo", patient=patient, stage="Before", angle="Front",
		file_name="a.png", content=PNG,
	)  # fmt: skip
	return found


@pytest.mark.parametrize("login", list(ROLES))
def test_a_file_is_given_to_who_sees_its_document(login, sign_in, kept):
	client, role = sign_in(login), ROLES[login]
	for kind, made in kept.items():
		may = role in (readers(PHOTO) if kind == PHOTO else readers(PAPER) & SEEN_BY[kind])
		for address in filter(None, [made["file"], made.get("thumbnail")]):
			plain = client.session.get(client.url + address, timeout=60)
			asked = client.request("GET", "frappe.core.doctype.file.file.download_file", file_url=address)
			assert {plain.status_code, asked.status_code} == ({200} if may else {403}), f"{kind}: {address}"
		rows = client.resource(
			"GET", "File", filters=json.dumps({"file_url": made["file"]}), fields=json.dumps(["name"])
		)
		listed = rows.json()["data"] if rows.status_code == 200 else []
		assert bool(listed) is may, kind
		document = client.resource("GET", PHOTO if kind == PHOTO else PAPER, made["name"])
		assert document.status_code == (200 if may else 403), kind
