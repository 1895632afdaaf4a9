"""Endpoints for tags and their rules (D46)."""

from typing import Any

import frappe
from frappe import _

from clinic_core.foundation import boundary, wire
from clinic_core.foundation.errors import refuse_input
from clinic_core.people.tags import chips, hand, measures, recompute, rule_documents, rules

PATIENT = "Clinic Patient"
MOST = 500


@frappe.whitelist(methods=["GET"])
def list_measures() -> list[dict[str, Any]]:
	"""What rules can ask → [{name, label, kind, takes, operators, options}]."""
	wire.require_permission(recompute.RULE, "read")
	return [
		{
			"name": measure.name,
			"label": measure.label(),
			"kind": measure.kind,
			"takes": sorted(measure.takes),
			"operators": list(rules.OPERATORS[measure.kind]),
			"options": measure.options,
		}
		for measure in measures.registry().values()
	]


@frappe.whitelist(methods=["GET", "POST"])
def preview_rule(rule: str | dict) -> dict[str, Any]:
	"""Who would get the tag and who would lose it, before anything is saved.

	`rule` is a name or the fields of an unsaved rule → {fits, gains, loses, first_gains, first_loses}.
	"""
	wire.require_permission(recompute.RULE, "write")
	doc = _rule(rule)
	try:
		rule_documents.read(doc)
	except rule_documents.InvalidRuleError as error:
		refuse_input(_("Conditions"), str(error))
	outcome = recompute.preview(doc)
	people = _people({*outcome.first_gains, *outcome.first_loses})
	return {
		"fits": outcome.fits,
		"gains": outcome.gains,
		"loses": outcome.loses,
		"first_gains": [people[name] for name in outcome.first_gains if name in people],
		"first_loses": [people[name] for name in outcome.first_loses if name in people],
	}


@frappe.whitelist(methods=["POST"])
def run_rule(rule: str, idempotency_key: str | None = None) -> dict[str, bool]:
	"""Bring a tag up to date now, by a worker; the rule shows how far it is → {queued}."""
	wire.require_permission(recompute.RULE, "write", rule)
	job = frappe.enqueue(
		"clinic_core.people.tags.jobs.run_rule",
		queue="long",
		rule=rule,
		job_id=f"clinic_tag_rule::{rule}",
		deduplicate=True,
	)
	return {"queued": bool(job)}


@frappe.whitelist(methods=["POST"])
def set_tags(
	patient: str,
	add: str | list | None = None,
	remove: str | list | None = None,
	idempotency_key: str | None = None,
) -> list[dict[str, Any]]:
	"""Give and take tags by hand → the patient's chips."""
	wire.require_permission(PATIENT, "write", patient)
	given = {
		"patient": patient,
		"add": wire.parse_list(add, _("Tags")),
		"remove": wire.parse_list(remove, _("Tags")),
	}
	return boundary.command(
		"clinic_core.people.tags.set_tags", idempotency_key, lambda: hand.set_tags(**given), content=given
	)


@frappe.whitelist(methods=["GET"])
def chips_of(patients: str | list) -> dict[str, list[dict[str, Any]]]:
	"""The chips of the patients of a list → {patient: [{tag, title, colour, given}]}."""
	wire.require_permission(PATIENT, "read")
	asked = wire.parse_list(patients, _("Patients"))[:MOST]
	readable = frappe.get_list(
		PATIENT,
		filters={"name": ("in", [str(name) for name in asked])},
		pluck="name",
		order_by="name asc",
		limit_page_length=0,
	)
	return chips.of_patients(readable)


def _rule(given: str | dict) -> Any:
	if isinstance(given, str) and not given.lstrip().startswith("{"):
		return frappe.get_doc(recompute.RULE, given)
	values = wire.parse_dict(given, _("Rule"))
	conditions = wire.parse_list(values.get("conditions"), _("Conditions"))
	if not all(isinstance(row, dict) for row in conditions):
		refuse_input(_("Conditions"), _("This could not be read. Please send it as JSON."))
	fields = ("measure", "operator", "value", "days", "service", "department")
	rows = [{field: row.get(field) for field in fields} for row in conditions]
	return frappe.get_doc(
		{
			"doctype": recompute.RULE,
			"tag": str(values.get("tag") or ""),
			"match": values.get("match") or "All",
			"conditions": rows,
		}
	)


def _people(names: set[str]) -> dict[str, dict[str, Any]]:
	rows = frappe.get_list(
		PATIENT,
		filters={"name": ("in", sorted(names))},
		fields=["name as patient", "full_name", "file_no"],
		order_by="name asc",
		limit_page_length=0,
	)
	return {row.patient: row for row in rows}
