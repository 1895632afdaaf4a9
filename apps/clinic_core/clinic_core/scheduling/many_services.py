"""Reads many services at once, and who gives them: five queries, however many (`records` reads one)."""

from collections import defaultdict
from collections.abc import Collection, Iterable

import frappe

from clinic_core.scheduling import records
from clinic_core.scheduling.own_rules import OwnRules
from clinic_core.service_catalog.quoting import offered_areas


def services(asked: Iterable[tuple[str, str]]) -> dict[tuple[str, str], records.Service]:
	"""Services by (service, body area or ""); what is not offered any more is left out. Three queries."""
	wanted = set(asked)
	names = sorted({service for service, _area in wanted})
	if not names:
		return {}
	known, areas = _rows(names), offered_areas.of_services(names)
	staged = [name for name, row in known.items() if row.is_staged]
	stages = records.stages_of(staged) if staged else {}
	found = {}
	for name, area in wanted:
		if name not in known or (area and area not in areas.get(name, {})):
			continue
		chosen = areas[name][area] if area else None
		found[name, area] = records.service_of(known[name], chosen, () if area else stages.get(name, ()))
	return found


def offers(
	names: Collection[str], practitioners: Collection[str] | None = None
) -> dict[str, list[records.Offer]]:
	"""Who of these practitioners, or of all, gives which of the services, by service. One query."""
	found: dict[str, list[records.Offer]] = defaultdict(list)
	if not names or (practitioners is not None and not practitioners):
		return found
	person, row = frappe.qb.DocType("Clinic Practitioner"), frappe.qb.DocType("Clinic Practitioner Service")
	query = (
		frappe.qb.from_(person)
		.join(row)
		.on((row.parent == person.name) & (row.parenttype == "Clinic Practitioner"))
		.select(
			row.service,
			person.name,
			person.practitioner_name,
			person.branch,
			row.duration_minutes,
			row.gender,
			person.min_notice_hours,
			person.horizon_days,
		)
		.where(row.service.isin(sorted(names)) & (person.is_active == 1))
		.orderby(person.name)
	)
	if practitioners is not None:
		query = query.where(person.name.isin(sorted(practitioners)))
	for service, name, title, branch, duration, gender, notice, horizon in query.run():
		own = OwnRules(int(notice or 0), int(horizon or 0))
		found[service].append(
			records.Offer(name, title, True, branch, 0, True, int(duration or 0), gender or "Any", own)
		)
	return found


def _rows(names: list[str]) -> dict[str, frappe._dict]:
	rows = frappe.get_all(
		"Clinic Service",
		{"name": ("in", names), "status": "Active"},
		list(records.SERVICE_FIELDS),
		order_by="name asc",
		limit_page_length=0,
	)
	return {row.name: row for row in rows}
