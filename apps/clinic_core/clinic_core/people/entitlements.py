"""Paid, not used: what a patient has bought and may still use (D21, D49; `design.md` §2).

An entitlement is a right to units of a service; its entries are append-only and signed. Grant adds,
Consume, Burn, Transfer, Expire and Refund take away, Reserve and Release set units aside for an
appointment. The sum of all entries is what is free; free and reserved together are what is left.

Everything here runs inside the caller's transaction, locks the entitlement's row first and reads
its entries with a lock.
"""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import frappe
from frappe import _
from frappe.utils import add_days, flt, getdate

from clinic_core.foundation.errors import refuse_input
from clinic_core.foundation.locks import lock_rows
from clinic_core.foundation.money import Number, round_to, to_decimal
from clinic_core.foundation.shown_days import shown_day
from clinic_core.people import entitlement_entries as entries

DOCTYPE = "Clinic Entitlement"


def grant(
	patient: str,
	service: str,
	quantity: float,
	value: Number,
	branch: str | None,
	origin_doctype: str,
	origin_name: str,
	valid_days: int | None = None,
	area: str | None = None,
) -> str:
	"""Give `patient` the right to `quantity` units; `value` is the price of all of them together.

	`valid_days` from today; None: as the service says, 0: for ever. `area`: code of the body area that
	is sold (G07). Returns the entitlement's name.
	Raises InvalidInputError if the quantity is not positive.
	"""
	if flt(quantity) <= 0:
		refuse_input(_("Quantity"), _("It must be more than 0."))
	title, days = frappe.db.get_value("Clinic Service", service, ["service_name", "entitlement_valid_days"])
	days = days if valid_days is None else valid_days
	area_title = _title_of_area(service, area)
	title = f"{title} – {area_title}" if area_title else title
	doc = frappe.get_doc(
		{
			"doctype": DOCTYPE,
			"title": f"{title} × {flt(quantity):g}",
			"patient": patient,
			"service": service,
			"area": area or None,
			"area_title": area_title,
			"branch": branch,
			"status": "Active",
			"quantity": flt(quantity),
			"value": float(to_decimal(value)),
			"unit_value": float(round_to(to_decimal(value) / to_decimal(quantity))),
			"valid_from": getdate(),
			"valid_to": add_days(getdate(), int(days)) if days else None,
			"origin_doctype": origin_doctype,
			"origin_name": origin_name,
		}
	)
	doc.flags.by_entitlements = True
	doc.insert(ignore_permissions=True)
	entries.post(doc, "Grant", flt(quantity), origin_doctype, origin_name)
	return doc.name


def _title_of_area(service: str, area: str | None) -> str | None:
	if not area:
		return None
	return frappe.db.get_value("Clinic Service Area", {"parent": service, "code": area}, "title")


def consume(entitlement: str, quantity: float, reference_doctype: str, reference_name: str) -> None:
	"""Use units. Refuses more than is left, and what has expired or was cancelled.

	Units set aside for an appointment may be used; the reservation is released by its appointment.
	Raises InvalidInputError.
	"""
	_use(entitlement, "Consume", quantity, reference_doctype, reference_name)


def burn(
	entitlement: str, quantity: float, reference_doctype: str, reference_name: str, reason: str
) -> float:
	"""Let units lapse because of absence (A84), at most what is left. Returns how many."""
	doc = _locked(entitlement)
	units = min(flt(quantity), entries.sums(entitlement)["left"])
	if units > entries.SMALL:
		entries.post(doc, "Burn", -units, reference_doctype, reference_name, reason=reason)
		_keep_status(doc)
	return max(units, 0.0)


def reserve(entitlement: str, quantity: float, reference_doctype: str, reference_name: str) -> None:
	"""Set units aside for an appointment. Refuses more than is free. Raises InvalidInputError."""
	_use(entitlement, "Reserve", quantity, reference_doctype, reference_name)


def release(entitlement: str, quantity: float, reference_doctype: str, reference_name: str) -> None:
	"""Give back what was set aside for the reference, at most that; nothing set aside is no error."""
	doc = _locked(entitlement)
	aside = -sum(
		row.quantity
		for row in entries.read({"entitlement": entitlement})
		if row.kind in entries.SET_ASIDE
		and (row.reference_doctype, row.reference_name) == (reference_doctype, reference_name)
	)
	units = min(flt(quantity), aside)
	if units > entries.SMALL:
		entries.post(doc, "Release", units, reference_doctype, reference_name)


def reverse_for(reference_doctype: str, reference_name: str, reason: str) -> None:
	"""Mirror every entry posted for the reference that is not mirrored yet; each keeps its link.

	A grant that was used since is not taken back: raises InvalidInputError naming the service.
	"""
	names = frappe.get_all(
		entries.ENTRY,
		{"reference_doctype": reference_doctype, "reference_name": reference_name},
		pluck="entitlement",
		distinct=True,
		order_by="entitlement asc",
	)
	lock_rows([(DOCTYPE, name) for name in names])
	for name in names:
		_mirror(name, entries.of_reference(name, reference_doctype, reference_name), reason)


def unconsume(entitlement: str, reference_doctype: str, reference_name: str, reason: str) -> bool:
	"""Mirror the last use (or burning) of the entitlement for the reference. Returns whether there was one."""
	lock_rows([(DOCTYPE, entitlement)])
	uses = [
		row
		for row in entries.of_reference(entitlement, reference_doctype, reference_name)
		if row.kind in ("Consume", "Burn")
	]
	_mirror(entitlement, uses[-1:], reason)
	return bool(uses)


def withdraw(entitlement: str, reference_doctype: str, reference_name: str, reason: str) -> None:
	"""Mirror what was posted for the reference on one entitlement: a grant that came by mistake.

	Raises InvalidInputError if it was used since.
	"""
	lock_rows([(DOCTYPE, entitlement)])
	_mirror(entitlement, entries.of_reference(entitlement, reference_doctype, reference_name), reason)


def used_for(entitlement: str, reference_doctype: str, reference_name: str) -> float:
	"""Units consumed for the reference and not given back."""
	rows = entries.of_reference(entitlement, reference_doctype, reference_name)
	return -sum(row.quantity for row in rows if row.kind == "Consume")


def balance(entitlement: str) -> float:
	"""Units left: granted and not used, whether set aside or not."""
	return entries.sums(entitlement)["left"]


def value_of(entitlement: str, quantity: float = 1) -> Decimal:
	"""Value of the next `quantity` units to be used, by cumulative rounding: the last takes the rest.

	Locks the entitlement; call it before `consume`.
	"""
	doc = _locked(entitlement)
	used = to_decimal(doc.quantity) - to_decimal(entries.sums(entitlement)["left"])
	return share_of_value(doc.value, doc.quantity, used, quantity)


def share_of_value(value: Number, quantity: Number, used: Number, units: Number) -> Decimal:
	"""The share of `units` after `used` of `quantity`, so that all shares add up to `value`. Pure."""
	whole, total = to_decimal(value), to_decimal(quantity)
	if not total:
		return Decimal(0)
	before, after = to_decimal(used), min(to_decimal(used) + to_decimal(units), total)
	return round_to(whole * after / total) - round_to(whole * before / total)


def open_for(patient: str) -> list[dict[str, Any]]:
	"""Paid, not used: rows {name, service, service_name, area, area_title, quantity, left, reserved,
	unit_value, valid_to}.

	Expired and cancelled ones are left out. Two queries.
	"""
	rows = frappe.get_all(
		DOCTYPE,
		filters={"patient": patient, "status": "Active"},
		fields=[
			"name",
			"service",
			"service.service_name",
			"area",
			"area_title",
			"quantity",
			"unit_value",
			"valid_to",
		],
		order_by="`tabClinic Entitlement`.`valid_to` asc, `tabClinic Entitlement`.`creation` asc",
	)
	sums = entries.sums_of([row.name for row in rows])
	today = getdate()
	return [
		{**row, "left": sums[row.name]["left"], "reserved": sums[row.name]["reserved"]}
		for row in rows
		if sums[row.name]["left"] > entries.SMALL and (not row.valid_to or row.valid_to >= today)
	]


def expire_due(limit: int = 500) -> int:
	"""Mark what is past its last day as expired, one chunk. Returns how many (job)."""
	names = frappe.get_all(
		DOCTYPE,
		{"status": "Active", "valid_to": ("<", getdate())},
		pluck="name",
		order_by="name asc",
		limit=limit,
	)
	if names:
		frappe.db.set_value(DOCTYPE, {"name": ("in", names)}, "status", "Expired")
	return len(names)


def _use(entitlement: str, kind: str, quantity: float, reference_doctype: str, reference_name: str) -> None:
	if flt(quantity) <= 0:
		refuse_input(_("Quantity"), _("It must be more than 0."))
	doc = _locked(entitlement)
	_refuse_closed(doc)
	sums = entries.sums(entitlement)
	at_hand = sums["left"] if kind == "Consume" else sums["left"] - sums["reserved"]
	if flt(quantity) > at_hand + entries.SMALL:
		refuse_input(
			_("Quantity"),
			_("Of {0} only {1} are left.").format(doc.title, f"{max(at_hand, 0):g}"),
		)
	entries.post(doc, kind, -flt(quantity), reference_doctype, reference_name)
	_keep_status(doc)


def _locked(name: str) -> frappe._dict:
	doc = frappe.db.get_value(
		DOCTYPE,
		name,
		["name", "title", "patient", "service", "status", "quantity", "value", "valid_to"],
		as_dict=True,
		for_update=True,
	)
	if not doc:
		frappe.throw(_("Entitlement {0} not found").format(name), frappe.DoesNotExistError)
	return doc


def _refuse_closed(doc: frappe._dict) -> None:
	if doc.status == "Cancelled":
		refuse_input(_("Entitlement"), _("{0} was cancelled.").format(doc.title))
	if doc.valid_to and getdate(doc.valid_to) < getdate():
		refuse_input(_("Entitlement"), _("{0} expired on {1}.").format(doc.title, shown_day(doc.valid_to)))


def _mirror(entitlement: str, posted: Iterable[frappe._dict], reason: str) -> None:
	rows = list(posted)
	if not rows:
		return
	doc = _locked(entitlement)
	for row in reversed(rows):
		entries.post(
			doc,
			row.kind,
			-row.quantity,
			row.reference_doctype,
			row.reference_name,
			reason=reason,
			reverses=row.name,
		)
	if entries.sums(entitlement)["left"] < -entries.SMALL:
		refuse_input(_("Entitlement"), _("{0} has been used already. Undo its use first.").format(doc.title))
	_keep_status(doc)


def _keep_status(doc: frappe._dict) -> None:
	status = entries.status_of(entries.read({"entitlement": doc.name}), doc.valid_to, getdate())
	if status != doc.status:
		frappe.db.set_value(DOCTYPE, doc.name, "status", status)
