"""Files that may be one person's, looked for in the background and kept as suggestions (D43, F66).

Every night the files that changed since the last one, on demand all of them. Pairs come from `pairs`, scores
from `matching`; what people decided stays.
"""

from functools import partial
from typing import Any

import frappe
from frappe.utils import add_to_date, now_datetime

from clinic_core.foundation import boundary, job_runs
from clinic_core.people import duplicates, matching
from clinic_core.people.merging import pairs, verdicts
from clinic_core.people.merging.verdicts import DOCTYPE, OPEN, STALE, Pair

PATIENT = "Clinic Patient"
JOB = "Duplicates"
EVENT = "clinic_duplicates"
SINCE = "clinic_duplicates_since"
CHUNK = 1000
LONGEST_SECONDS = 60 * 60
_COLUMNS = (
	"name", "creation", "modified", "owner", "modified_by", "docstatus", "idx", "patient", "patient_name",
	"other", "other_name", "score", "reasons", "status", "origin",
)  # fmt: skip


def start() -> bool:
	"""Hand the comparison of all files to a worker. Returns whether it was queued now."""
	job = frappe.enqueue(
		"clinic_core.people.merging.suggestions.run_all",
		queue="long",
		timeout=LONGEST_SECONDS,
		job_id="clinic_duplicates",
		deduplicate=True,
		user=frappe.session.user,
	)
	return bool(job)


def propose(one: str, other: str, status: str, note: str | None = None) -> dict[str, Any]:
	"""Record what somebody says about two files, with how alike they are: {suggestion, status}."""
	answer = verdicts.say(one, other, status, note)
	row = frappe.db.get_value(DOCTYPE, answer["suggestion"], ["patient", "other", "score"], as_dict=True)
	people = duplicates.people([row.patient, row.other]) if not row.score else {}
	if len(people) == 2:
		found = matching.compare(people[row.patient], people[row.other])
		values = {"score": found.score, "reasons": _reasons(found)}
		frappe.db.set_value(DOCTYPE, answer["suggestion"], values, update_modified=False)
	return answer


def run_all(user: str | None = None) -> str | None:
	"""Compare all files (job); `user` sees the progress. None while another run goes on."""
	frappe.flags.clinic_duplicates_for = user
	return job_runs.run(JOB, ["clinic_core.people.merging.suggestions.refresh_all"])


def run_night() -> None:
	"""Compare what changed since the last night with everybody (hook `clinic_night_jobs`)."""
	began = now_datetime()
	since = frappe.db.get_default(SINCE) or str(add_to_date(began, years=-100))
	changed = _changed_since(since)
	for start in range(0, len(changed), CHUNK):
		refresh(changed[start : start + CHUNK])
	boundary.command("people.duplicates_since", None, partial(frappe.db.set_default, SINCE, str(began)))


def _changed_since(moment: str) -> list[str]:
	"""Files saved since, and those that got what another file had."""
	saved = frappe.get_all(
		PATIENT,
		{"modified": (">=", moment), "status": ("!=", "Merged")},
		pluck="name",
		order_by="name asc",
		limit_page_length=0,
	)
	merges = frappe.get_all(
		"Clinic Patient Merge", {"modified": (">=", moment)}, ["kept", "duplicate"], order_by="name asc"
	)
	return sorted({*saved, *(name for row in merges for name in (row.kept, row.duplicate))})


def refresh_all() -> dict[str, int]:
	"""Compare all files: {pairs, suggested, too_large}; what is not found any more becomes stale."""
	return refresh(None)


def refresh(changed: list[str] | None) -> dict[str, int]:
	"""The same of some files. Each chunk is a transaction of its own."""
	found, too_large = pairs.among(changed)
	likely: dict[Pair, matching.Likeness] = {}
	ordered = sorted(found)
	for start in range(0, len(ordered), CHUNK):
		_tell(start, len(ordered), too_large)
		likely |= _likely(ordered[start : start + CHUNK])
	boundary.command("people.suggest_merges", None, partial(_keep, likely, changed))
	_tell(len(ordered), len(ordered), too_large, len(likely))
	return {"pairs": len(ordered), "suggested": len(likely), "too_large": too_large}


def _likely(some: list[Pair]) -> dict[Pair, matching.Likeness]:
	people = duplicates.people({name for two in some for name in two})
	scored = {
		(one, other): matching.compare(people[one], people[other])
		for one, other in some
		if one in people and other in people
	}
	return {two: likeness for two, likeness in scored.items() if likeness.score >= matching.SUGGEST_FROM}


def _keep(likely: dict[Pair, matching.Likeness], changed: list[str] | None) -> None:
	"""Bring the suggestions in line: new ones in, scores as they are now, the others stale."""
	known = _known(changed)
	refused = verdicts.not_the_same({name for two in likely for name in two})
	new = [two for two in likely if two not in known and two not in refused]
	_insert(new, likely)
	for two, row in known.items():
		if row.status not in (OPEN, STALE) or (row.origin == "Person" and two not in likely):
			continue
		status = OPEN if two in likely and two not in refused else STALE
		score, why = (likely[two].score, _reasons(likely[two])) if two in likely else (row.score, row.reasons)
		if (row.status, row.score, row.reasons) != (status, score, why):
			frappe.db.set_value(DOCTYPE, row.name, {"status": status, "score": score, "reasons": why})


def _known(changed: list[str] | None) -> dict[Pair, Any]:
	table = frappe.qb.DocType(DOCTYPE)
	query = frappe.qb.from_(table).select(
		table.name, table.patient, table.other, table.status, table.score, table.reasons, table.origin
	)
	if changed is not None:
		query = query.where(table.patient.isin(changed or [""]) | table.other.isin(changed or [""]))
	return {(row.patient, row.other): row for row in query.run(as_dict=True)}


def _insert(new: list[Pair], likely: dict[Pair, matching.Likeness]) -> None:
	shown = verdicts.names_shown({name for two in new for name in two}) if new else {}
	now, user = now_datetime(), frappe.session.user
	rows = [
		(
			frappe.generate_hash(length=10), now, now, user, user, 0, 0, one, shown.get(one), other,
			shown.get(other), likely[one, other].score, _reasons(likely[one, other]), OPEN, "Search",
		)
		for one, other in new
	]  # fmt: skip
	if rows:
		frappe.db.bulk_insert(DOCTYPE, list(_COLUMNS), rows, ignore_duplicates=True)


def _reasons(likeness: matching.Likeness) -> str:
	return " ".join(likeness.why)


def _tell(done: int, of: int, too_large: int, suggested: int | None = None) -> None:
	"""How far it is, to whoever asked for it; names of nobody."""
	if user := frappe.flags.clinic_duplicates_for:
		message = {"done": done, "of": of, "too_large": too_large, "suggested": suggested}
		frappe.publish_realtime(EVENT, message, user=user)
