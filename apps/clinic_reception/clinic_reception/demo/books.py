"""Buffers the ledger entries of a voucher of the demo clinic, by the same rules as the product."""

import datetime
from collections.abc import Sequence
from dataclasses import asdict, replace

from clinic_core.demo.world import Row, World
from clinic_core.foundation.jalali import jalali_month

from clinic_reception.cash_desk import ledger
from clinic_reception.cash_desk.ledger import Entry


def post(world: World, doctype: str, voucher: Row, at: datetime.datetime, entries: Sequence[Entry]) -> None:
	"""Buffer the entries of one voucher, which sum to zero."""
	for entry in ledger.balanced(list(entries)):
		fields = {**asdict(entry), "amount": float(entry.amount)}
		world.add(
			"Clinic Ledger Entry",
			at,
			voucher["owner"],
			voucher_type=doctype,
			voucher_no=voucher["name"],
			posting_date=at.date(),
			posted_at=at,
			jalali_month=jalali_month(at.date()),
			**fields,
		)


def carrier(world: World, patient: str, branch: str) -> Entry:
	"""An entry that carries the dimensions all entries of a patient's voucher share."""
	return ledger.about(patient=patient, branch=branch, legal_entity=world.shared["legal_entity"])


def about_line(entry: Entry, line: Row, reception: str) -> Entry:
	"""The dimensions of one reception line."""
	return replace(
		entry,
		reception=reception,
		department=line["department"],
		service=line["service"],
		practitioner=line["practitioner"],
		entitlement=line["entitlement"],
	)
