"""Booking in a frame on the clinic's own web site, another origin, with the line the desk gives (E195)."""

import functools
import http.server
import os
import secrets
import threading

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Screen
from tests.browser.steps.hands import SECONDS, persian, window

DESKTOP = {"viewport": {"width": 1280, "height": 800}}
PHONE = {"viewport": {"width": 360, "height": 740}, "is_mobile": True, "has_touch": True}
PAGE = """<!doctype html><html lang="{lang}" dir="{dir}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>Own site</title></head>
<body style="margin:0;font-family:sans-serif"><header style="padding:3rem 1rem;background:#eef">Own site</header>
<main style="max-width:60rem;margin:auto;padding:0 1rem">{line}</main><footer style="padding:4rem 1rem">Contact</footer>
</body></html>"""


@pytest.fixture
def own_site(tmp_path):
	"""A web server of the clinic's own: (address, write the page)."""
	handler = functools.partial(_Quiet, directory=str(tmp_path))
	server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
	threading.Thread(target=server.serve_forever, daemon=True).start()

	def write(line, lang):
		direction = "rtl" if lang == "fa" else "ltr"
		(tmp_path / "index.html").write_text(PAGE.format(line=line, lang=lang, dir=direction), "utf-8")

	yield f"http://127.0.0.1:{server.server_port}", write
	server.shutdown()
	server.server_close()


class _Quiet(http.server.SimpleHTTPRequestHandler):
	def log_message(self, *_args):
		"""Nothing between the dots of pytest."""


@pytest.fixture
def allowed(admin, own_site):
	"""The clinic lets its own site show the page, and no other."""
	for value in (own_site[0], ""):
		answer = admin.resource("PUT", "Clinic Settings", "Clinic Settings", online_embed_origins=value)
		assert answer.status_code == 200, answer.text[:300]
		if value:
			yield


def line_of_the_desk(screen):
	"""What the settings give to paste."""
	page = screen.page
	screen.open("clinic-settings")
	page.evaluate("clinic.scheduling.embed_dialog(cur_frm.doc.online_embed_origins)")
	line = window(page).locator("textarea").input_value()
	assert line.startswith("<script ") and "/embed/book.js" in line
	return line


def fits(page):
	"""As high and wide as what is in it: no second scroll bar, on neither page."""
	frame = page.frames[1]
	frame.wait_for_function(
		"""() => {
			const { scrollHeight, clientHeight, scrollWidth, clientWidth } = document.documentElement;
			const content = document.body.getBoundingClientRect().height;
			return scrollHeight <= clientHeight && scrollWidth <= clientWidth && clientHeight - content < 2;
		}""",
		timeout=SECONDS,
	)
	assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def look(page, name):
	if folder := os.environ.get("CLINIC_LAST_SEEN"):
		page.screenshot(path=f"{folder}/frame-{name}.png")


@pytest.mark.parametrize(
	("lang", "device", "service"),
	[("en", DESKTOP, "VISIT-SKIN"), ("fa", PHONE, "VISIT-HAIR")],
	ids=["en-desktop", "fa-phone-paid"],
)
def test_a_visitor_books_on_the_clinics_own_site(
	chromium, screen_of, url, admin, own_site, allowed, lang, device, service
):
	address, write = own_site
	write(line_of_the_desk(screen_of("manager", lang)), lang)
	context = chromium.new_context(**device)
	screen = Screen(context, url)
	page = screen.page
	page.goto(address)
	frame = page.frame_locator("iframe")
	expect(frame.locator("a.choice").first).to_be_visible(timeout=SECONDS)
	fits(page)
	look(page, f"{lang}-1-services")
	frame.locator(f'a.choice[href*="service={service}"]').click()
	if frame.locator("#genders").count():
		frame.locator("#genders .chip").first.click()
	expect(frame.locator("#times .time").first).to_be_visible(timeout=SECONDS)
	fits(page)
	look(page, f"{lang}-2-times")
	frame.locator("#strip .day:not([disabled])").nth(2).click()
	frame.locator("#times .time").last.click()
	expect(frame.locator("#countdown")).not_to_be_empty(timeout=SECONDS)
	fits(page)
	# The new step begins in sight, however far down the time was.
	page.wait_for_function(
		"document.querySelector('iframe').getBoundingClientRect().top > -2", timeout=SECONDS
	)
	look(page, f"{lang}-3-person")
	mobile = f"0912{secrets.randbelow(10**7):07}"
	frame.locator("#f-first_name").fill("Parisa")
	frame.locator("#f-last_name").fill("Framed")
	frame.locator("#f-mobile").fill(persian(mobile))
	frame.locator("#person [type=submit]").click()

	# Bank and appointment stand alone, at the clinic's address.
	if service == "VISIT-HAIR":
		page.locator("button[value=pay]").click(timeout=SECONDS)
	expect(page.locator(".ticket.booked")).to_be_visible(timeout=SECONDS)
	assert page.url.startswith(url) and page.locator("iframe").count() == 0
	look(page, f"{lang}-4-booked")
	[patient] = admin.rows("Clinic Patient", {"mobile": f"+98{mobile[1:]}"}, ("name",))
	[made] = admin.rows("Clinic Appointment", {"patient": patient["name"]}, ("status", "booked_through"))
	assert made == {"status": "Booked", "booked_through": "Online"}
	context.close()
	assert screen.complaints == [], "the console complained"


def test_another_site_shows_nothing(chromium, url, demo, own_site):
	address, write = own_site
	write(f'<script src="{url}/assets/clinic_core/embed/book.js" async></script>', "en")
	context = chromium.new_context(**DESKTOP)
	screen = Screen(context, url)
	with screen.page.expect_console_message(lambda message: "frame-ancestors" in message.text):
		screen.page.goto(address)
	assert screen.page.frame_locator("iframe").locator("a.choice").count() == 0
	context.close()
