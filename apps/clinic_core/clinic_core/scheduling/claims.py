"""Who holds which five minutes of whom: the only writer of Clinic Time Claim (`design.md` §4.2).

A claim is one cell of one key (practitioner, patient, resource) on one seat. Order of work: lock
the rows of everyone concerned, read what is taken, give out seats, then one multi-row INSERT. The
unique key (resource_key, cell, seat) is the last word, whoever forgot to lock.
"""

import datetime
import secrets
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import frappe
from frappe.query_builder.functions import Count, Max, Min
from frappe.utils import now_datetime
from pypika.terms import Criterion

from clinic_core.foundation.locks import lock_rows
from clinic_core.scheduling.cells import CELL_MINUTES, floor_cell, minute_of
from clinic_core.scheduling.seats import CellTaken, Occupancy, Plan, Want, seat
from clinic_core.scheduling.slots import Taken

__all__ = (
	"CellTaken",
	"Occupancy",
	"Plan",
	"Want",
	"busy",
	"numbers",
	"purge_past",
	"read",
	"release",
	"seat",
	"write",
)

DOCTYPE = "Clinic Time Claim"
PURGE_CHUNK = 5000
VISITOR = "online-"
"""So begins, in place of an appointment, what a visitor holds who has not booked yet (`online_booking`)."""


def read(
	wants: Sequence[Want],
	appointment: str | None,
	*,
	now: datetime.datetime | None = None,
	fresh: bool = False,
) -> Occupancy:
	"""What others hold on the wanted cells, what `appointment` holds anywhere, and holds that are over.

	`fresh` reads with a lock, past the transaction's snapshot: used once, after the unique key said
	that the snapshot was old. One query for a new appointment, two for a known one. What groups share is
	always read so, in one more: an old snapshot could show a group that is gone.
	"""
	moment, found = now or now_datetime(), Occupancy()
	cells = [cell for want in wants for cell in (want.cells[0], want.cells[-1]) if want.cells]
	table, shared = frappe.qb.DocType(DOCTYPE), {w.key for w in wants if w.group}
	rows = []
	for keys, lock in (({w.key for w in wants} - shared, fresh), (shared, True)):
		if keys:
			among = table.resource_key.isin(sorted(keys)) & table.cell[min(cells) : max(cells)]
			rows += _rows(among, lock)
	for row in rows:
		if row.appointment == appointment:
			continue
		if row.hold_until and row.hold_until < moment:
			found.expired.append(row.name)
		else:
			found.taken[(row.resource_key, row.cell)].add(row.seat)
			found.groups[(row.resource_key, row.cell)].add(row.group_key or "")
	if appointment:
		for row in _rows(table.appointment == appointment, fresh):
			found.own[(row.resource_key, row.cell, row.seat)] = row.name
			found.own_groups[(row.resource_key, row.cell, row.seat)] = row.group_key or ""
	return found


def _rows(condition: Criterion, fresh: bool) -> list[frappe._dict]:
	table = frappe.qb.DocType(DOCTYPE)
	query = (
		frappe.qb.from_(table)
		.select(
			table.name,
			table.resource_key,
			table.cell,
			table.seat,
			table.appointment,
			table.hold_until,
			table.group_key,
		)
		.where(condition)
	)
	return (query.for_update() if fresh else query).run(as_dict=True)


def write(plan: Plan, appointment: str, hold_until: datetime.datetime | None = None) -> None:
	"""Make `appointment` hold exactly the seats of the plan, in one INSERT.

	Raises CellTaken if somebody took one meanwhile; the rest of the transaction is intact.
	"""
	kept = plan.kept
	left = [seat_ for seat_ in plan.own if seat_ not in kept]
	gone = [*plan.expired, *(plan.own[seat_] for seat_ in left)]
	if gone:
		# By primary key: locks these rows only, no gaps between the keys of others.
		frappe.db.delete(DOCTYPE, {"name": ("in", sorted(gone))})
	if kept:
		frappe.db.set_value(
			DOCTYPE, {"name": ("in", sorted(kept.values()))}, "hold_until", hold_until, update_modified=False
		)
	if new := sorted(plan.seats - set(kept)):
		_insert(new, appointment, hold_until, plan.groups)
	_close_ranks([(key, cell) for key, cell, number in left if _leads(plan.own_groups, key, cell, number)])


def _leads(groups: Mapping[tuple[str, int, int], str], key: str, cell: int, number: int) -> bool:
	return number == 0 and bool(groups.get((key, cell, number)))


def _insert(
	seats: list[tuple[str, int, int]],
	appointment: str,
	hold_until: datetime.datetime | None,
	groups: Mapping[str, str],
) -> None:
	table, now, user = frappe.qb.DocType(DOCTYPE), now_datetime(), frappe.session.user
	columns = ("name", "creation", "modified", "owner", "modified_by")
	query = frappe.qb.into(table).columns(
		*columns, "resource_key", "cell", "seat", "appointment", "hold_until", "group_key"
	)
	for key, cell, number in seats:
		group = groups.get(key) or None
		query = query.insert(
			secrets.token_hex(10), now, now, user, user, key, cell, number, appointment, hold_until, group
		)
	try:
		query.run()
	except Exception as error:
		if not frappe.db.is_unique_key_violation(error):
			raise
		raise CellTaken(seats[0][0]) from error


def release(appointments: Sequence[str]) -> bool:
	"""Give back everything these appointments hold. Returns whether they held anything."""
	rows = frappe.get_all(
		DOCTYPE,
		{"appointment": ("in", list(appointments))},
		["name", "resource_key", "cell", "seat", "group_key"],
		order_by="name",
	)
	if rows:
		shared = {row.resource_key for row in rows if row.group_key}
		lock_rows([("Clinic Practitioner", key[3:]) for key in shared if key.startswith("PR:")])
		frappe.db.delete(DOCTYPE, {"name": ("in", [row.name for row in rows])})
		_close_ranks([(row.resource_key, row.cell) for row in rows if row.group_key and row.seat == 0])
	return bool(rows)


def _close_ranks(places: list[tuple[str, int]]) -> None:
	"""Somebody of a group takes seat 0 when who had it is gone: it is what others collide with (F13).

	None without groups; one query, two where others are left.
	"""
	if not places:
		return
	table = frappe.qb.DocType(DOCTYPE)
	cells = [cell for _key, cell in places]
	there: dict[tuple[str, int], dict[int, str]] = defaultdict(dict)
	for name, key, cell, number in (
		frappe.qb.from_(table)
		.select(table.name, table.resource_key, table.cell, table.seat)
		.where(table.resource_key.isin(sorted({key for key, _cell in places})))
		.where(table.cell[min(cells) : max(cells)])
		.for_update()
		.run()
	):
		there[key, cell][number] = name
	moving = [seats[max(seats)] for seats in map(there.get, set(places)) if seats and 0 not in seats]
	if moving:
		frappe.db.set_value(DOCTYPE, {"name": ("in", sorted(moving))}, "seat", 0, update_modified=False)


def busy(
	keys: Iterable[str],
	first_minute: int,
	last_minute: int,
	*,
	ignore: Sequence[str] = (),
	around: Sequence[tuple[int, int]] = (),
) -> Taken:
	"""What is taken as intervals per key, for the slot engine. One query.

	Per appointment and key the interval reaches from its first to its last cell; where stages of a
	treatment leave a gap, a second query reads its cells. Holds that are over do not count, nor do the
	appointments `ignore`. `around`: only what is taken in these spans of minutes, both ends included.
	"""
	table = frappe.qb.DocType(DOCTYPE)
	query = (
		frappe.qb.from_(table)
		.select(
			table.resource_key,
			table.appointment,
			Min(table.cell),
			Max(table.cell),
			Count(table.cell),
			Max(table.group_key),
		)
		.where(table.resource_key.isin(sorted(set(keys))))
		.where(table.cell[floor_cell(first_minute) : floor_cell(last_minute)])
		.where(table.hold_until.isnull() | (table.hold_until >= now_datetime()))
		.groupby(table.resource_key, table.appointment)
	)
	if ignore:
		query = query.where(table.appointment.notin(list(ignore)))
	if around:
		query = query.where(Criterion.any(table.cell[floor_cell(a) : floor_cell(b)] for a, b in around))
	taken, gaps = Taken(), []
	for key, appointment, first, last, count, group in query.run():
		if count < last - first + 1:
			gaps.append((key, appointment))
		else:
			taken.add(key, (first * CELL_MINUTES, (last + 1) * CELL_MINUTES), group or "")
	for key, cell in _cells(gaps):
		taken.add(key, (cell * CELL_MINUTES, (cell + 1) * CELL_MINUTES))
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
