"""What must hold in every restored clinic: time claims, entitlements, files (hook `clinic_backup_checks`)."""

from collections.abc import Iterator
from urllib.parse import unquote

import frappe
from frappe.query_builder.functions import Count, Sum
from frappe.utils import get_datetime
from pypika import Case

from clinic_core.operations.backup.findings import Check, Finding, check, finding, warning
from clinic_core.operations.backup.restored import Restored
from clinic_core.people.entitlement_entries import ENTRY, SET_ASIDE
from clinic_core.scheduling.claims import DOCTYPE as CLAIM
from clinic_core.scheduling.claims import VISITOR
from clinic_core.scheduling.states import EXPECTED

APPOINTMENT, ENTITLEMENT = "Clinic Appointment", "Clinic Entitlement"
_TINY = 0.000001
"""Quantities are floats; nobody buys a millionth of a session."""


def run(restored: Restored) -> list[Check]:
	"""The checks of clinic_core. Hook `clinic_backup_checks`."""
	checks = [_files(restored)]
	if restored.has(CLAIM):
		checks += [_claims(restored), _appointments(restored)]
	if restored.has(ENTRY):
		checks.append(_entitlements(restored))
	return checks


def _claims(restored: Restored) -> Check:
	"""N1: no five minutes of anybody are given twice."""
	claim = frappe.qb.DocType(CLAIM)
	twice = restored.rows(
		frappe.qb.from_(claim)
		.select(claim.resource_key, claim.cell, claim.seat, Count("*").as_("n"))
		.groupby(claim.resource_key, claim.cell, claim.seat)
		.having(Count("*") > 1)
		.orderby(claim.resource_key)
	)
	found = [finding("claim_twice", row.resource_key, row.cell, row.seat, row.n) for row in twice]
	return check("no_overlap", restored.count(CLAIM), found)


def _appointments(restored: Restored) -> Check:
	"""Every appointment still to come holds its time, and no time is held for nobody."""
	claim, appointment = frappe.qb.DocType(CLAIM), frappe.qb.DocType(APPOINTMENT)
	unclaimed = (
		frappe.qb.from_(appointment)
		.left_join(claim)
		.on(claim.appointment == appointment.name)
		.select(appointment.name, appointment.start)
		.where(appointment.status.isin(sorted(EXPECTED)) & claim.name.isnull())
		.where(appointment.start > get_datetime(restored.manifest.made_at))
		.orderby(appointment.start)
	)
	orphans = (
		frappe.qb.from_(claim)
		.left_join(appointment)
		.on(claim.appointment == appointment.name)
		.select(claim.appointment)
		.distinct()
		.where(appointment.name.isnull() & claim.appointment.not_like(f"{VISITOR}%"))
	)
	found = [
		finding("appointment_without_time", row.name, str(row.start)) for row in restored.stream(unclaimed)
	]
	found += [finding("claim_without_appointment", row.appointment) for row in restored.stream(orphans)]
	return check("appointments_hold_time", restored.count(APPOINTMENT), found)


def _entitlements(restored: Restored) -> Check:
	"""What is left of an entitlement is the sum of its entries; nobody used more than was bought."""
	entry, entitlement = frappe.qb.DocType(ENTRY), frappe.qb.DocType(ENTITLEMENT)
	aside = Case().when(entry.kind.isin(sorted(SET_ASIDE)), entry.quantity).else_(0)
	taken = Case().when(entry.kind.isin(sorted(SET_ASIDE)), 0).else_(entry.quantity)
	sums = (
		frappe.qb.from_(entry)
		.left_join(entitlement)
		.on(entitlement.name == entry.entitlement)
		.select(
			entry.entitlement,
			entitlement.name.as_("known"),
			Sum(taken).as_("remaining"),
			Sum(aside).as_("aside"),
		)
		.groupby(entry.entitlement, entitlement.name)
		.orderby(entry.entitlement)
	)
	found: list[Finding] = []
	for row in restored.stream(sums):
		left, reserved = float(row.remaining), -float(row.aside)
		if not row.known:
			found.append(finding("entitlement_missing", row.entitlement))
		elif left < -_TINY:
			found.append(finding("entitlement_overdrawn", row.entitlement, round(left, 6)))
		elif reserved < -_TINY or reserved > left + _TINY:
			found.append(
				finding("entitlement_reserved_wrong", row.entitlement, round(reserved, 6), round(left, 6))
			)
	return check("entitlement_sums", restored.count(ENTITLEMENT), found)


def _files(restored: Restored) -> Check:
	"""Every uploaded file that the database names is in the archives."""
	count, found = 0, []
	for name, path in _uploaded(restored):
		count += 1
		if path in restored.archived or unquote(path) in restored.archived:
			continue
		if path not in restored.listed:
			# It was not there when the backup was made: a loss of the site, not of the backup.
			found.append(warning("upload_absent", path, name))
		elif restored.listed[path] is not None:
			found.append(finding("upload_missing", path, name))
	return check("uploads_present", count, found)


def _uploaded(restored: Restored) -> Iterator[tuple[str, str]]:
	"""(name of the File, path in the site) of every file on our own disk."""
	file = frappe.qb.DocType("File")
	rows = restored.stream(
		frappe.qb.from_(file)
		.select(file.name, file.file_url)
		.where(
			(file.is_folder == 0) & (file.file_url.like("/files/%") | file.file_url.like("/private/files/%"))
		)
	)
	for row in rows:
		path = row.file_url.split("?")[0].lstrip("/")
		yield row.name, path if path.startswith("private/") else f"public/{path}"
