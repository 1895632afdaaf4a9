"""Keeps the search table in step with its documents; generic over DocTypes (`design.md` §4.9).

`refresh` when one document was saved, `refresh_many` for bulk work, `rebuild` when what is stored for a
document changed (`tokens.VERSION`). The last two read documents through the hook
`clinic_search_documents`: {DocType: function of names → {name: Source}}.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import frappe
from frappe.utils import now_datetime

from clinic_core.foundation.bulk import insert_many
from clinic_core.people import phones as phone_numbers
from clinic_core.people import tokens

DOCTYPE = "Clinic Search Key"
HOOK = "clinic_search_documents"
_COLUMNS = (
	"name",
	"creation",
	"modified",
	"owner",
	"modified_by",
	"reference_doctype",
	"reference_name",
	"kind",
	"token",
)


class Source(NamedTuple):
	"""What a document is found by; `phones` in E.164."""

	names: Sequence[str] = ()
	phones: Sequence[str] = ()
	codes: Sequence[str] = ()
	files: Sequence[str] = ()


def refresh(
	doctype: str,
	name: str,
	names: Iterable[str] = (),
	phones: Iterable[str] = (),
	codes: Iterable[str] = (),
	files: Iterable[str] = (),
) -> None:
	"""Make the tokens of one document what they should be; with nothing given it has none.

	`phones` in E.164. Only differences are written, so saving an unchanged person costs one read.
	"""
	_settle(doctype, {name: Source(list(names), list(phones), list(codes), list(files))})


def refresh_many(doctype: str, names: Sequence[str]) -> int:
	"""The same for many documents as they are stored, in a handful of statements. Returns tokens written."""
	sources = frappe.get_attr(frappe.get_hooks(HOOK)[doctype][-1])(list(names))
	return _settle(doctype, {name: sources.get(name, Source()) for name in names})


def _settle(doctype: str, sources: dict[str, Source]) -> int:
	wanted = {(name, token) for name, source in sources.items() for token in tokens_of(source)}
	rows = frappe.get_all(
		DOCTYPE,
		filters={"reference_doctype": doctype, "reference_name": ("in", list(sources))},
		fields=["name", "reference_name", "kind", "token"],
		order_by="name asc",
		limit_page_length=0,
	)
	present = {(row.reference_name, tokens.Token(row.kind, row.token)): row.name for row in rows}
	_delete([present[key] for key in present.keys() - wanted])
	new = sorted(wanted - present.keys())
	_insert(doctype, new)
	return len(new)


def tokens_of(source: Source) -> set[tokens.Token]:
	"""Every token of a document."""
	pairs = [(phone, phone_numbers.national(phone)) for phone in source.phones if phone]
	return tokens.all_tokens(source.names, pairs, source.codes, source.files)


def _delete(keys: list[str]) -> None:
	if keys:
		frappe.db.delete(DOCTYPE, {"name": ("in", keys)})


def _insert(doctype: str, new: list[tuple[str, tokens.Token]]) -> None:
	now, user = now_datetime(), frappe.session.user
	stamps = (now, now, user, user, doctype)
	rows = [(frappe.generate_hash(length=16), *stamps, name, *token) for name, token in new]
	insert_many(DOCTYPE, _COLUMNS, rows, skip_known=True)
