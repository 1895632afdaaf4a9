"""Every screen of the journey opens in English and Persian without a complaint, and is photographed."""

import pytest

SCREENS = [
	("manager", "clinic", "workspace-clinic", ".number-widget-box"),
	("manager", "clinic-front-office", "workspace-reception", ".number-widget-box"),
	("crm", "clinic-crm", "workspace-crm", ".number-widget-box"),
	("crm", "clinic-crm-office", "crm-office", ".page-body"),
	("reception", "clinic-front-desk", "front-desk", ".clinic-card"),
	("supervisor", "clinic-cash-desk", "cash-desk-closed", ".clinic-till"),
	("reception", "clinic-appointment", "appointments", ".list-row"),
	("manager", "clinic-service", "services", ".list-row"),
	("manager", "clinic-health", "health", ".clinic-tile"),
]
# Cards and charts come one by one, each asking the server.
LOADED = """() => {
	const cards = [...document.querySelectorAll(".number-widget-box")];
	const charts = [...document.querySelectorAll(".dashboard-widget-box")];
	return cards.every(card => card.querySelector(".widget-content .number"))
		&& charts.every(chart => chart.querySelector("svg.frappe-chart, .chart-empty-state:not(.hide)"));
}"""


@pytest.mark.parametrize("lang", ["en", "fa"])
@pytest.mark.parametrize(("person", "route", "picture", "landmark"), SCREENS, ids=[s[2] for s in SCREENS])
def test_a_screen_opens(screen_of, lang, person, route, picture, landmark):
	screen = screen_of(person, lang)
	screen.open(route)
	screen.page.wait_for_selector(landmark)
	if route.startswith("clinic") and landmark == ".number-widget-box":
		screen.page.wait_for_function(LOADED, timeout=90_000)
		screen.page.wait_for_timeout(1500)  # bars grow
	direction = screen.page.evaluate("getComputedStyle(document.body).direction")
	assert direction == ("rtl" if lang == "fa" else "ltr")
	wide = screen.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
	assert wide <= 1, "the page is wider than the window"
	screen.picture(f"{picture}-{lang}")


def test_a_tablet_is_wide_enough_for_the_front_desk(screen_of):
	screen = screen_of("reception", viewport={"width": 1024, "height": 768})
	screen.open("clinic-front-desk")
	screen.page.wait_for_selector(".clinic-card")
	assert screen.page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 1
