"""A stranger on the public page: what he sees, writes and cannot do; the manager who decides (A01–A03, A92)."""

import re
import uuid
from urllib.parse import quote

import pytest

SUBMIT = "clinic_core.service_catalog.public_page.api.submit_review"
MODERATE = "clinic_core.service_catalog.public_page.api.moderate_reviews"
REVIEW, SERVICE = "Clinic Service Review", "Clinic Service"
HTML = {"Accept": "text/html"}


@pytest.fixture(scope="module", autouse=True)
def fresh_reviews(demo, run_in_site):
	"""Comments and tries of earlier runs do not count against this one."""
	run_in_site("frappe.db.delete", doctype=REVIEW, filters={"name": ["not like", "demo-%"]})
	run_in_site("frappe.cache.delete_keys", key="clinic_review_tries")


@pytest.fixture
def manager(sign_in):
	return sign_in("manager")


@pytest.fixture
def service(manager):
	"""A service of its own for each test, shown on the public page."""
	made = manager.resource(
		"POST",
		SERVICE,
		service_name=f"Journey {uuid.uuid4().hex[:8]}",
		department="SKIN",
		amount=5_000_000,
		duration_minutes=30,
		show_price=1,
	)
	assert made.status_code == 200, made.text[:400]
	data = made.json()["data"]
	yield data
	manager.resource("PUT", SERVICE, data["name"], status="Inactive")


def page(client, path="", lang="en"):
	address = f"{client.url}/center" + (f"/{quote(path)}" if path else "")
	return client.session.get(address, params={"_lang": lang}, headers=HTML)


def comment(**more):
	return {
		"kind": "service",
		"visitor_name": "Maryam",
		"text": f"Well done {uuid.uuid4().hex}",
		"seconds": 20,
		**more,
	}


def test_the_centre_opens_for_everybody_in_both_languages(guest, manager):
	for client in (guest, manager):
		english, persian = page(client, lang="en"), page(client, lang="fa")
		assert english.status_code == persian.status_code == 200
		assert '<html lang="en" dir="ltr">' in english.text and '<html lang="fa" dir="rtl">' in persian.text
		assert "clinic_center.bundle" in english.text and "desk.bundle" not in english.text


def test_the_language_follows_the_browser_and_the_page_is_not_sent_twice(guest):
	answer = guest.session.get(f"{guest.url}/center", headers={**HTML, "Accept-Language": "fa"})
	assert '<html lang="fa"' in answer.text and "Accept-Language" in answer.headers["Vary"]
	again = guest.session.get(
		f"{guest.url}/center",
		headers={**HTML, "Accept-Language": "fa", "If-None-Match": answer.headers["ETag"]},
	)
	assert again.status_code == 304 and not again.content


@pytest.mark.parametrize("path", ["no-such-service", "articles/no-such-article", "departments/NONE", "a/b/c"])
def test_what_is_not_there_says_so(guest, path):
	answer = page(guest, path)
	assert answer.status_code == 404 and 'name="robots" content="noindex"' in answer.text


def test_a_service_shown_is_in_the_sitemap_and_one_hidden_is_nowhere(guest, manager, service):
	assert page(guest, service["route"]).status_code == 200
	assert service["service_name"] in page(guest).text
	sitemap = f"{guest.url}/sitemap.xml"
	assert quote(service["route"]) in guest.session.get(sitemap).text
	assert manager.resource("PUT", SERVICE, service["name"], show_in_profile=0).status_code == 200
	assert page(guest, service["route"]).status_code == 404
	assert service["service_name"] not in page(guest).text
	assert quote(service["route"]) not in guest.session.get(sitemap).text


def test_a_comment_waits_for_the_manager_and_then_everybody_reads_it(guest, manager, service):
	given = comment(name=service["name"], mobile="0912 000 7788", email="m@clinic.example", stars=5)
	answer = guest.post(SUBMIT, **given)
	assert answer["status"] == "received"
	assert given["text"] not in page(guest, service["route"]).text
	[row] = manager.rows(REVIEW, {"service": service["name"]}, ("name", "status"))
	assert row["status"] == "Pending"
	assert manager.post(MODERATE, names=[row["name"]], status="Published") == {"changed": 1}
	html = page(guest, service["route"]).text
	assert given["text"] in html and "7788" not in html and "m@clinic.example" not in html
	manager.post(MODERATE, names=[row["name"]], status="Rejected")
	assert given["text"] not in page(guest, service["route"]).text


def test_sent_twice_it_is_kept_once(guest, manager, service):
	given = comment(name=service["name"], idempotency_key=uuid.uuid4().hex)
	assert guest.post(SUBMIT, **given) == guest.post(SUBMIT, **given)
	assert len(manager.rows(REVIEW, {"service": service["name"]})) == 1


def test_a_machine_is_thanked_and_put_aside(guest, manager, service):
	guest.post(SUBMIT, **comment(name=service["name"], website="http://spam.example"))
	guest.post(SUBMIT, **comment(name=service["name"], seconds=0))
	assert {r["status"] for r in manager.rows(REVIEW, {"service": service["name"]}, ("status",))} == {"Spam"}


def test_too_many_comments_on_a_page_are_refused_with_429(guest, manager, service):
	for _turn in range(5):
		guest.post(SUBMIT, **comment(name=service["name"]))
	assert guest.refused("POST", SUBMIT, **comment(name=service["name"])) == 429
	assert len(manager.rows(REVIEW, {"service": service["name"]})) == 5


@pytest.mark.parametrize("field", ["visitor_name", "text"])
def test_markup_never_reaches_the_page(guest, manager, service, field):
	trick = f"<script>alert('{field}')</script><img src=x onerror=alert(1)>Honest words"
	guest.post(SUBMIT, **comment(name=service["name"], **{field: trick}))
	[row] = manager.rows(REVIEW, {"service": service["name"]})
	manager.post(MODERATE, names=[row["name"]], status="Published")
	html = page(guest, service["route"]).text
	assert "Honest words" in html and "<script>alert" not in html and "onerror" not in html


def test_a_description_with_markup_is_cleaned(guest, manager, service):
	trick = "<p onclick='alert(1)'>Calm</p><script>alert(2)</script><a href='javascript:alert(3)'>x</a>"
	assert manager.resource("PUT", SERVICE, service["name"], description=trick).status_code == 200
	html = page(guest, service["route"]).text
	assert "Calm" in html and not re.search(r"<script>alert|<[^>]+ on\w+=|javascript:", html)


@pytest.mark.parametrize(
	("values", "field"),
	[({"visitor_name": ""}, "visitor_name"), ({"stars": 9}, "stars"), ({"email": "x"}, "email")],
)
def test_a_bad_value_is_refused_by_field_and_nothing_is_kept(guest, manager, service, values, field):
	answer = guest.request("POST", SUBMIT, **comment(name=service["name"], **values))
	assert answer.status_code == 422 and field in answer.json()["field_errors"]
	assert manager.rows(REVIEW, {"service": service["name"]}) == []


def test_a_guest_decides_nothing_and_a_receptionist_neither(guest, sign_in, manager, service):
	guest.post(SUBMIT, **comment(name=service["name"]))
	[row] = manager.rows(REVIEW, {"service": service["name"]})
	for client in (guest, sign_in("reception")):
		assert client.refused("POST", MODERATE, names=[row["name"]], status="Published") in (401, 403)


def test_book_leads_to_a_form_that_knows_the_service_and_the_lead_does_too(guest, admin, service, mobile):
	html = page(guest, service["route"]).text
	[address] = set(re.findall(rf'href="(/lead/[^"]*service={service["name"]})"', html))
	form = guest.session.get(guest.url + address, headers=HTML)
	assert form.status_code == 200 and service["service_name"] in form.text
	typed, e164 = mobile
	guest.post(
		"clinic_crm.pipeline.api.submit_lead_form",
		route=address.split("/lead/")[1].split("?")[0],
		values={"first_name": "Arezoo", "mobile": typed, "service": service["name"]},
	)
	[sent] = admin.rows("Clinic Lead Submission", {"mobile": e164}, ("service", "lead"))
	assert sent["service"] == service["name"]
	lead = admin.resource("GET", "Clinic Lead", sent["lead"]).json()["data"]
	assert [row["service"] for row in lead["services"]] == [service["name"]]


def test_a_picture_of_a_wrong_type_is_refused_by_field(manager, service):
	answer = manager.resource("PUT", SERVICE, service["name"], photo="https://elsewhere.example/a.svg")
	assert answer.status_code == 422 and "Photo" in answer.text
