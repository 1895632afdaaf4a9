"""Who saw what of patients, through every door, exactly once (F82, N3)."""

import random

import pytest


@pytest.fixture
def patient(sign_in, mobile):
	"""A patient nobody has looked at yet."""
	made = sign_in("reception").post(
		"clinic_core.people.api.register_patient",
		first_name="Nobody",
		last_name=f"Looked{random.randrange(10**6)}",
		mobile=mobile[1],
		referral_source="WALKIN",
	)
	return made["name"]


@pytest.fixture
def log(admin):
	"""`log(patient)`: (user, what, through) of the rows written of a patient."""

	def rows(patient, **more):
		found = admin.rows(
			"Clinic Access Log", {"patient": patient, **more}, ("user", "what", "through"), "creation asc"
		)
		return [(row["user"].split("@")[0], row["what"], row["through"]) for row in found]

	return rows


def test_registering_is_not_looking(patient, log):
	assert log(patient) == []


DOORS = {
	"form": (
		lambda one, name: one.request(
			"GET", "frappe.desk.form.load.getdoc", doctype="Clinic Patient", name=name
		),
		("View", "Form"),
	),
	"rest": (lambda one, name: one.resource("GET", "Clinic Patient", name), ("View", "REST")),
	"client": (
		lambda one, name: one.request("GET", "frappe.client.get", doctype="Clinic Patient", name=name),
		("View", "REST"),
	),
	"card": (
		lambda one, name: one.request("GET", "clinic_core.people.api.patient_card", patient=name),
		("View", "Card"),
	),
	"statement": (
		lambda one, name: one.request("GET", "clinic_reception.statement.api.get_statement", patient=name),
		("View", "Statement"),
	),
	"print": (
		lambda one, name: one.session.get(
			f"{one.url}/printview", params={"doctype": "Clinic Patient", "name": name}, timeout=60
		),
		("Print", "Print"),
	),
	"export": (
		lambda one, name: one.request(
			"POST",
			"frappe.desk.reportview.export_query",
			doctype="Clinic Patient",
			file_format_type="CSV",
			fields=["name", "full_name"],
			filters=[["Clinic Patient", "name", "=", name]],
			title="Clinic Patient",
		),
		("Export", "Export"),
	),
}


@pytest.mark.parametrize("door", sorted(DOORS))
def test_each_door_is_logged_once(sign_in, patient, log, door):
	look, (what, through) = DOORS[door]
	manager = sign_in("manager")
	for _again in range(2):
		answer = look(manager, patient)
		assert answer.status_code == 200, answer.text[:500]
	assert log(patient) == [("manager", what, through)]


def test_who_may_only_read_is_logged_too(sign_in, patient, log):
	for person in ("cashier", "doctor", "operator"):
		answer = sign_in(person).request(
			"GET", "frappe.desk.form.load.getdoc", doctype="Clinic Patient", name=patient
		)
		assert answer.status_code == 200
	assert log(patient) == [(person, "View", "Form") for person in ("cashier", "doctor", "operator")]
	lines = sign_in("manager").get("clinic_core.people.access_log.api.who_saw", patient=patient)["rows"]
	assert [line["user"].split("@")[0] for line in lines] == ["operator", "doctor", "cashier"]


def test_what_was_refused_is_not_logged(sign_in, guest, patient, log):
	assert guest.resource("GET", "Clinic Patient", patient).status_code == 403
	answer = sign_in("reception").request("GET", "clinic_core.people.access_log.api.who_saw", patient=patient)
	assert answer.status_code == 403
	assert log(patient) == []


def test_a_document_of_the_patient_is_a_look_at_the_patient(sign_in, admin, log):
	reception = sign_in("reception")
	appointment = admin.rows("Clinic Appointment", {"name": ["like", "demo-%"]}, ("name", "patient"), "name")[
		0
	]
	before = len(log(appointment["patient"], user="reception@clinic.example", what="View"))
	reception.request(
		"GET", "frappe.desk.form.load.getdoc", doctype="Clinic Appointment", name=appointment["name"]
	)
	rows = log(appointment["patient"], user="reception@clinic.example", what="View")
	# The front desk of an earlier test may have opened the same one within five minutes.
	assert len(rows) == max(1, before)


def test_a_report_of_one_patient_and_its_export(sign_in, patient, log):
	manager, filters = sign_in("manager"), {"patient": patient}
	for method, verb in (("run", "GET"), ("export_query", "POST")):
		more = {"file_format_type": "CSV"} if method == "export_query" else {}
		manager.request(
			verb,
			f"frappe.desk.query_report.{method}",
			report_name="Clinic Access Log",
			filters=filters,
			visible_idx=[],
			**more,
		)
	assert log(patient) == [("manager", "Export", "Report")], "reading the log is not looking into a file"


def test_a_private_file_of_the_patient(sign_in, admin, patient, log):
	made = admin.resource(
		"POST",
		"File",
		file_name=f"result-{random.randrange(10**6)}.txt",
		content="blood",
		is_private=1,
		attached_to_doctype="Clinic Patient",
		attached_to_name=patient,
	)
	manager = sign_in("manager")
	address = made.json()["data"]["file_url"]
	answer = manager.session.get(manager.url + address, timeout=60)
	assert answer.status_code == 200 and answer.text == "blood"
	assert log(patient, user="manager@clinic.example") == [("manager", "File", "File")]


def test_a_search_counts_when_it_is_settled(sign_in, admin, patient, log):
	reception, text = sign_in("reception"), f"zz{''.join(random.choices('abcdefgh', k=8))} 0013542419"
	reception.get("clinic_core.people.finding.api.find", text=text)
	assert admin.rows("Clinic Access Log", {"details": ["like", f"{text[:6]}%"]}, ("name",), "name") == []
	reception.post("clinic_core.people.access_log.api.searched", text=text, count=0)
	[row] = admin.rows(
		"Clinic Access Log", {"details": ["like", f"{text[:6]}%"]}, ("what", "patient", "details"), "name"
	)
	assert row["what"] == "Search" and row["details"].endswith("••••••2419")
	reception.post("clinic_core.people.access_log.api.searched", text="Looked", patient=patient)
	assert log(patient) == [("reception", "Search", "Find")]


def test_a_large_export_is_one_row_with_its_number(sign_in, admin):
	manager = sign_in("manager")
	before = admin.rows("Clinic Access Log", {"what": "Export", "row_count": [">", 50]}, ("name",), "name")
	manager.request(
		"POST",
		"frappe.desk.reportview.export_query",
		doctype="Clinic Patient",
		file_format_type="CSV",
		fields=["name"],
		filters=[["Clinic Patient", "name", "like", "demo-%"]],
		title="Clinic Patient",
	)
	after = admin.rows("Clinic Access Log", {"what": "Export", "row_count": [">", 50]}, ("name",), "name")
	assert len(after) == len(before) + 1
