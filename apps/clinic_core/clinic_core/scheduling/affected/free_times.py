"""Free times for the whole of an affected list: at most thirteen queries, however long it is (C086, G08)."""

import datetime
from collections.abc import Collection, Iterable
from typing import NamedTuple

from frappe.utils import add_days, getdate, now_datetime

from clinic_core.foundation import branch_scope, settings
from clinic_core.scheduling import claims, many_services, practitioner_rules, records, roster
from clinic_core.scheduling.cells import minute_of
from clinic_core.scheduling.queue import offering
from clinic_core.scheduling.slots import (
	OPERATOR,
	Need,
	Shift,
	Slot,
	Who,
	free,
	practitioner_key,
	resource_key,
)


class Group(NamedTuple):
	"""Appointments that share a list of free times. `area`, `branch` and `gender` may be empty."""

	service: str
	area: str
	practitioner: str
	branch: str
	gender: str


class FreeTimes:
	"""The free times of each group in a range of days. `anybody`: with whoever gives the service."""

	def __init__(
		self, groups: Collection[Group], first: datetime.date, last: datetime.date, *, anybody: bool
	) -> None:
		self.anybody, self.now = anybody, minute_of(now_datetime())
		horizon = getdate(add_days(getdate(), settings.get("booking_horizon_days") or 180))
		self.first, self.last = max(first, getdate()), min(last, horizon)
		self.within = max(self.now, _midnight(self.first)), _midnight(self.last + datetime.timedelta(days=1))
		self.step, self.mine = settings.get("slot_step_minutes") or 15, branch_scope.allowed()
		self.at_the_desk = practitioner_rules.at_the_desk()
		self.services = many_services.services((group.service, group.area) for group in groups)
		self.offers = many_services.offers(
			{service for service, _area in self.services},
			None if anybody else {group.practitioner for group in groups},
		)
		self.names = {
			offer.practitioner: offer.practitioner_name for rows in self.offers.values() for offer in rows
		}
		self._read()

	def _read(self) -> None:
		stages = (stage for service in self.services.values() for stage in service.stages)
		helpers = set(records.operators()) if any(stage.who == OPERATOR for stage in stages) else set()
		hours = roster.shifts({*self.names, *helpers}, self.first, self.last)
		hours = [shift for shift in hours if self.mine is None or shift.branch in self.mine]
		self.shifts = [shift for shift in hours if shift.practitioner in self.names]
		self.operators = [shift for shift in hours if shift.practitioner in helpers]
		self.resources, self.busy, self.numbers = [], {}, {}
		if not self.shifts:
			return
		self.resources = records.resources()
		reach = max(service.before + service.after for service in self.services.values())
		self.busy = claims.busy(
			[
				*(practitioner_key(name) for name in {*self.names, *helpers}),
				*(resource_key(resource.name) for resource in self.resources),
			],
			min(shift.start for shift in hours) - reach,
			max(shift.end for shift in hours) + reach,
		)
		self.numbers = offering.given_out(self.shifts)

	def of(self, group: Group, limit: int) -> list[Slot]:
		"""Free times of a group in order, at most `limit`."""
		service = self.services.get((group.service, group.area))
		offers = [
			offer
			for offer in (self.offers[group.service] if service else ())
			if self.anybody or offer.practitioner == group.practitioner
		]
		needs = {offer.practitioner: records.need_of(service, offer) for offer in offers}
		shifts = [
			shift
			for shift in self.shifts
			if shift.practitioner in needs and group.branch in ("", shift.branch)
		]
		if not shifts:
			return []
		rules = {offer.practitioner: offer.rules for offer in offers}
		kept = (
			slot
			for slot in self._slots(shifts, needs, Who(None, group.gender))
			if rules[slot.practitioner].allows(slot.start, self.now, at_the_desk=self.at_the_desk)
		)
		return [slot for slot, _place in zip(kept, range(limit), strict=False)]

	def _slots(self, shifts: list[Shift], needs: dict[str, Need], who: Who) -> Iterable[Slot]:
		timed = free(
			shifts,
			needs,
			self.busy,
			self.resources,
			who=who,
			now=self.within[0],
			until=self.within[1],
			step=self.step,
			operators=self.operators,
		)
		queued = offering.next_numbers(shifts, needs, self.busy, who, self.within, given=self.numbers)
		return sorted([*timed, *queued])


def _midnight(day: datetime.date) -> int:
	return minute_of(datetime.datetime.combine(day, datetime.time()))
