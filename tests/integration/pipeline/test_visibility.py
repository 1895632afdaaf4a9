"""The list and the document give the same answer, for each role."""

import pytest
from clinic_core.foundation import roles
from clinic_crm.pipeline import api

DOCTYPES = ("Clinic Lead", "Clinic Activity", "Clinic Call", "Clinic Lead Status Log")


@pytest.fixture
def leads(site, agent, stranger, run_as, make_lead):
	"""One of the team, one of the agent himself, one of a stranger, one of nobody; each was called."""
	made = {
		"team": make_lead(team="T-TEST").name,
		"mine": make_lead(assigned_to=agent).name,
		"stranger": make_lead(assigned_to=stranger).name,
		"nobody": make_lead().name,
	}
	for lead in made.values():
		api.log_activity(lead=lead, title="Call", contact_method="PHONE", feedback="INTERESTED")
	return made


def _same_answer(site, doctype, names):
	listed = set(site.get_list(doctype, filters={"name": ("in", names)}, pluck="name", limit_page_length=0))
	opened = {name for name in names if site.get_doc(doctype, name).has_permission("read")}
	assert listed == opened, doctype
	return listed


def _names(site, doctype, leads):
	field = "name" if doctype == "Clinic Lead" else "lead"
	return site.get_all(doctype, {field: ("in", list(leads.values()))}, pluck="name")


@pytest.mark.parametrize("who", ["agent", "stranger"])
def test_an_agent_sees_his_own_and_his_teams(site, leads, agent, stranger, run_as, who):
	user = {"agent": agent, "stranger": stranger}[who]
	expected = {leads["team"], leads["mine"]} if who == "agent" else {leads["stranger"]}
	all_names = {doctype: _names(site, doctype, leads) for doctype in DOCTYPES}
	for doctype, names in all_names.items():
		seen = run_as(user, _same_answer, site, doctype, names)
		if doctype == "Clinic Lead":
			assert seen == expected
	assert run_as(user, lambda: site.get_list("Clinic Lead", pluck="name", limit_page_length=0)) is not None


@pytest.mark.parametrize("role", [roles.MANAGER, roles.CRM_MANAGER, roles.SUPERVISOR, roles.RECEPTIONIST])
def test_who_answers_for_all_sees_all(site, leads, user_with, run_as, role):
	seen = run_as(user_with(role), _same_answer, site, "Clinic Lead", list(leads.values()))
	assert seen == set(leads.values())


@pytest.fixture
def own_only(site, user_with):
	"""`own_only(role)`: somebody of the staff who sees his own patients only (F83)."""
	from clinic_core.people import own_patients

	def make(role):
		user = user_with(role)
		values = {"user": user, "staff_name": "Own Only", "own_patients_only": 1}
		site.get_doc({"doctype": "Clinic Staff Member", "name": f"own-{user}", **values}).db_insert()
		own_patients.forget()
		return user

	return make


SEES_ALL = [roles.MANAGER, roles.CRM_MANAGER, roles.SUPERVISOR, roles.RECEPTIONIST]


@pytest.mark.parametrize("role", [*SEES_ALL, roles.CRM_AGENT, roles.CONSULTANT])
def test_who_sees_his_own_patients_only_sees_their_leads_and_his_own(
	site, leads, make_patient, make_lead, own_only, run_as, role
):
	user = own_only(role)
	mine, other = make_patient().name, make_patient(first_name="Other", mobile="09121234568").name
	site.db.set_value("Clinic Patient", mine, "owner", user)
	about = {
		"my patient": make_lead(patient=mine, person_type="Patient").name,
		"other patient": make_lead(patient=other, person_type="Patient").name,
		"given to me": make_lead(patient=other, person_type="Patient", assigned_to=user).name,
	}
	for lead in about.values():
		api.log_activity(lead=lead, title="Call", contact_method="PHONE", feedback="INTERESTED")
	every = {**leads, **about}
	if run_as(user, site.has_permission, "Clinic Lead", "create"):
		made = run_as(user, api.create_lead, title="Mine", person_type="Patient", patient=other)["lead"]
	else:
		made = make_lead(patient=other, person_type="Patient", team="T-TEST").name
		site.db.set_value("Clinic Lead", made, "owner", user)
	expected = {made, about["given to me"]} | ({about["my patient"]} if role in SEES_ALL else set())
	assert run_as(user, _same_answer, site, "Clinic Lead", [made, *every.values()]) == expected
	for doctype in DOCTYPES[1:]:
		if run_as(user, site.has_permission, doctype, "read"):
			names = _names(site, doctype, {**every, "made": made})
			seen = run_as(user, _same_answer, site, doctype, names)
			of = set(site.get_all(doctype, {"name": ("in", list(seen))}, pluck="lead"))
			assert of <= expected and (role not in SEES_ALL or about["my patient"] in of), doctype
	with pytest.raises(site.PermissionError):
		run_as(user, api.lead_details, about["other patient"])
	with pytest.raises(site.PermissionError):
		run_as(user, api.log_activity, lead=leads["nobody"], title="x")


def test_a_contact_who_became_a_patient_is_seen_with_his_file(
	site, make_contact, make_patient, own_only, run_as
):
	user = own_only(roles.RECEPTIONIST)
	mine, other = make_patient().name, make_patient(first_name="Other", mobile="09121234568").name
	site.db.set_value("Clinic Patient", mine, "owner", user)
	nobody, of_mine, of_other = (
		make_contact(mobile=None, patient=patient).name for patient in (None, mine, other)
	)
	names = [nobody, of_mine, of_other]
	assert run_as(user, _same_answer, site, "Clinic Contact", names) == {nobody, of_mine}
	site.db.set_value("Clinic Staff Member", {"user": user}, "own_patients_only", 0)
	from clinic_core.people import own_patients

	own_patients.forget()
	assert run_as(user, _same_answer, site, "Clinic Contact", names) == set(names)


@pytest.mark.parametrize("role", [roles.PRACTITIONER, roles.OPERATOR])
def test_who_treats_sees_the_leads_he_made(site, leads, user_with, run_as, make_contact, role):
	user = user_with(role)
	made = run_as(user, api.create_lead, title="From the room", contact=make_contact().name)["lead"]
	assert run_as(user, _same_answer, site, "Clinic Lead", [made, *leads.values()]) == {made}


def test_endpoints_refuse_what_is_not_seen(site, leads, stranger, run_as):
	for call in (
		lambda: api.lead_details(leads["team"]),
		lambda: api.log_activity(lead=leads["team"], title="x"),
		lambda: api.set_stagnant(leads["team"], "x"),
		lambda: api.take_lead(leads["team"]),
	):
		with pytest.raises(site.PermissionError):
			run_as(stranger, call)


def test_an_activity_on_a_lead_one_does_not_see_is_refused(site, leads, stranger, run_as):
	doc = site.get_doc({"doctype": "Clinic Activity", "title": "x", "lead": leads["team"]})
	with pytest.raises(site.PermissionError):
		run_as(stranger, doc.insert)


def test_the_statement_shows_what_may_be_seen(site, make_patient, make_lead, agent, stranger, run_as):
	from clinic_crm.overrides import statement

	patient = make_patient().name
	lead = make_lead(patient=patient, person_type="Patient", team="T-TEST")
	run_as(agent, api.log_activity, lead=lead.name, title="Call", contact_method="PHONE", feedback="INTERESTED",
		upcoming={"title": "Again", "date": "2099-01-01", "description": "x"})  # fmt: skip
	rows = run_as(agent, statement.crm_rows, patient)["rows"]
	assert sorted(row["kind"] for row in rows) == ["activity", "call", "lead", "upcoming"]
	assert run_as(stranger, statement.crm_rows, patient)["rows"] == []
	first = run_as(agent, statement.crm_rows, patient, 0, 2)
	assert len(first["rows"]) == 2 and first["has_more"]
	assert set(run_as(agent, statement.timeline_rows, patient)["rows"][0]) == {
		"when", "kind", "title", "amount", "status", "doctype", "name",
	}  # fmt: skip
