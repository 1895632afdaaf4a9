"""The manager looks at what the services brought in, and at the documents behind a figure."""

import re

from playwright.sync_api import expect

from tests.browser.steps.catalog import photograph
from tests.browser.steps.hands import SECONDS, money, say


def see_the_statistics(screen, lang):
	"""A row for each service, their sum, another period, and the receptions behind one figure."""
	page = screen.page
	screen.open("clinic-service-statistics")
	period = page.get_by_label(say(page, "Period"), exact=True)
	period.select_option("month", timeout=SECONDS)
	rows = settled(page)
	sums_up(page)
	period.select_option("year")
	assert settled(page) >= rows
	net = sums_up(page)
	tile = page.locator('.clinic-stats__tile[data-field="net"]')
	expect(tile).to_contain_text(money(page, net, unit=True))
	page.locator(".clinic-stats__chart svg").wait_for()
	page.wait_for_timeout(1500)  # lines grow
	photograph(screen, f"statistics-{lang}")
	open_the_documents(page)


def settled(page):
	"""Wait until the figures of the chosen period are there. Returns how many services have any."""
	page.wait_for_function(
		"() => document.querySelector('.clinic-stats__body[aria-busy]') === null"
		" && document.querySelector('.clinic-stats__table tbody tr')",
		timeout=SECONDS,
	)
	return page.locator(".clinic-stats__table tbody tr").count()


def sums_up(page):
	"""The last row is the sum of the others: the net revenue, in stored units."""
	column = page.evaluate(
		"""() => {
			const amount = (cell) => Number(cell.textContent
				.replace(/[۰-۹]/g, (digit) => "۰۱۲۳۴۵۶۷۸۹".indexOf(digit)).replace(/[^0-9-]/g, ""));
			const cells = (part) =>
				[...document.querySelectorAll(`.clinic-stats__table ${part} td[data-field=net]`)].map(amount);
			return { rows: cells("tbody"), total: cells("tfoot") };
		}"""
	)
	assert column["rows"] and column["total"] == [sum(column["rows"])], column
	return column["total"][0]


def open_the_documents(page):
	"""A click on the number of receptions leads to exactly that many."""
	figure = page.locator('.clinic-stats__table tbody [data-opens="receptions"]').first
	count = int(re.sub(r"\D", "", figure.inner_text()))
	figure.click()
	page.wait_for_url("**/clinic-reception/view/list*", timeout=SECONDS)
	page.wait_for_function(
		"() => window.cur_list?.doctype === 'Clinic Reception' && cur_list.get_filters_for_args().length >= 3",
		timeout=SECONDS,
	)
	found = page.evaluate(
		"""() => frappe.call("frappe.desk.reportview.get_count", {
			doctype: cur_list.doctype, filters: cur_list.get_filters_for_args(),
			fields: [], distinct: true,
		}).then((answer) => answer.message)"""
	)
	assert found == count, "the filters of the list find other receptions than the figure counts"
	page.evaluate("clinic.compat.refresh_list(cur_list)")
	shown = page.locator(".list-row:visible")
	expect(shown).to_have_count(min(count, 20), timeout=SECONDS)


def see_the_performance(screen, lang):
	"""What everybody earned this month, with a row for each person."""
	page = screen.page
	screen.open("query-report/Clinic Practitioner Performance")
	expect(page.locator(".dt-scrollable .dt-row[data-row-index]").first).to_be_visible(timeout=SECONDS)
	photograph(screen, f"performance-{lang}")
