"""A desk list of 500 rows with Jalali dates against the Gregorian one, measured in the browser (N4).

    .bench/env/bin/python -m tests.bench.list_dates http://localhost:8000 PASSWORD [rounds]

PASSWORD is that of the demo's manager. The rows are fetched once; what is timed is drawing them, in turns in
either calendar, with the layout that the browser owes for it. The numbers stand in docs/performance.md.
"""

import statistics
import sys

from playwright.sync_api import sync_playwright

ROWS = 500
DOCTYPES = ("clinic-appointment", "clinic-session")
DRAW = """
([calendar, rounds]) => {
	frappe.boot.clinic.calendar = calendar;
	const times = [];
	for (let round = 0; round < rounds; round++) {
		const begun = performance.now();
		cur_list.render();
		cur_list.$result[0].getBoundingClientRect();
		times.push(performance.now() - begun);
	}
	return times;
}
"""


def measure(url: str, password: str, rounds: int, program: str = "/usr/bin/chromium") -> dict[str, dict]:
	"""DocType → {rows, Jalali, Gregorian}: the median of all rounds in milliseconds."""
	found = {}
	with sync_playwright() as driver:
		browser = driver.chromium.launch(executable_path=program, args=["--no-sandbox"])
		context = browser.new_context(viewport={"width": 1440, "height": 900})
		form = {"usr": "manager@clinic.example", "pwd": password}
		assert context.request.post(f"{url}/api/method/login", form=form).status == 200
		page = context.new_page()
		for doctype in DOCTYPES:
			page.goto(f"{url}/app/{doctype}/view/list")
			page.wait_for_function("() => window.cur_list?.data?.length")
			page.evaluate("rows => { cur_list.page_length = rows; return cur_list.refresh(); }", ROWS)
			page.wait_for_function("() => cur_list.data.length > 100")
			times: dict[str, list[float]] = {"Jalali": [], "Gregorian": []}
			for calendar in ("Jalali", "Gregorian") * (rounds // 2):
				times[calendar] += page.evaluate(DRAW, [calendar, 2])
			rows = page.evaluate("cur_list.data.length")
			medians = {name: round(statistics.median(many), 1) for name, many in times.items()}
			found[doctype] = {"rows": rows, **medians}
		browser.close()
	return found


if __name__ == "__main__":
	address, secret = sys.argv[1:3]
	for name, numbers in measure(address, secret, int((sys.argv[3:] or ["20"])[0])).items():
		sys.stdout.write(f"{name}: {numbers}\n")
