"""How reliably patients come: visits, missed and cancelled appointments, and what to warn of (F17)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import frappe
from frappe import _
from frappe.query_builder.functions import Coalesce, Count, Max, Sum
from frappe.utils import add_days, cint, getdate
from pypika.terms import Case

from clinic_core.foundation import settings
from clinic_core.foundation.digits import in_language
from clinic_core.scheduling import states
from clinic_core.scheduling.policies.cancelling import BY_CLINIC
from clinic_core.scheduling.policies.door import NO_SHOW_DAYS

DOCTYPE = "Clinic Appointment"
CANCELS_OFTEN, MISSES_OFTEN, BLOCKED = "cancels_often", "misses_often", "booking_blocked"
WARN_AFTER, WARN_WITHIN_DAYS = 3, 90


@dataclass
class Record:
	"""Counts of a patient's appointments; `recent_…` within the days of Clinic Settings."""

	completed: int = 0
	missed: int = 0
	cancelled: int = 0
	recent_missed: int = 0
	recent_cancelled: int = 0
	last_missed_on: str | None = None

	@property
	def missed_percent(self) -> int | None:
		"""Of those whose time came; None when there were none."""
		came = self.completed + self.missed
		return round(100 * self.missed / came) if came else None


def of_patients(patients: Iterable[str]) -> dict[str, Record]:
	"""The records of many patients in one query; who has none is missing.

	What the clinic itself cancelled, and holds that ended, are not the patient's doing.
	"""
	names = sorted({name for name in patients if name})
	if not names:
		return {}
	table = frappe.qb.DocType(DOCTYPE)
	rows = (
		frappe.qb.from_(table)
		.select(table.patient, table.status, Count(table.name), Max(table.start))
		.select(Sum(Case().when(table.start >= add_days(getdate(), -_missed_days()), 1).else_(0)))
		.select(Sum(Case().when(table.start >= add_days(getdate(), -_cancelled_days()), 1).else_(0)))
		.where(table.patient.isin(names))
		.where(
			table.status.isin((states.COMPLETED, states.ADMITTED, states.NO_SHOW))
			| ((table.status == states.CANCELLED) & (Coalesce(table.changed_by, "") != BY_CLINIC))
		)
		.groupby(table.patient, table.status)
		.run()
	)
	found: dict[str, Record] = {}
	for patient, status, count, last, missed, cancelled in rows:
		record = found.setdefault(patient, Record())
		if status == states.NO_SHOW:
			record.missed, record.recent_missed = count, cint(missed)
			record.last_missed_on = str(getdate(last))
		elif status == states.CANCELLED:
			record.cancelled, record.recent_cancelled = count, cint(cancelled)
		else:
			record.completed += count
	return found


def warnings_of(record: Record | None) -> list[dict[str, Any]]:
	"""[{code, severity, params, text}]: what whoever books should know."""
	if not record:
		return []
	found = []
	limit = cint(settings.get("no_show_limit"))
	if limit and record.recent_missed >= limit:
		text = _("No new booking: missed {0} in {1} days")
		found.append(_warning(BLOCKED, "danger", text, record.recent_missed, _missed_days()))
	elif record.recent_missed >= 2:
		text = _("Missed {0} in {1} days")
		found.append(_warning(MISSES_OFTEN, "warning", text, record.recent_missed, _missed_days()))
	often = settings.get("cancellation_warning_count")
	often = WARN_AFTER if often is None else cint(often)
	if often and record.recent_cancelled >= often:
		text = _("Cancelled {0} times in {1} days")
		found.append(_warning(CANCELS_OFTEN, "warning", text, record.recent_cancelled, _cancelled_days()))
	return found


def clinic_patient_warnings(patient: str) -> list[dict[str, Any]]:
	"""Handler of the hook of this name, for the headers of a patient."""
	return warnings_of(of_patients([patient]).get(patient))


def warnings_of_patients(patients: Iterable[str]) -> dict[str, list[dict[str, Any]]]:
	"""The warnings of many patients, in one query."""
	return {name: found for name, record in of_patients(patients).items() if (found := warnings_of(record))}


def _warning(code: str, severity: str, text: str, count: int, days: int) -> dict[str, Any]:
	said = text.format(*(in_language(str(n), frappe.local.lang) for n in (count, days)))
	return {"code": code, "severity": severity, "params": {"count": count, "days": days}, "text": said}


def _missed_days() -> int:
	return cint(settings.get("no_show_days")) or NO_SHOW_DAYS


def _cancelled_days() -> int:
	return cint(settings.get("cancellation_warning_days")) or WARN_WITHIN_DAYS
