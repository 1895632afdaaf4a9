"""Gives a patient the next number of a queue shift (G03): claimed like a time, so never given twice.

The number is the seat of a claim; the unique key (key, cell, seat) is the last word, whatever the door.
"""

from frappe import _
from frappe.model.document import Document
from frappe.utils import now_datetime

from clinic_core.foundation.errors import refuse_input
from clinic_core.scheduling import claims
from clinic_core.scheduling.cells import cover, minute_of, moment_of
from clinic_core.scheduling.parts import Part
from clinic_core.scheduling.queue.numbers import Queue, place_key, queue_key
from clinic_core.scheduling.slots import patient_key


def give(doc: Document, part: Part, *, fresh: bool = False) -> claims.Plan:
	"""The next number whose turn is still to come and at which the patient is free; `start` follows it.

	Who has a number in this shift keeps it. Raises claims.CellTaken when no number is left, or when
	the patient has one already in another appointment.
	"""
	queue = Queue(part.shift, part.need.duration)
	numbers_key, own_place = (
		queue_key(part.offer.practitioner),
		place_key(part.offer.practitioner, doc.patient),
	)
	cell = range(queue.cell, queue.cell + 1)
	whole = cover(part.shift.start, part.shift.end + part.need.duration)
	asked = [
		claims.Want(numbers_key, cell, queue.capacity),
		claims.Want(own_place, cell),
		claims.Want(patient_key(doc.patient), whole),
	]
	occupancy = claims.read(asked, None if doc.is_new() else doc.name, fresh=fresh)
	if occupancy.taken.get((own_place, queue.cell)):
		refuse_input(
			_("Patient"),
			_("{0} has a number in this queue already.").format(doc.patient_name or _("The patient")),
		)
	for number in _numbers(queue, occupancy, numbers_key):
		start = queue.expected(number)
		time = claims.Want(patient_key(doc.patient), cover(start, start + part.need.duration))
		if occupancy.has_room(time):
			break
	else:
		raise claims.CellTaken(numbers_key)
	part.start, doc.start, doc.queue_no = start, moment_of(start), number
	plan = claims.seat([claims.Want(own_place, cell), time], occupancy)
	plan.seats.add((numbers_key, queue.cell, number - 1))
	return plan


def _numbers(queue: Queue, occupancy: claims.Occupancy, key: str) -> list[int]:
	"""The numbers to try, his own first."""
	taken = {seat + 1 for seat in occupancy.taken.get((key, queue.cell), ())}
	own = [seat + 1 for held, cell, seat in occupancy.own if (held, cell) == (key, queue.cell)]
	now = minute_of(now_datetime())
	# A day that is over is entered afterwards: there every number may be used.
	not_before = now if queue.shift.start <= now < queue.shift.end else 0
	return [*own, *queue.numbers({*taken, *own}, not_before)]
