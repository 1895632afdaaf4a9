"""A visitor with a phone reads about a service and comments; the manager publishes the comment."""

from playwright.sync_api import expect

from tests.browser.steps.catalog import photograph
from tests.browser.steps.hands import SECONDS, button

SERVICE = "HYDRA"
WORDS = {
	"en": ("Narges", "Friendly people, and my skin feels fresh."),
	"fa": ("نرگس", "برخورد صمیمی بود و پوستم شاداب شد."),
}


def open_service(visitor, catalog):
	"""The page of a service that has pictures and an article."""
	route = catalog.admin.value("Clinic Service", SERVICE, "route")
	visitor.page.goto(f"{visitor.url}/center/{route}?_lang={catalog.lang}")
	expect(visitor.page.locator("h1")).to_be_visible(timeout=SECONDS)


def look_at_the_pictures(visitor, catalog):
	"""A touch opens the picture; on to the next; closed again."""
	page = visitor.page
	photograph_page(visitor, f"center-service-{catalog.lang}")
	lightbox = page.locator("#lightbox")
	page.locator("#gallery .shot").first.tap()
	expect(lightbox).to_be_visible()
	image, count = lightbox.locator("img"), lightbox.locator(".lb-count")
	expect(count).not_to_be_empty()
	first, said = image.get_attribute("src"), count.inner_text()
	lightbox.locator(".lb-next").tap()
	expect(count).not_to_have_text(said)
	assert image.get_attribute("src") != first
	expect(image).to_have_js_property("complete", True)
	photograph_page(visitor, f"center-gallery-{catalog.lang}")
	lightbox.locator(".lb-close").tap()
	expect(lightbox).to_be_hidden()


def photograph_page(visitor, name):
	"""As it is seen on the phone."""
	visitor.page.wait_for_timeout(300)
	visitor.picture(name)


def read_an_article(visitor, catalog):
	"""The article about the service is one touch away."""
	page = visitor.page
	link = page.locator(".card.article .card-title a").first
	title = link.inner_text()
	link.tap()
	expect(page.locator("h1")).to_have_text(title, timeout=SECONDS)
	open_service(visitor, catalog)


def comment(visitor, catalog):
	"""Five stars and a sentence: thanked, and not shown before somebody has read it."""
	page = visitor.page
	name, text = WORDS[catalog.lang]
	catalog.comment = catalog.title_for("Clinic Service Review", "text", text)
	page.locator('label[for="star-5"]').tap()
	page.locator("#c-name").fill(name)
	page.locator("#c-text").press_sequentially(catalog.comment, delay=110)  # who writes faster is a machine
	page.locator("#comment-form button[type=submit]").tap()
	expect(page.locator("#comment-thanks")).to_be_visible(timeout=SECONDS)
	rows = catalog.admin.rows(
		"Clinic Service Review", {"text": catalog.comment}, ("name", "status", "service", "stars")
	)
	assert [(row["status"], row["service"], row["stars"]) for row in rows] == [("Pending", SERVICE, 5)]
	catalog.remember("Clinic Service Review", rows[0]["name"])
	expect(comment_on(visitor, catalog)).to_have_count(0)


def comment_on(visitor, catalog):
	"""The comment on the page, opened anew."""
	open_service(visitor, catalog)
	return visitor.page.locator(".comment-text", has_text=catalog.comment)


def publish(screen, catalog):
	"""Comments that wait are what the list shows; one click publishes."""
	page = screen.page
	screen.open("clinic-service-review")
	row = page.locator(".list-row", has_text=WORDS[catalog.lang][0])
	expect(row).to_be_visible(timeout=SECONDS)
	photograph(screen, f"comments-{catalog.lang}")
	button(page, row, "Publish", context="comment").click()
	expect(row).to_have_count(0, timeout=SECONDS)


def is_shown(visitor, catalog):
	"""Now everybody reads it."""
	shown = comment_on(visitor, catalog)
	expect(shown).to_be_visible(timeout=SECONDS)
	shown.evaluate("one => one.scrollIntoView({ block: 'center' })")
	photograph_page(visitor, f"center-comments-{catalog.lang}")
