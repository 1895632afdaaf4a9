"""What an appointment consists of: who gives which service in which minutes, with what.

One part for a plain service; one for each stage of a service in stages (F06); one for each step of an
appointment that several people or services share (F13).
"""

from dataclasses import dataclass, field, replace

from frappe import _
from frappe.model.document import Document
from frappe.utils import get_datetime

from clinic_core.foundation.errors import refuse_input
from clinic_core.scheduling import booking_rules as rules
from clinic_core.scheduling import records, resource_rules
from clinic_core.scheduling.cells import CELL_MINUTES, ceil_cell, cover, minute_of
from clinic_core.scheduling.slots import NOBODY, OPERATOR, PRACTITIONER, Need, Shift, Together


@dataclass
class Part:
	"""One step of the appointment. `offer` None: nobody gives it, or one of `operators` still to be chosen.

	`is_by_hand`: its resource was chosen, and is not the one that would follow.
	"""

	need: Need
	offer: records.Offer | None
	service: str
	start: int
	area: str | None = None
	area_title: str = ""
	shift: Shift | None = None
	resource: str | None = None
	who: str = PRACTITIONER
	stage: str = ""
	operator: str | None = None
	operators: list[str] = field(default_factory=list)
	is_by_hand: bool = False

	@property
	def size(self) -> int:
		"""How many patients may share it (F13)."""
		return self.need.seats

	@property
	def group(self) -> str:
		"""Key of the group that shares it; empty: it is one patient's alone."""
		return Together(self.service, self.start).key if self.size > 1 else ""

	@property
	def end(self) -> int:
		"""The minute the treatment ends."""
		return self.start + self.need.duration

	@property
	def practitioner(self) -> str | None:
		"""Who gives it, once that is known."""
		return self.offer.practitioner if self.offer else self.operator

	@property
	def cells(self) -> range:
		"""What practitioner and resource are busy with, buffers included."""
		before = ceil_cell(self.need.before) * CELL_MINUTES
		return cover(self.start - before, self.end + self.need.after)


@dataclass
class Parts:
	"""The parts of an appointment in their order, and the service it is booked for."""

	main: records.Service
	rows: list[Part]

	@property
	def start(self) -> int:
		"""The minute the first one begins."""
		return min(part.start for part in self.rows)

	@property
	def end(self) -> int:
		"""The minute the last one ends."""
		return max(part.end for part in self.rows)

	@property
	def practitioners(self) -> list[str]:
		"""Everybody who is known to take part, or may be asked to."""
		found = [name for part in self.rows for name in (part.practitioner, *part.operators) if name]
		return list(dict.fromkeys(found))

	@property
	def are_stages(self) -> bool:
		"""Whether they are the stages of one treatment."""
		return bool(self.main.stages) and any(part.stage for part in self.rows)


def of(doc: Document, patient: rules.Patient) -> Parts:
	"""The parts as the service and the steps say; the stages of a treatment are laid out anew."""
	is_first = patient.is_first_visit(doc.start)
	main = records.service(doc.service, doc.area or None)
	rules.check_service(main)
	given = len(doc.steps) > 1 and not (main.stages and any(step.stage for step in doc.steps))
	if doc.get("own_resource") and (given or main.stages):
		resource_rules.refuse_own_resource(main)
	if doc.get("own_resource") and main.group_size > 1:
		resource_rules.refuse_room_of_group(main)
	if given:
		return Parts(main, _of_steps(doc, main, is_first))
	offer = _offer(main.name, doc.practitioner)
	need = records.need_of(main, offer, is_first_visit=is_first)
	rules.check_length(main, need)
	start = minute_of(get_datetime(doc.start))
	if doc.get("own_minutes"):
		need = replace(need, duration=rules.check_own_length(doc, main))
	if main.stages:
		return Parts(main, _of_stages(main, offer, need, start))
	part = Part(need, offer, main.name, start, doc.area or None, main.area_title)
	if doc.get("own_resource"):
		part.resource, part.is_by_hand = doc.own_resource, True
	return Parts(main, [part])


def _of_steps(doc: Document, main: records.Service, is_first: bool) -> list[Part]:
	"""As the steps say: several services, or several people at once."""
	start = minute_of(get_datetime(doc.start))
	services = {(main.name, doc.area or None): main}
	parts = []
	for step in doc.steps:
		what = (step.service, step.area or None)
		if what not in services:
			services[what] = records.service(*what)
			rules.check_service(services[what])
		wanted, offer = services[what], _offer(step.service, step.practitioner or doc.practitioner)
		# What is shared out in several steps is shared with nobody.
		need = replace(records.need_of(wanted, offer, is_first_visit=is_first), seats=1)
		if step.duration_minutes:
			need = Need(
				step.duration_minutes, need.before, need.after, need.genders, need.method, need.resource_kind
			)
		rules.check_length(wanted, need)
		begin = start + (step.offset_minutes or 0)
		parts.append(
			Part(need, offer, wanted.name, begin, what[1], wanted.area_title, resource=step.resource)
		)
	return parts


def _of_stages(main: records.Service, offer: records.Offer, need: Need, start: int) -> list[Part]:
	operators = [name for name in records.operators() if name != offer.practitioner]
	parts = []
	for offset, stage, before, after in need.laid_out():
		part_need = Need(
			stage.duration, before, after, need.genders, need.method, resource_kind=stage.resource_kind
		)
		part = Part(part_need, None, main.name, start + offset, who=stage.who, stage=stage.title)
		if stage.who == PRACTITIONER:
			part.offer = offer
		elif stage.who == OPERATOR:
			part.operators = operators
		parts.append(part)
	if all(part.who == NOBODY for part in parts):
		refuse_input(_("Service"), _("Please set the stages of {0} first.").format(main.title))
	return parts


def _offer(service: str, practitioner: str) -> records.Offer:
	found = records.offers(service, [practitioner])
	if not found:
		refuse_input(_("Practitioner"), _("{0} does not exist.").format(practitioner))
	return found[0]
