"""Dates of tables: Jalali or Gregorian, in whichever order, found out per column. Pure."""

import datetime
import re
from collections.abc import Iterable
from typing import Any

import jdatetime

from clinic_core.foundation.digits import to_latin
from clinic_core.foundation.table_files import cell_text

JALALI_YMD, JALALI_DMY = "jalali-ymd", "jalali-dmy"
GREGORIAN_YMD, GREGORIAN_DMY, GREGORIAN_MDY = "gregorian-ymd", "gregorian-dmy", "gregorian-mdy"
STYLES = (JALALI_YMD, JALALI_DMY, GREGORIAN_YMD, GREGORIAN_DMY, GREGORIAN_MDY)
"""Calendar and the order of year, month and day."""

_JALALI_YEARS, _GREGORIAN_YEARS = range(1200, 1600), range(1800, 2300)
_MONTHS = {
	name: number
	for number, names in enumerate(
		(
			("jan", "فروردین", "ocak"),
			("feb", "اردیبهشت", "şubat"),
			("mar", "خرداد", "mart"),
			("apr", "تیر", "nisan"),
			("may", "مرداد", "mayıs"),
			("jun", "شهریور", "haziran"),
			("jul", "مهر", "temmuz"),
			("aug", "آبان", "ağustos"),
			("sep", "آذر", "eylül"),
			("oct", "دی", "ekim"),
			("nov", "بهمن", "kasım"),
			("dec", "اسفند", "aralık"),
		),
		start=1,
	)
	for name in names
}
_TIME = re.compile(
	r"(?:^|[T\s])(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?\s*(am|pm|ق\.?ظ|ب\.?ظ)?", re.IGNORECASE
)
_COMPACT = re.compile(r"\d{8}")
_PARTS = re.compile(r"\d+|[^\W\d_]+")
_YEAR_FIRST = re.compile(r"\d{4}")
_FIRST_SERIAL = datetime.date(1899, 12, 30)
_SERIALS = range(10_000, 80_000)


class DateError(ValueError):
	"""No date. `is_date`: it has the form of one, but there is no such day."""

	def __init__(self, is_date: bool) -> None:
		super().__init__("date")
		self.is_date = is_date


def read(value: Any, style: str, today: datetime.date) -> datetime.datetime:
	"""A cell as a Gregorian moment; at midnight when it has no time of day. Raises DateError.

	A workbook's own dates need no style; a Jalali year that a program kept as if it were Gregorian does.
	"""
	if isinstance(value, datetime.datetime | datetime.date):
		moment = value if isinstance(value, datetime.datetime) else datetime.datetime(*value.timetuple()[:3])
		if moment.year in _JALALI_YEARS:
			day = _day("jalali", moment.year, moment.month, moment.day)
			return datetime.datetime.combine(day, moment.time())
		return moment.replace(tzinfo=None)
	if isinstance(value, int | float) and not isinstance(value, bool) and int(value) in _SERIALS:
		serial = datetime.datetime.combine(_FIRST_SERIAL, datetime.time()) + datetime.timedelta(days=value)
		return serial.replace(microsecond=0)
	said = to_latin(cell_text(value)).strip()
	clock = _TIME.search(said)
	day = _read_day(said[: clock.start()] if clock and clock.start() else said, style, today)
	time = read_time(said[clock.start() :]) if clock and clock.start() else None
	return datetime.datetime.combine(day, time or datetime.time())


def read_time(value: Any) -> datetime.time | None:
	"""A time of day, None if it is none."""
	if isinstance(value, datetime.datetime):
		return value.time().replace(microsecond=0)
	if isinstance(value, datetime.time):
		return value.replace(microsecond=0)
	if isinstance(value, float) and 0 <= value < 1:
		minutes = round(value * 24 * 60)
		return datetime.time(minutes // 60 % 24, minutes % 60)
	said = to_latin(cell_text(value)).strip()
	found = _TIME.match(said) or (re.fullmatch(r"(\d{1,2})()()()", said))
	if not found:
		return None
	hour, minute, half = int(found[1]), int(found[2] or 0), (found[4] or "").casefold().replace(".", "")
	if half in ("pm", "بظ") and hour < 12:
		hour += 12
	elif half in ("am", "قظ") and hour == 12:
		hour = 0
	return datetime.time(hour, minute) if hour < 24 and minute < 60 else None


def _read_day(said: str, style: str, today: datetime.date) -> datetime.date:
	calendar, order = style.split("-")
	parts = [said[:4], said[4:6], said[6:]] if _COMPACT.fullmatch(said) else _PARTS.findall(said)
	if len(parts) != 3:
		raise DateError(is_date=False)
	named = [_month(part) for part in parts]
	if any(named):
		parts = _with_named_month(parts, named, order)
	elif not all(part.isdecimal() for part in parts):
		raise DateError(is_date=False)
	places = dict(zip(_order_of(parts, order), parts, strict=True))
	year = _year(places["y"], calendar, today)
	# The year tells the calendar: 1399 is no Gregorian one, 1990 no Jalali one.
	if year in _JALALI_YEARS:
		calendar = "jalali"
	elif year in _GREGORIAN_YEARS:
		calendar = "gregorian"
	return _day(calendar, year, int(places["m"]), int(places["d"]))


def _month(part: str) -> int | None:
	if part.isdecimal():
		return None
	plain = part.casefold().replace("ي", "ی")
	return _MONTHS.get(plain) or _MONTHS.get(plain[:3])


def _with_named_month(parts: list[str], named: list[int | None], order: str) -> list[str]:
	"""Day, month and year in the asked order; the year is the longer one, or the last."""
	at = next(index for index, month in enumerate(named) if month)
	rest = [part for index, part in enumerate(parts) if index != at]
	if not all(part.isdecimal() for part in rest):
		raise DateError(is_date=False)
	year, day = (rest[0], rest[1]) if len(rest[0]) > 2 else (rest[1], rest[0])
	places = {"y": year, "m": str(named[at]), "d": day}
	written = "ymd" if len(year) > 2 else order
	return [places[place] for place in written]


def _order_of(parts: list[str], order: str) -> str:
	"""Where four digits stand first or last, the year is there, whatever the column's order."""
	if len(parts[0]) == 4:
		return "ymd"
	if len(parts[2]) == 4 and order == "ymd":
		return "dmy"
	return order


def _year(text: str, calendar: str, today: datetime.date) -> int:
	year = int(text)
	if len(text) > 2:
		return year
	now = jdatetime.date.fromgregorian(date=today).year if calendar == "jalali" else today.year
	century = now - now % 100
	return century + year if century + year <= now + 1 else century - 100 + year


def _day(calendar: str, year: int, month: int, day: int) -> datetime.date:
	try:
		if calendar == "jalali":
			return jdatetime.date(year, month, day).togregorian()
		return datetime.date(year, month, day)
	except ValueError as error:
		raise DateError(is_date=True) from error


def detect(cells: Iterable[Any], today: datetime.date) -> str:
	"""The style that reads most of a column; the calendar of the years decides before the order does."""
	texts = [cell for cell in cells if isinstance(cell, str) and cell.strip()]
	years = [int(part) for cell in texts for part in re.findall(r"\d{4}", to_latin(cell))]
	jalali = sum(year in _JALALI_YEARS for year in years)
	gregorian = sum(year in _GREGORIAN_YEARS for year in years)
	calendar = "jalali" if jalali > gregorian else "gregorian"
	if not years and texts:
		return JALALI_YMD  # two digits only: ۷۴/۰۵/۱۲ is how Persian clinics write
	year_first = sum(bool(_YEAR_FIRST.match(to_latin(cell).strip())) for cell in texts)
	orders = ("ymd",) if year_first * 2 >= len(texts) else ("dmy", "mdy")
	styles = [style for style in STYLES if style.startswith(calendar) and style.endswith(orders)]
	return max(
		styles, key=lambda style: (sum(_reads(cell, style, today) for cell in texts), -styles.index(style))
	)


def _reads(cell: str, style: str, today: datetime.date) -> bool:
	try:
		read(cell, style, today)
	except DateError:
		return False
	return True
