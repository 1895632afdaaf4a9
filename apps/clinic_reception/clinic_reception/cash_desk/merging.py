"""Money and the merging of patients: never while it is being taken, never back over its head (N6)."""

import datetime

import frappe
from frappe import _

from clinic_reception import access
from clinic_reception.cash_desk import balances


def clinic_merge_refusals(keep: str, duplicate: str) -> list[str]:
	"""Payments of either file that are begun and not finished. One query."""
	drafts = frappe.get_all(
		"Clinic Payment",
		filters={"patient": ("in", [keep, duplicate]), "docstatus": 0},
		fields=["name", "patient_name", "owner"],
		order_by="creation asc",
	)
	return [
		_("A payment of {0} is being taken by {1}. Finish it first.").format(
			frappe.utils.escape_html(row.patient_name or ""), frappe.utils.escape_html(row.owner)
		)
		for row in drafts
	]


def clinic_undo_merge_refusals(kept: str, duplicate: str, merged_at: datetime.datetime) -> list[str]:
	"""Money the two have in common by now: apart, one of them would have used what is the other's."""
	apart = balances.apart([kept, duplicate])
	if all(balance.deposits >= 0 and balance.credit >= 0 for balance in apart.values()):
		return []
	return [_("Credit or deposits of one file were used for the other.")]


def clinic_patient_money(patients: list[str]) -> dict[str, dict[str, float]]:
	"""{balance, deposits, credit} of patients for screens that compare them; nothing for who sees no money."""
	if not access.may("see_money"):
		return {}
	return {
		name: {"balance": float(one.owes), "deposits": float(one.deposits), "credit": float(one.credit)}
		for name, one in balances.of_patients(patients).items()
	}
