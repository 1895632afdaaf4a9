"""Free times for visitors, by day, in the visitor's calendar (A07, E175, E188). No permission asked."""

import datetime
from collections.abc import Sequence
from typing import Any

import frappe
import jdatetime
from babel.dates import format_date
from frappe import _
from frappe.utils import add_days, getdate, now_datetime

from clinic_core.foundation.digits import in_language
from clinic_core.foundation.errors import refuse_input
from clinic_core.foundation.state import as_patient
from clinic_core.online_booking import catalogue, opening
from clinic_core.scheduling import starts

DAYS = 14
"""So many days are shown at once."""

JALALI_MONTHS = (
	"فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور",
	"مهر", "آبان", "آذر", "دی", "بهمن", "اسفند",
)  # fmt: skip
_WEEKDAYS = ("دوشنبه", "سه‌شنبه", "چهارشنبه", "پنجشنبه", "جمعه", "شنبه", "یکشنبه")


def of_service(
	service: str,
	practitioner: str | None = None,
	area: str | None = None,
	gender: str | None = None,
	from_date: datetime.date | None = None,
) -> dict[str, Any]:
	"""{days: [{date, weekday, day, month, times: [{start, time, practitioner, branch, queue_no}]}], earlier, later}.

	Two weeks from `from_date` (today): every day with its free times, one for each start; closed days have
	none. Raises NotOnlineError for a service that is not booked online.
	"""
	catalogue.service(service)
	people = {one.name for one in catalogue.practitioners(service)}
	if practitioner and practitioner not in people:
		refuse_input(_("Practitioner"), _("This is not booked online. Please choose somebody else."))
	return between(service, {practitioner} if practitioner else people, area, gender, from_date)


def between(
	service: str,
	people: set[str],
	area: str | None,
	gender: str | None,
	from_date: datetime.date | None,
	patient: str | None = None,
) -> dict[str, Any]:
	"""The same for what is known to be offered; with `patient` for somebody who is known."""
	now, window = now_datetime(), opening.window()
	last_day, earliest = window.last_day(now), window.first(now)
	first = max(from_date or now.date(), earliest.date())
	last = min(getdate(add_days(first, DAYS - 1)), last_day)
	found = []
	if people and first <= last:
		begin = max(_whole_minute(earliest), datetime.datetime.combine(first, datetime.time()))
		gender = None if patient else gender or ""
		with as_patient():
			found = starts.find_starts(service, begin, last, people, patient, area or None, gender)
	after = getdate(add_days(last, 1))
	return {
		"days": _by_day(first, last, found),
		"earlier": _earlier(first, now),
		"later": str(after) if first <= last and after <= last_day else None,
	}


def _whole_minute(moment: datetime.datetime) -> datetime.datetime:
	"""The first whole minute from then on."""
	whole = moment.replace(second=0, microsecond=0)
	return whole if whole == moment else whole + datetime.timedelta(minutes=1)


def _earlier(first: datetime.date, now: datetime.datetime) -> str | None:
	before = max(getdate(add_days(first, -DAYS)), now.date())
	return str(before) if before < first and first > now.date() else None


def _by_day(
	first: datetime.date, last: datetime.date, rows: Sequence[dict[str, Any]]
) -> list[dict[str, Any]]:
	"""Every day of the range with its times."""
	days: dict[str, dict[str, Any]] = {}
	for offset in range((last - first).days + 1):
		day = first + datetime.timedelta(days=offset)
		days[str(day)] = {**spoken(day), "times": []}
	for row in rows:
		start = row["start"]
		days[start[:10]]["times"].append(
			{
				"start": start,
				"time": in_language(start[11:16], frappe.local.lang),
				"practitioner": row["practitioner"],
				"branch": row["branch"],
				**({"queue_no": row["queue_no"]} if row.get("queue_no") else {}),
			}
		)
	return list(days.values())


def spoken(day: datetime.date) -> dict[str, str]:
	"""A day in the calendar and the words of the language: {date, weekday, day, month, label}."""
	lang = frappe.local.lang
	if lang == "fa":
		jalali = jdatetime.date.fromgregorian(date=day)
		weekday, number = _WEEKDAYS[day.weekday()], in_language(str(jalali.day), "fa")
		month = JALALI_MONTHS[jalali.month - 1]
		year = in_language(str(jalali.year), "fa")
		return {
			"date": str(day),
			"weekday": weekday,
			"day": number,
			"month": month,
			"label": f"{weekday} {number} {month} {year}",
		}
	return {
		"date": str(day),
		"weekday": format_date(day, "EEE", locale="en"),
		"day": str(day.day),
		"month": format_date(day, "MMM", locale="en"),
		"label": format_date(day, "EEEE d MMMM y", locale="en"),
	}


def clock(moment: datetime.datetime) -> str:
	"""A time of day in the digits of the language."""
	return in_language(f"{moment:%H:%M}", frappe.local.lang)
