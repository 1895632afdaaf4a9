"""Arithmetic of intervals and of ranges of starts. Pure.

An interval (start, end) is half-open and in minutes; a range (low, high) is of cells and includes both ends.
"""

from collections.abc import Iterable, Iterator

from clinic_core.scheduling.cells import CELL_MINUTES, ceil_cell, floor_cell

Interval = tuple[int, int]


def full_intervals(taken: Iterable[Interval], capacity: int) -> list[Interval]:
	"""Where at least `capacity` of the intervals lie over each other, merged and in order."""
	edges = sorted([(s, 1) for s, e in taken if s < e] + [(e, -1) for s, e in taken if s < e])
	full: list[Interval] = []
	depth, since = 0, None
	for position, (minute, change) in enumerate(edges):
		depth += change
		if position + 1 < len(edges) and edges[position + 1][0] == minute:
			continue
		if depth >= max(1, capacity) and since is None:
			since = minute
		elif depth < max(1, capacity) and since is not None:
			full.append((since, minute))
			since = None
	return full


def starts_without(
	ranges: list[Interval], taken: Iterable[Interval], before: int, length: int
) -> list[Interval]:
	"""Take the starts away from which `before` minutes back and `length` minutes on touch a taken interval."""
	if not ranges:
		return ranges
	back, on = ceil_cell(before), ceil_cell(length)
	# Of weeks that are taken only what is near matters: comparing costs less than laying all of it out.
	begin = (min(low for low, _high in ranges) - back) * CELL_MINUTES
	end = (max(high for _low, high in ranges) + on) * CELL_MINUTES
	near = [(s, e) for s, e in taken if s < end and e > begin and s < e]
	blocked = union([(floor_cell(s) - on + 1, ceil_cell(e) + back - 1)] for s, e in near)
	for low, high in blocked:
		ranges = [part for r in ranges for part in _cut(r, low, high)]
	return ranges


def _cut(interval: Interval, low: int, high: int) -> Iterator[Interval]:
	start, end = interval
	if high < start or low > end:
		yield interval
		return
	if start < low:
		yield (start, low - 1)
	if end > high:
		yield (high + 1, end)


def union(many: Iterable[list[Interval]]) -> list[Interval]:
	"""Merge ranges."""
	merged: list[Interval] = []
	for low, high in sorted(r for ranges in many for r in ranges):
		if merged and low <= merged[-1][1] + 1:
			merged[-1] = (merged[-1][0], max(high, merged[-1][1]))
		else:
			merged.append((low, high))
	return merged


def common(one: list[Interval], other: list[Interval]) -> list[Interval]:
	"""What lies in ranges of both, in order; each list is merged and in order."""
	found: list[Interval] = []
	for low, high in one:
		for first, last in other:
			if first > high:
				break
			if last >= low:
				found.append((max(low, first), min(high, last)))
	return found


def shifted(ranges: list[Interval], cells: int) -> list[Interval]:
	"""The ranges, earlier by so many cells."""
	return [(low - cells, high - cells) for low, high in ranges]


def contains(ranges: list[Interval], start: int) -> bool:
	"""Whether a start lies in one of the ranges."""
	return any(low <= start <= high for low, high in ranges)


def packed(allowed: list[Interval], length: int) -> Iterator[int]:
	"""Earliest start, then the earliest that leaves the one before in peace, and so on."""
	cursor = None
	for low, high in allowed:
		start = low if cursor is None else max(low, cursor)
		while start <= high:
			yield start
			start += length
			cursor = start
