"""F2 anywhere → another spelling → why it matched → the file; the manager reads who saw it (B19, N3)."""

import random

import pytest
from playwright.sync_api import expect

from tests.browser.steps.hands import SECONDS


@pytest.fixture
def patient(admin, mobile_number):
	family = "".join(random.choice("بتدرسمنک") for _ in range(6))
	made = admin.post(
		"clinic_core.people.api.register_patient",
		first_name="شاهین",
		last_name=f"{family}ی‌نژاد",
		mobile=mobile_number,
		referral_source="WALKIN",
	)
	return {"name": made["name"], "typed": f"شاهين {family}ي نژاد"}


@pytest.fixture
def mobile_number():
	return f"0990{random.randrange(10**7):07d}"


@pytest.mark.parametrize("lang", ["en", "fa"])
def test_found_from_anywhere_and_seen_by_the_manager(screen_of, admin, patient, mobile_number, lang):
	screen = screen_of("reception", lang)
	page = screen.page
	screen.open("clinic-appointment")
	page.keyboard.press("F2")
	box = page.locator(".clinic-findbox__input")
	expect(box).to_be_focused(timeout=SECONDS)
	box.fill(patient["typed"])
	row = page.locator(".clinic-findbox__row").first
	expect(row.locator(".clinic-findbox__name .clinic-hit")).to_be_visible(timeout=SECONDS)
	box.fill(mobile_number[-4:])
	expect(page.locator(".clinic-findbox__facts .clinic-hit").first).to_be_visible(timeout=SECONDS)
	screen.picture(f"people-find-{lang}")
	box.fill(patient["typed"])
	expect(row.locator(".clinic-findbox__name .clinic-hit")).to_be_visible(timeout=SECONDS)
	page.keyboard.press("Tab")
	expect(page.locator(".clinic-menu [role=menuitem]").first).to_be_focused(timeout=SECONDS)
	page.keyboard.press("Escape")
	expect(box).to_be_focused(timeout=SECONDS)
	page.keyboard.press("Enter")
	page.wait_for_function(f"() => window.cur_frm?.doc?.name === '{patient['name']}'", timeout=SECONDS)
	screen.settle()
	_manager_reads(screen_of("manager", lang), patient["name"], lang)
	rows = admin.rows("Clinic Access Log", {"patient": patient["name"]}, ("what", "user"), "what asc")
	seen = {(row["what"], row["user"].split("@")[0]) for row in rows}
	assert {("View", "reception"), ("Search", "reception")} <= seen


def _manager_reads(screen, patient, lang):
	page = screen.page
	screen.open(f"query-report/Clinic Access Log?patient={patient}")
	expect(
		page.locator(".dt-cell__content", has_text="@").or_(page.locator(".dt-row-0")).first
	).to_be_visible(timeout=SECONDS)
	page.evaluate(f"clinic.people.views_dialog({{patient: '{patient}', full_name: 'شاهین'}})")
	lines = page.locator(".clinic-views__table tbody tr")
	expect(lines.first).to_be_visible(timeout=SECONDS)
	screen.picture(f"people-who-saw-{lang}")
