"""The import of past appointments: who came and who did not, as history without claims (issue 6, “Real input”).

Nothing is booked: what is over needs no cells, no shift and no resource. A calendar that kept only days gives
appointments at midnight, and one that kept no practitioners or services gets the ones chosen for all rows.
Rows are written many at once, each chunk with its book-keeping, so a run that broke off goes on where it was.
"""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

import frappe
from frappe import _
from frappe.utils import getdate, now_datetime

from clinic_core.foundation import live
from clinic_core.foundation.bulk import insert_documents
from clinic_core.foundation.jalali import jalali_month
from clinic_core.people.importing import masters, usage
from clinic_core.people.importing.columns import Field
from clinic_core.people.importing.go_live.appointments import FutureAppointments
from clinic_core.people.importing.go_live.kind import GoLiveKind, in_parts
from clinic_core.people.importing.kind import Done, Run
from clinic_core.people.importing.patients import people
from clinic_core.people.importing.rows import CREATED, Row, open_rows
from clinic_core.people.patient_file import returning
from clinic_core.scheduling.history import origins
from clinic_core.scheduling.importing import outcomes

DOCTYPE = "Clinic Appointment"
_FUTURE = {field.key: field for field in FutureAppointments.fields}
_FOLLOWS = frozenset({"Clinic Import Row", "Clinic Access Log", "Version"})


def _reference() -> tuple[Field, ...]:
	"""Whose row it is: as for every go-live, but a number that a spreadsheet rounded is taken as it stands."""
	return tuple(
		replace(field, reader="rounded_code", headings=(*field.headings, "patientid"))
		if field.key == "file_no"
		else field
		for field in people.REFERENCE
	)


class PastAppointments(GoLiveKind):
	"""Appointments of the old calendar that are over."""

	key = "past_appointments"
	label = "Past appointments"
	doctype = DOCTYPE
	hint = "Who came when and who did not: history for statistics, nothing is booked"
	order = 170
	chunk = 500
	fields = (
		*_reference(),
		replace(_FUTURE["start"], headings=(*_FUTURE["start"].headings, "appointmentday")),
		_FUTURE["time"],
		_FUTURE["service"],
		_FUTURE["practitioner"],
		Field(
			"no_show",
			"Did not come",
			reader="yes_no",
			headings=("no-show", "no show", "noshow", "absent", "missed", "نیامد", "غیبت", "غایب", "gelmedi"),
		),
		Field(
			"outcome",
			"What became of it",
			headings=("status", "state", "outcome", "result", "وضعیت", "وضعیت نوبت", "نتیجه", "durum"),
		),
		Field(
			"old_no",
			"Number in the old calendar",
			reader="code",
			headings=("appointment id", "appointmentid", "appointment no", "شماره نوبت", "کد نوبت"),
		),
		Field(
			"scheduled_on",
			"Was booked on",
			reader="moment",
			headings=(
				*("scheduledday", "scheduled day", "booked on", "booking date", "created at"),
				*("تاریخ ثبت نوبت", "زمان ثبت", "تاریخ رزرو"),
			),
		),
		Field(
			"was_reminded",
			"A reminder was sent",
			reader="yes_no",
			headings=("sms_received", "sms received", "sms", "reminder", "reminded", "پیامک", "یادآوری"),
		),
		_FUTURE["branch"],
		_FUTURE["note"],
	)

	def missing(self, columns: Mapping[str, int], given: Mapping[str, Any]) -> list[str]:
		"""Whether they came, in one of the two ways calendars say it."""
		lacks = super().missing(columns, given)
		return lacks if {"no_show", "outcome"} & set(columns) else [*lacks, "Did not come"]

	def begin(self, run: Run) -> None:
		"""Services and practitioners by code and name, and how long a service takes."""
		super().begin(run)
		run.context["service"] = masters.load("Clinic Service", "Service", "service_name")
		run.context["practitioner"] = masters.load("Clinic Practitioner", "Practitioner", "practitioner_name")
		rows = frappe.get_all("Clinic Service", fields=["name", "duration_minutes"], order_by="name asc")
		run.context["minutes"] = {row.name: row.duration_minutes or 0 for row in rows}

	def settle(self, run: Run, rows: Sequence[Row]) -> None:
		"""A day that is over, a state that is known, a service and a practitioner that exist."""
		super().settle(run, rows)
		for row in rows:
			for key in ("service", "practitioner"):
				row.values[key] = run.context[key].find(row, key)
			self._settle_time(row)
			said, no_show = row.values.get("outcome"), row.values.get("no_show")
			row.values["status"] = status = outcomes.status_of(said, no_show)
			if not status and said:
				row.refuse(
					"outcome",
					_("“{0}” is no state of a past appointment. Understood are: {1}.").format(
						said, outcomes.choices()
					),
				)
			elif not status and not row.problems:
				row.refuse("no_show", _("Whether the patient came is missing."))

	def _settle_time(self, row: Row) -> None:
		day, clock = row.values.get("start"), row.values.pop("time", None)
		if not day:
			return
		row.values["start"] = datetime.datetime.combine(day.date(), clock or day.time())
		if day.date() >= getdate():
			row.refuse(
				"start",
				_("This day is not over. Bring it in as a future appointment, so its time is kept free."),
			)

	def write(self, run: Run, rows: Sequence[Row]) -> None:
		"""All of a chunk in one statement; whose files they are learn when they were here."""
		waiting = open_rows(rows)
		names = _full_names({row.values["patient"] for row in waiting})
		made = [_document(run, row.values, names) for row in waiting]
		insert_documents(DOCTYPE, made)
		for row, document in zip(waiting, made, strict=True):
			row.done(CREATED, document["name"])
		returning.refresh({row.values["patient"] for row in waiting})
		if made:
			live.changed(DOCTYPE, made[0]["name"])

	def take_back(self, run: Run, done: Sequence[Done]) -> dict[str, str]:
		"""Delete what nobody used since, a portion at a time."""
		kept: dict[str, str] = {}
		for part in in_parts([one.reference for one in done]):
			used = usage.used(DOCTYPE, part, _FOLLOWS)
			kept |= {name: _("It was used since: {0}.").format(_(by)) for name, by in used.items()}
			gone = [name for name in part if name not in used]
			patients = frappe.get_all(
				DOCTYPE, {"name": ("in", gone or [""])}, pluck="patient", order_by="patient asc"
			)
			frappe.db.delete(DOCTYPE, {"name": ("in", gone or [""])})
			returning.refresh(patients)
		return {one.name: kept[one.reference] for one in done if one.reference in kept}

	def measure(self, references: Sequence[str]) -> tuple[int, Decimal]:
		"""Those that are in the books."""
		count = sum(frappe.db.count(self.doctype, {"name": ("in", part)}) for part in in_parts(references))
		return count, Decimal(0)


def _full_names(patients: set[str]) -> dict[str, str]:
	rows = frappe.get_all(
		people.PATIENT, {"name": ("in", sorted(patients) or [""])}, ["name", "full_name"], order_by="name asc"
	)
	return {row.name: row.full_name for row in rows}


def _document(run: Run, values: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
	now, user = now_datetime(), frappe.session.user
	minutes = run.context["minutes"].get(values["service"], 0)
	return {
		"name": frappe.generate_hash(length=10),
		**{"creation": now, "modified": now, "owner": user, "modified_by": user, "docstatus": 0, "idx": 0},
		**{
			key: values.get(key) for key in ("patient", "service", "practitioner", "branch", "status", "note")
		},
		"patient_name": names.get(values["patient"]),
		"start": values["start"],
		"end": values["start"] + datetime.timedelta(minutes=minutes),
		"duration_minutes": minutes,
		"is_history": 1,
		"scheduled_on": values.get("scheduled_on"),
		"was_reminded": int(values.get("was_reminded") or 0),
		"booked_by": user,
		"booked_through": origins.IMPORT,
		"origin_doctype": "Clinic Import",
		"origin_name": run.name,
		"tracking_code": frappe.generate_hash(length=12),
		"jalali_month": jalali_month(values["start"].date()),
	}
