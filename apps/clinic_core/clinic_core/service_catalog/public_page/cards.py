"""Services, articles, people and comments as the templates of the public page show them."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from frappe import _

from clinic_core.people.names import fold
from clinic_core.service_catalog.public_page import colours, pictures, public_prices, read_people, reads
from clinic_core.service_catalog.public_page.visit import Visit

Context = dict[str, Any]
SERVICE, ARTICLE, PRACTITIONER = "Clinic Service", "Clinic Article", "Clinic Practitioner"
WHOLE_PAGE = 240
"""So many services are shown at once; of more, each department shows the first and has a page of its own."""
FIRST_OF_DEPARTMENT = 6


def service_cards(
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


def grouped(visit: Visit, departments: list[Any], cards: list[Context], places: list[Any]) -> list[Context]:
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


def first_of_each(places: list[Any]) -> list[Any]:
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


def shots_of(gallery: pictures.Gallery, row: Any, shots: Iterable[tuple[str | None, str]]) -> list[Context]:
	"""The pictures of a service with their captions, each once."""
	shown = []
	for source, caption in shots:
		picture = gallery.of(SERVICE, row.name, source)
		if picture and picture not in [one["picture"] for one in shown]:
			shown.append({"picture": picture, "caption": caption})
	return shown


def article_card(visit: Visit, row: Any, gallery: pictures.Gallery) -> Context:
	"""An article as a card."""
	return {
		"title": _(row.title),
		"letter": row.title[:1],
		"link": visit.link(f"articles/{row.slug}"),
		"summary": row.summary or "",
		"picture": gallery.of(ARTICLE, row.name, row.cover),
		"colour": visit.colour,
		"day": visit.words.day(row.published_on),
	}


def people(rows: list[Any], titles: dict[str, str], gallery: pictures.Gallery) -> list[Context]:
	"""Practitioners with speciality, biography and pictures; `titles`: departments by name."""
	more = read_people.galleries([row.name for row in rows])
	return [_person(row, titles, gallery, more.get(row.name, [])) for row in rows]


def _person(row: Any, titles: dict[str, str], gallery: pictures.Gallery, shots: list[Any]) -> Context:
	text = _(row.biography) if row.biography else ""
	pictured = [(gallery.of(PRACTITIONER, row.name, one.image), one.caption or "") for one in shots]
	return {
		"title": row.practitioner_name,
		"department": titles.get(row.department, ""),
		"speciality": _(row.speciality) if row.speciality else "",
		"languages": _(row.languages) if row.languages else "",
		"biography": [part.strip() for part in text.split("\n\n") if part.strip()],
		"shots": [{"picture": picture, "caption": caption} for picture, caption in pictured if picture],
		"picture": gallery.of(PRACTITIONER, row.name, row.photo),
	}


def comments_of(visit: Visit, rows: list[Any]) -> list[Context]:
	"""Published comments, with days and stars in the visitor's language."""
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
