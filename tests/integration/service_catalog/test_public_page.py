"""The public page: what strangers see, what they never see, and how many queries it takes."""

import json
import re

import pytest
from clinic_core.foundation.errors import InvalidInputError

from tests.integration.service_catalog.public_page_world import PublicPage


@pytest.fixture
def world(site):
	return PublicPage(site)


def article(world, services=(), **values):
	return world.make(
		"Clinic Article",
		**{
			"title": f"Article {world.site.generate_hash(length=6)}",
			"body": "<p>Words</p>",
			"status": "Published",
			"services": [{"service": one.name} for one in services],
			**values,
		},
	)


def test_a_shown_service_is_on_the_page_with_price_only_if_the_manager_wants(world):
	priced, silent = world.service(show_price=1, amount=7_654_000), world.service(amount=7_321_000)
	html, status = world.page()
	assert status == 200
	assert priced.service_name in html and silent.service_name in html
	assert "7,654,000" in html and "7,321,000" not in html
	assert "7,321,000" not in world.page(silent.route)[0]


@pytest.mark.parametrize("hidden", [{"show_in_profile": 0}, {"status": "Inactive"}])
def test_a_hidden_service_is_nowhere(world, hidden):
	service = world.service(**hidden)
	assert service.service_name not in world.page()[0]
	html, status = world.page(service.route)
	assert status == 404 and service.service_name not in html


def test_services_of_a_department_out_of_use_are_not_shown(site, world):
	service = world.service()
	site.db.set_value("Clinic Department", world.department.name, "is_active", 0)
	assert service.service_name not in world.page()[0]
	assert world.page(service.route)[1] == 404
	assert world.page(f"departments/{world.department.name}")[1] == 404


def test_the_managers_order_is_kept(world):
	last, first = world.service(priority=90), world.service(priority=10)
	html = world.page(f"departments/{world.department.name}")[0]
	assert html.index(first.service_name) < html.index(last.service_name)


def test_markup_in_names_and_texts_is_text_or_gone(world):
	service = world.service(
		display_name="<script>alert('name')</script>Peel",
		summary="<img src=x onerror=alert('summary')>",
		description="<p>Fine</p><script>alert('text')</script><img src=x onerror=alert(1)>",
	)
	service.db_set("display_name", "<script>alert('name')</script>Peel")
	service.db_set("description", "<p>Fine</p><script>alert('text')</script><p onclick=alert(1)>Too</p>")
	service.db_set("summary", "<img src=x onerror=alert('summary')>")
	for html in (world.page()[0], world.page(service.route)[0]):
		assert "<script>alert" not in html
		assert not re.search(r"<[^>]+\son(error|click)=", html)
	assert "<p>Fine</p>" in world.page(service.route)[0]


def test_facts_for_search_engines_cannot_leave_their_element(world):
	service = world.service()
	service.db_set("service_name", "</script><script>alert(1)</script>")
	html = world.page(service.route)[0]
	[facts] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
	assert json.loads(facts)[0]["name"] == "</script><script>alert(1)</script>"


def test_the_page_says_its_address_languages_and_direction(world):
	service = world.service()
	persian, english = world.page(service.route, "fa")[0], world.page(service.route, "en")[0]
	assert '<html lang="fa" dir="rtl">' in persian and '<html lang="en" dir="ltr">' in english
	assert 'rel="canonical"' in english and 'hreflang="fa"' in english and 'property="og:title"' in english
	assert "۳۰ دقیقه" in persian and "30 minutes" in english


def test_prices_are_in_the_unit_and_digits_people_know(site, world):
	service = world.service(show_price=1, amount=4_200_000)
	html = world.page(service.route, "fa")[0]
	unit = site.get_attr("clinic_core.foundation.settings.shown_unit")()
	assert ("۴۲۰٬۰۰۰" if unit else "۴٬۲۰۰٬۰۰۰") in html


def test_body_areas_have_their_prices_and_the_card_names_the_lowest(world):
	service = world.service(
		show_price=1,
		areas=[{"title": "Chin", "amount": 900_000}, {"title": "Full face", "amount": 2_500_000}],
	)
	html = world.page(service.route)[0]
	assert "Chin" in html and "2,500,000" in html and "from 900,000" in html


def test_articles_appear_when_published_and_not_before_their_day(site, world):
	service = world.service()
	out = article(world, [service])
	draft = article(world, [service], status="Draft")
	coming = article(world, [service], published_on=site.utils.add_days(site.utils.today(), 3))
	html = world.page(service.route)[0] + world.page("articles")[0]
	assert out.title in html and draft.title not in html and coming.title not in html
	assert world.page(f"articles/{out.slug}")[1] == 200
	assert world.page(f"articles/{draft.slug}")[1] == world.page(f"articles/{coming.slug}")[1] == 404


def test_an_article_names_shown_services_only(world):
	shown, hidden = world.service(), world.service(show_in_profile=0)
	html = world.page(f"articles/{article(world, [shown, hidden]).slug}")[0]
	assert shown.service_name in html and hidden.service_name not in html


def test_two_articles_of_one_title_have_addresses_of_their_own(world):
	one = article(world, title="لیزر چیست؟")
	two = article(world, title="لیزر چیست؟")
	assert one.slug.startswith("لیزر-چیست") and two.slug != one.slug
	with pytest.raises(InvalidInputError, match="address of another article"):
		article(world, slug=one.slug)


def test_a_service_cannot_take_the_address_of_a_page(world):
	assert world.service(service_name="Articles").route not in ("articles", "")
	with pytest.raises(InvalidInputError, match="page of its own"):
		world.service(route="departments")


def test_arranging_the_services_makes_the_pages_anew(site, world):
	from clinic_core.service_catalog.lists import arranging
	from clinic_core.service_catalog.public_page import page_cache

	one, other = world.service(priority=10), world.service(priority=20)
	now = arranging.current()
	order = [[row["name"], [card["name"] for card in row["services"]]] for row in now["departments"]]
	for department, names in order:
		if department == world.department.name:
			names[:] = [other.name, one.name]
	generation = page_cache.generation()
	arranging.arrange([(department, names) for department, names in order], now["seen"])
	assert page_cache.generation() != generation


def test_an_article_without_words_is_not_published(world):
	with pytest.raises(InvalidInputError, match="without text"):
		article(world, body="<p><br></p>")


def test_a_page_that_is_switched_off_still_says_who_and_where(site, world):
	service = world.service()
	profile = site.get_doc("Clinic Public Profile")
	profile.update({"published": 0, "centre_name": "Sepid", "phone": "021 1234"})
	profile.save()
	html, status = world.page()
	assert status == 200 and "Sepid" in html and "021 1234" in html
	assert service.service_name not in html
	assert world.page(service.route)[1] == world.page("articles")[1] == 404


def test_a_profile_nobody_ever_saved_shows_the_branch_and_the_services(site, world):
	site.db.delete("Singles", {"doctype": "Clinic Public Profile"})
	service = world.service()
	html, status = world.page()
	title = site.db.get_value("Clinic Branch", {"is_active": 1}, "title", order_by="creation asc")
	assert status == 200 and service.service_name in html
	assert title in html or site.db.get_value("Clinic Legal Entity", {}, "title") in html


@pytest.mark.parametrize(
	("field", "value"),
	[
		("booking_url", "javascript:alert(1)"),
		("map_url", "//evil.example"),
		("booking_url", "//evil.example"),
	],
)
def test_addresses_that_are_none_are_refused(site, field, value):
	profile = site.get_doc("Clinic Public Profile")
	profile.set(field, value)
	with pytest.raises(InvalidInputError):
		profile.save()


def test_book_leads_to_the_lead_form_of_the_service_or_where_the_centre_wants(site, world):
	service = world.service()
	route = site.db.get_value(
		"Clinic Lead Form", {"status": "Active", "visibility": "Public"}, "route", order_by="creation asc"
	)
	assert f"/lead/{route}?service={service.name}" in world.page(service.route)[0]
	profile = site.get_doc("Clinic Public Profile")
	profile.booking_url = "https://book.example/sepid"
	profile.save()
	assert "https://book.example/sepid" in world.page(service.route)[0]


def test_without_anywhere_to_lead_there_is_no_button(site, world):
	for form in site.get_all("Clinic Lead Form", pluck="name"):
		site.db.set_value("Clinic Lead Form", form, "status", "Inactive")
	site.db.set_single_value("Clinic Settings", "online_booking", 0)
	site.clear_document_cache("Clinic Settings", "Clinic Settings")
	html = world.page(world.service().route)[0]
	assert "Book an appointment" not in html and "/lead/" not in html


def test_searching_finds_what_is_typed_on_any_keyboard(world):
	service, other = (
		world.service(service_name="کرایوتراپی ويژه ۱۲"),
		world.service(service_name="Peeling 9931"),
	)
	html = world.page(lang="fa", text="كرایوتراپي ۱۲")[0]
	assert service.service_name in html and other.service_name not in html


def test_of_very_many_services_each_department_shows_its_first(world, monkeypatch):
	from clinic_core.service_catalog.public_page import cards

	monkeypatch.setattr(cards, "WHOLE_PAGE", 3)
	services = [world.service(priority=place) for place in range(cards.FIRST_OF_DEPARTMENT + 2)]
	html = world.page()[0]
	assert services[0].service_name in html and services[-1].service_name not in html
	assert services[-1].service_name in world.page(f"departments/{world.department.name}")[0]


def test_queries_do_not_grow_with_what_is_shown(world, count_queries):
	def fill():
		service = world.service(
			show_price=1, summary="x", areas=[{"title": "A", "amount": 5}], photo=world.upload()
		)
		article(world, [service])
		world.site.get_attr("clinic_core.service_catalog.pictures.images.sync")(
			"Clinic Service", service.name
		)
		return service

	def measure(path):
		world.page(path)
		with count_queries() as queries:
			world.page(path)
		return len(queries)

	first = fill()
	paths = ("", first.route, "articles", f"departments/{world.department.name}")
	before = [measure(path) for path in paths]
	for _more in range(4):
		world.review(fill(), stars=5)
	assert [measure(path) for path in paths] == before
	assert before[0] <= 19 and before[1] <= 20 and before[2] <= 9 and before[3] <= 17, before


def test_a_page_is_kept_and_forgotten_when_something_it_shows_changes(site, world):
	from clinic_core.service_catalog.public_page import page_cache

	generation = page_cache.generation()
	page_cache.keep(f"{generation}|test", "kept")
	assert page_cache.read(f"{generation}|test") == "kept"
	world.service()
	assert page_cache.generation() != generation
