"""Idempotency keys: a request that arrives twice is done once (`design.md` §4.8)."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import frappe
from frappe import _
from frappe.utils import add_days, now_datetime

from clinic_core.foundation.errors import ConflictError

DOCTYPE = "Clinic Idempotency Key"
KEEP_DAYS = 7
KEEP_DAYS_MONEY = 90
MAX_KEY_LENGTH = 140


@dataclass
class Ticket:
	"""The right to do the work once, or the answer given before."""

	name: str
	answered: bool
	answer: Any = None

	def store(self, answer: Any) -> None:
		"""Keep the answer in the same transaction as the work."""
		frappe.db.set_value(DOCTYPE, self.name, "response", frappe.as_json(answer), update_modified=False)


def take(method: str, key: str, content: Mapping[str, Any], *, keep_days: int = KEEP_DAYS) -> Ticket:
	"""Take the key for this user and method, or find the answer given before.

	A second request with the same key waits on the row until the first one commits.
	Raises ConflictError if the key was used for other content.
	"""
	user = frappe.session.user
	name = _digest(user, method, key[:MAX_KEY_LENGTH])
	content_hash = _digest(json.dumps(content, sort_keys=True, default=str))
	_insert_if_missing(name, user, method, content_hash, keep_days)
	row = frappe.db.get_value(DOCTYPE, name, ["content_hash", "response"], as_dict=True, for_update=True)
	if row.content_hash != content_hash:
		frappe.throw(
			_("This request key was already used for another request. Please send it again with a new key."),
			ConflictError,
		)
	if row.response is None:
		return Ticket(name, answered=False)
	return Ticket(name, answered=True, answer=json.loads(row.response))


def purge_expired() -> None:
	"""Delete the keys whose time is over. Safe to run at any time (job)."""
	frappe.db.delete(DOCTYPE, {"expires_at": ("<", now_datetime())})


def _insert_if_missing(name: str, user: str, method: str, content_hash: str, keep_days: int) -> None:
	table = frappe.qb.DocType(DOCTYPE)
	now = now_datetime()
	(
		frappe.qb.into(table)
		.ignore()
		.columns(
			"name",
			"creation",
			"modified",
			"owner",
			"modified_by",
			"user",
			"method",
			"content_hash",
			"expires_at",
		)
		.insert(name, now, now, user, user, user, method, content_hash, add_days(now, keep_days))
	).run()


def _digest(*parts: str) -> str:
	return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:40]
