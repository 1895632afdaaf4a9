"""One predicate per DocType for lists and for documents (`design.md` §4.12).

A rule says whom it limits and, for those, which ties make a document visible: a field that points to
them (`Own`), another document that does (`Via`), or a document it belongs to (`Through`). Each tie gives
the SQL of `permission_query_conditions` and the True or False of `has_permission`, so the two can never
disagree. What a role may do at all stays with Frappe's role permissions; branches are restricted by
Frappe's User Permissions on Clinic Branch.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Protocol

import frappe
from frappe.model.document import Document

from clinic_core.foundation import cached

Values = Callable[[str], Iterable[str]]
Query = Callable[..., str]
May = Callable[..., bool]


class Tie(Protocol):
	"""Something that makes a document of a DocType visible to a user."""

	def sql(self, doctype: str, user: str) -> str:
		"""Condition over the DocType's table; empty when nothing can fulfil it."""

	def holds(self, doc: Document, user: str) -> bool:
		"""The same for one document."""


@dataclass(frozen=True)
class Own:
	"""A document is one's own when `field` holds one of `values(user)`; `or_empty`: or nothing."""

	field: str
	values: Values
	or_empty: bool = False

	def sql(self, doctype: str, user: str) -> str:
		"""See Tie."""
		column = f"`tab{doctype}`.`{self.field}`"
		listed = _listed(self.values(user))
		parts = [f"{column} in ({listed})"] if listed else []
		if self.or_empty:
			parts += [f"{column} is null", f"{column} = ''"]
		return _any(parts)

	def holds(self, doc: Document, user: str) -> bool:
		"""See Tie."""
		value = doc.get(self.field)
		return value in set(self.values(user)) if value else self.or_empty


@dataclass(frozen=True)
class Via:
	"""Visible when a document of `doctype` that names it in `link` has one of `values(user)` in `field`."""

	doctype: str
	link: str
	field: str
	values: Values

	def sql(self, doctype: str, user: str) -> str:
		"""See Tie."""
		listed = _listed(self.values(user))
		if not listed:
			return ""
		table = f"`tab{self.doctype}`"
		inner = f"select {table}.`{self.link}` from {table} where {table}.`{self.field}` in ({listed})"
		return f"`tab{doctype}`.`name` in ({inner})"

	def holds(self, doc: Document, user: str) -> bool:
		"""See Tie."""
		values = [value for value in self.values(user) if value]
		if not values or not doc.name:
			return False
		return bool(frappe.db.exists(self.doctype, {self.link: doc.name, self.field: ("in", values)}))


@dataclass(frozen=True)
class Through:
	"""Visible when the document that `field` names is visible by its own rule."""

	field: str
	rule: "Visibility"

	def sql(self, doctype: str, user: str) -> str:
		"""See Tie."""
		table = f"`tab{self.rule.doctype}`"
		condition = self.rule.list_condition(user)
		where = f" where {condition}" if condition else ""
		return f"`tab{doctype}`.`{self.field}` in (select {table}.`name` from {table}{where})"

	def holds(self, doc: Document, user: str) -> bool:
		"""See Tie."""
		name = doc.get(self.field)
		if not name or not frappe.db.exists(self.rule.doctype, name):
			return False
		return self.rule.may_see(cached.document(self.rule.doctype, name), user)


@dataclass(frozen=True)
class Rows:
	"""Visible when every row of the table `rows` (of `doctype`) has one of `values(user)` in `field`.

	What Frappe does by itself when a document is opened: a User Permission holds for the rows as well.
	"""

	doctype: str
	rows: str
	field: str
	values: Values

	def sql(self, doctype: str, user: str) -> str:
		"""See Tie."""
		table, listed = f"`tab{self.doctype}`", _listed(self.values(user))
		others = f"{table}.`{self.field}` not in ({listed})" if listed else "1=1"
		inner = f"select {table}.`parent` from {table} where {table}.`parenttype` = '{doctype}' and {others}"
		return f"`tab{doctype}`.`name` not in ({inner})"

	def holds(self, doc: Document, user: str) -> bool:
		"""See Tie."""
		mine = set(self.values(user))
		return all(row.get(self.field) in mine for row in doc.get(self.rows) or [])


def the_user(user: str) -> list[str]:
	"""The user himself."""
	return [user]


@dataclass(frozen=True)
class Visibility:
	"""Who sees which documents of one DocType.

	`sees_all`: roles without limits. `own`: any of these ties makes a document visible to the rest.
	`limits`: whom the rule limits at all, where that is not everybody without these roles.
	"""

	doctype: str
	sees_all: frozenset[str]
	own: tuple[Tie, ...]
	limits: Callable[[str], bool] | None = None

	def list_condition(self, user: str) -> str:
		"""SQL condition for lists; empty when everything may be seen."""
		if self._unlimited(user):
			return ""
		parts = [part for tie in self.own if (part := tie.sql(self.doctype, user))]
		return _any(parts) or "1=0"

	def may_see(self, doc: Document, user: str) -> bool:
		"""The same question for one document."""
		return self._unlimited(user) or any(tie.holds(doc, user) for tie in self.own)

	def _unlimited(self, user: str) -> bool:
		if user == "Administrator" or (self.limits and not self.limits(user)):
			return True
		return bool(self.sees_all & set(frappe.get_roles(user)))


def hooks_of(*rules: Visibility) -> tuple[Query, May]:
	"""The two functions Frappe's hooks want, for rules of one DocType that all have to admit."""

	def query(user: str | None = None) -> str:
		"""List condition of these rules."""
		person = user or frappe.session.user
		return " and ".join(part for rule in rules if (part := rule.list_condition(person)))

	def may(doc: Document, ptype: str | None = None, user: str | None = None) -> bool:
		"""Whether all of them admit the user; what is being made has no ties yet."""
		person = user or frappe.session.user
		return ptype == "create" or all(rule.may_see(doc, person) for rule in rules)

	return query, may


def _listed(values: Iterable[str]) -> str:
	return ", ".join(frappe.db.escape(value) for value in values if value)


def _any(parts: list[str]) -> str:
	return "(" + " or ".join(parts) + ")" if parts else ""
