"""What a role may not see is hidden at every door: the matrix role × field × door, over HTTP (F80, E137, E150).

Generated from `people/masking/matrix.py`: who may see a fact sees it at every door, who may not sees it nowhere,
and cannot ask for it either.
"""

import json

import pytest
from clinic_core.people.masking import matrix, shapes

from tests.journeys import names as api
from tests.journeys.masked import PATIENT, ROLES, SECRETS, digits, sees, tells, the_person

CARD = "clinic_core.people.api.patient_card"


@pytest.fixture(scope="module")
def person(admin):
	return the_person(admin)


# A door: what is asked, and whether the secret would stand in the answer in full for who may see it.
def rest_document(client, name, field):
	return client.resource("GET", PATIENT, name)


def rest_list(client, name, field):
	return client.resource(
		"GET", PATIENT, filters=json.dumps({"name": name}), fields=json.dumps(["name", field])
	)


def rest_list_of_everything(client, name, field):
	return client.resource("GET", PATIENT, filters=json.dumps({"name": name}), fields=json.dumps(["*"]))


def rest_list_under_another_name(client, name, field):
	return client.resource(
		"GET", PATIENT, filters=json.dumps({"name": name}), fields=json.dumps([f"{field} as other"])
	)


def form(client, name, field):
	return client.request("GET", "frappe.desk.form.load.getdoc", doctype=PATIENT, name=name)


def desk_list(client, name, field):
	return client.request(
		"POST", "frappe.desk.reportview.get", doctype=PATIENT, fields=[f"`tabClinic Patient`.`{field}`"],
		filters=[[PATIENT, "name", "=", name]],
	)  # fmt: skip


def client_get(client, name, field):
	return client.request("GET", "frappe.client.get", doctype=PATIENT, name=name)


def client_get_value(client, name, field):
	return client.request(
		"GET", "frappe.client.get_value", doctype=PATIENT, fieldname=[field], filters={"name": name}
	)


def export(client, name, field):
	return client.request(
		"POST", "frappe.desk.reportview.export_query", doctype=PATIENT, file_format_type="CSV", title="x",
		fields=[f"`tabClinic Patient`.`{field}`"], filters=[[PATIENT, "name", "=", name]],
	)  # fmt: skip


def from_an_appointment(client, name, field):
	return client.resource(
		"GET",
		"Clinic Proforma",
		fields=json.dumps(["name", f"patient.{field} as theirs"]),
		limit_page_length=500,
	)


def printed(client, name, field):
	return client.session.get(
		f"{client.url}/printview", params={"doctype": PATIENT, "name": name}, timeout=60
	)


READS = [
	rest_document, rest_list, rest_list_of_everything, rest_list_under_another_name, form, desk_list,
	client_get, client_get_value, export, from_an_appointment, printed,
]  # fmt: skip
WHOLE = {rest_document, rest_list_of_everything, form, client_get, printed}
FULL = {rest_document, rest_list, rest_list_under_another_name, form, desk_list, client_get, client_get_value}


@pytest.mark.parametrize("door", READS, ids=lambda door: door.__name__)
@pytest.mark.parametrize("login", list(ROLES))
def test_a_fact_is_seen_by_whom_the_matrix_names(login, door, sign_in, person):
	client = sign_in(login)
	# What answers with the whole document is asked once: the field makes no difference to it.
	whole = door(client, person, None) if door in WHOLE else None
	for kind, (field, _secret) in SECRETS.items():
		answer = whole if whole is not None else door(client, person, field)
		assert answer.status_code < 500, f"{kind}: {answer.text[:300]}"
		text = answer.json() if "json" in answer.headers.get("content-type", "") else answer.text
		text = text if isinstance(text, str) else json.dumps(text, ensure_ascii=False)
		# The patient's own field holds a mask for everybody; a comment below the form may tell the number.
		if not sees(login, kind) or (kind == matrix.IDENTITY and door is not form):
			assert not tells(text, kind), f"{kind} at {door.__name__}"
		elif door in FULL and answer.status_code == 200:
			assert tells(text, kind), f"{kind} at {door.__name__}"


def by_list(client, condition, field):
	return client.resource("GET", PATIENT, filters=json.dumps([condition]))


def by_desk_list(client, condition, field):
	return client.request(
		"POST", "frappe.desk.reportview.get", doctype=PATIENT, fields=["name"], filters=[condition]
	)


def by_count(client, condition, field):
	return client.request("GET", "frappe.client.get_count", doctype=PATIENT, filters=[condition])


def by_desk_count(client, condition, field):
	return client.request(
		"POST", "frappe.desk.reportview.get_count", doctype=PATIENT, filters=[condition], fields=[]
	)


def by_document(client, condition, field):
	return client.request("GET", "frappe.client.get", doctype=PATIENT, filters={field: condition[2:]})


def by_order(client, condition, field):
	return client.resource("GET", PATIENT, order_by=f"`tabClinic Patient`.`{field}` asc")


def by_group(client, condition, field):
	return client.request(
		"GET", "frappe.desk.listview.get_group_by_count", doctype=PATIENT, current_filters="[]", field=field
	)


def by_function(client, condition, field):
	return client.resource("GET", PATIENT, fields=json.dumps([f"max({field}) as most"]))


def by_sum(client, condition, field):
	return client.resource("GET", PATIENT, fields=json.dumps([f"sum({field}) as most"]))


ASKS = [by_list, by_desk_list, by_count, by_desk_count, by_document, by_order, by_group, by_function, by_sum]


@pytest.mark.parametrize("ask", ASKS, ids=lambda ask: ask.__name__)
@pytest.mark.parametrize("login", list(ROLES))
def test_what_is_hidden_cannot_be_asked_for(login, ask, sign_in, person):
	client = sign_in(login)
	for kind, (field, secret) in SECRETS.items():
		answer = ask(client, [PATIENT, field, "like", f"{secret[:6]}%"], field)
		if sees(login, kind):
			assert answer.status_code < 500, f"{kind}: {answer.text[:300]}"
		else:
			# Functions beyond a few are refused by Frappe itself (417), before anything is looked up.
			refusals = (403, 417) if ask is by_function else (403,)
			assert answer.status_code in refusals, f"{kind} at {ask.__name__}: {answer.text[:200]}"


@pytest.mark.parametrize("login", list(ROLES))
def test_the_table_of_phones_and_the_history_hide_them_too(login, sign_in, person):
	client, may = sign_in(login), sees(login, matrix.PHONE)
	rows = client.request(
		"GET", "frappe.client.get_list", doctype="Clinic Patient Phone", parent=PATIENT,
		fields=["parent", "phone"], filters={"parent": person},
	)  # fmt: skip
	assert rows.status_code == 200 and tells(rows.text, matrix.PHONE) is may
	child = client.resource(
		"GET", PATIENT, filters=json.dumps([["Clinic Patient Phone", "phone", "like", "+98912%"]])
	)
	assert (child.status_code == 403) is not may
	info = form(client, person, "mobile").json()["docinfo"]
	assert tells(json.dumps(info["versions"]), matrix.PHONE) is may
	assert ("9124560780" in digits(json.dumps(info["versions"]))) is may
	assert tells(json.dumps(info["comments"]), matrix.PHONE) is may
	assert tells(json.dumps(info["comments"]), matrix.IDENTITY) is sees(login, matrix.IDENTITY)


@pytest.mark.parametrize("login", list(ROLES))
def test_link_search_and_our_own_screens_hide_phones(login, sign_in, person):
	client, may = sign_in(login), sees(login, matrix.PHONE)
	links = client.request("GET", "frappe.desk.search.search_link", doctype=PATIENT, txt="Nika Masked")
	assert links.status_code == 200 and (may or not tells(links.text, matrix.PHONE))
	sneaky = client.request(
		"GET",
		"frappe.desk.search.search_link",
		doctype="Clinic Lead",
		txt="+98912",
		ignore_user_permissions=1,
	)
	assert sneaky.status_code in (200, 403) and (may or "+98912" not in sneaky.text.replace("+98912•", ""))
	card = client.get(CARD, patient=person)
	assert tells(json.dumps(card), matrix.PHONE) is may
	assert (card["birth_date"] is not None) is sees(login, matrix.BIRTH_DATE)
	found = client.get(api.FIND, text="Nika Masked")
	assert [tells(json.dumps(row), matrix.PHONE) for row in found if row["name"] == person] == [may]
	by_tail = {row["name"] for row in client.get(api.FIND, text="560789", limit=50)}
	assert (person in by_tail) is may


def test_the_whole_identity_number_is_told_to_who_may_see_it(sign_in, person):
	number = "clinic_core.people.identity.api.identity_number"
	for login in ROLES:
		answer = sign_in(login).request("GET", number, patient=person)
		assert (answer.status_code == 200) is sees(login, matrix.IDENTITY), login
		if answer.status_code == 200:
			assert answer.json()["message"]["number"] == SECRETS[matrix.IDENTITY][1]


def test_who_saves_what_is_hidden_from_him_changes_nothing(sign_in, admin, person, rule):
	with rule(matrix.PHONE, "Clinic Manager"):
		reception = sign_in("reception")
		doc = reception.resource("GET", PATIENT, person).json()["data"]
		del doc["name"], doc["doctype"]
		assert doc["mobile"] == shapes.phone(SECRETS[matrix.PHONE][1])
		saved = reception.resource("PUT", PATIENT, person, **{**doc, "city": "Karaj"})
		assert saved.status_code == 200, saved.text[:400]
		assert not tells(saved.text, matrix.PHONE)
	kept = admin.resource("GET", PATIENT, person).json()["data"]
	assert (kept["mobile"], kept["city"]) == (SECRETS[matrix.PHONE][1], "Karaj")
	assert [row["phone"] for row in kept["phones"] if row["is_main"]] == [SECRETS[matrix.PHONE][1]]


def test_a_rule_that_the_manager_changes_holds_at_once(sign_in, person, rule):
	doctor = sign_in("doctor")
	assert not tells(rest_document(doctor, person, "mobile").text, matrix.PHONE)
	with rule(matrix.PHONE, "Clinic Manager", "Clinic Practitioner"):
		assert tells(rest_document(doctor, person, "mobile").text, matrix.PHONE)
	assert not tells(rest_document(doctor, person, "mobile").text, matrix.PHONE)
	assert doctor.resource("PUT", "Clinic Masking Rule", matrix.PHONE, roles=[]).status_code == 403


@pytest.fixture
def rule(sign_in):
	"""`with rule(kind, *roles)`: the manager's rule for a while."""
	import contextlib

	manager = sign_in("manager")

	def put(kind, roles):
		answer = manager.resource(
			"PUT", "Clinic Masking Rule", kind, roles=[{"role": role} for role in sorted(roles)]
		)
		assert answer.status_code == 200, answer.text[:400]

	@contextlib.contextmanager
	def changed(kind, *roles):
		put(kind, roles)
		try:
			yield
		finally:
			put(kind, matrix.DEFAULTS[kind])

	return changed
