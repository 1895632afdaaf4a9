"""The Schedule page as people use it: places found by column and time, dragging, what stands where."""

from playwright.sync_api import expect

from tests.browser.steps.hands import SECONDS, press, say, window, windows_closed

PAGE = "frappe.pages['clinic-schedule-board'].clinic_schedule"


def open_schedule(screen, day):
	"""Open the page and turn to the day."""
	page = screen.page
	screen.open("clinic-schedule-board")
	expect(page.locator(".clinic-schedule__bar")).to_be_visible(timeout=SECONDS)
	page.evaluate(f"day => {PAGE}.go(day)", day)
	expect(page.locator(".clinic-schedule-head").first).to_be_visible(timeout=SECONDS)


def block(page, appointment):
	"""An appointment in the grid."""
	return page.locator(f".ec-event:not(.ec-ghost) [data-appointment='{appointment}']").first


def held_online(page, start):
	"""A time that a visitor holds, in the grid."""
	return page.locator(f".clinic-slot-event--online:has([data-online='{start}'])").first


def place(page, column, moment):
	"""The point of a column and time "YYYY-MM-DD HH:MM:SS", scrolled into sight: (x, y).

	A column is a practitioner, or "RS:" and a room or device.
	"""
	return page.evaluate(
		"""([key, clock]) => {
			const heads = [...document.querySelectorAll(".clinic-schedule-head")];
			const at = heads.findIndex((head) => head.dataset.column === key);
			heads[at].scrollIntoView({ block: "nearest", inline: "center" });
			const main = document.querySelector(".clinic-schedule .ec-main");
			const day = document.querySelectorAll(".clinic-schedule .ec-body .ec-day")[at];
			const [begin, end] = BOARD.hours();
			const [hour, minute] = clock.split(":").map(Number);
			const share = (hour * 60 + minute - begin) / (end - begin);
			const height = day.getBoundingClientRect().height;
			main.scrollTop = Math.max(0, share * height - main.clientHeight / 2);
			const box = day.getBoundingClientRect();
			return [box.left + box.width / 2, box.top + share * box.height + 2];
		}""".replace("BOARD", PAGE),
		[column if ":" in column else f"PR:{column}", moment[11:16]],
	)


def click_place(page, practitioner, moment):
	"""Click an empty place."""
	page.mouse.click(*place(page, practitioner, moment))


def show_rooms(page):
	"""Only rooms and devices side by side."""
	page.evaluate(f"() => {PAGE}.set_filter({{ show: 'resource' }})")
	expect(page.locator('.clinic-schedule-head[data-column^="PR:"]')).to_have_count(0, timeout=SECONDS)


def drag(page, appointment, column, moment):
	"""Drag an appointment so that it begins at this place."""
	target = place(page, column, moment)
	box = block(page, appointment).bounding_box()
	assert box, "the appointment is not on the screen"
	start = (box["x"] + box["width"] / 2, box["y"] + 4)
	page.mouse.move(*start)
	page.mouse.down()
	for step in range(1, 9):
		share = step / 8
		page.mouse.move(
			start[0] + (target[0] - start[0]) * share, start[1] + (target[1] + 2 - start[1]) * share
		)
	page.mouse.up()


def give_reason(page, text):
	"""Answer the question after a drag."""
	dialog = window(page)
	dialog.locator("textarea").fill(text)
	press(page, dialog, "Move")
	windows_closed(page)
	expect(page.locator(".modal-backdrop")).to_have_count(0, timeout=SECONDS)


def time_of(page, appointment):
	"""The time written on the block."""
	return block(page, appointment).locator(".clinic-slot-event__time").inner_text()


def watch_for(page, appointment=None):
	"""Note the moment at which an appointment (any new one) appears on this screen."""
	page.evaluate(
		"""(name) => {
			const known = new Set([...document.querySelectorAll("[data-appointment]")].map((e) => e.dataset.appointment));
			window.clinic_seen_at = null;
			const look = () => {
				for (const element of document.querySelectorAll(".ec-event [data-appointment]")) {
					const is_new = name ? element.dataset.appointment === name : !known.has(element.dataset.appointment);
					if (is_new) window.clinic_seen_at ||= Date.now();
				}
			};
			new MutationObserver(look).observe(document.querySelector(".clinic-schedule"), { childList: true, subtree: true });
		}""",
		appointment,
	)


def note_answers(page, method):
	"""Note the moment at which the server answered this command."""
	page.evaluate(
		"""(method) => {
			const ask = window.fetch;
			window.fetch = async (...args) => {
				const answer = await ask(...args);
				if (String(args[0]).includes(method)) window.clinic_answered_at = Date.now();
				return answer;
			};
		}""",
		method,
	)


def milliseconds_between(page, other):
	"""From the answer on one screen until it was seen on the other."""
	other.wait_for_function("window.clinic_seen_at", timeout=SECONDS)
	return other.evaluate("window.clinic_seen_at") - page.evaluate("window.clinic_answered_at")


def legend(page, status):
	"""The button of a state above the grid."""
	return page.locator(f".clinic-legend[data-status='{status}']")


def panel(page):
	"""The panel beside the grid."""
	found = page.locator(".clinic-schedule__panel")
	expect(found).to_be_visible(timeout=SECONDS)
	return found


def cancel(page, reason):
	"""Cancel the appointment that is open in the panel."""
	panel(page).locator("[data-action=cancel]").click()
	dialog = window(page)
	dialog.locator("textarea").fill(reason)
	dialog.get_by_role("button", name=say(page, "Cancel appointment"), exact=True).or_(
		dialog.get_by_role("button", name=say(page, "Cancel the appointment"), exact=True)
	).first.click(timeout=SECONDS)
	windows_closed(page)
