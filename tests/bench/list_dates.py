"""A desk list of 500 rows with Jalali dates against the Gregorian one, measured in the browser (N4).

`./clinic bench list-dates` runs it on the demo clinic that `./clinic up` has started. The rows are fetched once.
Two things are measured, both by turns in either calendar, in one page:

- `draw`: from the data to a painted list, by Frappe's own view;
- `dates_ms`: writing every date of these rows alone, by the formatters that the list uses. It shows what the
  calendar costs even where drawing is noisier than that.

What counts is the processor time of the page's main thread, as Chromium counts it: what else the machine does
meanwhile is not in it. Figures are medians in milliseconds; `more` is the median of the differences within a
turn. docs/performance.md has them.
"""

import argparse
import json
import os
import pathlib
import statistics
import sys

from playwright.sync_api import Page, sync_playwright

ROWS, TURNS = 500, 15
LISTS = ("clinic-appointment", "clinic-session")
CALENDARS = ("Jalali", "Gregorian")
DRAW = """
async calendar => {
	frappe.boot.clinic.calendar = calendar;
	cur_list.render();
	// Painted: the second frame begins after the first was shown.
	for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
}
"""
DATES = """
calendar => {
	frappe.boot.clinic.calendar = calendar;
	const fields = cur_list.meta.fields.filter(({ fieldtype }) => ["Date", "Datetime"].includes(fieldtype));
	const standard = ["creation", "modified"].map((fieldname) => ({ fieldname, fieldtype: "Datetime" }));
	let dates = 0;
	for (const row of cur_list.data)
		for (const field of [...fields, ...standard])
			if (row[field.fieldname] && frappe.format(row[field.fieldname], field)) dates++;
	return dates;
}
"""


class Clock:
	"""Milliseconds the main thread of a page has worked."""

	def __init__(self, page: Page):
		self.session = page.context.new_cdp_session(page)
		self.session.send("Performance.setTimeDomain", {"timeDomain": "threadTicks"})
		self.session.send("Performance.enable")

	def now(self) -> float:
		metrics = self.session.send("Performance.getMetrics")["metrics"]
		return 1_000 * next(one["value"] for one in metrics if one["name"] == "TaskDuration")


def measure(url: str, password: str, program: str, turns: int = TURNS) -> dict[str, dict]:
	"""List → {rows, dates, draw: {Jalali, Gregorian, more}, dates_ms: the same}."""
	with sync_playwright() as driver:
		browser = driver.chromium.launch(executable_path=program, args=["--no-sandbox"])
		try:
			context = browser.new_context(viewport={"width": 1440, "height": 900})
			form = {"usr": "manager@clinic.example", "pwd": password}
			answer = context.request.post(f"{url}/api/method/login", form=form)
			if answer.status != 200:
				raise SystemExit(
					f"the manager of the demo clinic could not sign in at {url}: {answer.status}"
				)
			page = context.new_page()
			return {name: _one_list(page, f"{url}/app/{name}/view/list", turns) for name in LISTS}
		finally:
			browser.close()


def _one_list(page: Page, address: str, turns: int) -> dict:
	page.goto(address)
	page.wait_for_function("() => window.cur_list?.data?.length", timeout=120_000)
	page.evaluate("rows => { cur_list.page_length = rows; return cur_list.refresh(); }", ROWS)
	page.wait_for_function("() => cur_list.data.length > 100", timeout=120_000)
	clock, times = Clock(page), {what: {name: [] for name in CALENDARS} for what in (DRAW, DATES)}
	for turn in range(-1, turns):
		# Whoever comes second in a turn finds more garbage to collect: each is second as often as the other.
		for calendar in CALENDARS if turn % 2 else CALENDARS[::-1]:
			for what, found in times.items():
				begun = clock.now()
				page.evaluate(what, calendar)
				if turn >= 0:  # the first turn compiles
					found[calendar].append(clock.now() - begun)
	return {
		"rows": page.evaluate("cur_list.data.length"),
		"dates": page.evaluate(DATES, CALENDARS[0]),
		"draw": _summary(times[DRAW]),
		"dates_ms": _summary(times[DATES]),
	}


def _summary(times: dict[str, list[float]]) -> dict[str, float]:
	found = {name: round(statistics.median(many), 1) for name, many in times.items()}
	pairs = zip(*(times[name] for name in CALENDARS), strict=True)
	return {**found, "more": round(statistics.median(ours - theirs for ours, theirs in pairs), 1)}


def main(given: list[str]) -> int:
	"""Measure, print a line for each list, write the figures with the load of the machine."""
	parser = argparse.ArgumentParser(prog="./clinic bench list-dates")
	parser.add_argument("--url", required=True)
	parser.add_argument("--chromium", default="/usr/bin/chromium")
	parser.add_argument("--repeat", type=int, default=TURNS)
	parser.add_argument("--json", type=pathlib.Path)
	args = parser.parse_args(given)
	load = os.getloadavg()[0]
	found = measure(args.url, os.environ["CLINIC_DEMO_PASSWORD"], args.chromium, args.repeat)
	for name, numbers in found.items():
		print(f"{name}: {numbers}")
	print(f"load of the machine before and after: {load:.1f}, {os.getloadavg()[0]:.1f}")
	if args.json:
		args.json.write_text(json.dumps({"load": load, "lists": found}, indent=1) + "\n")
	return 0


if __name__ == "__main__":
	sys.exit(main(sys.argv[1:]))
