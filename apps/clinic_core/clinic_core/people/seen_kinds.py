"""Documents whose `kind` decides who sees them: one rule for lists and for documents (`design.md` §4.12)."""

from collections.abc import Mapping
from dataclasses import dataclass

import frappe
from frappe.model.document import Document

SEES_ALL = frozenset({"System Manager"})


@dataclass(frozen=True)
class SeenKinds:
	"""`seen_by`: kind → roles that see documents of it. What is not named is seen by nobody."""

	doctype: str
	seen_by: Mapping[str, frozenset[str]]

	def kinds(self, user: str | None = None) -> list[str]:
		"""The kinds a user sees, in the order of the data."""
		user = user or frappe.session.user
		roles = set(frappe.get_roles(user))
		if user == "Administrator" or roles & SEES_ALL:
			return list(self.seen_by)
		return [kind for kind, seen_by in self.seen_by.items() if roles & seen_by]

	def list_condition(self, user: str | None = None) -> str:
		"""SQL condition for lists; empty when every kind is seen."""
		kinds = self.kinds(user)
		if len(kinds) == len(self.seen_by):
			return ""
		values = ", ".join(frappe.db.escape(kind) for kind in kinds)
		return f"`tab{self.doctype}`.`kind` in ({values})" if values else "1=0"

	def may_see(self, doc: Document, user: str | None = None) -> bool:
		"""The same question for one document. A kind that does not exist is no secret: it is refused when saved."""
		return doc.get("kind") not in self.seen_by or doc.kind in self.kinds(user)
