"""The manager changes prices: chosen services, percent, one typed over, a price list, submit, and back again."""

import pytest

WORDS = {
	"en": {"change": "Change prices", "revert": "Revert prices", "percent": "10", "typed": "4,100,000"},
	"fa": {
		"change": "تغییر قیمت‌ها",
		"revert": "بازگرداندن قیمت‌ها",
		"percent": "۱۰",
		"typed": "۴٬۱۰۰٬۰۰۰",
	},
}
VISIT, REVIEW = "VISIT-SKIN", "REVIEW-SKIN"


def prices(admin):
	return [admin.value("Clinic Service", name, "amount") for name in (VISIT, REVIEW)]


def row(page, service):
	return page.locator(f'.clinic-prices__row[data-key="{service}|"]')


# The walk through all of services and prices does it in English, too.
@pytest.mark.parametrize("lang", ["fa"])
def test_from_the_choice_to_the_new_price_and_back(screen_of, admin, lang):
	words = WORDS[lang]
	before = prices(admin)
	screen = screen_of("manager", lang=lang)
	page = screen.page
	screen.open("clinic-price-update")
	page.evaluate("names => clinic.catalog.new_price_update(names)", [VISIT, REVIEW])
	row(page, VISIT).wait_for()
	percent = page.locator("[data-fieldname=change_percent] input")
	percent.click()
	# Frappe marks the text of a number box a moment later, wherever the keyboard is by then.
	page.wait_for_timeout(500)
	percent.fill(words["percent"])
	percent.blur()
	page.wait_for_function("() => document.querySelector('.clinic-prices__row--up')")

	box = row(page, REVIEW).locator("input")
	box.fill(words["typed"])
	box.press("ArrowUp")
	page.locator(".clinic-prices__typed").wait_for()
	assert page.evaluate("() => document.activeElement.dataset.key") == f"{VISIT}|"

	_read_a_price_list(page, lang)
	page.evaluate("() => cur_frm.save()")
	page.get_by_role("button", name=words["change"]).wait_for()
	page.get_by_role("button", name=words["change"]).click()
	page.locator(".modal.show strong").wait_for()
	page.locator(".modal.show").get_by_role("button", name=words["change"]).click()
	page.get_by_role("button", name=words["revert"]).wait_for()
	assert prices(admin) == [9_990_000, 4_100_000]

	page.get_by_role("button", name=words["revert"]).click()
	page.locator(".modal.show textarea").fill("a slip")
	page.locator(".modal.show").get_by_role("button", name=words["revert"]).click()
	page.wait_for_function("() => cur_frm.doc.docstatus === 2")
	assert prices(admin) == before


def _read_a_price_list(page, lang):
	"""A file of Windows-1256 with one good row and one that is no service."""
	text = f"كد;قيمت جديد (ريال)\r\n{VISIT};9,990,000\r\nنيست;1\r\n"
	page.locator(".clinic-prices__files button").nth(1).click()
	chosen = {"name": "prices.csv", "mimeType": "text/csv", "buffer": text.encode("cp1256")}
	page.locator(".modal.show input[type=file]").set_input_files(chosen)
	problems = page.locator(".modal.show .clinic-prices__problem-rows tbody tr")
	problems.first.wait_for()
	assert problems.count() == 1
	page.locator(".modal.show .modal-footer .btn-primary, .modal.show .btn-modal-primary").first.click()
	page.wait_for_function("() => document.querySelectorAll('.clinic-prices__typed').length === 2")
