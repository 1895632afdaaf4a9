"""Visitors' comments on services and articles: received, held for a moderator, shown (A03).

Runs as Guest. What it writes it writes with the permissions of this module alone; guests may read
nothing but what is published. The address a comment came from is kept as a keyed hash only, for the limits,
and forgotten after `HASH_DAYS`.
"""

import hashlib
import hmac
from collections.abc import Mapping
from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import add_to_date, cint, now_datetime, validate_email_address
from frappe.utils.password import get_encryption_key

from clinic_core.foundation import compat
from clinic_core.foundation.errors import InvalidInputError, refuse_input
from clinic_core.foundation.state import as_system, guard_status
from clinic_core.people import phones
from clinic_core.service_catalog.public_page import page_cache, profile, review_notice, review_rules
from clinic_core.service_catalog.public_page.review_states import PENDING, PUBLISHED, REVIEW, SPAM

DOCTYPE = "Clinic Service Review"
HASH_DAYS, SPAM_DAYS = 30, 90
TRIES_PER_ADDRESS = 100
"""Requests of one address in ten minutes, valid or not; only to spare the server."""
_TARGETS = {"service": "Clinic Service", "article": "Clinic Article"}


class TooManyReviewsError(frappe.ValidationError):
	"""More than a person would send."""

	http_status_code = 429


class CommentsClosedError(frappe.ValidationError):
	"""There is no such page, or it takes no comments."""

	http_status_code = 404


def receive(kind: str, name: str, values: Mapping[str, Any], address: str | None) -> str | None:
	"""Keep a comment on the service or article `name`; the same one again within a day is kept once.

	`kind`: `service` or `article`; `values`: visitor_name, text, stars, mobile, email, website (the
	honeypot), seconds; `address`: of the sender. Returns the name of the new document, None for a repeat.
	Raises CommentsClosedError, InvalidInputError naming the field, TooManyReviewsError.
	"""
	_require_open(kind, name)
	doc = frappe.new_doc(DOCTYPE)
	doc.set(kind, name)
	for field in ("visitor_name", "text", "mobile", "email"):
		doc.set(field, str(values.get(field) or ""))
	doc.stars = values.get("stars") or 0
	doc.ip_hash = _hash_of_address(address)
	_check_words(doc)
	doc.content_hash = _content_hash(doc)
	if _is_repeat(doc.content_hash):
		return None
	_check_flood(doc, kind)
	doc.reason = review_rules.suspicion(
		doc.text, doc.visitor_name, values.get("website"), _seconds(values.get("seconds"))
	)
	doc.status = SPAM if doc.reason else PENDING
	with as_system():
		doc.insert(ignore_permissions=True)
	return doc.name


def check_tries(address: str | None) -> None:
	"""Stop a machine that sends without end, before anything is read. Raises TooManyReviewsError."""
	if not address:
		return
	key = frappe.cache.make_key(f"clinic_review_tries:{address}")
	tries = frappe.cache.incr(key)
	if tries == 1:
		frappe.cache.expire(key, 600)
	if tries > TRIES_PER_ADDRESS:
		_refuse_flood()


def check(doc: Document) -> None:
	"""The rules of a comment at every door; call it in `validate`.

	Raises InvalidInputError, ForbiddenMoveError or frappe.PermissionError.
	"""
	_check_words(doc)
	if bool(doc.service) == bool(doc.article):
		refuse_input(_("Service"), _("A comment belongs to one service or one article."))
	old, new = guard_status(doc, REVIEW)
	if new == PUBLISHED and old != PUBLISHED:
		doc.published_at = now_datetime()
	doc.reply = review_rules.tidy(doc.reply, lines=True) or None


def announce(doc: Document) -> None:
	"""Tell the moderators that a comment waits; call it in `after_insert`."""
	if doc.status == PENDING:
		review_notice.ask_for(doc)


def follow(doc: Document) -> None:
	"""What visitors see has changed; call it in `on_update`."""
	before = doc.get_doc_before_save()
	if PUBLISHED in (doc.status, before.status if before else None):
		page_cache.forget()


def moderate(name: str, status: str, reply: str | None = None) -> None:
	"""Move a comment to `status`, with an answer of the centre if one is given.

	Raises ForbiddenMoveError for a move the table does not know.
	"""
	doc = frappe.get_doc(DOCTYPE, name, for_update=True)
	doc.status = status
	if reply is not None:
		doc.reply = reply
	doc.save()


def forget_senders() -> None:
	"""Every night: old hashes of addresses, and spam nobody wanted back."""
	table = frappe.qb.DocType(DOCTYPE)
	old = add_to_date(now_datetime(), days=-HASH_DAYS)
	frappe.qb.update(table).set(table.ip_hash, None).where(table.creation < old).where(
		table.ip_hash.isnotnull()
	).run()
	frappe.db.delete(
		DOCTYPE, {"status": SPAM, "creation": ("<", add_to_date(now_datetime(), days=-SPAM_DAYS))}
	)


def _require_open(kind: str, name: str) -> None:
	from clinic_core.service_catalog.public_page import reads

	found = kind in _TARGETS and reads.is_open(kind, name)
	if not found or not profile.read().comments_on:
		frappe.throw(_("Comments are closed here."), CommentsClosedError)


def _check_words(doc: Document) -> None:
	"""Tidy what the visitor wrote and refuse what cannot be used; words that are stored stay as they are."""
	if not doc.is_new():
		return
	doc.visitor_name = review_rules.tidy(doc.visitor_name)
	doc.text = review_rules.tidy(doc.text, lines=True)
	_require_length("visitor_name", _("Name"), doc.visitor_name, 1, review_rules.NAME_LENGTH)
	_require_length("text", _("Comment"), doc.text, review_rules.SHORTEST_TEXT, review_rules.TEXT_LENGTH)
	stars = cint(doc.stars)
	if not 0 <= stars <= review_rules.MAX_STARS:
		_refuse("stars", _("Stars"), _("It must be between 0 and {0}.").format(review_rules.MAX_STARS))
	doc.stars = stars
	doc.mobile = _phone(doc.mobile)
	doc.email = (doc.email or "").strip() or None
	if doc.email and (len(doc.email) > review_rules.CONTACT_LENGTH or not validate_email_address(doc.email)):
		_refuse("email", _("Email"), _("This is not an email address."))


def _require_length(field: str, label: str, text: str, least: int, most: int) -> None:
	if len(text) < least:
		_refuse(field, label, _("Please fill this in."))
	if len(text) > most:
		_refuse(field, label, _("At most {0} characters.").format(most))


def _refuse(field: str, label: str, problem: str) -> None:
	frappe.local.response["field_errors"] = {field: problem}
	refuse_input(label, problem)


def _phone(typed: str | None) -> str | None:
	if not (typed or "").strip():
		return None
	messages = compat.mark_messages()
	try:
		return phones.normalise(typed, _("Mobile"))
	except InvalidInputError:
		compat.forget_messages(messages)
		_refuse("mobile", _("Mobile"), _("This is not a mobile number. Example: 0912 345 6789"))


def _seconds(given: Any) -> float | None:
	try:
		return float(given)
	except (TypeError, ValueError):
		return None


def _hash_of_address(address: str | None) -> str | None:
	if not address:
		return None
	return hmac.new(get_encryption_key().encode(), address.encode(), hashlib.sha256).hexdigest()[:32]


def _content_hash(doc: Document) -> str:
	parts = (doc.service, doc.article, doc.visitor_name, doc.text)
	return hashlib.sha256("\n".join(part or "" for part in parts).encode()).hexdigest()


def _is_repeat(content_hash: str) -> bool:
	since = add_to_date(now_datetime(), hours=-review_rules.REPEAT_HOURS)
	return bool(frappe.db.exists(DOCTYPE, {"content_hash": content_hash, "creation": (">", since)}))


def _check_flood(doc: Document, kind: str) -> None:
	if not doc.ip_hash:
		return
	now, limits = now_datetime(), profile.read()
	of_hour = {"ip_hash": doc.ip_hash, "creation": (">", add_to_date(now, hours=-1))}
	of_day = {"ip_hash": doc.ip_hash, "creation": (">", add_to_date(now, days=-1)), kind: doc.get(kind)}
	broken = review_rules.flood(
		frappe.db.count(DOCTYPE, of_hour),
		frappe.db.count(DOCTYPE, of_day),
		limits.comments_per_hour,
		limits.comments_per_page,
	)
	if broken == review_rules.PAGE:
		frappe.throw(
			_("You have written enough here for today. We will read it and publish it soon."),
			TooManyReviewsError,
		)
	if broken:
		_refuse_flood()


def _refuse_flood() -> None:
	frappe.throw(
		_("Too many comments came from your connection. Please try again in an hour, or call us."),
		TooManyReviewsError,
	)
