"""Consent refused, given by signature; a request for data, its file; another person erased (E001, E012, N15)."""

import uuid

import pytest
from playwright.sync_api import expect

from tests.browser.steps.hands import SECONDS, button, press, say, type_over, window, windows_closed
from tests.demo_site import in_site

TABLET = {"width": 1280, "height": 900}
REQUEST = "Clinic Data Request"
JOBS = "clinic_core.people.data_requests.jobs"


def new_patient(admin, lang):
	number = f"0993{uuid.uuid4().int % 10**7:07d}"
	first, last = ("نگار", "صالحی") if lang == "fa" else ("Negar", "Salehi")
	values = {"first_name": first, "last_name": f"{last} {number[-4:]}", "mobile": number}
	made = admin.resource("POST", "Clinic Patient", referral_source="WALKIN", gender="Female", **values)
	assert made.status_code == 200, made.text[:300]
	return made.json()["data"]


def new_request(admin, patient, kind):
	values = {"kind": kind, "person_doctype": "Clinic Patient", "person_name": patient["name"]}
	made = admin.resource("POST", REQUEST, **values)
	assert made.status_code == 200, made.text[:300]
	return made.json()["data"]["name"]


def open_form(screen, doctype, name):
	screen.open(f"{doctype.lower().replace(' ', '-')}/{name}")


def privacy_tab(page):
	page.locator(".form-tabs").get_by_role("tab", name=say(page, "Privacy"), exact=True).click(
		timeout=SECONDS
	)
	expect(page.locator(".clinic-consents__row").first).to_be_visible(timeout=SECONDS)


def gate(page, channel, kind):
	return page.locator(f'.clinic-contact-line [data-channel="{channel}"][data-kind="{kind}"]')


def ask(page, purpose):
	row = page.locator(f'.clinic-consents__row[data-purpose="{purpose}"]')
	press(page, row, "Ask")
	return window(page)


def choose(page, dialog, value):
	dialog.locator(f'.clinic-segmented [data-value="{value}"]').click()


def sign(page, dialog):
	pad = dialog.locator("canvas")
	pad.scroll_into_view_if_needed()
	box = pad.bounding_box()
	page.mouse.move(box["x"] + 40, box["y"] + box["height"] * 0.7)
	page.mouse.down()
	for step in range(1, 12):
		page.mouse.move(box["x"] + 40 + step * 25, box["y"] + box["height"] * (0.3 if step % 2 else 0.7))
	page.mouse.up()


@pytest.mark.parametrize("lang", ["en", "fa"])
def test_refused_then_signed_then_a_file_and_an_erasure(screen_of, admin, site_name, sites_path, lang):
	who, other = new_patient(admin, lang), new_patient(admin, lang)
	screen = screen_of("manager", lang, TABLET)
	page = screen.page
	consent_walk(screen, page, who, lang)
	file_walk(screen, page, admin, who, site_name, sites_path, lang)
	erasure_walk(screen_of, screen, admin, other, site_name, sites_path, lang)


def consent_walk(screen, page, who, lang):
	open_form(screen, "Clinic Patient", who["name"])
	privacy_tab(page)
	dialog = ask(page, "marketing")
	choose(page, dialog, "Refused")
	choose(page, dialog, "Verbal")
	press(page, dialog, "Record")
	windows_closed(page)
	expect(gate(page, "SMS", "marketing")).to_have_attribute("data-may", "0", timeout=SECONDS)
	expect(gate(page, "Call", "marketing")).to_have_attribute("data-may", "0")
	expect(gate(page, "SMS", "reminder")).to_have_attribute("data-may", "1")
	screen.settle()
	screen.picture(f"people-consents-{lang}")
	dialog = ask(page, "marketing")
	choose(page, dialog, "Given")
	expect(dialog.locator(".clinic-consent__body")).to_be_visible(timeout=SECONDS)
	sign(page, dialog)
	screen.picture(f"people-signature-{lang}")
	press(page, dialog, "Record")
	windows_closed(page)
	expect(gate(page, "SMS", "marketing")).to_have_attribute("data-may", "1", timeout=SECONDS)


def verify(page):
	press(page, page.locator(".page-head"), "Identity verified")
	dialog = window(page)
	dialog.locator("select").select_option("National Card")
	press(page, dialog, "Confirm")
	windows_closed(page)


def file_walk(screen, page, admin, who, site_name, sites_path, lang):
	request = new_request(admin, who, "Access")
	open_form(screen, REQUEST, request)
	verify(page)
	press(page, page.locator(".page-head"), "Make the file")
	press(page, window(page), "Make the file")
	windows_closed(page)
	in_site(site_name, sites_path, f"{JOBS}.make_export", request=request, language=lang)
	open_form(screen, REQUEST, request)
	expect(button(page, page.locator(".page-head"), "Download the file")).to_be_visible(timeout=SECONDS)
	screen.picture(f"people-data-request-{lang}")
	answer = screen.context.request.get(
		f"{screen.url}/api/method/clinic_core.people.data_requests.api.download_export?request={request}"
	)
	assert answer.status == 200 and answer.body()[:2] == b"PK"


def erasure_walk(screen_of, screen, admin, other, site_name, sites_path, lang):
	request = new_request(admin, other, "Erasure")
	first = screen_of("supervisor", lang, TABLET)
	open_form(first, REQUEST, request)
	verify(first.page)
	press(first.page, first.page.locator(".page-head"), "What would be erased")
	press(first.page, window(first.page), "Ask for approval")
	windows_closed(first.page)
	page = screen.page
	open_form(screen, REQUEST, request)
	press(page, page.locator(".page-head"), "Approve the erasure")
	dialog = window(page)
	type_over(dialog.locator("input[type=text]"), other["file_no"])
	screen.picture(f"people-erasure-{lang}")
	press(page, dialog, "Erase for ever")
	windows_closed(page)
	in_site(site_name, sites_path, f"{JOBS}.erase", request=request)
	rows = admin.rows(REQUEST, {"name": request}, ("status", "erasure_status", "person_title"))
	assert (rows[0]["status"], rows[0]["erasure_status"]) == ("Done", "Done")
	open_form(screen, "Clinic Patient", other["name"])
	expect(page.locator(".form-message, .form-layout .msgprint").first).to_contain_text(
		say(page, "This person's data was erased."), timeout=SECONDS
	)
	assert other["last_name"] not in page.locator(".form-page").inner_text()
