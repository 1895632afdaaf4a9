"""Jobs of the waiting list; each may run twice without harm, each step is a command of its own (F08, F09)."""

from functools import partial

import frappe

from clinic_core.foundation.boundary import command
from clinic_core.foundation.errors import ConflictError, InvalidInputError
from clinic_core.scheduling import jobs as scheduling_jobs
from clinic_core.scheduling.waiting import automatic, entries, freed, offers, panel


def run() -> None:
	"""Every few minutes: offers nobody answered end, holds that are over give their time back; the next one's
	turn where the clinic wants that."""
	for name in offers.due():
		command("scheduling.waiting.expire", None, partial(offers.expire, name))
	while command("scheduling.waiting.holds", None, scheduling_jobs.drop_expired_holds):
		pass
	if automatic.is_on():
		offer_freed_times()


def offer_freed_times() -> int:
	"""Offer each freed time to whoever comes first; how many offers were made.

	Nobody is asked for two times at once; somebody who got the time meanwhile has it.
	"""
	found, _waiting = panel.find(freed.coming(for_user=False), for_user=False)
	asked: set[str] = set()
	made = 0
	for one in found:
		for match in one.matches:
			if match.wish.patient in asked:
				continue
			asked.add(match.wish.patient)
			if command("scheduling.waiting.offer", None, partial(_try, match)):
				made += 1
				break
	return made


def _try(match: panel.Match) -> bool:
	savepoint = "offer_" + frappe.generate_hash(length=10)
	frappe.db.savepoint(savepoint)
	slot = match.slot
	start = panel.moment_of(slot.start)
	try:
		offers.make(match.wish.name, slot.practitioner, start, slot.branch, is_automatic=True)
	except (ConflictError, InvalidInputError):
		# Taken meanwhile, or against a rule of the practitioner's own: the next one may fit.
		frappe.db.rollback(save_point=savepoint)
		frappe.clear_messages()
		return False
	return True


def run_night() -> None:
	"""Wishes whose days are over leave the list, freed times that are past are forgotten."""
	for chunk in (entries.expire_passed, freed.purge):
		while command("scheduling.waiting.night", None, chunk):
			pass
