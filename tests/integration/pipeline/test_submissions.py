"""The public form: what each kind of sender gets, at each door."""

import base64

import pytest
from clinic_core.foundation.errors import InvalidInputError
from clinic_crm.pipeline import api, flood, submissions

GOOD = {"first_name": "سارا", "last_name": "احمدی", "mobile": "۰۹۱۲ ۱۲۳ ۴۵۶۷", "description": "لیزر"}
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 20


@pytest.fixture
def send(site, form):
	def post(values=None, route=form.route, user="Guest", **more):
		site.set_user(user)
		site.local.response.pop("field_errors", None)
		try:
			return api.submit_lead_form(route=route, values=GOOD if values is None else values, **more)
		finally:
			site.set_user("Administrator")

	return post


def _last(site, form):
	return site.get_last_doc("Clinic Lead Submission", {"lead_form": form.name})


def test_a_stranger_becomes_a_lead_of_the_forms_team(site, form, send):
	answer = send()
	assert answer["status"] == "received" and answer["return_url"] == "https://clinic.example/thanks"
	sent = _last(site, form)
	lead = site.get_doc("Clinic Lead", sent.lead)
	assert (sent.status, sent.mobile) == ("Accepted", "+989121234567")
	assert (lead.status, lead.person_type, lead.team, lead.channel) == (
		"New Lead",
		"Contact",
		form.team,
		"WEBSITE",
	)
	assert lead.title == "لیزر"
	assert (lead.person_name, lead.description, lead.lead_form) == ("سارا احمدی", "لیزر", form.name)
	assert site.db.get_value("Clinic Contact", lead.contact, "mobile") == "+989121234567"


@pytest.mark.parametrize(
	("change", "field"),
	[({"mobile": "12345"}, "mobile"), ({"mobile": ""}, "mobile"), ({"first_name": " "}, "first_name")],
)
def test_a_mistake_names_its_field_and_stores_nothing(site, form, send, change, field):
	with pytest.raises(InvalidInputError):
		send({**GOOD, **change})
	assert list(site.local.response["field_errors"]) == [field]
	assert not site.db.exists("Clinic Lead Submission", {"lead_form": form.name})


def test_a_machine_is_thanked_and_makes_no_lead(site, form, send):
	assert send({**GOOD, "website": "http://spam.example"}) == submissions.thank_you(form)
	sent = _last(site, form)
	assert (sent.status, sent.lead) == ("Rejected", None)
	assert not site.db.exists("Clinic Lead", {"lead_form": form.name})


def test_a_double_submit_is_one_lead_with_the_same_thanks(site, form, send):
	assert send() == send({**GOOD, "first_name": " سارا "})
	assert site.db.count("Clinic Lead", {"lead_form": form.name}) == 1
	assert sorted(site.get_all("Clinic Lead Submission", {"lead_form": form.name}, pluck="status")) == [
		"Accepted",
		"Repeated",
	]


def test_the_same_key_is_stored_once(site, form, send):
	send(idempotency_key="abc")
	send(idempotency_key="abc")
	assert site.db.count("Clinic Lead Submission", {"lead_form": form.name}) == 1


def test_a_number_has_a_limit_a_day(site, form, send):
	for n in range(5):
		send({**GOOD, "description": str(n)})
	with pytest.raises(flood.TooManySubmissionsError) as error:
		send({**GOOD, "description": "5"})
	assert error.value.http_status_code == 429
	# Somebody else behind the same address is served.
	send({**GOOD, "mobile": "09351112233"})


def test_an_address_has_a_high_limit_only(site, form, send, monkeypatch):
	site.db.set_single_value("Clinic Settings", "lead_limit_per_address", 2)
	site.clear_document_cache("Clinic Settings", "Clinic Settings")
	monkeypatch.setattr(site.local, "request_ip", f"192.0.2.{site.generate_hash(length=4)}", raising=False)
	for n in range(20):
		send({**GOOD, "mobile": f"0912000{n:04d}"})
	with pytest.raises(flood.TooManySubmissionsError):
		send({**GOOD, "mobile": "09120009999"})


def test_a_known_number_uses_its_contact_again_and_says_so(site, form, send, make_contact):
	known = make_contact("سارا", "احمدي", "09121234567")
	send()
	lead = site.get_doc("Clinic Lead", _last(site, form).lead)
	assert lead.contact == known.name
	assert site.db.exists("Comment", {"reference_name": lead.name, "comment_type": "Info"})


@pytest.mark.parametrize(
	"change", [{"status": "Inactive"}, {"visibility": "Private"}, {"route": "elsewhere-now"}]
)
def test_a_form_that_is_not_open_says_so(form, send, change):
	form.update(change)
	form.save()
	with pytest.raises(submissions.FormClosedError):
		send(route="test-spring")


def test_a_private_form_is_open_to_the_clinics_own(site, form, send, agent):
	form.visibility = "Private"
	form.save()
	assert send(user=agent)["status"] == "received"


def test_the_frameworks_web_form_obeys_the_same_rules(site, form, monkeypatch):
	import json

	from frappe.website.doctype.web_form import web_form

	# The framework counts calls of its own door by address.
	monkeypatch.setattr(site.local, "request_ip", f"test-{site.generate_hash(length=8)}", raising=False)

	def accept(**change):
		site.set_user("Guest")
		site.local.form_dict = site._dict(
			web_form=form.web_form, data=json.dumps({**GOOD, "lead_form": form.name, **change})
		)
		try:
			web_form.accept(**site.form_dict)
		finally:
			site.local.form_dict = site._dict()
			site.set_user("Administrator")

	accept()
	with pytest.raises(InvalidInputError):
		accept(mobile="1")
	accept(website="x")
	assert sorted(site.get_all("Clinic Lead Submission", {"lead_form": form.name}, pluck="status")) == [
		"Accepted",
		"Rejected",
	]
	assert site.db.count("Clinic Lead", {"lead_form": form.name}) == 1


def test_a_guest_neither_inserts_nor_reads_directly(site, form, send):
	send()
	name = _last(site, form).name
	site.set_user("Guest")
	with pytest.raises(site.PermissionError):
		site.get_doc({"doctype": "Clinic Lead Submission", "lead_form": form.name, **GOOD}).insert()
	for doctype in ("Clinic Lead Submission", "Clinic Lead", "Clinic Contact", "Clinic Lead Form"):
		assert not site.has_permission(doctype, "read")
	assert not site.get_doc("Clinic Lead Submission", name).has_permission("read")


def test_the_sender_does_not_choose_what_came_of_it(site, form, make_lead):
	other = make_lead()
	sent = site.get_doc(
		{
			"doctype": "Clinic Lead Submission",
			"lead_form": form.name,
			"status": "Rejected",
			"lead": other.name,
			"ip_address": "1.2.3.4",
			**GOOD,
		}
	).insert()
	assert sent.status == "Accepted" and sent.lead != other.name and sent.ip_address != "1.2.3.4"


def test_a_submission_never_changes(site, form, send):
	send()
	sent = _last(site, form)
	sent.mobile = "+989351112233"
	with pytest.raises(Exception, match="never changed"):
		sent.save()


def _attach(filename, content):
	return {**GOOD, "attachment": {"filename": filename, "content": base64.b64encode(content).decode()}}


def test_a_file_is_kept_private(site, form, send):
	form.append("form_fields", {"fieldname": "attachment"})
	form.save()
	send(_attach("../../photo.png", PNG))
	sent = _last(site, form)
	file = site.get_doc("File", {"attached_to_name": sent.name})
	assert file.is_private and file.file_url == sent.attachment and ".." not in file.file_url
	file.delete()


@pytest.mark.parametrize(
	("name", "content"),
	[
		("virus.exe", b"MZ"),
		("page.html", b"<script>"),
		("fake.png", b"<svg"),
		("big.png", PNG + b"0" * 6_000_000),
	],
)
def test_other_files_are_refused(site, form, send, name, content):
	with pytest.raises(InvalidInputError):
		send(_attach(name, content))
	assert "attachment" in site.local.response["field_errors"]


def test_a_form_keeps_its_web_form_in_step(site, form):
	web_form = site.get_doc("Web Form", form.web_form)
	assert (web_form.route, web_form.published, web_form.anonymous) == ("lead/test-spring", 1, 1)
	hidden = {row.fieldname for row in web_form.web_form_fields if row.hidden}
	assert hidden == {"lead_form", "website"}
	form.update({"status": "Inactive", "visibility": "Private"})
	form.save()
	web_form.reload()
	assert (web_form.published, web_form.anonymous, web_form.login_required) == (0, 0, 1)


@pytest.mark.parametrize(
	"change",
	[
		{"return_url": "javascript:alert(1)"},
		{"return_url": "//evil.example"},
		{"route": "a/b"},
		{"route": "فرم"},
		{"form_fields": [{"fieldname": "first_name"}]},
		{"form_fields": [{"fieldname": "mobile"}, {"fieldname": "mobile"}]},
	],
)
def test_a_form_that_cannot_work_is_refused(form, change):
	form.update(change)
	with pytest.raises(InvalidInputError):
		form.save()


@pytest.fixture
def page(site):
	"""`page(path, **posted)`: the answer of the website to a guest."""
	from frappe.utils import set_request
	from frappe.website.serve import get_response

	def ask(path, **posted):
		site.set_user("Guest")
		set_request(method="POST" if posted else "GET", path=path)
		site.local.form_dict = site._dict(posted)
		try:
			return get_response()
		finally:
			site.set_user("Administrator")
			# Taken away, not set to None: the framework asks whether there is one.
			del site.local.request
			site.local.form_dict = site._dict()

	return ask


def test_the_public_page_shows_the_form_or_says_that_it_is_closed(form, page):
	answer = page(f"/lead/{form.route}")
	html = answer.data.decode()
	assert answer.status_code == 200
	assert "Spring offer" in html and 'name="mobile"' in html and 'name="website"' in html
	closed = page("/lead/no-such-form")
	assert closed.status_code == 404 and "This form is not open" in closed.data.decode()


def test_the_page_works_without_javascript(site, form, page):
	refused = page(f"/lead/{form.route}", **{**GOOD, "mobile": "12"}).data.decode()
	assert "This is not a mobile number" in refused and "احمدی" in refused
	assert not site.db.exists("Clinic Lead", {"lead_form": form.name})
	thanked = page(f"/lead/{form.route}", **GOOD).data.decode()
	assert "Thank you" in thanked and "https://clinic.example/thanks" in thanked
	assert site.db.count("Clinic Lead", {"lead_form": form.name}) == 1


def test_what_a_stranger_typed_is_shown_as_text(form, page):
	html = page(f"/lead/{form.route}", **{**GOOD, "first_name": '"><script>alert(1)</script>', "mobile": "1"})
	assert "<script>alert" not in html.data.decode()


def test_a_form_referred_to_somebody_who_left_still_makes_its_lead(site, form, send, agent):
	form.assigned_to = agent
	form.save()
	site.db.set_value("User", agent, "enabled", 0)
	send()
	lead = site.get_doc("Clinic Lead", _last(site, form).lead)
	assert (lead.assigned_to, lead.team) == (None, form.team)
