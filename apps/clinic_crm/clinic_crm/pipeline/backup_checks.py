"""What must hold between the leads of a restored backup (N7; hook `clinic_backup_checks`)."""

import frappe
from clinic_core.operations.backup.findings import Check, check, finding
from clinic_core.operations.backup.restored import Restored
from frappe import _
from pypika.queries import QueryBuilder

# DocType → its links to what must be there.
_LINKS = {
	"Clinic Lead": {"patient": "Clinic Patient", "contact": "Clinic Contact"},
	"Clinic Activity": {"lead": "Clinic Lead"},
	"Clinic Lead Status Log": {"lead": "Clinic Lead"},
	"Clinic Lead Submission": {"lead": "Clinic Lead"},
}


def run(restored: Restored) -> list[Check]:
	"""The checks of clinic_crm: whatever belongs to a lead or a person finds it."""
	if not all(restored.has(doctype) for doctype in (*_LINKS, "Clinic Contact")):
		return []
	found = []
	for doctype, links in _LINKS.items():
		for field, target in links.items():
			found += [
				finding("lead_link_broken", doctype, row.name, target, row.target)
				for row in restored.stream(_dangling(doctype, field, target))
			]
	return [check("lead_links", sum(restored.count(doctype) for doctype in _LINKS), found)]


def _dangling(doctype: str, field: str, target: str) -> QueryBuilder:
	source, aim = frappe.qb.DocType(doctype), frappe.qb.DocType(target)
	return (
		frappe.qb.from_(source)
		.left_join(aim)
		.on(source[field] == aim.name)
		.select(source.name, source[field].as_("target"))
		.where((source[field] != "") & aim.name.isnull())
	)


def sentences() -> dict[str, str]:
	"""Code → translated sentence or label. Hook `clinic_backup_sentences`."""
	return {
		"lead_links": _("Leads with their activities, history and people"),
		"lead_link_broken": _("The record {0} {1} belongs to {2} {3}, which is not in the backup."),
	}
