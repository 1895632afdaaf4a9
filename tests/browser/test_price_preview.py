"""The form of a service shows what it costs while somebody types, and the prices it had (A50, A87)."""

import pytest

PANEL = ".clinic-prices .clinic-quote-panel"


@pytest.fixture
def service(admin):
	"""A service of its own with two body areas; gone afterwards."""
	made = admin.resource(
		"POST",
		"Clinic Service",
		service_name="Preview",
		department="SKIN",
		amount=1_000_000,
		duration_minutes=15,
		is_countable=1,
		areas=[{"title": "Face", "amount": 400_000}, {"title": "Leg", "amount": 600_000}],
	)
	assert made.status_code == 200, made.text[:300]
	name = made.json()["data"]["name"]
	yield name
	assert admin.resource("DELETE", "Clinic Service", name).status_code == 202


def shows(page, code, text):
	page.wait_for_function(
		"""([panel, code, text]) => document.querySelector(
			`${panel} tr[data-code="${code}"] .clinic-quote__amount`)?.textContent.includes(text)""",
		arg=[PANEL, code, text],
	)


@pytest.mark.parametrize(
	("lang", "shown"),
	[
		("en", {"first": "1,000,000", "typed": "2,000,000", "tax": "200,000", "area": "1,200,000"}),
		("fa", {"first": "۱٬۰۰۰٬۰۰۰", "typed": "۲٬۰۰۰٬۰۰۰", "tax": "۲۰۰٬۰۰۰", "area": "۱٬۲۰۰٬۰۰۰"}),
	],
)
def test_the_price_follows_what_is_typed(screen_of, service, lang, shown):
	screen = screen_of("manager", lang=lang)
	page = screen.page
	screen.open(f"clinic-service/{service}")
	shows(page, "patient_share", shown["first"])

	page.locator('[data-fieldname="amount"] input').first.fill("۲٬۰۰۰٬۰۰۰")
	page.keyboard.press("Tab")
	shows(page, "patient_share", shown["typed"])
	page.locator('.frappe-control[data-fieldname="tax_percent"] input').fill("10")
	page.keyboard.press("Tab")
	shows(page, "tax", shown["tax"])
	page.locator('.frappe-control[data-fieldname="tax_percent"] input').fill("0")
	page.keyboard.press("Tab")

	panel = page.locator(PANEL)
	panel.locator('[data-input="area"] select').select_option(index=2)
	panel.locator('[data-input="quantity"] input').fill("2")
	shows(page, "patient_share", shown["area"])
	panel.locator('[data-input="discount"] input').fill("50")
	shows(page, "discount", shown["area"].replace("1,2", "6").replace("۱٬۲", "۶"))

	page.locator(".clinic-price-history summary").click()
	page.wait_for_selector('.clinic-price-history__row[data-source="Opening"]')
	assert page.locator(".clinic-price-history__row").count() == 3
