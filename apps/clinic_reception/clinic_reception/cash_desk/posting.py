"""The only writer of Clinic Ledger Entry: one voucher, one multi-row insert.

Nothing else inserts ledger rows; the DocType's controller refuses every other door. Rows are
never changed. `posting_date` is the day the event belongs to, `posted_at` when it was entered.
"""

import datetime
from collections.abc import Sequence
from dataclasses import asdict, fields
from decimal import Decimal

import frappe
from clinic_core.foundation.errors import refuse_input
from clinic_core.foundation.jalali import jalali_month
from clinic_core.foundation.live import changed
from clinic_core.foundation.money import to_decimal
from frappe import _
from frappe.utils import getdate, now_datetime

from clinic_reception.cash_desk import ledger
from clinic_reception.cash_desk.ledger import Entry

DOCTYPE = "Clinic Ledger Entry"

_OF_ENTRY = tuple(field.name for field in fields(Entry))
_COLUMNS = (
	"name",
	"creation",
	"modified",
	"owner",
	"modified_by",
	"docstatus",
	"idx",
	"voucher_type",
	"voucher_no",
	"posting_date",
	"posted_at",
	"jalali_month",
	*_OF_ENTRY,
)


def post(
	voucher_type: str,
	voucher_no: str,
	entries: Sequence[Entry],
	posting_date: datetime.date | str | None = None,
) -> None:
	"""Write the entries of one voucher. An empty list writes nothing.

	Raises ledger.UnbalancedError if they do not sum to zero, InvalidInputError without a legal entity.
	"""
	if not entries:
		return
	ledger.balanced(list(entries))
	if not all(entry.legal_entity for entry in entries):
		refuse_input(_("Legal entity"), _("Set the legal entity of the branch first."))
	now, user = now_datetime(), frappe.session.user
	day = getdate(posting_date) if posting_date else now.date()
	start = (now, now, user, user, 0, 0, voucher_type, voucher_no, day, now, jalali_month(day))
	rows = [(frappe.generate_hash(length=20), *start, *asdict(entry).values()) for entry in entries]
	frappe.db.bulk_insert(DOCTYPE, list(_COLUMNS), rows)
	changed(DOCTYPE, voucher_no)


def mirror(
	voucher_type: str,
	voucher_no: str,
	reason: str | None,
	shift: str | None = None,
) -> None:
	"""Post the opposite of everything this voucher posted and that is not mirrored yet."""
	rows = _not_mirrored(voucher_type, voucher_no)
	named = [(row.name, Entry(**{f: _exact(f, row[f]) for f in _OF_ENTRY})) for row in rows]
	post(voucher_type, voucher_no, ledger.mirror(named, reason, shift))


def _not_mirrored(voucher_type: str, voucher_no: str) -> list:
	table = frappe.qb.DocType(DOCTYPE)
	rows = (
		frappe.qb.from_(table)
		.select(table.name, *[table[f] for f in _OF_ENTRY])
		.where((table.voucher_no == voucher_no) & (table.voucher_type == voucher_type))
		.orderby(table.name)
		.for_update()
		.run(as_dict=True)
	)
	mirrored = {row.reverses for row in rows if row.reverses}
	return [row for row in rows if not row.reverses and row.name not in mirrored]


def _exact(fieldname: str, value: str | float | None) -> str | Decimal | None:
	return to_decimal(value) if fieldname == "amount" else value
