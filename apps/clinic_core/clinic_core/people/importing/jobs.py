"""Queue and scheduler entry points of imports, each safe to run twice."""

import frappe
from frappe import _

from clinic_core.foundation.boundary import command
from clinic_core.people.importing import imports, running, undoing
from clinic_core.people.importing.kind import sentence_of


def work(import_name: str) -> None:
	"""Do what is to be done with an import: run it, or take it back. Errors end up on the import."""
	status = frappe.db.get_value(imports.DOCTYPE, import_name, "status")
	step = {imports.RUNNING: running.run, imports.TAKING_BACK: undoing.run}.get(status)
	if not step:
		return
	try:
		step(import_name)
	except Exception as error:
		frappe.db.rollback()
		frappe.log_error(title="Clinic Import", reference_doctype=imports.DOCTYPE, reference_name=import_name)
		is_said = isinstance(error, frappe.ValidationError)
		said = (
			sentence_of(error)
			if is_said
			else _("Something went wrong. The manager finds it in the error log.")
		)
		command("importing.fail", None, lambda: running.fail(import_name, said))


def resume_silent() -> None:
	"""Runs whose worker was killed go on (every five minutes)."""
	rows = frappe.get_all(
		imports.DOCTYPE,
		filters={"status": ("in", sorted(imports.WORKING))},
		fields=["name", "beat_at"],
		order_by="name asc",
	)
	for row in rows:
		if imports.is_silent(row):
			command("importing.resume", None, lambda name=row.name: imports.enqueue(name))
