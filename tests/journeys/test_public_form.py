"""The public form: what the wrong, the hasty and the hostile get (C003, C051–C070)."""

import re
import uuid

import pytest

from tests.journeys import names as api

SUBMISSION = "Clinic Lead Submission"


def values(mobile, **more):
	return {
		"first_name": "Arezoo",
		"last_name": "Test",
		"mobile": mobile,
		"description": "About botox",
		**more,
	}


def submissions(admin, e164):
	return admin.rows(SUBMISSION, {"mobile": e164}, ("name", "status", "lead"))


def test_the_page_opens_on_a_phone_without_signing_in(guest):
	page = guest.session.get(f"{guest.url}/lead/contact", headers={"Accept": "text/html"})
	assert page.status_code == 200
	assert "width=device-width" in page.text and 'name="mobile"' in page.text
	assert (
		guest.session.get(f"{guest.url}/lead/no-such-form", headers={"Accept": "text/html"}).status_code
		== 404
	)


def test_a_plain_form_post_without_javascript_works_and_a_second_click_changes_nothing(guest, admin, mobile):
	typed, e164 = mobile
	page = guest.session.get(f"{guest.url}/lead/contact", headers={"Accept": "text/html"}).text
	key = re.search(r'name="request_key"[^>]*value="([^"]+)"|value="([^"]+)"[^>]*name="request_key"', page)
	content = {**values(typed), "request_key": (key.group(1) or key.group(2)) if key else uuid.uuid4().hex}
	for _click in range(2):
		answer = guest.session.post(
			f"{guest.url}/lead/contact", data=content, headers={"Accept": "text/html"}
		)
		assert answer.status_code == 200, answer.text[:500]
	assert len({row["lead"] for row in submissions(admin, e164) if row["lead"]}) == 1


@pytest.mark.parametrize("bad", ["12", "abc", "0912345", "۰۰۰۰۰۰۰۰۰۰۰"])
def test_a_bad_mobile_is_refused_by_name_and_makes_no_lead(guest, admin, bad):
	before = len(admin.rows(SUBMISSION, {}, ("name",)))
	answer = guest.request("POST", api.SUBMIT_FORM, route="contact", values=values(bad))
	assert answer.status_code in (417, 422), answer.text[:300]
	assert "Mobile" in answer.text or "mobile" in answer.text
	assert len(admin.rows(SUBMISSION, {}, ("name",))) == before


def test_a_machine_that_fills_the_honeypot_is_thanked_and_makes_no_lead(guest, admin, mobile):
	guest.post(api.SUBMIT_FORM, route="contact", values=values(mobile[0], website="http://spam.example"))
	leads = admin.rows("Clinic Lead", {"mobile": mobile[1]})
	assert leads == []


def test_a_double_submit_is_one_lead(guest, admin, mobile):
	for _click in range(2):
		guest.post(api.SUBMIT_FORM, route="contact", values=values(mobile[0]))
	assert len(admin.rows("Clinic Lead", {"mobile": mobile[1]})) == 1


def test_the_frameworks_own_door_obeys_the_same_rules(guest, admin, mobile):
	form = admin.rows("Clinic Lead Form", {"route": "contact"}, ("name", "web_form"))[0]
	door = "frappe.website.doctype.web_form.web_form.accept"
	bad = guest.request(
		"POST", door, web_form=form["web_form"], data={**values("12"), "lead_form": form["name"]}
	)
	assert bad.status_code != 200
	answer = guest.request(
		"POST", door, web_form=form["web_form"], data={**values(mobile[0]), "lead_form": form["name"]}
	)
	assert answer.status_code < 500, answer.text[:600]
	if answer.status_code == 200:
		assert len(admin.rows("Clinic Lead", {"mobile": mobile[1]})) == 1


def test_a_guest_reads_nothing(guest):
	for doctype in (SUBMISSION, "Clinic Lead", "Clinic Contact", "Clinic Patient", "Clinic Lead Form"):
		assert guest.resource("GET", doctype).status_code in (401, 403), doctype


def test_one_number_floods_and_is_stopped_while_others_behind_the_address_get_through(guest, admin, mobile):
	limit = admin.value("Clinic Settings", "Clinic Settings", "lead_limit_per_number") or 5
	codes = [
		guest.request(
			"POST", api.SUBMIT_FORM, route="contact", values=values(mobile[0], description=f"Try {number}")
		).status_code
		for number in range(limit + 2)
	]
	assert codes[:limit] == [200] * limit
	assert codes[limit:] == [429, 429]
	other = f"0993{uuid.uuid4().int % 10**7:07d}"
	assert guest.request("POST", api.SUBMIT_FORM, route="contact", values=values(other)).status_code == 200
