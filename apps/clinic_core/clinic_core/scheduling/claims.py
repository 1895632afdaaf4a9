"""Who holds which five minutes of whom: the only writer of Clinic Time Claim (`design.md` §4.2).

A claim is one cell of one key (practitioner, patient, resource) on one seat. Order of work: lock
the rows of everyone concerned, read what is taken, give out seats, then one multi-row INSERT. The
unique key (resource_key, cell, seat) is the last word, whoever forgot to lock.
"""

import datetime
import secrets
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import frappe
from frappe.query_builder.functions import Count, Max, Min
from frappe.utils import now_datetime
from pypika.terms import Criterion

from clinic_core.scheduling.cells import CELL_MINUTES, floor_cell, minute_of
from clinic_core.scheduling.slots import Busy

DOCTYPE = "Clinic Time Claim"
PURGE_CHUNK = 5000
VISITOR = "online-"
"""So begins, in place of an appointment, what a visitor holds who has not booked yet (`online_booking`)."""


class CellTaken(Exception):
	"""A wanted cell has no seat left; `key` says whose. Callers turn it into SlotTakenError."""

	def __init__(self, key: str) -> None:
		super().__init__(key)
		self.key = key


@dataclass(frozen=True)
class Want:
	"""A wish for every cell of `cells` on `key`. `seats`: how many there are; None: no limit,
	for a patient who is here already and has to be let in."""

	key: str
	cells: range
	seats: int | None = 1


@dataclass
class Occupancy:
	"""What is taken on the cells read, as seen by one appointment."""

	taken: dict[tuple[str, int], set[int]] = field(default_factory=lambda: defaultdict(set))
	own: dict[tuple[str, int, int], str] = field(default_factory=dict)
	expired: list[str] = field(default_factory=list)

	def has_room(self, want: Want) -> bool:
		"""Whether every cell has a seat left."""
		if want.seats is None:
			return True
		return all(len(self.taken.get((want.key, cell), ())) < want.seats for cell in want.cells)


@dataclass
class Plan:
	"""Seats given out, ready to be written: (key, cell, seat)."""

	seats: set[tuple[str, int, int]]
	own: dict[tuple[str, int, int], str]
	expired: list[str]


def read(
	wants: Sequence[Want],
	appointment: str | None,
	*,
	now: datetime.datetime | None = None,
	fresh: bool = False,
) -> Occupancy:
	"""What others hold on the wanted cells, what `appointment` holds anywhere, and holds that are over.

	`fresh` reads with a lock, past the transaction's snapshot: used once, after the unique key said
	that the snapshot was old. One query for a new appointment, two for a known one.
	"""
	moment, found = now or now_datetime(), Occupancy()
	cells = [cell for want in wants for cell in (want.cells[0], want.cells[-1]) if want.cells]
	table = frappe.qb.DocType(DOCTYPE)
	concerned = table.resource_key.isin(sorted({w.key for w in wants})) & table.cell[min(cells) : max(cells)]
	for row in _rows(concerned, fresh):
		if row.appointment == appointment:
			continue
		if row.hold_until and row.hold_until < moment:
			found.expired.append(row.name)
		else:
			found.taken[(row.resource_key, row.cell)].add(row.seat)
	if appointment:
		for row in _rows(table.appointment == appointment, fresh):
			found.own[(row.resource_key, row.cell, row.seat)] = row.name
	return found


def _rows(condition: Criterion, fresh: bool) -> list[frappe._dict]:
	table = frappe.qb.DocType(DOCTYPE)
	query = (
		frappe.qb.from_(table)
		.select(table.name, table.resource_key, table.cell, table.seat, table.appointment, table.hold_until)
		.where(condition)
	)
	return (query.for_update() if fresh else query).run(as_dict=True)


def seat(wants: Iterable[Want], occupancy: Occupancy) -> Plan:
	"""Give every wanted cell the lowest free seat, keeping those held already.

	Raises CellTaken naming the first key without a seat.
	"""
	given: set[tuple[str, int, int]] = set()
	done: set[tuple[str, int]] = set()
	held = defaultdict(set)
	for key, cell, number in occupancy.own:
		held[(key, cell)].add(number)
	for want in wants:
		for cell in want.cells:
			if (want.key, cell) in done:
				continue
			number = _seat_number(want, occupancy.taken.get((want.key, cell), set()), held[(want.key, cell)])
			given.add((want.key, cell, number))
			done.add((want.key, cell))
	return Plan(given, occupancy.own, occupancy.expired)


def _seat_number(want: Want, taken: set[int], held: set[int]) -> int:
	if kept := held - taken:
		return min(kept)
	number = 0
	while number in taken:
		number += 1
	if want.seats is not None and number >= want.seats:
		raise CellTaken(want.key)
	return number


def write(plan: Plan, appointment: str, hold_until: datetime.datetime | None = None) -> None:
	"""Make `appointment` hold exactly the seats of the plan, in one INSERT.

	Raises CellTaken if somebody took one meanwhile; the rest of the transaction is intact.
	"""
	gone = [*plan.expired, *(name for seat_, name in plan.own.items() if seat_ not in plan.seats)]
	if gone:
		# By primary key: locks these rows only, no gaps between the keys of others.
		frappe.db.delete(DOCTYPE, {"name": ("in", sorted(gone))})
	kept = [name for seat_, name in plan.own.items() if seat_ in plan.seats]
	if kept:
		frappe.db.set_value(
			DOCTYPE, {"name": ("in", sorted(kept))}, "hold_until", hold_until, update_modified=False
		)
	if new := sorted(plan.seats - set(plan.own)):
		_insert(new, appointment, hold_until)


def _insert(
	seats: list[tuple[str, int, int]], appointment: str, hold_until: datetime.datetime | None
) -> None:
	table, now, user = frappe.qb.DocType(DOCTYPE), now_datetime(), frappe.session.user
	columns = ("name", "creation", "modified", "owner", "modified_by")
	query = frappe.qb.into(table).columns(
		*columns, "resource_key", "cell", "seat", "appointment", "hold_until"
	)
	for key, cell, number in seats:
		query = query.insert(
			secrets.token_hex(10), now, now, user, user, key, cell, number, appointment, hold_until
		)
	try:
		query.run()
	except Exception as error:
		if not frappe.db.is_unique_key_violation(error):
			raise
		raise CellTaken(seats[0][0]) from error


def release(appointments: Sequence[str]) -> None:
	"""Give back everything these appointments hold."""
	names = frappe.get_all(
		DOCTYPE, {"appointment": ("in", list(appointments))}, pluck="name", order_by="name"
	)
	if names:
		frappe.db.delete(DOCTYPE, {"name": ("in", names)})


def busy(keys: Iterable[str], first_minute: int, last_minute: int, *, ignore: Sequence[str] = ()) -> Busy:
	"""What is taken as intervals per key, for the slot engine. One query.

	Per appointment and key the interval reaches from its first to its last cell; where stages of a
	treatment leave a gap, a second query reads its cells. Holds that are over do not count, nor do the
	appointments `ignore`.
	"""
	table = frappe.qb.DocType(DOCTYPE)
	query = (
		frappe.qb.from_(table)
		.select(table.resource_key, table.appointment, Min(table.cell), Max(table.cell), Count(table.cell))
		.where(table.resource_key.isin(sorted(set(keys))))
		.where(table.cell[floor_cell(first_minute) : floor_cell(last_minute)])
		.where(table.hold_until.isnull() | (table.hold_until >= now_datetime()))
		.groupby(table.resource_key, table.appointment)
	)
	if ignore:
		query = query.where(table.appointment.notin(list(ignore)))
	taken: dict[str, list[tuple[int, int]]] = defaultdict(list)
	gaps = []
	for key, appointment, first, last, count in query.run():
		if count < last - first + 1:
			gaps.append((key, appointment))
		else:
			taken[key].append((first * CELL_MINUTES, (last + 1) * CELL_MINUTES))
	for key, cell in _cells(gaps):
		taken[key].append((cell * CELL_MINUTES, (cell + 1) * CELL_MINUTES))
	return taken


def _cells(held: list[tuple[str, str]]) -> list[tuple[str, int]]:
	"""Every cell of (key, appointment), in one query; none without any."""
	if not held:
		return []
	table = frappe.qb.DocType(DOCTYPE)
	rows = (
		frappe.qb.from_(table)
		.select(table.resource_key, table.appointment, table.cell)
		.where(table.appointment.isin(sorted({appointment for _key, appointment in held})))
		.where(table.resource_key.isin(sorted({key for key, _appointment in held})))
		.run()
	)
	wanted = set(held)
	return [(key, cell) for key, appointment, cell in rows if (key, appointment) in wanted]


def numbers(places: Iterable[tuple[str, int]]) -> dict[tuple[str, int], set[int]]:
	"""The seats given out on single cells, by (key, cell): the numbers of queues. One query."""
	wanted = set(places)
	if not wanted:
		return {}
	table = frappe.qb.DocType(DOCTYPE)
	rows = (
		frappe.qb.from_(table)
		.select(table.resource_key, table.cell, table.seat)
		.where(table.resource_key.isin(sorted({key for key, _cell in wanted})))
		.where(table.cell.isin(sorted({cell for _key, cell in wanted})))
		.where(table.hold_until.isnull() | (table.hold_until >= now_datetime()))
		.run()
	)
	found: dict[tuple[str, int], set[int]] = defaultdict(set)
	for key, cell, seat_ in rows:
		found[(key, cell)].add(seat_)
	return found


def purge_past(before: datetime.datetime) -> int:
	"""Forget cells that lie before `before`, one chunk. Returns how many; call until 0 (job)."""
	table = frappe.qb.DocType(DOCTYPE)
	names = (
		frappe.qb.from_(table)
		.select(table.name)
		.where(table.cell < floor_cell(minute_of(before)))
		.limit(PURGE_CHUNK)
		.run(pluck=True)
	)
	if names:
		frappe.db.delete(DOCTYPE, {"name": ("in", names)})
	return len(names)
