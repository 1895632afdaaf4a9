"""People of the demo clinic at real screens, in headless Chromium."""

import contextlib
import os
import pathlib
import re

import pytest

from tests.demo_site import ensure_demo, in_site
from tests.journeys.client import Client

playwright = pytest.importorskip("playwright.sync_api")
IMAGES = pathlib.Path(__file__).resolve().parents[2] / "docs" / "images"
MAX_BYTES = 250_000
DESK = {"width": 1440, "height": 900}
# Not of our making: an address the browser asks for by itself, and the framework's chart library that
# redraws a chart which is being drawn (seen in Frappe's own dashboards too). Its boxes select their text a moment
# after they were entered, wherever the focus has gone by then.
HARMLESS = ("favicon", "ResizeObserver.boundDrawFn", "activeElement.select is not a function")
# On a busy machine a heartbeat comes late, the realtime server forgets the connection, and its library's next
# question is answered 400 before it connects anew (kit/live.js reads again what may have been missed).
FORGOTTEN_CONNECTION = re.compile(r"status of 400 .*/socket\.io/\?EIO=\d&transport=polling&.*\bsid=")


@pytest.fixture(scope="session")
def url():
	address = os.environ.get("CLINIC_URL")
	if not address:
		pytest.skip("needs a running site: run ./clinic test")
	return address


@pytest.fixture(scope="session")
def demo(site_name, sites_path, url):
	password = ensure_demo(site_name, sites_path)
	in_site(
		site_name,
		sites_path,
		"frappe.db.set_value",
		dt="Clinic Cash Shift",
		dn={"status": "Open"},
		field={"status": "Closed", "open_desk": None, "open_cashier": None},
	)
	return password


@pytest.fixture(scope="session")
def admin(url, demo):
	return Client(url, "Administrator", os.environ["CLINIC_ADMIN_PASSWORD"])


@pytest.fixture(scope="session")
def chromium():
	program = os.environ.get("CLINIC_CHROMIUM")
	if not program:
		pytest.skip("needs Chromium: run ./clinic test")
	with playwright.sync_playwright() as driver:
		browser = driver.chromium.launch(
			executable_path=program, args=["--no-sandbox", "--disable-dev-shm-usage"]
		)
		yield browser
		browser.close()


class Screen:
	"""One person's browser window; it remembers what the console complained about."""

	def __init__(self, context, url):
		self.context, self.url, self.complaints = context, url, []
		self.page = context.new_page()
		self.page.set_default_timeout(45_000)
		self.page.on("console", self._console)
		self.page.on("pageerror", lambda error: self._complain(f"page: {error.stack or error}"))

	def _console(self, message):
		if message.type == "error":
			self._complain(f"{message.text} {message.location.get('url', '')}")

	def _complain(self, text):
		if not any(word in text for word in HARMLESS) and not FORGOTTEN_CONNECTION.search(text):
			self.complaints.append(text[:600])

	def open(self, route):
		"""Open a desk page and wait until it has settled."""
		self.page.goto(f"{self.url}/app/{route}")
		self.settle()

	def settle(self):
		with contextlib.suppress(playwright.TimeoutError):
			self.page.wait_for_load_state("networkidle", timeout=30_000)
		self.page.wait_for_timeout(800)

	def picture(self, name):
		"""Save what is seen to docs/images, small enough for a README."""
		IMAGES.mkdir(parents=True, exist_ok=True)
		path = IMAGES / f"{name}.jpg"
		for quality in (82, 65, 45):
			self.page.screenshot(path=path, type="jpeg", quality=quality, animations="disabled")
			if path.stat().st_size <= MAX_BYTES:
				return
		raise AssertionError(f"{path.name} is too large")


@pytest.fixture
def screen_of(chromium, url, demo, admin):
	"""`screen_of("reception", lang="fa")`: signed in, in that language. No console error may remain."""
	screens, users = [], set()

	def one(person, lang="en", viewport=DESK):
		user = f"{person}@clinic.example"
		if lang != "en":
			users.add(user)
			_speak(admin, user, lang)
		context = chromium.new_context(viewport=viewport, locale="fa-IR" if lang == "fa" else "en-GB")
		answer = context.request.post(f"{url}/api/method/login", form={"usr": user, "pwd": demo})
		assert answer.status == 200, answer.text()
		screens.append(Screen(context, url))
		return screens[-1]

	yield one
	for user in users:
		_speak(admin, user, "en")
	complaints = [complaint for screen in screens for complaint in screen.complaints]
	for number, screen in enumerate(screens):
		if os.environ.get("CLINIC_LAST_SEEN"):  # a folder: what was on the screens at the end
			screen.page.screenshot(path=f"{os.environ['CLINIC_LAST_SEEN']}/screen-{number}.png")
		screen.context.close()
	assert complaints == [], "the console complained"


@pytest.fixture
def visitor(chromium, url, demo):
	"""Somebody outside with a phone."""
	context = chromium.new_context(viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True)
	screen = Screen(context, url)
	yield screen
	context.close()
	assert screen.complaints == [], "the console complained"


def _speak(admin, user, lang):
	answer = admin.resource("PUT", "User", user, language=lang)
	assert answer.status_code == 200, answer.text[:300]
