"""What search engines and messengers read of a page: addresses, languages, and the facts as JSON-LD."""

import json
from typing import Any
from urllib.parse import quote

from frappe.utils import get_url

from clinic_core.foundation import settings
from clinic_core.service_catalog.public_page.rich_text import plain_text

LANGUAGES = {"fa": "فارسی", "en": "English"}
"""Languages the page speaks, each by its own name."""
RTL = frozenset({"fa", "ar"})


def of(visit: Any, page: dict[str, Any]) -> dict[str, Any]:
	"""Canonical address, the page in the other languages, the picture for messengers, and JSON-LD."""
	path = quote("center/" + page["path"]) if page["path"] else "center"
	plain = get_url("/" + path)
	picture = page.get("cover") or _first_picture(page) or page.get("logo")
	return {
		"canonical": f"{plain}?_lang={visit.lang}" if visit.is_chosen else plain,
		"plain": plain,
		"languages": [
			{
				"code": code,
				"title": title,
				"link": f"/{path}?_lang={code}",
				"address": f"{plain}?_lang={code}",
			}
			for code, title in LANGUAGES.items()
		],
		"direction": "rtl" if visit.lang in RTL else "ltr",
		"site_title": visit.profile.centre_name,
		"description": plain_text(page["description"], 200),
		"picture": get_url(picture.preview) if picture else "",
		"json_ld": "" if page["is_missing"] else as_script(_facts(visit, page, plain, picture)),
	}


def _first_picture(page: dict[str, Any]) -> Any:
	shots = page.get("shots") or []
	return shots[0]["picture"] if shots else None


def _facts(visit: Any, page: dict[str, Any], address: str, picture: Any) -> list[dict[str, Any]]:
	centre = _centre(visit, page)
	if page.get("service"):
		return [_service(page, address, picture, centre), _crumbs(visit, page)]
	if page.get("article"):
		return [_article(page, address, picture, centre)]
	return [centre]


def _centre(visit: Any, page: dict[str, Any]) -> dict[str, Any]:
	profile = visit.profile
	logo = page.get("logo")
	return _filled(
		{
			"@context": "https://schema.org",
			"@type": "MedicalClinic",
			"name": profile.centre_name,
			"description": profile.tagline,
			"url": get_url("/center"),
			"telephone": profile.phone,
			"email": profile.email,
			"address": profile.address,
			"hasMap": profile.map_url,
			"openingHours": (profile.opening_hours or "").splitlines(),
			"logo": get_url(logo.preview) if logo else "",
			"sameAs": [row.url for row in profile.links if row.url.startswith("http")],
		}
	)


def _service(page: dict[str, Any], address: str, picture: Any, centre: dict[str, Any]) -> dict[str, Any]:
	card = page["service"]
	offer = {}
	if card["amount"] is not None:
		offer = {
			"@type": "Offer",
			"price": str(card["amount"]),
			"priceCurrency": settings.get("currency") or "IRR",
			"url": address,
		}
	rating = card["rating"] and {
		"@type": "AggregateRating",
		"ratingValue": card["rating"]["value"],
		"reviewCount": card["rating"]["number"],
	}
	return _filled(
		{
			"@context": "https://schema.org",
			"@type": "Service",
			"name": card["title"],
			"description": plain_text(page["description"], 300),
			"url": address,
			"serviceType": page["department"]["title"],
			"image": get_url(picture.preview) if picture else "",
			"provider": centre,
			"offers": offer,
			"aggregateRating": rating,
		}
	)


def _article(page: dict[str, Any], address: str, picture: Any, centre: dict[str, Any]) -> dict[str, Any]:
	row = page["article"]
	return _filled(
		{
			"@context": "https://schema.org",
			"@type": "Article",
			"headline": page["title"],
			"description": plain_text(page["description"], 300),
			"url": address,
			"image": get_url(picture.preview) if picture else "",
			"datePublished": str(row.published_on),
			"dateModified": str(row.modified)[:10],
			"author": {"@type": "Person", "name": page["author"]} if page["author"] else centre,
			"publisher": centre,
		}
	)


def _crumbs(visit: Any, page: dict[str, Any]) -> dict[str, Any]:
	steps = [
		(visit.profile.centre_name, get_url("/center")),
		(page["department"]["title"], get_url("/center/departments/" + quote(page["department"]["name"]))),
		(page["title"], get_url("/center/" + quote(page["path"]))),
	]
	return {
		"@context": "https://schema.org",
		"@type": "BreadcrumbList",
		"itemListElement": [
			{"@type": "ListItem", "position": place, "name": name, "item": address}
			for place, (name, address) in enumerate(steps, 1)
		],
	}


def _filled(facts: dict[str, Any]) -> dict[str, Any]:
	return {key: value for key, value in facts.items() if value}


def as_script(content: Any) -> str:
	"""JSON that cannot end the script element it stands in."""
	text = json.dumps(content, ensure_ascii=False)
	return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
