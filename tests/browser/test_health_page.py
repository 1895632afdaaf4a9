"""A manager sees what needs attention and mends it from the page."""

HANDLER = "clinic_crm.overrides.visit.on_status"


def _given_up(admin):
	answer = admin.resource(
		"POST",
		"Clinic Event Failure",
		hook="clinic_on_visit_status",
		handler=HANDLER,
		status="Given Up",
		payload='{"events": []}',
		error="Traceback …\nValueError: gone wrong",
	)
	assert answer.status_code == 200, answer.text[:300]
	return answer.json()["data"]["name"]


def test_what_was_given_up_is_named_and_tried_again(screen_of, admin):
	name = _given_up(admin)
	screen = screen_of("manager", viewport={"width": 1024, "height": 768})
	screen.open("clinic-health")
	page = screen.page
	page.wait_for_selector(".clinic-verdict--danger")
	page.wait_for_selector(".clinic-finding--red[data-code=events_given_up]")
	assert page.locator(".clinic-tile--red[data-part=failures]").count() == 1
	row = page.locator(f".clinic-health__row[data-name='{name}']")
	assert "ValueError: gone wrong" in row.inner_text()
	row.get_by_role("button", name="Try again now").click()
	row.wait_for(state="detached")
	assert admin.rows("Clinic Event Failure", {"name": name}, ("status",))[0]["status"] == "Resolved"
	assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 1


def test_the_page_is_for_managers(screen_of):
	screen = screen_of("reception")
	screen.open("clinic-health")
	screen.page.wait_for_timeout(500)
	assert screen.page.locator(".clinic-tile").count() == 0
	screen.complaints.clear()  # the desk itself says in the console that it may not open the page
