"""What each page of /center shows: reads, prices, pictures and words brought together for its template."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from frappe import _

from clinic_core.people.names import fold
from clinic_core.service_catalog.public_page import (
	colours,
	contact_links,
	meta,
	pictures,
	profile,
	public_prices,
	reads,
)
from clinic_core.service_catalog.public_page.formats import Words
from clinic_core.service_catalog.public_page.rich_text import clean_html, plain_text

Context = dict[str, Any]
SERVICE, ARTICLE, PRACTITIONER = "Clinic Service", "Clinic Article", "Clinic Practitioner"
WHOLE_PAGE = 240
"""So many services are shown at once; of more, each department shows the first and has a page of its own."""
FIRST_OF_DEPARTMENT = 6
SEARCH_RESULTS = 60


class Visit:
	"""What one request is about: the centre, the language, and how links keep that language."""

	def __init__(self, lang: str, is_chosen: bool) -> None:
		self.lang, self.is_chosen = lang, is_chosen
		self.profile = profile.shown()
		self.words = Words(lang)
		self.colour = colours.readable(self.profile.colour)
		self._book: str | None = None
		self._is_asked = False

	def link(self, path: str = "") -> str:
		"""The address of a page below /center, in the language the visitor chose."""
		address = "/center" + (f"/{path}" if path else "")
		return f"{address}?_lang={self.lang}" if self.is_chosen else address

	def links(self, services: list[str]) -> dict[str, str]:
		"""Where “Book” leads for each service; the centre's own address is remembered."""
		found = contact_links.find(self.profile, services)
		self._book, self._is_asked = found.get(contact_links.CENTRE), True
		return found

	def book(self) -> str | None:
		"""Where “Book” of the centre leads; apps are asked once for a page."""
		if not self._is_asked:
			self.links([])
		return self._book


def home(visit: Visit, text: str = "") -> Context:
	"""The centre with its departments and services; with `text` the services that fit it (A92)."""
	centre = visit.profile
	departments = reads.departments() if centre.published else []
	places = reads.places([row.name for row in departments], text)
	is_whole = len(places) <= WHOLE_PAGE
	found = places[:SEARCH_RESULTS] if text else _first_of_each(places)
	shown = reads.services([row.name for row in found])
	articles = reads.articles(3) if centre.published and centre.show_articles else []
	people = reads.practitioners() if centre.published and centre.show_practitioners else []
	gallery = pictures.load(
		[
			*((SERVICE, row.name) for row in shown),
			*((ARTICLE, row.name) for row in articles),
			*((PRACTITIONER, row.name) for row in people),
			(profile.DOCTYPE, profile.DOCTYPE),
		]
	)
	cards = _cards(visit, shown, departments, gallery)
	titles = {row.name: _(row.title) for row in departments}
	return _page(
		visit,
		"",
		template="home.html",
		title=centre.centre_name,
		description=centre.meta_description or centre.tagline or plain_text(centre.about, 160),
		cover=gallery.of(profile.DOCTYPE, profile.DOCTYPE, centre.cover),
		logo=gallery.of(profile.DOCTYPE, profile.DOCTYPE, centre.logo),
		about=clean_html(centre.about),
		groups=_groups(visit, departments, cards, places),
		search=text,
		found=len(places),
		is_whole=is_whole,
		articles=[_article_card(visit, row, gallery) for row in articles],
		people=[_person(row, titles, gallery) for row in people],
	)


def department(visit: Visit, name: str) -> Context | None:
	"""All services of a department."""
	row = reads.department(name) if visit.profile.published else None
	if not row:
		return None
	places = reads.places([row.name])
	services = reads.services([place.name for place in places])
	gallery = pictures.load([*((SERVICE, one.name) for one in services), (profile.DOCTYPE, profile.DOCTYPE)])
	cards = _cards(visit, services, [row], gallery)
	return _page(
		visit,
		f"departments/{row.name}",
		template="department.html",
		title=_(row.title),
		description=_("{0} at {1}").format(_(row.title), visit.profile.centre_name),
		logo=gallery.of(profile.DOCTYPE, profile.DOCTYPE, visit.profile.logo),
		groups=_groups(visit, [row], cards, places),
	)


def service(visit: Visit, route: str) -> Context | None:
	"""One service with all that is said of it (A01–A03, A22, A74–A78)."""
	row = reads.service_at(route) if visit.profile.published else None
	home_department = reads.department(row.department) if row else None
	if not row or not home_department:
		return None
	gallery_rows = reads.gallery(row.name)
	articles = reads.articles_of(row.name) if visit.profile.show_articles else []
	siblings = reads.siblings(row)
	gallery = pictures.load(
		[
			*((SERVICE, one.name) for one in [row, *siblings]),
			*((ARTICLE, one.name) for one in articles),
			(profile.DOCTYPE, profile.DOCTYPE),
		]
	)
	cards = _cards(visit, [row, *siblings], [home_department], gallery)
	card = cards[0]
	shots = [(row.photo, ""), *((one.image, one.caption or "") for one in gallery_rows)]
	comments = reads.reviews("service", row.name) if visit.profile.comments_on else []
	return _page(
		visit,
		row.route or row.name,
		template="service.html",
		title=card["title"],
		description=row.summary or plain_text(row.description, 160) or card["title"],
		logo=gallery.of(profile.DOCTYPE, profile.DOCTYPE, visit.profile.logo),
		service=card,
		department={"title": _(home_department.title), "name": home_department.name},
		shots=_shots(gallery, row, shots),
		text=clean_html(row.description),
		areas=card["areas"],
		articles=[_article_card(visit, one, gallery) for one in articles],
		siblings=cards[1:],
		comments=_comments(visit, comments),
		may_comment=bool(visit.profile.comments_on and row.allow_comments),
		comment_kind="service",
		modified=row.modified,
	)


def article_list(visit: Visit) -> Context | None:
	"""All articles, the newest first."""
	if not (visit.profile.published and visit.profile.show_articles):
		return None
	rows = reads.articles()
	gallery = pictures.load([*((ARTICLE, row.name) for row in rows), (profile.DOCTYPE, profile.DOCTYPE)])
	return _page(
		visit,
		"articles",
		template="articles.html",
		title=_("Articles"),
		description=_("Articles of {0}").format(visit.profile.centre_name),
		logo=gallery.of(profile.DOCTYPE, profile.DOCTYPE, visit.profile.logo),
		articles=[_article_card(visit, row, gallery) for row in rows],
	)


def article(visit: Visit, slug: str) -> Context | None:
	"""One article with the services it is about (A02)."""
	row = reads.article_at(slug) if visit.profile.published and visit.profile.show_articles else None
	if not row:
		return None
	services = reads.services_of(row.name)
	gallery = pictures.load(
		[
			(ARTICLE, row.name),
			*((SERVICE, one.name) for one in services),
			(profile.DOCTYPE, profile.DOCTYPE),
		]
	)
	writer = reads.author(row.author)
	comments = reads.reviews("article", row.name) if visit.profile.comments_on else []
	return _page(
		visit,
		f"articles/{row.slug}",
		template="article.html",
		title=_(row.title),
		description=row.summary or plain_text(row.body, 160),
		logo=gallery.of(profile.DOCTYPE, profile.DOCTYPE, visit.profile.logo),
		cover=gallery.of(ARTICLE, row.name, row.cover),
		article=row,
		author=writer.practitioner_name if writer else "",
		published_on=visit.words.day(row.published_on),
		text=clean_html(row.body),
		services=_cards(visit, services, reads.departments(), gallery),
		comments=_comments(visit, comments),
		may_comment=bool(visit.profile.comments_on and row.allow_comments),
		comment_kind="article",
		modified=row.modified,
	)


def not_found(visit: Visit) -> Context:
	"""There is no such page, or it is not shown to strangers: one answer for both."""
	return _page(
		visit,
		"",
		template="not_found.html",
		title=_("This page does not exist"),
		description="",
		logo=None,
		is_missing=True,
	)


def _page(visit: Visit, path: str, **parts: Any) -> Context:
	context = {
		"visit": visit,
		"centre": visit.profile,
		"words": visit.words,
		"path": path,
		"cover": None,
		"is_missing": False,
		"book": None,
		**parts,
	}
	context["book"] = parts["service"]["book"] if parts.get("service") else visit.book()
	context["meta"] = meta.of(visit, context)
	return context


def _cards(
	visit: Visit, rows: list[Any], departments: Iterable[Any], gallery: pictures.Gallery
) -> list[Context]:
	"""Services as cards: prices, links, areas and ratings of all in one question each."""
	names = [row.name for row in rows]
	areas = reads.areas(names)
	priced = [row.name for row in rows if row.show_price]
	prices = public_prices.of([key for name in priced for key in _price_keys(name, areas.get(name, ()))])
	links = visit.links(names)
	ratings = reads.ratings(names) if visit.profile.comments_on else {}
	known = {row.name: row for row in departments}
	cards = []
	for row in rows:
		own = [_area(visit, area, prices.get((row.name, area.code))) for area in areas.get(row.name, ())]
		card = _card(visit, row, known.get(row.department), gallery)
		card.update(_price(visit, prices.get((row.name, "")), own))
		card.update(book=links.get(row.name), rating=_rating(visit, ratings.get(row.name)), areas=own)
		cards.append(card)
	return cards


def _price_keys(service: str, areas: Iterable[Any]) -> list[public_prices.Key]:
	"""A service with areas is sold by area (G07)."""
	return [(service, area.code) for area in areas] or [(service, "")]


def _price(visit: Visit, price: Any, areas: list[Context]) -> Context:
	"""What stands on a card: the price, or the lowest one of the areas it is sold by."""
	lowest = min((area["amount"] for area in areas if area["amount"] is not None), default=None)
	if lowest is not None:
		return {"amount": lowest, "price": _("from {0}", context="price").format(visit.words.money(lowest))}
	return {"amount": price, "price": visit.words.money(price) if price is not None else ""}


def _card(visit: Visit, row: Any, department: Any, gallery: pictures.Gallery) -> Context:
	title = row.display_name or _(row.service_name)
	sessions = row.session_count if row.is_session_based and (row.session_count or 0) > 1 else 0
	return {
		"name": row.name,
		"title": title,
		"letter": title[:1],
		"link": visit.link(row.route or row.name),
		"summary": row.summary or "",
		"picture": gallery.of(SERVICE, row.name, row.photo),
		"colour": colours.readable(department.colour if department else None, visit.colour),
		"department": row.department,
		"duration": visit.words.minutes(row.duration_minutes),
		"minutes": row.duration_minutes,
		"sessions": _("{0} sessions").format(visit.words.number(sessions)) if sessions else "",
		"words": fold(
			f"{title} {row.service_name} {_(department.title) if department else ''} {row.summary or ''}"
		),
	}


def _area(visit: Visit, area: Any, price: Any) -> Context:
	sessions = area.session_count or 0
	return {
		"title": _(area.title),
		"amount": price,
		"price": visit.words.money(price) if price is not None else "",
		"duration": visit.words.minutes(area.duration_minutes),
		"sessions": _("{0} sessions").format(visit.words.number(sessions)) if sessions > 1 else "",
	}


def _rating(visit: Visit, rating: Any) -> Context | None:
	if not rating:
		return None
	return {
		"value": f"{float(rating.stars):.1f}",
		"stars": visit.words.rating(rating.stars),
		"number": rating.count,
		"count": visit.words.number(rating.count),
	}


def _groups(visit: Visit, departments: list[Any], cards: list[Context], places: list[Any]) -> list[Context]:
	"""Departments that have something to show, each with its cards; `places` are all that could be shown."""
	totals = Counter(place.department for place in places)
	groups = []
	for row in departments:
		own = [card for card in cards if card["department"] == row.name]
		if own:
			total = visit.words.number(totals[row.name])
			groups.append(
				{
					"name": row.name,
					"title": _(row.title),
					"colour": colours.readable(row.colour, visit.colour),
					"cards": own,
					"more": total if totals[row.name] > len(own) else "",
					"count": total,
					"link": visit.link(f"departments/{row.name}"),
				}
			)
	return groups


def _first_of_each(places: list[Any]) -> list[Any]:
	"""All of them, or of very many the first ones of each department."""
	if len(places) <= WHOLE_PAGE:
		return places
	taken: Counter[str] = Counter()
	first = []
	for row in places:
		taken[row.department] += 1
		if taken[row.department] <= FIRST_OF_DEPARTMENT:
			first.append(row)
	return first


def _shots(gallery: pictures.Gallery, row: Any, shots: Iterable[tuple[str | None, str]]) -> list[Context]:
	shown = []
	for source, caption in shots:
		picture = gallery.of(SERVICE, row.name, source)
		if picture and picture not in [one["picture"] for one in shown]:
			shown.append({"picture": picture, "caption": caption})
	return shown


def _article_card(visit: Visit, row: Any, gallery: pictures.Gallery) -> Context:
	return {
		"title": _(row.title),
		"letter": row.title[:1],
		"link": visit.link(f"articles/{row.slug}"),
		"summary": row.summary or "",
		"picture": gallery.of(ARTICLE, row.name, row.cover),
		"colour": visit.colour,
		"day": visit.words.day(row.published_on),
	}


def _person(row: Any, titles: dict[str, str], gallery: pictures.Gallery) -> Context:
	return {
		"title": row.practitioner_name,
		"department": titles.get(row.department, ""),
		"picture": gallery.of(PRACTITIONER, row.name, row.photo),
	}


def _comments(visit: Visit, rows: list[Any]) -> list[Context]:
	return [
		{
			"name": row.visitor_name,
			"letter": row.visitor_name[:1],
			"text": row.text,
			"stars": row.stars or 0,
			"stars_text": _("{0} of 5 stars").format(visit.words.number(row.stars or 0)),
			"reply": row.reply or "",
			"day": visit.words.day(row.creation),
			"date": str(row.creation)[:10],
		}
		for row in rows
	]
