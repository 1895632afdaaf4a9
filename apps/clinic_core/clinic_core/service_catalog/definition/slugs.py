"""The part of a web address that names a service. Pure. Letters of any script stay as they are."""

import re
from collections.abc import Collection

from clinic_core.foundation.digits import to_latin
from clinic_core.people.names import clean

LONGEST = 100
_JOINS = re.compile(r"[\s\u200c\u200d_–—-]+")
_REST = re.compile(r"[^\w-]")


def slug(text: str | None) -> str:
	"""`لیزر فول‌بادی (خانم‌ها)` → `لیزر-فول-بادی-خانم-ها`; empty if nothing of it can stand in an address."""
	plain = _JOINS.sub("-", to_latin(clean(text)).lower())
	bare = _REST.sub("", plain)
	return re.sub("-{2,}", "-", bare).strip("-")[:LONGEST].strip("-")


def unused(wanted: str, taken: Collection[str]) -> str:
	"""`wanted`, or the first of `wanted-2`, `wanted-3` … that is not taken."""
	if wanted not in taken:
		return wanted
	number = 2
	while f"{wanted}-{number}" in taken:
		number += 1
	return f"{wanted}-{number}"
