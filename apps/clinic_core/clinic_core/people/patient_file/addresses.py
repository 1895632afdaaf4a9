"""A person's addresses: which of them is the main one, shown in the short boxes. Pure."""

from collections.abc import Sequence
from typing import NamedTuple


class Place(NamedTuple):
	"""What the short boxes show of an address."""

	city: str
	address: str


class TwoMainError(ValueError):
	"""More than one row is ticked as the main one; `args` are their positions."""


def settle(rows: Sequence[tuple[Place, bool]], typed: Place, old: Place) -> tuple[list[Place], int | None]:
	"""(places, position of the main one). `rows` are (place, is ticked) as they stand in the table.

	The short boxes win where they were changed: they rewrite the main row, or make the first one.
	Otherwise the table wins: the ticked row, else the first. Raises TwoMainError.
	"""
	ticked = [place for place, (_row, is_main) in enumerate(rows) if is_main]
	if len(ticked) > 1:
		raise TwoMainError(*ticked)
	places = [row for row, _is_main in rows]
	main = ticked[0] if ticked else (0 if places else None)
	if typed != old and any(typed):
		if main is None:
			return [typed], 0
		places[main] = typed
	elif main is None and any(typed):
		return [typed], 0
	return places, main
