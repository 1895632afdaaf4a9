"""What each page of /center shows: reads, prices, pictures and words brought together for its template."""

from typing import Any

from frappe import _

from clinic_core.service_catalog.public_page import cards, meta, pictures, profile, read_people, reads
from clinic_core.service_catalog.public_page.rich_text import clean_html, plain_text
from clinic_core.service_catalog.public_page.visit import Visit

Context = dict[str, Any]
SERVICE, ARTICLE, PRACTITIONER = "Clinic Service", "Clinic Article", "Clinic Practitioner"
SEARCH_RESULTS = 60


def home(visit: Visit, text: str = "") -> Context:
	"""The centre with its departments and services; with `text` the services that fit it (A92)."""
	centre = visit.profile
	departments = reads.departments() if centre.published else []
	places = reads.places([row.name for row in departments], text)
	is_whole = len(places) <= cards.WHOLE_PAGE
	found = places[:SEARCH_RESULTS] if text else cards.first_of_each(places)
	shown = reads.services([row.name for row in found])
	articles = reads.articles(3) if centre.published and centre.show_articles else []
	people = read_people.practitioners() if centre.published and centre.show_practitioners else []
	gallery = pictures.load(
		[
			*((SERVICE, row.name) for row in shown),
			*((ARTICLE, row.name) for row in articles),
			*((PRACTITIONER, row.name) for row in people),
			(profile.DOCTYPE, profile.DOCTYPE),
		]
	)
	shown_cards = cards.service_cards(visit, shown, departments, gallery)
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
		groups=cards.grouped(visit, departments, shown_cards, places),
		search=text,
		found=len(places),
		is_whole=is_whole,
		articles=[cards.article_card(visit, row, gallery) for row in articles],
		people=cards.people(people, titles, gallery),
	)


def department(visit: Visit, name: str) -> Context | None:
	"""All services of a department."""
	row = reads.department(name) if visit.profile.published else None
	if not row:
		return None
	places = reads.places([row.name])
	services = reads.services([place.name for place in places])
	gallery = pictures.load([*((SERVICE, one.name) for one in services), (profile.DOCTYPE, profile.DOCTYPE)])
	shown_cards = cards.service_cards(visit, services, [row], gallery)
	return _page(
		visit,
		f"departments/{row.name}",
		template="department.html",
		title=_(row.title),
		description=_("{0} at {1}").format(_(row.title), visit.profile.centre_name),
		logo=gallery.of(profile.DOCTYPE, profile.DOCTYPE, visit.profile.logo),
		groups=cards.grouped(visit, [row], shown_cards, places),
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
	people = read_people.practitioners(row.name) if visit.profile.show_practitioners else []
	gallery = pictures.load(
		[
			*((SERVICE, one.name) for one in [row, *siblings]),
			*((ARTICLE, one.name) for one in articles),
			*((PRACTITIONER, one.name) for one in people),
			(profile.DOCTYPE, profile.DOCTYPE),
		]
	)
	shown_cards = cards.service_cards(visit, [row, *siblings], [home_department], gallery)
	card = shown_cards[0]
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
		shots=cards.shots_of(gallery, row, shots),
		text=clean_html(row.description),
		areas=card["areas"],
		articles=[cards.article_card(visit, one, gallery) for one in articles],
		siblings=shown_cards[1:],
		people=cards.people(people, {home_department.name: _(home_department.title)}, gallery),
		comments=cards.comments_of(visit, comments),
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
		articles=[cards.article_card(visit, row, gallery) for row in rows],
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
	writer = read_people.author(row.author)
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
		services=cards.service_cards(visit, services, reads.departments(), gallery),
		comments=cards.comments_of(visit, comments),
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
