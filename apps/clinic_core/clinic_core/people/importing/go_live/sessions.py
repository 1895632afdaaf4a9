"""Remaining sessions of a go-live (G13): what was paid in the old system and not used yet."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import frappe
from frappe import _
from frappe.utils import getdate

from clinic_core.foundation.errors import refuse_input
from clinic_core.foundation.money import to_decimal
from clinic_core.people import entitlements
from clinic_core.people.importing import masters
from clinic_core.people.importing.columns import Field
from clinic_core.people.importing.go_live.kind import BRANCH, GoLiveKind, in_parts, reason_of
from clinic_core.people.importing.kind import Done, Run
from clinic_core.people.importing.patients import people
from clinic_core.people.importing.rows import CREATED, Row
from clinic_core.scheduling import session_plans

IMPORT = "Clinic Import"
HOOK = "clinic_on_opening_entitlement"
HOOK_BACK = "clinic_on_opening_entitlement_taken_back"


class RemainingSessions(GoLiveKind):
	"""Entitlements with their unit value and validity, with a plan if asked for."""

	key = "remaining_sessions"
	label = "Remaining sessions"
	doctype = entitlements.DOCTYPE
	hint = "Who still has how many sessions of which service, and what one of them was worth"
	total_field = "value"
	order = 120
	fields = (
		*people.REFERENCE,
		Field(
			"service",
			"Service",
			headings=("service name", "treatment", "خدمت", "نام خدمت", "سرویس", "hizmet"),
			required=True,
			is_default=True,
			options="Clinic Service",
		),
		Field(
			"quantity",
			"Sessions left",
			reader="whole",
			headings=(
				"remaining",
				"remaining sessions",
				"quantity",
				"جلسات باقی مانده",
				"جلسات باقیمانده",
				"باقی مانده",
				"تعداد",
				"kalan seans",
			),
			required=True,
		),
		Field(
			"unit_value",
			"Value of one session",
			reader="money",
			headings=(
				"unit value",
				"price per session",
				"ارزش هر جلسه",
				"مبلغ هر جلسه",
				"قیمت هر جلسه",
				"seans ücreti",
			),
		),
		Field(
			"value",
			"Value of all sessions left",
			reader="money",
			headings=("value", "total value", "ارزش", "ارزش کل", "مبلغ", "مبلغ کل", "toplam"),
		),
		Field(
			"valid_to",
			"Valid until",
			reader="date",
			headings=(
				"expires",
				"expiry",
				"expiry date",
				"valid to",
				"اعتبار",
				"تاریخ اعتبار",
				"انقضا",
				"اعتبار تا",
			),
		),
		Field(
			"first_date",
			"First session on",
			reader="date",
			headings=("next session", "plan from", "جلسه بعدی", "تاریخ جلسه بعد", "شروع جلسات"),
		),
		BRANCH,
	)

	def missing(self, columns: Mapping[str, int], given: Mapping[str, Any]) -> list[str]:
		"""The value, of one session or of all."""
		lacks = super().missing(columns, given)
		return lacks if {"value", "unit_value"} & set(columns) else [*lacks, "Value of one session"]

	def begin(self, run: Run) -> None:
		"""Services by code and name."""
		super().begin(run)
		run.context["service"] = masters.load("Clinic Service", "Service", "service_name")

	def settle(self, run: Run, rows: Sequence[Row]) -> None:
		"""Services that exist, a value, an end that is to come."""
		super().settle(run, rows)
		for row in rows:
			row.values["service"] = run.context["service"].find(row, "service")
			self._settle_value(row)
			until = row.values.get("valid_to")
			if until and until < getdate():
				row.refuse("valid_to", _("This day has passed: nothing is left to use."))

	def _settle_value(self, row: Row) -> None:
		quantity, unit, value = (row.values.get(key) for key in ("quantity", "unit_value", "value"))
		if quantity is not None and quantity <= 0:
			row.refuse("quantity", _("It must be more than 0."))
			return
		if value is None and unit is not None and quantity:
			value = unit * quantity
		if value is None:
			if not row.problems:
				row.refuse("unit_value", _("Say what one session, or all of them, was worth."))
			return
		if value < 0:
			row.refuse("value", _("It must not be negative."))
		row.values["value"], row.amount = value, value

	def write_one(self, run: Run, row: Row) -> None:
		"""Grant; the books of other apps follow in the same transaction."""
		values = row.values
		until = values.get("valid_to")
		name = entitlements.grant(
			values["patient"],
			values["service"],
			values["quantity"],
			values["value"],
			values["branch"],
			IMPORT,
			run.name,
			valid_days=(until - getdate()).days if until else 0,
		)
		for handler in frappe.get_hooks(HOOK):
			frappe.get_attr(handler)(
				entitlement=name,
				patient=values["patient"],
				service=values["service"],
				value=str(values["value"]),
				branch=values["branch"],
			)
		if values.get("first_date"):
			session_plans.plan(
				values["patient"],
				values["service"],
				values["first_date"],
				branch=values["branch"],
				origin_doctype=entitlements.DOCTYPE,
				origin_name=name,
				entitlement=name,
			)
		row.done(CREATED, name)

	def undo_one(self, run: Run, done: Done) -> None:
		"""Mirror the grant while nothing was used of it."""
		reason = reason_of(run)
		found = frappe.db.get_value(
			self.doctype, done.reference, ["quantity", "title"], as_dict=True, for_update=True
		)
		if entitlements.balance(done.reference) != found.quantity:
			refuse_input(
				_("Sessions left"), _("{0} has been used already. Undo its use first.").format(found.title)
			)
		session_plans.cancel_for(entitlements.DOCTYPE, done.reference, reason)
		entitlements.withdraw(done.reference, IMPORT, run.name, reason)
		for handler in frappe.get_hooks(HOOK_BACK):
			frappe.get_attr(handler)(entitlement=done.reference, reason=reason)

	def measure(self, references: Sequence[str]) -> tuple[int, Decimal]:
		"""Entitlements that stand, and their value."""
		count, total = 0, Decimal(0)
		for part in in_parts(references):
			rows = frappe.get_all(
				self.doctype,
				filters={"name": ("in", part), "status": ("!=", "Cancelled")},
				fields=["value"],
				order_by="name asc",
				limit_page_length=0,
			)
			count, total = count + len(rows), total + sum((to_decimal(row.value) for row in rows), Decimal(0))
		return count, total
