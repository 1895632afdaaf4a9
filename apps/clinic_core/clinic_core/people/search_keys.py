"""Keeps the search table in step with its documents; generic over DocTypes (`design.md` §4.9)."""

from collections.abc import Iterable

import frappe
from frappe.utils import now_datetime

from clinic_core.people import phones as phone_numbers
from clinic_core.people import tokens

DOCTYPE = "Clinic Search Key"
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
	pairs = [(phone, phone_numbers.national(phone)) for phone in phones if phone]
	wanted = tokens.all_tokens(names, pairs, codes, files)
	rows = frappe.get_all(
		DOCTYPE,
		filters={"reference_doctype": doctype, "reference_name": name},
		fields=["name", "kind", "token"],
		order_by="name asc",
	)
	present = {tokens.Token(row.kind, row.token): row.name for row in rows}
	_delete([present[token] for token in present.keys() - wanted])
	_insert(doctype, name, sorted(wanted - present.keys()))


def _delete(keys: list[str]) -> None:
	if keys:
		frappe.db.delete(DOCTYPE, {"name": ("in", keys)})


def _insert(doctype: str, name: str, new: list[tokens.Token]) -> None:
	if not new:
		return
	now, user = now_datetime(), frappe.session.user
	table = frappe.qb.DocType(DOCTYPE)
	query = frappe.qb.into(table).ignore().columns(*_COLUMNS)
	for token in new:
		key = frappe.generate_hash(length=16)
		query = query.insert(key, now, now, user, user, doctype, name, token.kind, token.token)
	query.run()
