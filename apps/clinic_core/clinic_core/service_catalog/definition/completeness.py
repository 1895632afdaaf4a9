"""How complete the profile of a service is, and what is missing (A89). Pure.

Patients choose what they can see and understand: each part has a weight by how much it helps them.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

DESCRIPTION_WORDS = 40
GALLERY_IMAGES = 3
_TAGS = re.compile(r"<[^>]*>|&nbsp;")

Service = Mapping[str, Any]


class Part(NamedTuple):
	"""One thing a profile should have: its code, the field to fill in, and its weight."""

	code: str
	field: str
	weight: int
	is_there: Callable[[Service], bool]


def word_count(html: str | None) -> int:
	"""Words of a text, without its markup."""
	return len(_TAGS.sub(" ", html or "").split())


def _has_price(service: Service) -> bool:
	rows = service.get("areas") or []
	return (service.get("amount") or 0) > 0 or any((row.get("amount") or 0) > 0 for row in rows)


PARTS = (
	Part("price", "amount", 15, _has_price),
	Part("duration", "duration_minutes", 5, lambda s: (s.get("duration_minutes") or 0) > 0),
	Part("photo", "photo", 25, lambda s: bool(s.get("photo"))),
	Part("display_name", "display_name", 5, lambda s: bool((s.get("display_name") or "").strip())),
	Part("summary", "summary", 10, lambda s: bool((s.get("summary") or "").strip())),
	Part("description", "description", 20, lambda s: word_count(s.get("description")) >= DESCRIPTION_WORDS),
	Part("gallery", "gallery", 20, lambda s: len(s.get("gallery") or []) >= GALLERY_IMAGES),
)


def completeness(service: Service) -> tuple[int, list[str]]:
	"""(percent 0–100, codes of what is missing, the weightiest first).

	`service` is a mapping of the document's fields; `areas` and `gallery` are lists of rows.
	"""
	missing = [part for part in PARTS if not part.is_there(service)]
	percent = 100 - sum(part.weight for part in missing)
	return percent, [part.code for part in sorted(missing, key=lambda part: -part.weight)]


FIELDS = {part.code: part.field for part in PARTS}
"""Where each missing thing is filled in."""
