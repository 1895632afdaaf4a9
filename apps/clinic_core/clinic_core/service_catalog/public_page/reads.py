"""What the public page reads: one query per kind, however many rows there are. No permissions asked.

Everything here is meant for strangers: only what is active, shown and published is ever read, and only the
fields that are printed.
"""

from collections.abc import Sequence
from typing import Any

import frappe
from frappe.query_builder.functions import Avg, Count
from frappe.utils import getdate

from clinic_core.people.names import fold

SERVICE, ARTICLE, REVIEW = "Clinic Service", "Clinic Article", "Clinic Service Review"
_CARD = [
	"name",
	"service_name",
	"display_name",
	"department",
	"summary",
	"photo",
	"route",
	"show_price",
	"duration_minutes",
	"is_session_based",
	"session_count",
	"allow_comments",
]
_ARTICLE = ["name", "title", "slug", "summary", "cover", "published_on", "author", "modified"]
REVIEWS_SHOWN = 50


def departments() -> list[Any]:
	"""Active departments in the manager's order."""
	return frappe.get_all(
		"Clinic Department",
		{"is_active": 1},
		["name", "title", "colour"],
		order_by="priority asc, title asc",
		limit_page_length=0,
	)


def places(departments: Sequence[str], text: str = "") -> list[Any]:
	"""Shown services of these departments as {name, department}, in the manager's order.

	With `text` only those whose search text has all its words.
	"""
	if not departments:
		return []
	filters: list[list[Any]] = [
		["status", "=", "Active"],
		["show_in_profile", "=", 1],
		["department", "in", list(departments)],
	]
	# Folded words are letters and digits only: no sign of theirs means anything to LIKE.
	filters += [["search_text", "like", f"%{word}%"] for word in fold(text).split()]
	return frappe.get_all(
		SERVICE,
		filters,
		["name", "department"],
		order_by="priority asc, service_name asc, name asc",
		limit_page_length=0,
	)


def services(names: Sequence[str]) -> list[Any]:
	"""What the cards of these services say, in this order."""
	if not names:
		return []
	rows = frappe.get_all(
		SERVICE, {"name": ("in", list(names))}, _CARD, order_by="name asc", limit_page_length=0
	)
	found = {row.name: row for row in rows}
	return [found[name] for name in names if name in found]


def service_at(route: str) -> Any:
	"""The shown service with this route or, for one that has none, this code; None if there is none."""
	rows = frappe.get_all(
		SERVICE,
		filters={"status": "Active", "show_in_profile": 1},
		or_filters={"route": route, "name": route},
		fields=[*_CARD, "description", "modified", "touch_up_days", "gender"],
		order_by="route desc",
		limit=2,
	)
	exact = [row for row in rows if (row.route or row.name) == route]
	return exact[0] if exact else None


def department(name: str) -> Any:
	"""One active department, None if it is not in use."""
	found = frappe.get_all(
		"Clinic Department", {"name": name, "is_active": 1}, ["name", "title", "colour"], limit=1
	)
	return found[0] if found else None


def areas(services: Sequence[str]) -> dict[str, list[Any]]:
	"""service → its body areas on sale, in the manager's order (G07)."""
	if not services:
		return {}
	found: dict[str, list[Any]] = {}
	for row in frappe.get_all(
		"Clinic Service Area",
		{"parent": ("in", list(services)), "parenttype": SERVICE, "is_active": 1},
		["parent", "code", "title", "duration_minutes", "session_count"],
		order_by="parent asc, idx asc",
		limit_page_length=0,
	):
		found.setdefault(row.parent, []).append(row)
	return found


def gallery(service: str) -> list[Any]:
	"""Rows {image, caption} in the manager's order."""
	return frappe.get_all(
		"Clinic Service Image",
		{"parent": service, "parenttype": SERVICE},
		["image", "caption"],
		order_by="idx asc",
		limit_page_length=0,
	)


def siblings(service: Any, limit: int = 6) -> list[Any]:
	"""Other shown services of the department, the first ones of the manager's order."""
	return frappe.get_all(
		SERVICE,
		{
			"status": "Active",
			"show_in_profile": 1,
			"department": service.department,
			"name": ("!=", service.name),
		},
		_CARD,
		order_by="priority asc, service_name asc, name asc",
		limit=limit,
	)


def ratings(services: Sequence[str]) -> dict[str, Any]:
	"""service → {stars, count} of its published comments with stars."""
	if not services:
		return {}
	table = frappe.qb.DocType(REVIEW)
	rows = (
		frappe.qb.from_(table)
		.select(table.service, Avg(table.stars).as_("stars"), Count(table.name).as_("count"))
		.where(table.service.isin(list(services)))
		.where(table.status == "Published")
		.where(table.stars > 0)
		.groupby(table.service)
		.run(as_dict=True)
	)
	return {row.service: row for row in rows}


def reviews(kind: str, name: str) -> list[Any]:
	"""The latest published comments of a service or article; never how to reach the writer."""
	return frappe.get_all(
		REVIEW,
		{kind: name, "status": "Published"},
		["name", "visitor_name", "text", "stars", "reply", "published_at", "creation"],
		order_by="published_at desc, name asc",
		limit=REVIEWS_SHOWN,
	)


def articles(limit: int = 0) -> list[Any]:
	"""Published articles, the newest first; those of a day to come are not out yet."""
	return frappe.get_all(
		ARTICLE,
		{"status": "Published", "published_on": ("<=", getdate())},
		_ARTICLE,
		order_by="published_on desc, creation desc",
		limit_page_length=limit,
	)


def articles_of(service: str) -> list[Any]:
	"""Published articles of a service, the newest first (A02, A23)."""
	row, article = frappe.qb.DocType("Clinic Article Service"), frappe.qb.DocType(ARTICLE)
	return (
		frappe.qb.from_(row)
		.join(article)
		.on((article.name == row.parent) & (row.parenttype == ARTICLE))
		.select(*[article[field] for field in _ARTICLE])
		.where(row.service == service)
		.where(article.status == "Published")
		.where(article.published_on <= getdate())
		.orderby(article.published_on, order=frappe.qb.desc)
		.orderby(article.name)
		.limit(12)
		.run(as_dict=True)
	)


def article_at(slug: str) -> Any:
	"""The published article with this address, None if there is none."""
	rows = frappe.get_all(
		ARTICLE,
		{"slug": slug, "status": "Published", "published_on": ("<=", getdate())},
		[*_ARTICLE, "body", "allow_comments"],
		limit=1,
	)
	return rows[0] if rows else None


def services_of(article: str) -> list[Any]:
	"""Shown services an article is about."""
	row, service = frappe.qb.DocType("Clinic Article Service"), frappe.qb.DocType(SERVICE)
	return (
		frappe.qb.from_(row)
		.join(service)
		.on(service.name == row.service)
		.select(*[service[field] for field in _CARD])
		.where((row.parent == article) & (row.parenttype == ARTICLE))
		.where((service.status == "Active") & (service.show_in_profile == 1))
		.orderby(row.idx)
		.limit(12)
		.run(as_dict=True)
	)


def is_open(kind: str, name: str) -> bool:
	"""Whether a service or article is on the public page and takes comments."""
	if kind == "service":
		filters = {"name": name, "status": "Active", "show_in_profile": 1, "allow_comments": 1}
		return bool(frappe.db.exists(SERVICE, filters))
	filters = {"name": name, "status": "Published", "published_on": ("<=", getdate()), "allow_comments": 1}
	return bool(frappe.db.exists(ARTICLE, filters))


def addresses() -> list[tuple[str, Any]]:
	"""(path below /center, day of the last change) of every page, for the sitemap."""
	found = [
		(row.route or row.name, row.modified)
		for row in frappe.get_all(
			SERVICE,
			{"status": "Active", "show_in_profile": 1},
			["name", "route", "modified"],
			order_by="priority asc, name asc",
			limit_page_length=0,
		)
	]
	return found + [(f"articles/{row.slug}", row.modified) for row in articles()]
