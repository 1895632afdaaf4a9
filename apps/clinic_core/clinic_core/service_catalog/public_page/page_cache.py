"""Keeps rendered pages for a while and forgets all of them when something they show changes.

The name of the generation is part of every key: a new one is forgetting. A page that was being made from
older data meanwhile is stored under the older name and never read. What changes behind the documents (a
bulk update) is seen after `SECONDS` at the latest.
"""

import frappe

SECONDS = 600
_GENERATION = "clinic_center_generation"
_PAGE = "clinic_center_page"


def generation() -> str:
	"""The name pages are stored under now."""
	return frappe.cache.get_value(_GENERATION) or "first"


def read(key: str) -> str | None:
	"""The page kept under this key, None if there is none."""
	return frappe.cache.get_value(f"{_PAGE}:{key}", expires=True)


def keep(key: str, page: str) -> None:
	"""Keep a page for `SECONDS`."""
	frappe.cache.set_value(f"{_PAGE}:{key}", page, expires_in_sec=SECONDS)


def forget(*_arguments: object) -> None:
	"""Forget every page: now for this request, and once more after the commit, for those made meanwhile.

	Takes what Frappe gives a `doc_events` handler, and needs none of it.
	"""
	_begin_anew()
	frappe.db.after_commit.add(_begin_anew)


def _begin_anew() -> None:
	frappe.cache.set_value(_GENERATION, frappe.generate_hash(length=8))
