"""Masters that rows name by title or code: referral sources, branches, practitioners, services …"""

import re
from dataclasses import dataclass, field
from typing import Any

import frappe
from frappe import _

from clinic_core.people.importing import sentences
from clinic_core.people.importing.rows import Row
from clinic_core.people.names import fold

_BETWEEN = re.compile(r"[,;،؛|/\n]+")


@dataclass
class Masters:
	"""All records of a DocType by what people call them. `label`: what one is called; `titles`: name → title."""

	label: str
	names: dict[str, set[str]] = field(default_factory=dict)
	titles: dict[str, str] = field(default_factory=dict)

	def find(self, row: Row, key: str) -> str | None:
		"""The record a row's value means; the row is refused if there is none or more than one."""
		return self._meant(row, key, row.values.get(key))

	def find_all(self, row: Row, key: str) -> list[str]:
		"""The records a row names in one cell, with commas or strokes between them."""
		parts = [part.strip() for part in _BETWEEN.split(str(row.values.get(key) or ""))]
		found = [self._meant(row, key, part) for part in parts]
		return list(dict.fromkeys(one for one in found if one))

	def _meant(self, row: Row, key: str, said: Any) -> str | None:
		if said in (None, ""):
			return None
		found = self.names.get(fold(str(said))) or ({said} if said in self.titles else set())
		if len(found) == 1:
			return next(iter(found))
		refusal = sentences.ambiguous if found else sentences.unknown
		row.refuse(key, refusal(_(self.label), said))
		return None

	def add(self, name: str, *called: str | None) -> None:
		"""A record with everything it may be called."""
		self.titles[name] = next((one for one in called if one), name)
		for one in {fold(str(one)) for one in (name, *called) if one}:
			self.names.setdefault(one, set()).add(name)


def load(doctype: str, label: str, *fields: str, filters: dict | None = None) -> Masters:
	"""The records of a DocType, called by their name and by `fields`. One query."""
	masters = Masters(label)
	rows = frappe.get_all(doctype, filters=filters or {}, fields=["name", *fields], order_by="name asc")
	for row in rows:
		called = [row[one] for one in fields]
		masters.add(row.name, *called, *[_(one) for one in called if isinstance(one, str)])
	return masters
