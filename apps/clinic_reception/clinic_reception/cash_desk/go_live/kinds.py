"""Kinds of import that bring money in (G13): balances, deposits, cheques. Hook `clinic_import_kinds`."""

from collections.abc import Sequence
from decimal import Decimal

import frappe
from clinic_core.foundation.money import to_decimal
from clinic_core.people.importing import masters
from clinic_core.people.importing.columns import Field
from clinic_core.people.importing.go_live.kind import BRANCH, NOTE, GoLiveKind, in_parts, reason_of
from clinic_core.people.importing.kind import Done, Run
from clinic_core.people.importing.patients import people
from clinic_core.people.importing.rows import CREATED, Row
from clinic_core.people.names import fold
from frappe import _
from frappe.query_builder.functions import Count, Sum
from frappe.utils import getdate

from clinic_reception.cash_desk import shifts
from clinic_reception.cash_desk.go_live import openings
from clinic_reception.cash_desk.ledger import ACCOUNT_OF_OPENING, OWED_BY_CLINIC, OWED_BY_PATIENT
from clinic_reception.cash_desk.posting import DOCTYPE as LEDGER

_AMOUNT = ("balance", "value", "مبلغ", "مانده", "مقدار", "tutar", "bakiye")
_ON = Field("on", "As of", reader="date", headings=("date", "balance date", "تاریخ", "تاریخ سند", "tarih"))
_OWES_US = ("patient owes", "debit", "debtor", "dr", "owes", "بدهکار", "بدهی", "بد", "borç", "borçlu")
_WE_OWE = (
	"clinic owes",
	"credit",
	"creditor",
	"cr",
	"بستانکار",
	"طلب",
	"بستانکاری",
	"بس",
	"alacak",
	"alacaklı",
)


class _Openings(GoLiveKind):
	"""A kind whose records are opening vouchers."""

	doctype = openings.DOCTYPE
	total_field = "amount"

	def settle(self, run: Run, rows: Sequence[Row]) -> None:
		"""Every figure stands in the books of somebody."""
		super().settle(run, rows)
		for row in rows:
			if not shifts.legal_entity_of(None, row.values["branch"]):
				row.refuse("branch", _("Choose the branch whose books this belongs to."))

	def undo_one(self, run: Run, done: Done) -> None:
		"""Mirror the voucher while nothing was built upon it."""
		openings.take_back(done.reference, reason_of(run))

	def measure(self, references: Sequence[str]) -> tuple[int, Decimal]:
		"""What the ledger holds of these vouchers: those not mirrored, and the sum on their accounts."""
		count, total = 0, Decimal(0)
		entry, opening = frappe.qb.DocType(LEDGER), frappe.qb.DocType(openings.DOCTYPE)
		for part in in_parts(references):
			rows = (
				frappe.qb.from_(entry)
				.join(opening)
				.on(opening.name == entry.voucher_no)
				.select(opening.kind, entry.account, Sum(entry.amount), Count(opening.name).distinct())
				.where((entry.voucher_type == openings.DOCTYPE) & entry.voucher_no.isin(part))
				.where(opening.status == "Posted")
				.groupby(opening.kind, entry.account)
				.run()
			)
			for kind, account, amount, vouchers in rows:
				if account == ACCOUNT_OF_OPENING[kind][0]:
					total += self.signed(kind, to_decimal(amount))
					count += vouchers
		return count, total

	def signed(self, kind: str, amount: Decimal) -> Decimal:
		"""A sum of the ledger in the sign of the file."""
		return amount * ACCOUNT_OF_OPENING[kind][1]


class OpeningBalances(_Openings):
	"""Who owes what on the day of the change: positive or “debit” is debt of the patient."""

	key = "opening_balances"
	label = "Opening balances"
	hint = "What patients owe the clinic, and what the clinic owes them; a minus sign or a column says which"
	order = 110
	fields = (
		*people.REFERENCE,
		Field("amount", "Amount", reader="money", headings=_AMOUNT, required=True),
		Field(
			"side",
			"Who owes",
			headings=("type", "side", "dr/cr", "نوع", "وضعیت", "تشخیص", "بدهکار/بستانکار", "taraf"),
			is_default=True,
			options="Patient Owes\nClinic Owes",
		),
		_ON,
		BRANCH,
		NOTE,
	)

	def settle(self, run: Run, rows: Sequence[Row]) -> None:
		"""An amount with a side; never both a minus sign and the side of the clinic."""
		super().settle(run, rows)
		owed_to_us, owed_by_us = ({fold(word) for word in words} for words in (_OWES_US, _WE_OWE))
		for row in rows:
			amount, said = row.values.get("amount"), row.values.get("side")
			side = fold(said or "")
			if amount == 0:
				row.refuse("amount", _("It must not be 0."))
			if said and side not in owed_to_us | owed_by_us:
				row.refuse("side", _("“{0}” does not say who owes.").format(said))
			elif side in owed_by_us and amount is not None and amount < 0:
				row.refuse("amount", _("A minus sign and “{0}” contradict each other.").format(said))
			elif amount is not None:
				row.amount = -amount if side in owed_by_us else amount
				row.values["side"] = OWED_BY_PATIENT if row.amount > 0 else OWED_BY_CLINIC

	def shown(self, run: Run, row: Row) -> dict:
		"""The side in words."""
		values = super().shown(run, row)
		return {**values, "side": _(values["side"]) if values.get("side") else None}

	def write_one(self, run: Run, row: Row) -> None:
		"""One voucher."""
		values = row.values
		doc = openings.post(
			*(values["side"], values["patient"], abs(row.amount), values["branch"]),
			on=values.get("on"),
			note=values.get("note"),
		)
		row.done(CREATED, doc.name)

	def signed(self, kind: str, amount: Decimal) -> Decimal:
		"""Debts of patients are positive, those of the clinic negative, as in the file."""
		return amount


class OpenDeposits(_Openings):
	"""Money patients left beforehand."""

	key = "open_deposits"
	label = "Open deposits"
	hint = "Money patients left beforehand and did not use yet; no cash shift is touched"
	order = 130
	fields = (
		*people.REFERENCE,
		Field(
			"amount",
			"Amount",
			reader="positive_money",
			headings=("deposit", "بیعانه", "مبلغ بیعانه", "ودیعه", "پیش پرداخت", *_AMOUNT),
			required=True,
		),
		Field(
			"service",
			"Service",
			headings=("service name", "for", "خدمت", "نام خدمت", "بابت", "hizmet"),
			options="Clinic Service",
		),
		_ON,
		BRANCH,
		NOTE,
	)

	def begin(self, run: Run) -> None:
		"""Services by code and name."""
		super().begin(run)
		run.context["service"] = masters.load("Clinic Service", "Service", "service_name")

	def settle(self, run: Run, rows: Sequence[Row]) -> None:
		"""Services that exist."""
		super().settle(run, rows)
		for row in rows:
			row.values["service"] = run.context["service"].find(row, "service")

	def write_one(self, run: Run, row: Row) -> None:
		"""A deposit with its voucher."""
		values = row.values
		doc = openings.post(
			*(openings.DEPOSIT, values["patient"], values["amount"], values["branch"]),
			on=values.get("on"),
			note=values.get("note"),
			service=values.get("service"),
		)
		row.done(CREATED, doc.name)


class OpenCheques(_Openings):
	"""Cheques of patients that are in hand."""

	key = "open_cheques"
	label = "Open cheques"
	hint = "Cheques in hand with their due dates and Sayad numbers"
	order = 140
	fields = (
		*people.REFERENCE,
		Field("amount", "Amount", reader="positive_money", headings=("مبلغ چک", *_AMOUNT), required=True),
		Field(
			"cheque_no",
			"Cheque number",
			reader="code",
			headings=("cheque", "check no", "number", "شماره چک", "شماره", "سریال چک", "çek no"),
			required=True,
		),
		Field(
			"sayad_id",
			"Sayad number",
			reader="code",
			headings=("sayad", "sayad id", "شناسه صیاد", "صیاد", "صیادی"),
		),
		Field("bank", "Bank", headings=("bank name", "بانک", "نام بانک", "banka")),
		Field(
			"due_date",
			"Due date",
			reader="date",
			headings=("due", "due on", "سررسید", "تاریخ سررسید", "تاریخ چک", "vade", "vade tarihi"),
			required=True,
		),
		Field("payer_name", "Payer", headings=("drawer", "صادرکننده", "صاحب چک", "صادر کننده", "ödeyen")),
		BRANCH,
		NOTE,
	)

	def settle(self, run: Run, rows: Sequence[Row]) -> None:
		"""Sixteen digits of Sayad that no other cheque has."""
		super().settle(run, rows)
		said = [row.values["sayad_id"] for row in rows if row.values.get("sayad_id")]
		known = set(
			frappe.get_all(
				openings.CHEQUE,
				{"sayad_id": ("in", said or [""]), "status": ("!=", "Cancelled")},
				pluck="sayad_id",
				order_by="sayad_id asc",
			)
		)
		for row in rows:
			number = row.values.get("sayad_id")
			if number and (len(number) != 16 or not number.isdigit()):
				row.refuse("sayad_id", _("A Sayad number has sixteen digits."))
			elif number in known:
				row.refuse("sayad_id", _("Another cheque has this Sayad number."))
			elif number:
				known.add(number)

	def write_one(self, run: Run, row: Row) -> None:
		"""A cheque in hand with its voucher."""
		values = row.values
		given = {key: values.get(key) for key in ("cheque_no", "sayad_id", "bank", "payer_name")}
		doc = openings.post(
			*(openings.HELD_CHEQUE, values["patient"], values["amount"], values["branch"]),
			on=getdate(),
			note=values.get("note"),
			cheque={**given, "due_date": values["due_date"]},
		)
		row.done(CREATED, doc.name)
