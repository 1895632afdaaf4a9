"""What must hold in the money of a restored backup (N2, N7; hook `clinic_backup_checks`)."""

from decimal import Decimal
from typing import Any

import frappe
from clinic_core.operations.backup.findings import Check, check, finding
from clinic_core.operations.backup.restored import Restored
from frappe import _
from frappe.query_builder.functions import Coalesce, Sum

from clinic_reception.cash_desk import sealer
from clinic_reception.cash_desk.balances import DEPOSIT, RECEPTION
from clinic_reception.cash_desk.posting import DOCTYPE as LEDGER

_ALL = 2**31
"""One query over a whole chain: its rows come one by one."""


def run(restored: Restored) -> list[Check]:
	"""The checks of clinic_reception."""
	if not restored.has(LEDGER):
		return []
	return [
		_vouchers(restored),
		_seals(restored),
		_receptions(restored),
		_insurers(restored),
		_deposits(restored),
	]


def _vouchers(restored: Restored) -> Check:
	"""Each voucher sums to zero."""
	entry = frappe.qb.DocType(LEDGER)
	unbalanced = restored.rows(
		frappe.qb.from_(entry)
		.select(entry.voucher_type, entry.voucher_no, Sum(entry.amount).as_("total"))
		.groupby(entry.voucher_type, entry.voucher_no)
		.having(Sum(entry.amount) != 0)
		.orderby(entry.voucher_no)
	)
	found = [
		finding("voucher_unbalanced", row.voucher_type, row.voucher_no, _plain(row.total))
		for row in unbalanced
	]
	return check("voucher_sums", restored.count(LEDGER), found)


def _seals(restored: Restored) -> Check:
	"""Every chain of seals holds from its first entry to its last."""
	entity = frappe.qb.DocType("Clinic Legal Entity")
	names = restored.rows(frappe.qb.from_(entity).select(entity.name).orderby(entity.name))
	checked, found = 0, []
	for row in names:
		chain = sealer.verify(row.name, batch=_ALL, read=restored.stream)
		checked += chain["checked"]
		if broken := chain["broken"]:
			found.append(
				finding(
					f"seal_{broken['problem']}",
					row.name,
					broken["sequence"],
					broken["voucher_type"] or LEDGER,
					broken["voucher_no"] or broken["ledger_entry"],
				)
			)
	return check("seal_chains", checked, found)


def _receptions(restored: Restored) -> Check:
	"""What a reception says is open is what the ledger says."""
	return _agreeing(
		restored,
		"reception_figures",
		"reception_differs",
		RECEPTION,
		("reception", "outstanding", "Receivable", 1),
	)


def _insurers(restored: Restored) -> Check:
	"""What the insurers owe of a reception is what its ledger entries say."""
	doc, entry = frappe.qb.DocType(RECEPTION), frappe.qb.DocType(LEDGER)
	posted = Coalesce(Sum(entry.amount), 0)
	query = (
		frappe.qb.from_(doc)
		.left_join(entry)
		.on((entry.voucher_no == doc.name) & (entry.voucher_type == RECEPTION) & (entry.account == "Insurer"))
		.select(doc.name, doc.reception_no, doc.insurer_share, posted.as_("posted"))
		.where(doc.docstatus == 1)
		.groupby(doc.name, doc.reception_no, doc.insurer_share)
	)
	found = [
		finding(
			"insurer_differs", row.reception_no or row.name, _plain(row.insurer_share), _plain(row.posted)
		)
		for row in restored.stream(query)
		if row.insurer_share != row.posted
	]
	return check("insurer_figures", restored.count(RECEPTION), found)


def _deposits(restored: Restored) -> Check:
	"""What a deposit says is left is what the ledger says."""
	return _agreeing(
		restored, "deposit_figures", "deposit_differs", DEPOSIT, ("deposit", "available", "Deposits", -1)
	)


def _agreeing(
	restored: Restored, code: str, problem: str, doctype: str, where: tuple[str, str, str, int]
) -> Check:
	"""`where`: column of the ledger, field of the document, account, sign."""
	column, field, account, sign = where
	doc, entry = frappe.qb.DocType(doctype), frappe.qb.DocType(LEDGER)
	ledger = Coalesce(Sum(entry.amount), 0)
	query = (
		frappe.qb.from_(doc)
		.left_join(entry)
		.on((entry[column] == doc.name) & (entry.account == account))
		.select(doc.name, doc[field].as_("shown"), ledger.as_("posted"))
		.groupby(doc.name, doc[field])
	)
	if doctype == RECEPTION:
		query = query.select(doc.reception_no.as_("number")).groupby(doc.reception_no)
		query = query.where(doc.docstatus > 0)
	found = [
		finding(problem, row.number or row.name, _plain(row.shown), _plain(row.posted * sign))
		for row in restored.stream(query)
		if row.shown != row.posted * sign
	]
	return check(code, restored.count(doctype), found)


def _plain(amount: Any) -> str:
	"""An amount in stored units without noughts behind the point."""
	return format(Decimal(amount).normalize(), "f")


def sentences() -> dict[str, str]:
	"""Code → translated sentence or label. Hook `clinic_backup_sentences`."""
	return {
		"voucher_sums": _("Ledger entries, each voucher sums to zero"),
		"voucher_unbalanced": _("The voucher {0} {1} does not sum to zero: {2} is left."),
		"seal_chains": _("Sealed ledger entries, each chain holds"),
		"seal_changed": _("The ledger of {0} was changed: seal {1} does not fit the entry of {2} {3}."),
		"seal_deleted": _("The ledger of {0} lacks the entry {3} that seal {1} belongs to."),
		"seal_gap": _("The seals of {0} have a gap at number {1}, at {2} {3}."),
		"seal_order": _("The seals of {0} do not follow one another at number {1}, at {2} {3}."),
		"reception_figures": _("Receptions, what is open agrees with the ledger"),
		"reception_differs": _("The reception {0} shows {1} as open, but the ledger says {2}."),
		"insurer_figures": _("Receptions, what insurers owe agrees with the ledger"),
		"insurer_differs": _("The insurers owe {1} of the reception {0}, but the ledger says {2}."),
		"deposit_figures": _("Deposits, what is left agrees with the ledger"),
		"deposit_differs": _("The deposit {0} shows {1} as left, but the ledger says {2}."),
	}
