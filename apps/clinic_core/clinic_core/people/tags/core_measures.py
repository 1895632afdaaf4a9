"""The measures clinic_core knows: who a patient is, appointments, what was paid and not used (D46)."""

import calendar
import datetime
from collections.abc import Callable, Sequence
from typing import Any

import frappe
from frappe import _
from frappe.query_builder.functions import Count, Max, Min, Sum
from frappe.utils import getdate
from pypika.queries import QueryBuilder, Table

from clinic_core.foundation import jalali, settings
from clinic_core.people import cards
from clinic_core.people.entitlement_entries import ENTRY, SET_ASIDE
from clinic_core.people.tags.measures import LARGEST, SMALLEST, Asked, Measure, pairs
from clinic_core.people.tags.rules import CHOICE, FLAG, NUMBER

PATIENT = "Clinic Patient"
APPOINTMENT = "Clinic Appointment"
ENTITLEMENT = "Clinic Entitlement"
CAME = ("Arrived", "Admitted", "Completed")
_SERVICE, _DAYS = frozenset({"days", "service"}), frozenset({"days"})


def clinic_tag_measures() -> list[Measure]:
	"""Handler of the hook of this name."""
	return [*_of_the_person(), *_of_appointments(), *_of_purchases()]


def _of_the_person() -> list[Measure]:
	born = {"kind": NUMBER, "fold": LARGEST}
	return [
		Measure("age", lambda: _("Age"), read=_from_birth(_age), **born),
		Measure("gender", lambda: _("Gender"), CHOICE, _field("gender"), options=("Female", "Male")),
		Measure("birthday_month", lambda: _("Month of birth"), read=_from_birth(_month), **born),
		Measure("days_to_birthday", lambda: _("Days until the birthday"), read=_from_birth(_days_to), **born),
		Measure("days_registered", lambda: _("Days since registration"), NUMBER, _registered, fold=LARGEST),
		Measure(
			"referral_source",
			lambda: _("Referral source"),
			CHOICE,
			_field("referral_source"),
			options="Clinic Referral Source",
		),
		Measure("branch", lambda: _("Branch"), CHOICE, _field("branch"), options="Clinic Branch"),
	]


def _of_appointments() -> list[Measure]:
	return [
		Measure("visit_count", lambda: _("Number of visits"), NUMBER, _appointments(CAME), _SERVICE, 0),
		Measure(
			"last_visit_days", lambda: _("Days since the last visit"), NUMBER, _since(Max), fold=SMALLEST
		),
		Measure(
			"first_visit_days", lambda: _("Days since the first visit"), NUMBER, _since(Min), fold=LARGEST
		),
		Measure(
			"no_show_count", lambda: _("Number of no-shows"), NUMBER, _appointments(("No Show",)), _DAYS, 0
		),
		Measure(
			"cancelled_count",
			lambda: _("Number of cancelled appointments"),
			NUMBER,
			_appointments(("Cancelled",)),
			_DAYS,
			0,
		),
		Measure(
			"services_received",
			lambda: _("Services received"),
			NUMBER,
			_appointments(("Admitted", "Completed")),
			_SERVICE,
			0,
		),
	]


def _of_purchases() -> list[Measure]:
	service = frozenset({"service"})
	return [
		Measure("unused_sessions", lambda: _("Paid, not used (number)"), NUMBER, _unused, service, 0),
		Measure("has_unused", lambda: _("Has something paid and not used"), FLAG, _unused, service, 0),
	]


def _field(name: str) -> Callable[[Asked], Sequence[tuple[str, Any]]]:
	def read(asked: Asked) -> Sequence[tuple[str, Any]]:
		table = frappe.qb.DocType(PATIENT)
		query = frappe.qb.from_(table).select(table.name, table[name])
		return [(patient, value) for patient, value in pairs(query.where(asked.whom(table.name))) if value]

	return read


def _from_birth(
	figure: Callable[[datetime.date, datetime.date], int | None],
) -> Callable[[Asked], Sequence[tuple[str, Any]]]:
	read_birth = _field("birth_date")

	def read(asked: Asked) -> Sequence[tuple[str, Any]]:
		return [(patient, figure(getdate(born), asked.today)) for patient, born in read_birth(asked)]

	return read


def _age(born: datetime.date, _today: datetime.date) -> int | None:
	return cards.age(born)


def _month(born: datetime.date, _today: datetime.date) -> int:
	"""Of the Jalali calendar where the clinic is in Iran."""
	if settings.get("phone_region") in (None, "", "IR"):
		return int(jalali.jalali_month(born)[5:])
	return born.month


def _days_to(born: datetime.date, today: datetime.date) -> int:
	return (_birthday(born, today.year, today) - today).days


def _birthday(born: datetime.date, year: int, today: datetime.date) -> datetime.date:
	"""The next one; who was born on 29 February has it on 1 March in other years."""
	leap = (born.month, born.day) != (2, 29) or calendar.isleap(year)
	day = datetime.date(year, born.month, born.day) if leap else datetime.date(year, 3, 1)
	return day if day >= today else _birthday(born, year + 1, today)


def _registered(asked: Asked) -> Sequence[tuple[str, Any]]:
	return [(patient, (asked.today - getdate(made)).days) for patient, made in _field("creation")(asked)]


def _appointments(statuses: tuple[str, ...]) -> Callable[[Asked], Sequence[tuple[str, Any]]]:
	def read(asked: Asked) -> Sequence[tuple[str, Any]]:
		table = frappe.qb.DocType(APPOINTMENT)
		query = _of_status(table, statuses, asked).select(table.patient, Count(table.name))
		if asked.since:
			query = query.where(table.start >= asked.since)
		if asked.service:
			query = query.where(table.service == asked.service)
		return pairs(query)

	return read


def _of_status(table: Table, statuses: tuple[str, ...], asked: Asked) -> QueryBuilder:
	return (
		frappe.qb.from_(table)
		.where(asked.whom(table.patient) & table.status.isin(list(statuses)))
		.groupby(table.patient)
	)


def _since(edge: Callable) -> Callable[[Asked], Sequence[tuple[str, Any]]]:
	def read(asked: Asked) -> Sequence[tuple[str, Any]]:
		table = frappe.qb.DocType(APPOINTMENT)
		query = _of_status(table, CAME, asked).select(table.patient, edge(table.start))
		return [(patient, (asked.today - getdate(at)).days) for patient, at in pairs(query)]

	return read


def _unused(asked: Asked) -> Sequence[tuple[str, Any]]:
	"""What is left of active purchases, by their entries."""
	entry, bought = frappe.qb.DocType(ENTRY), frappe.qb.DocType(ENTITLEMENT)
	query = (
		frappe.qb.from_(bought)
		.join(entry)
		.on(entry.entitlement == bought.name)
		.select(bought.patient, Sum(entry.quantity))
		.where(asked.whom(bought.patient) & (bought.status == "Active"))
		.where(entry.kind.notin(sorted(SET_ASIDE)))
		.where(bought.valid_to.isnull() | (bought.valid_to >= asked.today))
		.groupby(bought.patient)
	)
	if asked.service:
		query = query.where(bought.service == asked.service)
	return pairs(query)
