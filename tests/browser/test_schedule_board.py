"""The Schedule page: booked for a newcomer, moved by dragging, a refused move goes back, live beside it (E180, E205)."""

import datetime
import secrets

import pytest
from playwright.sync_api import expect

from tests.browser.steps import schedule
from tests.browser.steps.hands import (
	SECONDS,
	assert_not_reloaded,
	mark,
	persian,
	pick,
	press,
	say,
	type_over,
	window,
	windows_closed,
)
from tests.browser.steps.story import Story

SERVICE, SOURCE = "VISIT-SKIN", "WALKIN"
FIND = "clinic_core.scheduling.api.find_slots"
BOOK = "clinic_core.scheduling.api.book"
VISITOR = "clinic_core.online_booking.api"
BOARD = "clinic_core.scheduling.schedule_board.api.board"
# Half a second by design; the machine of the tests runs browser, server and database at once.
SOON_MS = 2500


@pytest.fixture
def free(admin):
	"""A practitioner and day with an hour free: {practitioner, day, first, later}."""
	today = datetime.date.today()
	first, last = today + datetime.timedelta(days=2), today + datetime.timedelta(days=12)
	slots = admin.get(FIND, service=SERVICE, from_date=str(first), to_date=str(last), limit=900)
	by_person = {}
	for slot in slots:
		by_person.setdefault((slot["practitioner"], slot["start"][:10]), []).append(slot["start"])
	for (practitioner, day), starts in by_person.items():
		for start in starts:
			later = str(datetime.datetime.fromisoformat(start) + datetime.timedelta(minutes=60))
			if later in starts:
				return {"practitioner": practitioner, "day": day, "first": start, "later": later}
	raise AssertionError("the demo clinic has no free hour")


@pytest.fixture
def two_rooms(admin, free):
	"""A free time in a room, and another room that is free then: {practitioner, start, branch, room, other}."""
	fields = ("name", "branch", "kind", "status", "gender")
	rooms = [
		row
		for row in admin.rows("Clinic Resource", {"kind": "Room", "status": "Active"}, fields)
		if row["gender"] in (None, "", "Any")
	]
	day = {"from_date": free["day"], "to_date": free["day"]}
	for slot in admin.get(FIND, service=SERVICE, limit=100, **day):
		[room] = slot["resources"]
		for other in rooms:
			if other["branch"] != slot["branch"] or other["name"] == room:
				continue
			booked = admin.get(BOARD, date=free["day"], resource=other["name"])["appointments"]
			if not any(row["start"] < slot["end"] and slot["start"] < row["end"] for row in booked):
				return {**slot, "room": room, "other": other["name"]}
	raise AssertionError("no two rooms are free at the same time")


@pytest.fixture
def leave(admin, free):
	"""An hour in which the practitioner is away, after everything that is free."""
	made = []

	def one(start):
		end = str(datetime.datetime.fromisoformat(start) + datetime.timedelta(minutes=60))
		answer = admin.resource(
			"POST", "Clinic Schedule Exception", kind="Leave", practitioner=free["practitioner"],
			start=start, end=end, reason="Congress",
		)  # fmt: skip
		assert answer.status_code == 200, answer.text[:300]
		made.append(answer.json()["data"]["name"])

	yield one
	for name in made:
		admin.resource("DELETE", "Clinic Schedule Exception", name)


def book(page, story, free):
	"""Click the empty place; the newcomer is registered in the same dialog."""
	schedule.click_place(page, free["practitioner"], free["first"])
	dialog = window(page)
	expect(dialog.locator(".clinic-asked-time strong")).to_be_visible(timeout=SECONDS)
	type_over(dialog.locator(".clinic-search__input"), story.full_name)
	dialog.locator(".clinic-search__row--register").click(timeout=SECONDS)
	mobile = dialog.get_by_role("textbox", name=say(page, "Mobile"), exact=True)
	type_over(mobile, persian(story.mobile))
	press(page, dialog, "More fields")
	dialog.locator('.clinic-segmented [data-value="Female"]').click()
	pick(page, dialog, "Source: how did they hear of us?", story.title("Clinic Referral Source", SOURCE))
	pick(page, dialog, "Service", story.title("Clinic Service", SERVICE, "service_name"))


def see_what_a_visitor_holds(screen, admin, free, lang):
	"""On /book somebody takes a time: it stands here while he types, and is nobody's to drag (F05)."""
	page, start = screen.page, free["later"]
	held, token = schedule.held_online(page, start), secrets.token_hex(16)
	wish = {"service": SERVICE, "practitioner": free["practitioner"], "start": start}
	seconds = admin.post(f"{VISITOR}.hold", token=token, **wish)["seconds"]
	assert seconds > 0
	expect(held).to_contain_text(say(page, "Online until {0}").split("{0}")[0].strip(), timeout=SECONDS)
	screen.picture(f"scheduling-board-online-{lang}")
	held.click()
	expect(page.locator(".clinic-toast")).to_contain_text(
		say(page, "Somebody on the web site is about to book it; else it is free again then."),
		timeout=SECONDS,
	)
	page.locator(".clinic-toast button").last.click()
	admin.post(f"{VISITOR}.release", token=token)
	expect(held).to_have_count(0, timeout=SECONDS)


@pytest.mark.parametrize("lang", ["en", "fa"])
def test_a_newcomer_is_booked_moved_and_seen_by_others(screen_of, admin, free, leave, lang):
	story = Story(lang, admin)
	screen, other = screen_of("reception", lang), screen_of("manager", lang)
	page, beside = screen.page, other.page
	for one in (screen, other):
		schedule.open_schedule(one, free["day"])
		mark(one.page)
	screen.picture(f"scheduling-board-{lang}")
	see_what_a_visitor_holds(screen, admin, free, lang)
	book(page, story, free)
	screen.picture(f"scheduling-board-book-{lang}")
	schedule.watch_for(beside)
	schedule.note_answers(page, "scheduling.api.book")
	press(page, window(page), "Book")
	windows_closed(page)
	assert schedule.milliseconds_between(page, beside) < SOON_MS
	[row] = admin.rows(
		"Clinic Appointment", {"patient_name": story.full_name}, ("name", "start", "practitioner")
	)
	assert (row["start"], row["practitioner"]) == (free["first"], free["practitioner"])
	name = row["name"]
	expect(schedule.block(beside, name)).to_be_visible(timeout=SECONDS)

	# Dragged an hour later: why, and both screens show it.
	schedule.drag(page, name, free["practitioner"], free["later"])
	schedule.give_reason(page, "asked by phone")
	later = page.evaluate("text => clinic.fmt.time(text)", free["later"])
	for one in (page, beside):
		expect(schedule.block(one, name)).to_contain_text(later, timeout=SECONDS)
	assert admin.value("Clinic Appointment", name, "start") == free["later"]

	# Into a leave: refused with its reason, and back where it was.
	leave(free["first"])
	expect(page.locator(".clinic-band--leave")).not_to_have_count(0, timeout=SECONDS)
	schedule.drag(page, name, free["practitioner"], free["first"])
	schedule.give_reason(page, "try it")
	expect(page.locator(".clinic-toast--error")).to_contain_text("Congress", timeout=SECONDS)
	expect(schedule.block(page, name)).to_contain_text(later)
	assert admin.value("Clinic Appointment", name, "start") == free["later"]
	# The browser's own word for a refusal.
	[refused] = screen.complaints
	assert "422" in refused and "api.reschedule" in refused
	screen.complaints.clear()

	# The panel tells it, and cancels; the state is switched on in the legend.
	schedule.block(page, name).click()
	expect(schedule.panel(page)).to_contain_text("asked by phone", timeout=SECONDS)
	screen.picture(f"scheduling-board-panel-{lang}")
	schedule.cancel(page, "travels")
	expect(schedule.block(beside, name)).to_have_count(0, timeout=SECONDS)
	assert_not_reloaded(page)
	assert_not_reloaded(beside)


@pytest.mark.parametrize("lang", ["en", "fa"])
def test_an_appointment_is_dragged_into_another_room(screen_of, admin, two_rooms, lang):
	story = Story(lang, admin)
	names = {"first_name": story.first_name, "last_name": story.last_name, "mobile": story.mobile}
	made = admin.post(
		"clinic_core.people.api.register_patient", referral_source=SOURCE, gender="Female", **names
	)
	wanted = {key: two_rooms[key] for key in ("practitioner", "start", "branch")}
	name = admin.post(BOOK, patient=made["name"], service=SERVICE, **wanted)["appointment"]
	screen = screen_of("reception", lang)
	page, start = screen.page, two_rooms["start"]
	schedule.open_schedule(screen, start[:10])
	schedule.show_rooms(page)
	schedule.drag(page, name, f"RS:{two_rooms['other']}", start)
	other = story.title("Clinic Resource", two_rooms["other"])
	expect(window(page)).to_contain_text(other, timeout=SECONDS)
	schedule.give_reason(page, "nearer")
	expect(page.locator(".clinic-toast--error")).to_have_count(0)
	schedule.block(page, name).click()
	room = story.title("Clinic Resource", two_rooms["room"])
	expect(schedule.panel(page).locator(".clinic-moves")).to_contain_text(room, timeout=SECONDS)
	assert admin.value("Clinic Appointment", name, "own_resource") == two_rooms["other"]
	assert admin.value("Clinic Appointment", name, "start") == start
