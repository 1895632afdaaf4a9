import datetime

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import add_days, get_time, getdate, now_datetime

from clinic_core.foundation import live
from clinic_core.foundation.document import ClinicDocument
from clinic_core.foundation.errors import ConflictError, refuse_input
from clinic_core.foundation.shown_days import shown_day
from clinic_core.foundation.state import guard_status
from clinic_core.scheduling import booking_rules, records
from clinic_core.scheduling.waiting import offers, states

DEFAULT_DAYS = 30
LONGEST_DAYS = 366
OWNED_BY_SYSTEM = ("closed_at", "offer_count", "area_title")


class ClinicWaitingListEntry(ClinicDocument):
	"""Somebody who wishes a time that is not free yet, or a day without a time (F08, E206)."""

	def validate(self) -> None:
		old, new = guard_status(self, states.ENTRY)
		self._keep_what_is_ours()
		self._check_days(old, new)
		self._check_hours()
		if old is None or self._is_other_wish():
			self._check_wish()
		if new == states.WAITING != old:
			self._check_only_one()
		self._stamp(old, new)
		self.branch = self.branches[0].branch if self.branches else None

	def on_update(self) -> None:
		before = self.get_doc_before_save()
		if before and before.status == states.OFFERED and self.status in (states.WITHDRAWN, states.EXPIRED):
			offers.withdraw_of(self.name)
		live.changed(self.doctype, self.name)

	def on_trash(self) -> None:
		frappe.throw(_("A wish is never deleted. Take it off the list instead."))

	def _keep_what_is_ours(self) -> None:
		before = self.get_doc_before_save()
		if not before:
			self.update({"closed_at": None, "offer_count": 0, "appointment": None, "area_title": None})
			return
		for field in ("closed_at", "area_title"):
			self.set(field, before.get(field))
		if not frappe.flags.clinic_system_move:
			self.offer_count, self.appointment = before.offer_count, before.appointment

	def _check_days(self, old: str | None, new: str) -> None:
		self.from_date = getdate(self.from_date) if self.from_date else getdate()
		self.to_date = getdate(self.to_date) if self.to_date else add_days(self.from_date, DEFAULT_DAYS)
		self.to_date = getdate(self.to_date)
		begins = new == states.WAITING and old not in states.ON_THE_LIST
		if (begins or self.has_value_changed("to_date")) and self.to_date < getdate():
			refuse_input(
				_("Until date"),
				_("{0} has passed. Choose today or a later day.").format(shown_day(self.to_date)),
			)
		if self.to_date < self.from_date:
			refuse_input(_("Until date"), _("It lies before the first day."))
		if (self.to_date - self.from_date).days > LONGEST_DAYS:
			refuse_input(_("Until date"), _("Nobody waits longer than {0} days.").format(LONGEST_DAYS))

	def _check_hours(self) -> None:
		for row in self.times:
			start, end = (_time_of(row, field) for field in ("start", "end"))
			if start and end and end <= start:
				refuse_input(
					_("Days and hours"), _("Row {0}: the end must come after the start.").format(row.idx)
				)

	def _is_other_wish(self) -> bool:
		before = self.get_doc_before_save()
		if any(
			(self.get(field) or None) != (before.get(field) or None)
			for field in ("patient", "service", "area")
		):
			return True
		return {row.practitioner for row in self.practitioners} != {
			row.practitioner for row in before.practitioners
		}

	def _check_wish(self) -> None:
		"""What is wished can be had at all: patient, service, area, and who gives it."""
		for field, label in (("patient", _("Patient")), ("service", _("Service"))):
			if not self.get(field):
				refuse_input(label, _("Please choose one."))
		patient = booking_rules.check_patient(self.patient)
		self.patient_name, self.area = patient.full_name, self.area or None
		service = records.service(self.service, self.area)
		booking_rules.check_service(service)
		self.area_title = service.area_title or None
		wished = [row.practitioner for row in self.practitioners]
		for offer in records.offers(self.service, wished) if wished else []:
			booking_rules.check_offer(offer, self.service, records.need_of(service, offer), patient)

	def _check_only_one(self) -> None:
		"""Somebody waits once for a service and body area; the patient's row is locked by who inserts."""
		others = frappe.get_all(
			self.doctype,
			{
				"patient": self.patient,
				"service": self.service,
				"status": ("in", states.ON_THE_LIST),
				"name": ("!=", self.name or ""),
			},
			["name", "area"],
			order_by="name asc",
		)
		if any((row.area or None) == (self.area or None) for row in others):
			frappe.throw(
				_("{0} waits for this service already. Change that wish instead.").format(self.patient_name),
				ConflictError,
			)

	def _stamp(self, old: str | None, new: str) -> None:
		if old == new:
			return
		self.closed_at = None if new in states.ON_THE_LIST else now_datetime()
		if new in states.ON_THE_LIST:
			self.reason = None
			self.appointment = None
		if new == states.WITHDRAWN and not (self.reason or "").strip():
			refuse_input(_("Reason"), _("Please say why."))


def _time_of(row: Document, field: str) -> datetime.time | None:
	if not row.get(field):
		row.set(field, None)
		return None
	try:
		return get_time(row.get(field))
	except (ValueError, TypeError, AttributeError):  # early 15 asks nothing for its parts
		refuse_input(_("Days and hours"), _("Row {0}: write the time like 14:30.").format(row.idx))


def on_doctype_update() -> None:
	"""Who waits, by when the wished days are over; whether somebody waits at all; the wishes of a patient."""
	frappe.db.add_index("Clinic Waiting List Entry", ["status", "to_date"], "clinic_waiting_days")
	frappe.db.add_index("Clinic Waiting List Entry", ["patient", "status"], "clinic_waiting_patient")
