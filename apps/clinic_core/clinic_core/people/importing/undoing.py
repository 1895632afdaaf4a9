"""Takes an import back, chunk by chunk: what was used since stays and is listed with the reason."""

import frappe
from frappe.utils import now_datetime

from clinic_core.foundation.boundary import command
from clinic_core.people.importing import imports, kind, options, outcomes, running
from clinic_core.people.importing.kind import Kind, Run
from clinic_core.people.importing.rows import CREATED, KEPT, UPDATED

CHUNK = 500


def run(import_name: str) -> None:
	"""Take back the rows that are not settled yet, the last ones of the file first."""
	doc = frappe.get_doc(imports.DOCTYPE, import_name)
	chosen = kind.get(doc.kind)
	at_work = Run(import_name, options.from_json(doc.options))
	command("importing.again", None, lambda: _ask_kept_again(import_name))
	while command("importing.back", None, lambda: _chunk(at_work, chosen)):
		pass
	command("importing.back_end", None, lambda: _end(import_name))


def _ask_kept_again(import_name: str) -> None:
	"""What stayed the last time may be free by now."""
	rows = frappe.get_all(
		outcomes.DOCTYPE,
		filters={"clinic_import": import_name, "outcome": KEPT},
		fields=["name", "before"],
		order_by="row_no asc",
		limit_page_length=0,
	)
	for outcome, names in (
		(UPDATED, [row.name for row in rows if row.before]),
		(CREATED, [row.name for row in rows if not row.before]),
	):
		if names:
			frappe.db.set_value(
				outcomes.DOCTYPE, {"name": ("in", names)}, "outcome", outcome, update_modified=False
			)


def _chunk(at_work: Run, chosen: Kind) -> bool:
	status = frappe.db.get_value(imports.DOCTYPE, at_work.name, "status", for_update=True)
	rows = outcomes.of(at_work.name, [CREATED, UPDATED], limit=min(CHUNK, chosen.chunk), is_backwards=True)
	if status != imports.TAKING_BACK or not rows:
		return False
	kept = chosen.take_back(at_work, [outcomes.as_done(row) for row in rows])
	outcomes.settle_taken_back([row.name for row in rows], kept)
	frappe.db.set_value(imports.DOCTYPE, at_work.name, "beat_at", now_datetime(), update_modified=False)
	running.tell(at_work.name)
	return True


def _end(import_name: str) -> None:
	found = outcomes.sums([import_name])[import_name]
	values = {
		"status": imports.TAKEN_BACK,
		"ended_at": now_datetime(),
		"taken_back_count": found.get("Taken Back", (0, 0))[0],
		"kept_count": found.get(KEPT, (0, 0))[0],
	}
	frappe.db.set_value(imports.DOCTYPE, import_name, values)
	running.tell(import_name)
