"""Until when a patient may have a service touched up for free (G07). Asks the apps that know the past."""

import datetime
from collections.abc import Mapping

import frappe
from frappe.utils import add_days, getdate

from clinic_core.foundation import events

HOOK = "clinic_last_performed"


def free_until(
	patient: str | None, days: Mapping[str, int], on: datetime.date
) -> dict[tuple[str, str], datetime.date]:
	"""The last day of a free touch-up by (service, area or ""), where one is free `on` that day.

	`days`: for how many days each service is touched up for free; 0 never. The hook `clinic_last_performed`
	answers when the patient last had each performed; a touch-up itself does not begin the days anew.
	"""
	services = sorted(service for service, count in days.items() if count and count > 0)
	if not patient or not services or not frappe.get_hooks(HOOK):
		return {}
	last: dict[tuple[str, str], datetime.date] = {}
	for answer in events.gather(HOOK, patient=patient, services=services):
		for service, area, day in answer:
			key = (service, area or "")
			last[key] = max(getdate(day), last.get(key, datetime.date.min))
	until = {key: getdate(add_days(day, days[key[0]])) for key, day in last.items() if key[0] in days}
	return {key: end for key, end in until.items() if last[key] <= on <= end}
