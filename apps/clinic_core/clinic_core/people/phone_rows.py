"""Which of a person's numbers is the main one. Pure."""

from collections.abc import Sequence
from typing import NamedTuple


class Row(NamedTuple):
	"""One number and whether it is ticked as the main one."""

	phone: str
	is_main: bool


class TwoMainError(ValueError):
	"""Two different numbers are ticked as the main one; `args` are these numbers."""


def settle(
	rows: Sequence[Row], mobile: str | None, old_mobile: str | None, mobile_was_typed: bool
) -> list[Row]:
	"""Rows without repetitions and with exactly one main number; numbers in E.164.

	`mobile` is the short box above the table. Where the box was changed it wins: a number of the
	table becomes main, another one takes the place of the old main number. Where it was not, the
	table wins: the row that is ticked, else the number that was main before, else the first.
	Raises TwoMainError: which of two is meant is not ours to guess.
	"""
	numbers = list(dict.fromkeys(row.phone for row in rows))
	ticked = list(dict.fromkeys(row.phone for row in rows if row.is_main))
	if len(ticked) > 1:
		raise TwoMainError(*ticked)
	if mobile_was_typed and mobile:
		if mobile not in numbers:
			if old_mobile in numbers:
				numbers[numbers.index(old_mobile)] = mobile
			else:
				numbers.insert(0, mobile)
		main = mobile
	else:
		main = (ticked or [old_mobile])[0]
	if numbers and main not in numbers:
		main = numbers[0]
	return [Row(phone, phone == main) for phone in numbers]
