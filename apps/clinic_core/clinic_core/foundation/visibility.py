"""One predicate per DocType for lists and for documents (`design.md` §4.12).

A rule says who sees everything and, for the rest, which fields of a document must point to them.
The same rule gives the SQL condition of `permission_query_conditions` and the True or False of
`has_permission`, so the two can never disagree. What a role may do at all stays with Frappe's
role permissions; branches are restricted by Frappe's User Permissions on Clinic Branch.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import frappe
from frappe.model.document import Document

Values = Callable[[str], Iterable[str]]


@dataclass(frozen=True)
class Own:
	"""A document is one's own when `field` holds one of `values(user)`."""

	field: str
	values: Values


def the_user(user: str) -> list[str]:
	"""The user himself."""
	return [user]


@dataclass(frozen=True)
class Visibility:
	"""Who sees which documents of one DocType.

	`sees_all`: roles without limits. `own`: any of these makes a document visible to the rest.
	"""

	doctype: str
	sees_all: frozenset[str]
	own: tuple[Own, ...]

	def list_condition(self, user: str) -> str:
		"""SQL condition for lists; empty when everything may be seen."""
		if self._unlimited(user):
			return ""
		parts = [part for own in self.own if (part := self._column_in(own, user))]
		return "(" + " or ".join(parts) + ")" if parts else "1=0"

	def may_see(self, doc: Document, user: str) -> bool:
		"""The same question for one document."""
		if self._unlimited(user):
			return True
		return any(doc.get(own.field) in set(own.values(user)) for own in self.own if doc.get(own.field))

	def _unlimited(self, user: str) -> bool:
		return user == "Administrator" or bool(self.sees_all & set(frappe.get_roles(user)))

	def _column_in(self, own: Own, user: str) -> str:
		values = ", ".join(frappe.db.escape(value) for value in own.values(user) if value)
		return f"`tab{self.doctype}`.`{own.field}` in ({values})" if values else ""
