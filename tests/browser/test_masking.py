"""A receptionist never sees an identity number again, a doctor no phone; the manager sees both (F80, E137)."""

import re
import uuid

import pytest
from clinic_core.people.identity import mask, national_code
from playwright.sync_api import expect

from tests.browser.steps.hands import SECONDS, say

TABLET = {"width": 1280, "height": 900}
PATIENT = "Clinic Patient"


@pytest.fixture(scope="module")
def patient(admin):
	start = f"{uuid.uuid4().int % 10**9:09d}"
	code = next(start + digit for digit in "0123456789" if national_code.is_valid(start + digit))
	mobile = f"+98993{uuid.uuid4().int % 10**7:07d}"
	values = {
		"first_name": "نگین",
		"last_name": f"پنهان {mobile[-4:]}",
		"mobile": mobile,
		"national_code": code,
	}
	made = admin.resource("POST", PATIENT, referral_source="WALKIN", gender="Female", **values)
	assert made.status_code == 200, made.text[:300]
	return {**values, "name": made.json()["data"]["name"]}


def latin(text):
	return text.translate(str.maketrans("۰۱۲۳۴۵۶۷۸۹", "0123456789"))


def told(page, secret):
	"""Whether a page holds the digits anywhere, in text or in a box, however they are written."""
	boxes = page.locator("input:visible, textarea:visible").evaluate_all("all => all.map((one) => one.value)")
	text = latin(page.locator("body").inner_text() + " " + " ".join(boxes))
	return secret in re.sub(r"[\s-]", "", text)


def open_form(screen, patient):
	screen.open(f"clinic-patient/{patient['name']}")
	expect(screen.page.locator('[data-fieldname="last_name"]').first).to_be_visible(timeout=SECONDS)
	screen.settle()


def open_list(screen, patient, view):
	screen.open(f"clinic-patient/view/{view}?last_name={patient['last_name']}")
	screen.settle()


@pytest.mark.parametrize("lang", ["en", "fa"])
def test_each_role_sees_what_its_work_needs(screen_of, patient, lang):
	phone, hidden = patient["mobile"][3:], mask.mask(patient["national_code"])
	reception = screen_of("reception", lang, TABLET)
	open_form(reception, patient)
	assert not told(reception.page, patient["national_code"]) and told(reception.page, phone)
	assert hidden in latin(
		reception.page.locator('[data-fieldname="national_code"]').first.inner_html()
	) or hidden in [
		latin(v) for v in reception.page.locator("input").evaluate_all("all => all.map((one) => one.value)")
	]
	expect(
		reception.page.get_by_role("button", name=say(reception.page, "Show identity number"))
	).to_have_count(0)
	reception.picture(f"people-masking-reception-{lang}")
	for view in ("list", "report"):
		open_list(reception, patient, view)
		assert not told(reception.page, patient["national_code"])

	doctor = screen_of("doctor", lang, TABLET)
	open_form(doctor, patient)
	assert not told(doctor.page, phone) and not told(doctor.page, patient["national_code"])
	doctor.picture(f"people-masking-doctor-{lang}")
	for view in ("list", "report"):
		open_list(doctor, patient, view)
		assert not told(doctor.page, phone)

	manager = screen_of("manager", lang, TABLET)
	open_form(manager, patient)
	assert told(manager.page, phone)
	manager.page.get_by_role("button", name=say(manager.page, "Show identity number")).first.click(
		timeout=SECONDS
	)
	expect(manager.page.locator(".clinic-identity-number")).to_be_visible(timeout=SECONDS)
	assert told(manager.page, patient["national_code"])
	manager.picture(f"people-masking-number-{lang}")
	manager.page.keyboard.press("Escape")
	manager.open("clinic-masking-rule/Phone")
	manager.settle()
	manager.picture(f"people-masking-rule-{lang}")
