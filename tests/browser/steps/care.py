"""Alerts, tags, papers and pictures of one patient, at the screens of those who handle him."""

import io

from PIL import Image, ImageDraw
from playwright.sync_api import expect

from tests.browser.steps.catalog import photograph, save_form
from tests.browser.steps.hands import SECONDS, choose_typed, escape, press, say, window, windows_closed

ALERTS = {"en": "Allergic to latex", "fa": "حساسیت به لاتکس"}
TAGS = {"en": ("Over a hundred", "Age a hundred and more"), "fa": ("صدساله‌ها", "سن صد سال و بیشتر")}


class Patient:
	"""Who the walk is about; what was made for it goes at the end, but for the patient."""

	def __init__(self, admin, lang, made):
		self.admin, self.lang, self.undo = admin, lang, []
		self.name, self.mobile, self.full_name = made["name"], made["mobile"], made["full_name"]
		self.alert = ALERTS[lang]
		self.tag_title, self.rule_title = TAGS[lang]

	@property
	def last_four(self):
		return self.mobile[-4:]

	def take_away(self):
		"""Rules and tags are gone afterwards, and with them what they gave."""
		for rule in self.admin.rows("Clinic Tag Rule", {"title": self.rule_title}):
			self.admin.resource("DELETE", "Clinic Tag Rule", rule["name"])


def chip(scope, text):
	"""The chip of an alert."""
	return scope.locator(".clinic-alert-chip").filter(has_text=text)


def tab(page, label):
	"""Open a tab of the form."""
	page.locator(".form-tabs .nav-link:visible").filter(has_text=say(page, label)).first.click()


def write_an_alert(screen, patient):
	"""Reception writes an allergy; it stands above the form at once."""
	page = screen.page
	screen.open(f"clinic-patient/{patient.name}")
	tab(page, "Health")
	press(page, page.locator(".form-page"), "Change alerts")
	dialog = window(page)
	expect(dialog.get_by_role("radio", name=say(page, "Behaviour"), exact=True)).to_have_count(0)
	dialog.get_by_label(say(page, "Text"), exact=True).fill(patient.alert)
	press(page, dialog, "Add alert")
	expect(chip(dialog, patient.alert)).to_be_visible(timeout=SECONDS)
	photograph(screen, f"people-alerts-{patient.lang}")
	escape(page)
	expect(chip(page.locator(".form-layout"), patient.alert).first).to_be_visible(timeout=SECONDS)


def see_it_at_the_front_desk(screen, patient):
	"""On the card of the board, and in the booking dialog."""
	page = screen.page
	screen.open("clinic-front-desk")
	card = page.locator(".clinic-card").filter(has_text=patient.full_name)
	expect(chip(card, patient.alert)).to_be_visible(timeout=SECONDS)
	press(page, page.locator(".page-head"), "New appointment")
	choose_typed(page, window(page).locator(".clinic-search__input"), patient.last_four, patient.full_name)
	expect(page.locator(".modal.show .clinic-slots, .modal.show .clinic-form").last).to_be_visible()
	expect(chip(page.locator(".modal.show"), patient.alert)).to_be_visible(timeout=SECONDS)
	escape(page)


def see_it_at_the_till(screen, patient):
	"""Before money is taken."""
	page = screen.page
	screen.open("clinic-cash-desk")
	choose_typed(page, page.locator(".clinic-till__search input"), patient.last_four, patient.full_name)
	expect(chip(page.locator(".clinic-payer"), patient.alert)).to_be_visible(timeout=SECONDS)


def make_a_rule(screen, patient):
	"""A smart tag with its rule: seen before it is saved, then run."""
	page = screen.page
	tag = patient.admin.resource(
		"POST", "Clinic Tag", title=f"{patient.tag_title} {patient.last_four}", kind="Smart", colour="Purple"
	).json()["data"]["name"]
	screen.open("clinic-tag-rule/new")
	page.wait_for_function(
		"() => window.cur_frm && cur_frm.is_new() && cur_frm.doctype === 'Clinic Tag Rule'"
	)
	page.evaluate(
		"""async ([title, tag]) => {
			await cur_frm.set_value({ title, tag });
			cur_frm.clear_table("conditions");
			cur_frm.add_child("conditions", { measure: "age", operator: ">=", value: "۱۰۰" });
			cur_frm.refresh_field("conditions");
		}""",
		[patient.rule_title, tag],
	)
	press(page, page.locator(".page-head"), "Who would get it?")
	dialog = window(page)
	expect(dialog.locator(".clinic-tag-preview__list").first).to_contain_text(
		patient.full_name, timeout=SECONDS
	)
	photograph(screen, f"people-tag-preview-{patient.lang}")
	press(page, dialog, "Close")
	windows_closed(page)
	save_form(page)
	press(page, page.locator(".page-head"), "Run now")
	name = page.evaluate("cur_frm.doc.name")
	expect(page.locator(".page-head .indicator-pill")).to_have_text(say(page, "Done"), timeout=SECONDS)
	assert patient.admin.value("Clinic Tag Rule", name, "status") == "Done"


def see_the_chip(screen, patient):
	"""In the patient's form and in the list, where the tag filters."""
	page = screen.page
	title = f"{patient.tag_title} {patient.last_four}"
	screen.open(f"clinic-patient/{patient.name}")
	expect(page.locator(".clinic-marks .clinic-tag-chip").filter(has_text=title).first).to_be_visible()
	screen.open("clinic-patient/view/list")
	press(page, page.locator(".page-head"), "By tag")
	window(page).locator(".clinic-tag-button").filter(has_text=title).click()
	row = page.locator(".list-row-container").filter(has_text=patient.full_name)
	expect(row.locator(".clinic-tag-chip").filter(has_text=title)).to_be_visible(timeout=SECONDS)


def face(stage):
	"""A drawn face, as the camera would have it."""
	image = Image.new("RGB", (480, 480), "#e8d5c4")
	draw = ImageDraw.Draw(image)
	draw.ellipse((110, 60, 370, 420), fill="#f2c9a1", outline="#8a5a3c", width=4)
	for x in (180, 270):
		draw.ellipse((x, 190, x + 34, 214), fill="#3b2a20")
	draw.arc((190, 290, 290, 350), 10, 170, fill="#a0433a", width=6)
	if stage == "Before":
		for x, y in ((150, 260), (310, 250), (230, 120), (200, 370)):
			draw.ellipse((x, y, x + 18, y + 18), fill="#b8593f")
	out = io.BytesIO()
	image.save(out, "JPEG")
	return out.getvalue()


def take_pictures(screen, patient):
	"""The doctor keeps two pictures and lays one over the other."""
	page = screen.page
	screen.open(f"clinic-patient/{patient.name}")
	tab(page, "Documents")
	for stage in ("Before", "After"):
		press(page, page.locator(".form-page"), "Add picture")
		dialog = window(page)
		dialog.locator("input[type=file]").set_input_files(
			{"name": f"{stage}.jpg", "mimeType": "image/jpeg", "buffer": face(stage)}
		)
		dialog.get_by_role("radio", name=say(page, stage), exact=True).click()
		press(page, dialog, "Save")
		windows_closed(page)
	expect(page.locator(".clinic-photo img")).to_have_count(2, timeout=SECONDS)
	press(page, page.locator(".clinic-photo-series"), "Compare")
	expect(window(page).locator(".clinic-compare img")).to_have_count(2)
	page.wait_for_timeout(800)
	photograph(screen, f"people-before-after-{patient.lang}")
	press(page, window(page), "Close")
	windows_closed(page)
	return page.locator(".clinic-photo img").first.get_attribute("src")


def is_hidden_from_reception(screen, patient, thumbnail):
	"""No part of the form, no list, no file."""
	page = screen.page
	screen.open(f"clinic-patient/{patient.name}")
	tab(page, "Documents")
	expect(page.locator(".clinic-papers")).to_be_visible(timeout=SECONDS)
	expect(page.locator(".clinic-photos, .clinic-photo")).to_have_count(0)
	photo = patient.admin.rows("Clinic Photo", {"patient": patient.name}, ("name", "file"))[0]
	for address in (thumbnail, photo["file"], f"/api/resource/Clinic Photo/{photo['name']}"):
		assert screen.context.request.get(f"{screen.url}{address}").status == 403, address
	listed = screen.context.request.get(f"{screen.url}/api/resource/Clinic Photo")
	assert listed.status == 403
