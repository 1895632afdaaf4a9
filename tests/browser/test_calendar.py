"""Each person's own calendar at the desk: typed, picked, filtered, printed, switched (N4, C025)."""

import datetime
import re
import urllib.parse

import jdatetime
import pytest
from playwright.sync_api import expect

from tests.browser.steps import hands

APPOINTMENT = "Clinic Appointment"
HOLIDAY = "Clinic Holiday"
TITLE = "Test of the calendar"
ROWS = "/api/method/frappe.desk.reportview.get"
SECONDS = hands.SECONDS
JALALI_DATE = re.compile(r"^[۱1][۴4][۰-۹0-9]{2}/[۰-۹0-9]{2}/[۰-۹0-9]{2}$")


@pytest.fixture
def holiday(admin):
	"""A day nobody else's test looks at; 30 Esfand of a leap year."""
	doc = {"title": TITLE, "date": "2025-03-20", "is_closed": 0}
	answer = admin.resource("POST", HOLIDAY, **doc)
	assert answer.status_code == 200, answer.text[:300]
	name = answer.json()["data"]["name"]
	yield name
	admin.resource("DELETE", HOLIDAY, name)


@pytest.fixture
def calendar_of(screen_of):
	"""`calendar_of("manager", lang, "Jalali")`: that person's calendar; afterwards the language decides again."""
	screens = []

	def one(person, lang, calendar):
		screen = screen_of(person, lang)
		screen.open("clinic")
		screens.append(screen)
		_choose(screen, calendar)
		_forget_views(screen.page)
		return screen

	yield one
	for screen in screens:
		screen.open("clinic")
		_choose(screen, "Automatic")
		_forget_views(screen.page)


def _forget_views(page):
	"""Frappe keeps a person's filters, columns and groups of each view for the next time, in whatever language:
	a report that is grouped already asks nothing when it is grouped the same way."""
	page.evaluate(
		"""doctypes => Promise.all(doctypes.map(doctype => frappe.call({
			method: "frappe.model.utils.user_settings.save",
			args: { doctype, user_settings: JSON.stringify({ List: {}, Report: {}, last_view: "List" }) },
		})))""",
		[APPOINTMENT, HOLIDAY],
	)


def _choose(screen, calendar):
	screen.page.evaluate(
		"calendar => clinic.command("
		"'clinic_core.foundation.user_calendar.api.set_calendar', { calendar }, { quiet: true })",
		calendar,
	)
	# What the page still asked for meanwhile may bring the old choice back into Frappe's cache of a user.
	for _turn in range(5):
		screen.open("clinic")
		if screen.page.evaluate("frappe.boot.clinic.calendar") == calendar:
			return
		screen.page.evaluate("frappe.call('frappe.sessions.clear')")
	raise AssertionError(f"the calendar of this person did not become {calendar}")


def _box(page, field="date"):
	return page.locator(f".frappe-control[data-fieldname={field}]:visible input").first


def _digits(lang, text):
	return hands.persian(text) if lang == "fa" else text


def _type(page, box, text):
	hands.type_over(box, text)
	box.press("Tab")


@pytest.mark.parametrize("lang", ["fa", "en"])
def test_a_date_in_a_form_is_typed_and_picked(calendar_of, admin, holiday, lang):
	screen = calendar_of("manager", lang, "Jalali")
	page = screen.page
	screen.open(f"clinic-holiday/{holiday}")
	box = _box(page)
	expect(box).to_have_value(_digits(lang, "1403/12/30"), timeout=SECONDS)
	_type(page, box, "۱۴۰۵/۸/۳۰")
	expect(box).to_have_value(_digits(lang, "1405/08/30"))
	for wrong in ("31/11/1403", "1402/12/30", "05/08/30", "2026-11-22"):
		_type(page, box, wrong)
		expect(page.locator(".clinic-toast__text", has_text=wrong).last).to_be_visible()
		expect(box).to_have_value(_digits(lang, "1405/08/30"))
	box.click()
	popup = page.locator(".clinic-calendar")
	expect(popup.locator("[aria-pressed=true]")).to_have_attribute("data-day", "2026-11-21")
	popup.get_by_role("textbox").fill(_digits(lang, "1399"))
	popup.get_by_role("textbox").press("Enter")
	popup.locator("[data-day='2020-11-05']").click()
	expect(box).to_have_value(_digits(lang, "1399/08/15"))
	expect(popup).to_have_count(0)
	box.press("ArrowDown")
	page.keyboard.press("PageDown")
	page.keyboard.press("Enter")
	expect(box).to_have_value(_digits(lang, "1399/09/15"))
	page.keyboard.press("Control+s")
	expect(page.locator(".indicator-pill", has_text=hands.say(page, "Not Saved"))).to_have_count(0)
	page.wait_for_function("() => !cur_frm.is_dirty()")
	assert admin.value(HOLIDAY, holiday, "date") == "2020-12-05", "what is stored is Gregorian"


@pytest.mark.parametrize("lang", ["fa", "en"])
def test_a_moment_is_typed_and_picked(calendar_of, lang):
	screen = calendar_of("manager", lang, "Jalali")
	page = screen.page
	screen.open("clinic-schedule-exception/new")
	box = _box(page, "start")
	for typed in ("۱۴۰۵/۱۰/۱۲ ۱۴:۰۵", "14:05 1405/10/12", "1405/10/12 14:5"):  # the same one, in either order
		_type(page, box, typed)
		expect(box).to_have_value(re.compile("^" + _digits(lang, "1405/10/12 14:05")))
		assert page.evaluate("cur_frm.doc.start") == "2027-01-02 14:05:00"
	for wrong in ("1405/12/30 10:00", "1405/10/12 25:00", "2027-01-02 10:00"):
		_type(page, box, wrong)
		expect(page.locator(".clinic-toast__text", has_text=wrong).last).to_be_visible()
		expect(box).to_have_value(re.compile("^" + _digits(lang, "1405/10/12 14:05")))
	box.click()
	popup = page.locator(".clinic-calendar")
	popup.locator("[data-day='2027-01-05']").click()
	expect(box).to_have_value(re.compile("^" + _digits(lang, "1405/10/15 14:05")))
	assert page.evaluate("cur_frm.doc.start") == "2027-01-05 14:05:00"


@pytest.mark.parametrize("lang", ["fa", "en"])
def test_a_row_of_a_table_has_jalali_days(calendar_of, admin, lang):
	screen = calendar_of("manager", lang, "Jalali")
	page = screen.page
	(patient,) = admin.rows("Clinic Patient", {"full_name": ["like", "%"]}, ("name",))[:1]
	screen.open(f"clinic-patient/{patient['name']}")
	page.evaluate("cur_frm.scroll_to_field('coverages')")
	grid = page.locator(".frappe-control[data-fieldname=coverages]").first
	grid.locator(".grid-add-row").click()
	number = page.evaluate("cur_frm.doc.coverages.length")
	row = grid.locator(f".rows > .grid-row[data-idx='{number}']")
	cell = row.locator(".data-row [data-fieldname=valid_from]").first
	cell.click()
	_type(page, cell.locator("input"), "۱۴۰۵/۱/۵")
	page.locator(".title-text:visible").first.click()  # out of the table
	expect(cell.locator(".static-area")).to_have_text(_digits(lang, "1405/01/05"))
	assert page.evaluate("n => cur_frm.doc.coverages[n - 1].valid_from", number) == "2026-03-25"
	hands.open_row(row)
	screen.settle()  # Frappe draws the opened row once more when it has slid open
	box = row.locator(".form-in-grid [data-fieldname=valid_to] input:visible")
	_type(page, box, "1402/12/30")
	expect(page.locator(".clinic-toast__text", has_text="1402/12/30").last).to_be_visible()
	expect(box).to_have_value("")
	screen.settle()
	box.click()
	page.locator(".clinic-calendar").get_by_role("textbox").fill(_digits(lang, "1406"))
	page.locator(".clinic-calendar").get_by_role("textbox").press("Enter")
	day = page.locator(".clinic-calendar [data-day]").last
	picked = day.get_attribute("data-day")
	day.click()
	expect(box).to_have_value(page.evaluate("day => frappe.datetime.str_to_user(day)", picked))
	expect(box).to_have_value(re.compile(_digits(lang, "^1406/")))
	assert page.evaluate("n => cur_frm.doc.coverages[n - 1].valid_to", number) == picked


def _asks(page, *words):
	"""Waits for the question for rows that has these words in it, whatever else is asked meanwhile."""

	def fits(request):
		sent = urllib.parse.unquote_plus(request.post_data or "")
		return request.url.endswith(ROWS) and all(word in sent for word in words)

	return page.expect_request(fits)


@pytest.mark.parametrize("lang", ["fa", "en"])
def test_a_list_is_filtered_by_a_day_and_by_a_range(calendar_of, holiday, lang):
	screen = calendar_of("manager", lang, "Jalali")
	page = screen.page
	screen.open("clinic-holiday/view/list")
	page.evaluate("cur_list.filter_area.clear()")
	day = page.locator(".page-form [data-fieldname=date] input")
	with _asks(page, '"date"', '"2025-03-20"'):
		_type(page, day, "۱۴۰۳/۱۲/۳۰")
	row = page.locator(".list-row", has_text=TITLE)
	expect(row).to_contain_text(_digits(lang, "1403/12/30"), timeout=SECONDS)
	with _asks(page, '"Between"', '["2025-03-01", "2025-03-19"]'.replace(" ", "")):
		page.evaluate(
			"cur_list.filter_area.clear().then(() => cur_list.filter_area.add("
			"cur_list.doctype, 'date', 'Between', ['2025-03-01', '2025-03-19']))"
		)
	page.locator(".filter-selector .filter-button").click()
	box = page.locator(".filter-popover .filter-field input")
	expect(box).to_have_value(re.compile(_digits(lang, "1403/12/11")), timeout=SECONDS)
	with _asks(page, '["2025-03-19","2025-03-20"]'):
		_type(page, box, "۱۴۰۳/۱۲/۲۹ - ۱۴۰۳/۱۲/۳۰")
	expect(row).to_be_visible(timeout=SECONDS)
	box.click()
	month = page.locator(".clinic-calendar")
	with _asks(page, '["2025-03-17","2025-03-20"]'):
		month.locator("[data-day='2025-03-20']").click()  # the end first: a range is a range
		month.locator("[data-day='2025-03-17']").click()
	expect(box).to_have_value(re.compile(_digits(lang, "1403/12/27") + ".*" + _digits(lang, "1403/12/30")))
	expect(row).to_be_visible(timeout=SECONDS)


def _cell(page, fieldname, row=0):
	"""That cell of the report, once the report has its columns."""
	index = (
		"name => cur_list?.datatable?.getColumns().findIndex(({ docfield }) => docfield?.fieldname === name)"
	)
	page.wait_for_function(f"name => ({index})(name) > 0", arg=fieldname, timeout=SECONDS)
	return page.locator(f".dt-cell--{page.evaluate(index, fieldname)}-{row}")


def _begin_in(page, month):
	"""How many appointments begin in that Jalali month (“1405-07”), counted by their Gregorian days."""
	year, number = map(int, month.split("-"))
	first = jdatetime.date(year, number, 1)
	after = jdatetime.date(year + number // 12, number % 12 + 1, 1)
	days = [first.togregorian().isoformat(), (after - datetime.timedelta(days=1)).togregorian().isoformat()]
	return page.evaluate(
		"days => frappe.db.count('Clinic Appointment', { filters: { start: ['between', days] } })", days
	)


@pytest.mark.parametrize("lang", ["fa", "en"])
def test_a_report_is_grouped_by_jalali_months(calendar_of, lang):
	screen = calendar_of("manager", lang, "Jalali")
	page = screen.page
	screen.open("clinic-appointment/view/report")
	expect(_cell(page, "start")).to_contain_text(_digits(lang, "140"), timeout=SECONDS)
	page.locator(".group-by-button:visible").click()
	# Frappe listens to the box only after it has faded in: a choice before that is seen but never asked for.
	page.wait_for_function("() => cur_list.group_by_control.group_by_select", timeout=SECONDS)
	fields = page.locator(".group-by-popover select.group-by")
	label = fields.locator("option[value=jalali_month]").first
	assert label.inner_text().strip() == hands.say(page, "Jalali month")
	with _asks(page, "`jalali_month`", "_aggregate_column desc"):
		fields.select_option("jalali_month")
	most = _cell(page, "jalali_month")
	expect(most).to_have_text(re.compile(r"^\s*14\d\d-\d\d\s*$"), timeout=SECONDS)
	month = most.inner_text().strip()
	counted = page.evaluate("number => format_number(number, null, 0)", _begin_in(page, month))
	expect(_cell(page, "_aggregate_column")).to_have_text(re.compile(rf"^\s*{counted}\s*$"))


@pytest.mark.parametrize("lang", ["fa", "en"])
def test_a_day_is_changed_inside_a_report(calendar_of, admin, holiday, lang):
	screen = calendar_of("manager", lang, "Jalali")
	page = screen.page
	screen.open(f"clinic-holiday/view/report?name={holiday}")
	cell = _cell(page, "date")
	expect(cell).to_have_text(re.compile(_digits(lang, "1403/12/30")), timeout=SECONDS)
	cell.dblclick()
	box = cell.locator("input:visible")
	expect(box).to_have_value(_digits(lang, "1403/12/30"))
	box.press("Control+a")
	box.press_sequentially("۱۴۰۳/۱۲/۲۸", delay=10)
	with page.expect_response("**/frappe.client.set_value") as answered:
		box.press("Enter")
	assert answered.value.ok
	expect(cell).to_have_text(re.compile(_digits(lang, "1403/12/28")))
	assert admin.value(HOLIDAY, holiday, "date") == "2025-03-18"
	screen.open("clinic")  # an open report looks for the day again when it is deleted


def test_a_report_is_filtered_by_jalali_days(calendar_of):
	screen = calendar_of("manager", "fa", "Automatic")
	page = screen.page
	screen.open("query-report/Clinic No-Shows")
	box = page.locator(".page-form [data-fieldname=from_date] input")
	expect(box).to_have_value(JALALI_DATE, timeout=SECONDS)
	with page.expect_response("**/frappe.desk.query_report.run*") as answered:
		_type(page, box, "۱۴۰۴/۰۱/۰۱")
	assert answered.value.ok
	assert page.evaluate("frappe.query_report.get_filter_value('from_date')") == "2025-03-21"


@pytest.mark.parametrize("lang", ["fa", "en"])
def test_the_calendar_view_counts_jalali_days(calendar_of, lang):
	screen = calendar_of("reception", lang, "Jalali")
	page = screen.page
	screen.open("clinic-appointment/view/calendar/default")
	today = page.evaluate("clinic.fmt.today()")
	cell = page.locator(f".fc-day-top[data-date='{today}'] .fc-day-number")
	expect(cell).to_have_text(page.evaluate("day => clinic.fmt.date(day).match(/[0-9۰-۹]+/)[0]", today))
	head = page.locator(".fc-toolbar h2")
	before = _days_of_the_month(page, lang)
	assert today in map(str, before)
	# A year on and back again: each step is one month of 29 to 31 days.
	for steps, button, by in ((13, ".fc-next-button", 1), (14, ".fc-prev-button", -1)):
		for _step in range(steps):
			page.locator(button).click()
			days = _days_of_the_month(page, lang)
			edges = (before[-1], days[0]) if by > 0 else (days[-1], before[0])
			assert (edges[1] - edges[0]).days == 1
			before = days
	page.locator(".fc-today-button").click()
	assert today in map(str, _days_of_the_month(page, lang))
	expect(head).to_contain_text(page.evaluate("clinic.fmt.month_name(clinic.fmt.today())"))
	page.locator(f".fc-day-top[data-date='{today}']").click()  # beside its number
	assert page.url.endswith("/view/calendar/default"), "a day that is touched asks for nothing"
	expect(page.locator(".fc-time").first).to_have_text(
		re.compile("^DD:DD - DD:DD$".replace("D", "[0-9۰-۹]"))
	)
	page.locator(".fc-more").first.click()
	expect(page.locator(".fc-agendaDay-view")).to_be_visible()
	expect(page.locator(".fc-agendaDay-button")).to_have_class(re.compile(r"\bactive\b"))
	page.locator(".fc-month-button").click()
	if page.locator(".fc-today-button").is_enabled():  # it was a day of another month
		page.locator(".fc-today-button").click()
	cell.click()
	expect(page.locator(".fc-agendaDay-view")).to_be_visible()
	page.locator(".fc-next-button").click()
	tomorrow = page.evaluate(
		"day => clinic.fmt.date(day)", str(datetime.date.fromisoformat(today) + datetime.timedelta(days=1))
	)
	expect(head).to_have_text(f"\u2068{tomorrow}\u2069")


@pytest.mark.parametrize("calendar", ["Jalali", "Gregorian"])
def test_an_activity_of_one_day_fills_one_day(calendar_of, admin, calendar):
	screen = calendar_of("manager", "en", calendar)
	screen.open("clinic-activity/view/calendar/default")
	drawn = "$('.fc').fullCalendar('clientEvents').map(one => [one.id, one.end.diff(one.start, 'days')])"
	screen.page.wait_for_function(f"{drawn}.length > 0")
	days = dict(screen.page.evaluate(drawn))
	rows = admin.rows("Clinic Activity", {"name": ["in", list(days)[:30]]}, ("name", "date", "end_date"))
	once = [row["name"] for row in rows if row["end_date"] in (None, row["date"])]
	assert once and {days[name] for name in once} == {1}


def _days_of_the_month(page, lang):
	"""The days that are shown as the month's own; the head names it, and they are numbered through."""
	own = page.locator(".fc-day-top:not(.fc-other-month)")
	cells = own.evaluate_all("cells => cells.map(cell => [cell.dataset.date, cell.innerText.trim()])")
	days, numbers = zip(*sorted(cells), strict=True)  # a week is written from right to left
	assert 29 <= len(days) <= 31
	assert list(numbers) == [_digits(lang, str(number + 1)) for number in range(len(days))]
	name = page.evaluate(
		"day => `${clinic.fmt.month_name(day)} ${clinic.fmt.date(day).match(/[0-9۰-۹]{4}/)[0]}`", days[0]
	)
	expect(page.locator(".fc-toolbar h2")).to_have_text(f"\u2068{name}\u2069")
	return [datetime.date.fromisoformat(day) for day in days]


def test_a_print_has_the_readers_dates(screen_of, admin):
	(bill,) = admin.rows("Clinic Reception", {"docstatus": 1}, ("name", "posted_at"))[:1]
	for lang, pattern in (("fa", r"۱۴۰\d/\d\d/\d\d \d\d:\d\d"), ("en", r"\d{2,4}-\d\d-\d{2,4} \d\d:\d\d")):
		screen = screen_of("manager", lang)
		query = {"doctype": "Clinic Reception", "name": bill["name"], "format": "Clinic Bill", "_lang": lang}
		sheet = screen.context.request.get(f"{screen.url}/printview", params=query).text()
		assert re.search(pattern, sheet)


def test_somebody_chooses_another_calendar_from_the_menu(screen_of, admin, holiday):
	screen = screen_of("manager", "fa")
	page = screen.page
	screen.open(f"clinic-holiday/{holiday}")
	expect(_box(page)).to_have_value("۱۴۰۳/۱۲/۳۰", timeout=SECONDS)
	gregorian = re.compile("^(2025-03-20|20-03-2025)$")  # as the site writes dates
	for words, shown in (("Gregorian", gregorian), ("By the language", "۱۴۰۳/۱۲/۳۰")):
		page.locator(".dropdown-navbar-user > [data-toggle=dropdown]").click()
		page.locator(".dropdown-navbar-user").get_by_text(hands.say(page, "My calendar")).click()
		window = hands.window(page)
		window.get_by_role("radio", name=hands.say(page, words, context="calendar"), exact=True).click()
		with page.expect_navigation():
			hands.press(page, window, "Use this calendar")
		expect(_box(page)).to_have_value(shown, timeout=SECONDS)
