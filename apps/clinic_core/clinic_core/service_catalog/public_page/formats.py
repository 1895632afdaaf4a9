"""Amounts, lengths of time and days as the public page writes them, in the visitor's language."""

import datetime
from decimal import Decimal

import jdatetime
from babel.dates import format_date
from frappe import _
from frappe.utils import getdate

from clinic_core.foundation import settings
from clinic_core.foundation.digits import in_language
from clinic_core.foundation.money import round_to, to_decimal

_JALALI_MONTHS = (
	"فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور",
	"مهر", "آبان", "آذر", "دی", "بهمن", "اسفند",
)  # fmt: skip

_PERSIAN_DIGITS = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")


class Words:
	"""Writes for one language. The display unit of money is read once."""

	def __init__(self, lang: str) -> None:
		self.lang = lang
		self._unit = settings.shown_unit()

	def number(self, value: int | float | Decimal) -> str:
		"""Grouped, in the digits of the language."""
		return in_language(f"{value:,}", self.lang)

	def text(self, value: str) -> str:
		"""A telephone number or code in the digits of the language."""
		return value.translate(_PERSIAN_DIGITS) if self.lang == "fa" else value

	def money(self, amount: Decimal | int | float) -> str:
		"""An amount in stored units, in the unit people know: `4,200,000 Toman`."""
		exact = to_decimal(amount)
		if not self._unit:
			return _("{0} {1}", context="amount unit").format(
				self.number(round_to(exact)), _(settings.stored_unit())
			)
		shown = self._unit.to_shown(exact)
		step = Decimal(1).scaleb(-self._unit.decimals)
		shown = round_to(shown, step)
		whole = shown == shown.to_integral_value()
		return _("{0} {1}", context="amount unit").format(
			self.number(int(shown) if whole else shown), _(self._unit.label)
		)

	def minutes(self, minutes: int | None) -> str:
		"""`45 minutes`, `1 hour 30 minutes`; "" for none."""
		if not minutes:
			return ""
		hours, rest = divmod(int(minutes), 60)
		parts = []
		if hours:
			parts.append((_("{0} hour") if hours == 1 else _("{0} hours")).format(self.number(hours)))
		if rest:
			parts.append(_("{0} minutes").format(self.number(rest)))
		return (
			" ".join(parts) if len(parts) < 2 else _("{0} and {1}", context="length of time").format(*parts)
		)

	def day(self, day: datetime.date | datetime.datetime | str) -> str:
		"""`22 November 2026`, in Persian `۱ آذر ۱۴۰۵`."""
		date = getdate(day)
		if self.lang == "fa":
			jalali = jdatetime.date.fromgregorian(date=date)
			return (
				in_language(str(jalali.day), "fa")
				+ f" {_JALALI_MONTHS[jalali.month - 1]} "
				+ in_language(str(jalali.year), "fa")
			)
		return format_date(date, "d MMMM y", locale="en")

	def rating(self, stars: Decimal | float) -> str:
		"""`4.8`"""
		return in_language(f"{float(stars):.1f}", self.lang)
