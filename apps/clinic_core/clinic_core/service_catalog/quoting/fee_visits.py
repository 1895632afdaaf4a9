"""Which visits of a patient lie on a fee he paid already (F18). Asks the apps that know the past."""

import datetime
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

import frappe
from frappe.utils import cint, getdate

from clinic_core.foundation import events
from clinic_core.service_catalog.quoting import fee_rules
from clinic_core.service_catalog.quoting.fee_rules import Covered, FeeVisit
from clinic_core.service_catalog.quoting.quote_answers import Ask

HOOK = "clinic_fee_visits"


def covered(
	asks: Sequence[Ask], rows: Mapping[str, frappe._dict], patient: str | None, on: datetime.date
) -> list[Covered | None]:
	"""For each line whether it is paid already; one question to each app, none where no service has such a rule."""
	found: list[Covered | None] = [None] * len(asks)
	places = [place for place, ask in enumerate(asks) if _may_be_covered(ask, rows[ask.service])]
	if not patient or not places or not frappe.get_hooks(HOOK):
		return found
	visits = _visits(patient, sorted({asks[place].service for place in places}))
	given: Counter[str] = Counter()
	for place in places:
		ask, row = asks[place], rows[asks[place].service]
		found[place] = fee_rules.covered(
			visits[ask.service],
			cint(row.fee_visit_count),
			cint(row.fee_valid_days),
			on,
			ask.practitioner,
			given[ask.service],
		)
		given[ask.service] += bool(found[place])
	return found


def _may_be_covered(ask: Ask, row: frappe._dict) -> bool:
	"""One unit that is given now, at no price that somebody chose."""
	chosen = ask.at_list_price or ask.touch_up or ask.is_for_later
	return cint(row.fee_visit_count) > 1 and ask.quantity == 1 and not chosen


def _visits(patient: str, services: list[str]) -> dict[str, list[FeeVisit]]:
	"""Visits by service, oldest first."""
	found: dict[str, list[FeeVisit]] = defaultdict(list)
	for answer in events.gather(HOOK, patient=patient, services=services):
		for service, day, is_covered, practitioner in answer:
			found[service].append(FeeVisit(getdate(day), bool(is_covered), practitioner or None))
	return defaultdict(list, {name: sorted(many, key=lambda v: v.day) for name, many in found.items()})
