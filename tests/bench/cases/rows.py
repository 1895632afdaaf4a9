"""Rows that the floors of writing cases insert: the columns every document has, and what all need."""

import secrets
from typing import Any

from tests.bench.lab import Lab, Plain


def document(sql: Plain, **columns: Any) -> dict[str, Any]:
	"""A row with a name of its own and the columns every document has."""
	now = sql.now()
	base = {"name": secrets.token_hex(10), "creation": now, "modified": now}
	return {**base, "owner": "floor", "modified_by": "floor", "docstatus": 0, "idx": 0, **columns}


def child(sql: Plain, parent: str, parenttype: str, parentfield: str, **columns: Any) -> dict[str, Any]:
	"""A row of a child table."""
	place = {"parent": parent, "parenttype": parenttype, "parentfield": parentfield, "idx": 1}
	return document(sql, **{**place, **columns})


def ledger(sql: Plain, voucher_type: str, voucher_no: str, *entries: dict[str, Any]) -> None:
	"""One voucher: all its entries in one INSERT."""
	now = sql.now()
	about = {"voucher_type": voucher_type, "voucher_no": voucher_no, "posting_date": now.date()}
	about |= {"posted_at": now, "jalali_month": "1405-09"}
	sql.insert("Clinic Ledger Entry", *(document(sql, **about, **entry) for entry in entries))


def newest_counter(lab: Lab, kind: str) -> str:
	"""The counter of this year that numbers of a kind are taken from."""
	found = lab.rows(
		"SELECT name FROM `tabClinic Counter` WHERE name LIKE %s ORDER BY name DESC", f"{kind}:%"
	)
	if not found:
		lab.run("INSERT INTO `tabClinic Counter` (name, `key`, value) VALUES (%s, %s, 0)", kind, kind)
		return kind
	return found[0][0]
