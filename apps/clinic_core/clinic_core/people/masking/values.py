"""Hidden facts in a report under a name of its own, found by their values (F80).

A report may call a column what it likes. Phones, e-mail addresses and identity numbers that stand anywhere in
a cell are looked up among those on file, addresses and notes where they are the whole cell. So a number that is
nobody's (of a branch, an amount) stays. Dates cannot be told this way: nearly every day is somebody's birthday.
"""

import re
from collections.abc import Iterable
from typing import Any

import frappe
import phonenumbers
from frappe.utils import create_batch

from clinic_core.foundation import settings
from clinic_core.foundation.digits import to_latin
from clinic_core.people.identity import kinds as identity_kinds
from clinic_core.people.masking import matrix, rules, shapes

_D = "[\\d۰-۹٠-٩]"
_PARTS = {
	matrix.PHONE: re.compile(rf"(?<!\w)\+?{_D}(?:[ \-()]{{0,2}}{_D}){{6,14}}(?!\w)"),
	matrix.EMAIL: re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"),
	matrix.IDENTITY: re.compile(rf"(?<!\w)[A-Za-z]{{0,3}}{_D}{{5,14}}(?!\w)"),
}
_WHOLE = (matrix.ADDRESS, matrix.NOTE)
_SHORTEST, _AT_ONCE = 6, 2000


class Facts:
	"""Which of some values are facts of kinds that are hidden from a reader."""

	def __init__(self, kinds: Iterable[str], values: Iterable[Any]) -> None:
		texts = {text for value in values if len(text := as_text(value)) >= _SHORTEST}
		self.known: dict[str, set[str]] = {}
		for kind in (*_PARTS, *_WHOLE):
			if kind in kinds and (
				asked := set().union(*(_forms(kind, part) for part in _parts(kind, texts)))
			):
				self.known[kind] = _on_file(kind, asked)

	def hide(self, value: Any) -> Any:
		"""A value without these facts."""
		text = as_text(value)
		if len(text) < _SHORTEST:
			return value
		shown = text
		for kind, known in self.known.items():
			if kind in _WHOLE:
				shown = shapes.shape(kind, shown) if _forms(kind, shown) & known else shown
			else:
				shown = _PARTS[kind].sub(lambda part, kind=kind: self._part(kind, part[0]), shown)
		return shown if shown != text else value

	def _part(self, kind: str, part: str) -> str:
		return shapes.shape(kind, part) if _forms(kind, part) & self.known[kind] else part


def as_text(value: Any) -> str:
	"""A value as a text that may hold such a fact, empty for one that cannot."""
	if isinstance(value, float) and value.is_integer():
		value = int(value)
	return value if isinstance(value, str) else str(value) if type(value) is int else ""


def _parts(kind: str, texts: Iterable[str]) -> set[str]:
	if kind in _WHOLE:
		return {text for text in texts if " " in text.strip()}  # in one word nobody lives
	return {part for text in texts for part in _PARTS[kind].findall(text)}


def _forms(kind: str, part: str) -> set[str]:
	"""How a part of a text would be kept if it were such a fact."""
	if kind == matrix.PHONE:
		digits = re.sub(r"\D", "", to_latin(part)).lstrip("0")
		return {f"+{digits}", f"+{_country_code()}{digits}"}
	if kind == matrix.IDENTITY:
		return {identity_kinds.plain(part)}
	return {part.strip().casefold()}


def _country_code() -> int:
	return phonenumbers.country_code_for_region(settings.get("phone_region") or "IR")


def _on_file(kind: str, asked: set[str]) -> set[str]:
	"""The given ones that a field of this kind holds; a constant number of queries for each 2,000."""
	found: set[str] = set()
	for doctype, fields in rules.all_fields().items():
		for field in (field for field, of in fields.items() if of == kind):
			table = frappe.qb.DocType(doctype)
			for some in create_batch(sorted(asked), _AT_ONCE):
				query = frappe.qb.from_(table).select(table[field]).distinct().where(table[field].isin(some))
				found |= {str(value).strip() for value in query.run(pluck=True)}
	return found if kind in (matrix.PHONE, matrix.IDENTITY) else {value.casefold() for value in found}
