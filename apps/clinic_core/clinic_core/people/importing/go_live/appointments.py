"""Future appointments of a go-live (G13): booked by the engine, so nobody is booked twice."""

import datetime
from collections.abc import Sequence
from decimal import Decimal

import frappe
from frappe import _
from frappe.utils import now_datetime

from clinic_core.foundation.errors import SlotTakenError, refuse_input
from clinic_core.messaging import notices
from clinic_core.people.importing import masters
from clinic_core.people.importing.columns import Field
from clinic_core.people.importing.go_live.kind import BRANCH, NOTE, GoLiveKind, in_parts, reason_of
from clinic_core.people.importing.kind import Done, Run
from clinic_core.people.importing.patients import people
from clinic_core.people.importing.rows import CREATED, Row
from clinic_core.scheduling import booking, states

_CAN_GO = (states.BOOKED, states.CONFIRMED)


class FutureAppointments(GoLiveKind):
	"""Appointments from the old calendar; a time that is taken is refused with free ones instead."""

	key = "future_appointments"
	label = "Future appointments"
	doctype = booking.DOCTYPE
	hint = "Who comes when, to whom and for what; times that clash are listed with free ones"
	order = 160
	chunk = 50
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
			"practitioner",
			"Practitioner",
			headings=("doctor", "provider", "with", "پزشک", "دکتر", "درمانگر", "ارائه دهنده", "doktor"),
			required=True,
			is_default=True,
			options="Clinic Practitioner",
		),
		Field(
			"start",
			"Date",
			reader="moment",
			headings=(
				"day",
				"appointment date",
				"appointment day",
				"start",
				"تاریخ",
				"تاریخ نوبت",
				"روز",
				"زمان نوبت",
				"tarih",
			),
			required=True,
		),
		Field(
			"time",
			"Time",
			reader="time",
			headings=("hour", "appointment time", "ساعت", "زمان", "ساعت نوبت", "saat"),
		),
		BRANCH,
		NOTE,
	)

	def begin(self, run: Run) -> None:
		"""Services and practitioners by code and name."""
		super().begin(run)
		run.context["service"] = masters.load("Clinic Service", "Service", "service_name")
		run.context["practitioner"] = masters.load("Clinic Practitioner", "Practitioner", "practitioner_name")

	def settle(self, run: Run, rows: Sequence[Row]) -> None:
		"""A moment to come, of a service and a practitioner that exist."""
		has_branch = {row.number: bool(row.values.get("branch")) for row in rows}
		super().settle(run, rows)
		for row in rows:
			if not has_branch[row.number]:
				row.values["branch"] = None  # that of the practitioner's shift
			for key in ("service", "practitioner"):
				row.values[key] = run.context[key].find(row, key)
			day, clock = row.values.get("start"), row.values.pop("time", None)
			if not day:
				continue
			row.values["start"] = start = datetime.datetime.combine(day.date(), clock or day.time())
			if start.time() == datetime.time():
				row.refuse("start", _("The time of day is missing."))
			elif start < now_datetime():
				row.refuse("start", _("This time has passed: only future appointments are brought in."))

	def write_one(self, run: Run, row: Row) -> None:
		"""Book; who comes too late is told the next free times."""
		values = row.values
		try:
			with notices.silent():
				doc = booking.book(
					*(values["patient"], values["service"], values["practitioner"], values["start"]),
					branch=values["branch"],
					note=values.get("note"),
					origin_doctype="Clinic Import",
					origin_name=run.name,
					# The old books kept other rules.
					override_reason=_("Brought in from the old books"),
				)
		except SlotTakenError:
			frappe.local.response.pop("next_slots", None)  # the sentence names them
			raise
		row.done(CREATED, doc.name)

	def undo_one(self, run: Run, done: Done) -> None:
		"""Cancel what is still to come."""
		status = frappe.db.get_value(self.doctype, done.reference, "status", for_update=True)
		if status not in _CAN_GO:
			refuse_input(_("Appointment"), _("It is {0} by now.").format(_(status)))
		booking.cancel(done.reference, reason_of(run), booking.BY_CLINIC, notify=False)

	def measure(self, references: Sequence[str]) -> tuple[int, Decimal]:
		"""Appointments that were not cancelled."""
		count = sum(
			frappe.db.count(self.doctype, {"name": ("in", part), "status": ("!=", states.CANCELLED)})
			for part in in_parts(references)
		)
		return count, Decimal(0)
