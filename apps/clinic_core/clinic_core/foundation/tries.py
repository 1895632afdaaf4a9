"""Counts what comes from one place, so that a machine that tries secrets or asks without end is stopped."""

import frappe
from frappe import _


class TooManyTriesError(frappe.ValidationError):
	"""More tries from one place than people make."""

	http_status_code = 429


def check(kind: str, source: str | None, limit: int, seconds: int, problem: str | None = None) -> None:
	"""Count one more of this `kind` from `source`. Raises TooManyTriesError beyond `limit` in `seconds`.

	`problem`: what is said then, translated, where nothing was wrong but there was too much of it.
	"""
	if not source:
		return
	key = frappe.cache.make_key(f"clinic_{kind}_tries:{source}")
	tries = frappe.cache.incr(key)
	if tries == 1:
		frappe.cache.expire(key, seconds)
	if tries > limit:
		problem = problem or _("Too many wrong tries. Please try again in a few minutes.")
		frappe.throw(problem, TooManyTriesError)


def forget(kind: str, source: str) -> None:
	"""Count from the beginning: a new secret was given out."""
	frappe.cache.delete(frappe.cache.make_key(f"clinic_{kind}_tries:{source}"))
