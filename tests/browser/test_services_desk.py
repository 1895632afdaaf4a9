"""The manager's desk of services: the list and its export, a scanned code, the order by keyboard and mouse."""

import pytest

NAMES = """() => [...document.querySelectorAll(".clinic-arrange__column")].map((column) => ({
	name: column.dataset.name,
	services: [...column.querySelectorAll(".clinic-arrange__card")].map((card) => card.dataset.name),
}))"""
SAID = """() => document.querySelector(".clinic-arrange .clinic-sr-only").textContent"""


@pytest.fixture
def services(admin):
	"""The order of services as it was, put back at the end."""

	def order():
		return admin.get("clinic_core.service_catalog.api.service_order")

	before = order()
	yield order
	after = order()
	wanted = [
		{"name": d["name"], "services": [s["name"] for s in d["services"]]} for d in before["departments"]
	]
	known = {name for row in wanted for name in row["services"]}
	assert known == {s["name"] for d in after["departments"] for s in d["services"]}
	admin.post("clinic_core.service_catalog.api.arrange_services", departments=wanted, seen=after["seen"])


def drag(page, source, target):
	start, end = source.bounding_box(), target.bounding_box()
	page.mouse.move(start["x"] + 40, start["y"] + 10)
	page.mouse.down()
	page.mouse.move(start["x"] + 60, start["y"] + 30, steps=4)
	page.mouse.move(end["x"] + 40, end["y"] + 12, steps=12)
	page.wait_for_timeout(300)
	page.mouse.up()
	page.wait_for_timeout(400)


@pytest.mark.parametrize(("lang", "on"), [("en", "ArrowRight"), ("fa", "ArrowLeft")])
def test_services_are_arranged_by_keyboard_and_mouse(screen_of, services, lang, on):
	screen = screen_of("manager", lang=lang)
	page = screen.page
	screen.open("clinic-arrange-services")
	page.wait_for_selector(".clinic-arrange__card")
	before = page.evaluate(NAMES)
	moved = before[0]["services"][0]

	card = page.locator(f'.clinic-arrange__card[data-name="{moved}"]')
	card.focus()
	page.keyboard.press("Space")
	page.keyboard.press("ArrowDown")
	page.keyboard.press("Escape")
	assert page.evaluate(NAMES) == before, "Escape gives up"
	assert page.locator(".clinic-arrange__bar").is_hidden()

	for key in ("Space", on, "Space"):
		page.keyboard.press(key)
	now = page.evaluate(NAMES)
	assert moved in now[1]["services"] and moved not in now[0]["services"]
	assert page.evaluate(SAID), "what happened is said to those who do not see it"

	columns = page.locator(".clinic-arrange__column")
	dragged = now[2]["services"][0]
	drag(
		page,
		columns.nth(2).locator(".clinic-arrange__card").first,
		columns.nth(0).locator(".clinic-arrange__card").first,
	)
	assert dragged in page.evaluate(NAMES)[0]["services"]
	drag(page, page.locator(".clinic-arrange__head").nth(1), page.locator(".clinic-arrange__head").nth(0))
	wanted = page.evaluate(NAMES)
	assert wanted[0]["name"] == before[1]["name"]

	page.locator(".clinic-arrange__bar .btn-primary").click()
	page.wait_for_selector(".clinic-toast--success")
	assert page.locator(".clinic-arrange__bar").is_hidden()
	stored = services()["departments"]
	assert [{"name": d["name"], "services": [s["name"] for s in d["services"]]} for d in stored] == wanted


def test_undo_and_discard_bring_everything_back(screen_of):
	screen = screen_of("manager")
	page = screen.page
	screen.open("clinic-arrange-services")
	page.wait_for_selector(".clinic-arrange__card")
	before = page.evaluate(NAMES)
	page.locator(".clinic-arrange__card").first.focus()
	for key in ("Space", "ArrowDown", "Space", "Space", "ArrowDown", "Space"):
		page.keyboard.press(key)
	once = page.evaluate(NAMES)
	page.locator(".clinic-arrange__bar").get_by_text("Undo").click()
	assert page.evaluate(NAMES) not in (before, once)
	page.locator(".clinic-arrange__bar").get_by_text("Discard all").click()
	page.locator(".modal.show .btn-primary").click()
	page.wait_for_selector(".clinic-arrange__bar", state="hidden")
	assert page.evaluate(NAMES) == before


def test_the_list_has_active_and_inactive_apart_and_a_file(screen_of, admin):
	name = admin.rows("Clinic Service", {"status": "Active"}, ("name",))[-1]["name"]
	screen = screen_of("manager")
	page = screen.page
	assert admin.resource("PUT", "Clinic Service", name, status="Inactive").status_code == 200
	try:
		screen.open("clinic-service")
		tabs = page.locator(".clinic-list-tabs [role=radio]")
		page.wait_for_function("document.querySelector('.clinic-list-tabs')?.textContent.includes('(')")
		with page.expect_response("**/frappe.desk.reportview.get"):
			tabs.nth(1).click()
		page.wait_for_selector(f'.list-row [data-name="{name}"]', state="attached")
		assert tabs.nth(1).get_attribute("aria-checked") == "true"
		page.get_by_role("button", name="Export to file").first.click()
		page.get_by_role("radio", name="Text (csv)").click()
		with page.expect_download() as download:
			page.locator(".modal.show .btn-primary").click()
		content = download.value.path().read_text(encoding="utf-8-sig")
		assert download.value.suggested_filename.endswith(".csv")
		assert name in content and content.startswith("Code,")
	finally:
		admin.resource("PUT", "Clinic Service", name, status="Active")


def test_a_scanned_code_and_enter_pick_the_service(screen_of, admin):
	name = admin.rows("Clinic Service", {"status": "Active"}, ("name",))[0]["name"]
	barcode = admin.rows("Clinic Service", {"name": name}, ("barcode",))[0]["barcode"]
	assert admin.resource("PUT", "Clinic Service", name, barcode="990099").status_code == 200
	screen = screen_of("reception", lang="fa")
	screen.open("clinic-front-desk")
	screen.page.evaluate("""async () => {
		const box = clinic.catalog.service_picker({ on_change: (value) => (window.picked = value) });
		document.querySelector(".page-container:not([style*=none]) .layout-main, body").prepend(box.element);
		await box.ready;
		box.focus();
	}""")
	try:
		screen.page.keyboard.type("۹۹۰۰۹۹")
		screen.page.keyboard.press("Enter")
		screen.page.wait_for_function("window.picked")
		assert screen.page.evaluate("window.picked") == name
	finally:
		admin.resource("PUT", "Clinic Service", name, barcode=barcode)
