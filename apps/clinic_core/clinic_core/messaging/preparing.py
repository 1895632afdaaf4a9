"""Notes become messages: what is true now, who may get it, where, in which words (G04, N9, E174)."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import frappe
from frappe.utils import get_datetime, now_datetime

from clinic_core.foundation.boundary import command
from clinic_core.messaging import drafts, moves, notices, occasions, outbox, states, subjects, values, wording
from clinic_core.messaging.drafts import DOCTYPE, Draft

AT_ONCE = 200
_FIELDS = (
	*("template", "message_key", "patient", "reference_doctype", "reference_name", "branch"),
	*("expires_at", "creation", "language", "channel"),
)


def prepare_waiting() -> int:
	"""Prepare every note whose time has come, part after part. Returns how many."""
	done = 0
	while count := command("messaging.prepare", None, partial(prepare, AT_ONCE)):
		done += count
	return done


def prepare(count: int) -> int:
	"""The next notes; in the caller's transaction. Two workers never prepare the same."""
	table = frappe.qb.DocType(DOCTYPE)
	names = moves.waiting(states.QUEUED, count, table.is_prepared == 0, table.not_before <= now_datetime())
	notes = moves.lock(names, states.QUEUED, (*_FIELDS, "is_prepared"))
	notes = [note for note in notes if not note.is_prepared]
	about = subjects.of_notes(notes)
	together = _together(notes, about)
	wanted = [_draft(note, about[note.name], together.get(note.name)) for note in notes]
	letters = _letters(notes, wanted)
	made = drafts.finish([*wanted, *letters])
	for note, draft, found in zip(notes, wanted, made[: len(notes)], strict=True):
		_write(note, draft, found)
	outbox.add_finished(letters, made[len(notes) :])
	return len(notes)


def _letters(notes: Sequence[Any], wanted: Sequence[Draft]) -> list[Draft]:
	"""The same by email, to those who have an address: one more message beside each text message."""
	also = [
		(note, draft)
		for note, draft in zip(notes, wanted, strict=True)
		if note.channel == states.SMS and not draft.why_not and note.patient and _is_mailed(draft.template)
	]
	if not also:
		return []
	reached = set(
		frappe.get_all(
			drafts.PATIENT,
			{"name": ("in", sorted({note.patient for note, _draft in also})), "email": ("is", "set")},
			pluck="name",
			order_by="name asc",
		)
	)
	return [
		replace(
			draft,
			channel=states.EMAIL,
			key=note.message_key.partition(":")[2],
			reference=(note.reference_doctype, note.reference_name),
		)
		for note, draft in also
		if note.patient in reached
	]


def _is_mailed(template: str) -> bool:
	return template in occasions.OCCASIONS and states.EMAIL in notices.channels(template)


def _draft(note: Any, subject: subjects.Subject, together: Sequence[subjects.Subject] | None) -> Draft:
	why_not, template, said = None, note.template, dict(subject.values)
	if subject.is_overtaken:
		why_not = wording.OVERTAKEN
	elif template in occasions.OCCASIONS and note.channel not in notices.channels(template):
		why_not = wording.SWITCHED_OFF
	elif together is not None:
		if together:
			template, said = occasions.MANY_BOOKINGS, {**said, **_all_of(note, together)}
		else:
			why_not = wording.TOLD_TOGETHER
	return Draft(
		template,
		values=said,
		patient=note.patient,
		language=note.language,
		branch=note.branch or subject.branch,
		expires_at=get_datetime(note.expires_at) if note.expires_at else None,
		why_not=why_not,
		channel=note.channel,
	)


def _together(notes: Sequence[Any], about: dict[str, subjects.Subject]) -> dict[str, list[subjects.Subject]]:
	"""Several bookings of one patient are told in one message: note → all of them, or [] for the others."""
	by_patient: dict[tuple[str, str], list[Any]] = defaultdict(list)
	for note in notes:
		if note.template == occasions.BOOKING and not about[note.name].is_overtaken:
			by_patient[note.patient, note.channel].append(note)
	many = drafts.template_of(occasions.MANY_BOOKINGS)
	found: dict[str, list[subjects.Subject]] = {}
	for mine in by_patient.values():
		if len(mine) < 2 or not many or not many.is_active:
			continue
		mine.sort(key=lambda note: about[note.name].values["day"])
		found |= {note.name: [] for note in mine}
		found[mine[0].name] = [about[note.name] for note in mine]
	return found


LISTED = 4
"""More than so many days would make the message too long."""


def _all_of(note: Any, together: Sequence[subjects.Subject]) -> dict[str, Any]:
	language = _language(note)
	listed = [
		f"{values.day(one.values['day'], language)} {values.clock(one.values['time'], language)}"
		for one in together[:LISTED]
	]
	if len(together) > LISTED:
		listed.append("…")
	return {"count": len(together), "list": "\n".join(listed)}


def _language(note: Any) -> str:
	"""The language its text will be in: days in the list are written before the text is."""
	wished = note.language or frappe.get_cached_value("Clinic Patient", note.patient, "preferred_language")
	otherwise = frappe.db.get_default("lang") or "en"
	return drafts.template_of(occasions.MANY_BOOKINGS).text_in(wished or otherwise, otherwise)[0]


def _write(note: Any, draft: Draft, found: dict[str, Any]) -> None:
	"""The note is a message now, or says why it is none."""
	status = found.pop("status")
	found |= {"branch": draft.branch, "template": draft.template}
	moves.move([note.name], states.QUEUED, status, **found)
