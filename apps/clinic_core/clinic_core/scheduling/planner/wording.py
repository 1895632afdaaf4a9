"""The planner's reasons and ways out as sentences in the reader's language."""

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from frappe import _

from clinic_core.foundation import settings
from clinic_core.foundation.shown_days import shown_day
from clinic_core.scheduling.planner import reasons as why
from clinic_core.scheduling.planner.solver import Way

MOST_TITLES = 3


def reasons(counted: Mapping[str, int], titles: Iterable[str], expires: datetime.date | None) -> list[str]:
	"""One sentence for each reason, with the number of its days; `expires`: the purchase is the limit."""
	named = ", ".join(list(dict.fromkeys(titles))[:MOST_TITLES])
	sentences = {
		why.CLOSED: _("Closed days: {0} ({1})"),
		why.FULL: _("Fully booked days: {0}"),
		why.OFF: _("Days on which nobody works: {0}"),
		why.WEEKDAY: _("Days that are no chosen weekdays: {0}"),
		why.HOURS: _("Days that are free, but not at the chosen hours: {0}"),
		why.DISTANCE: _("Days that are free, but too near to or too far from the sessions around them: {0}"),
		why.TOO_LATE: _("Days behind the last one that can be booked: {0}"),
	}
	found = [sentences[reason].format(days, named) for reason, days in counted.items()]
	if why.TOO_LATE in counted:
		found.append(_limit(expires))
	return found


def _limit(expires: datetime.date | None) -> str:
	if expires:
		return _("The purchase is valid until {0}.").format(shown_day(expires))
	horizon = settings.get("booking_horizon_days") or 180
	return _("Appointments can be booked up to {0} days ahead.").format(horizon)


def way(found: Way, names: Mapping[str, str]) -> dict[str, Any]:
	"""A way out as a button: {kind, value, label}."""
	people = ", ".join(names.get(name, name) for name in found.value) if found.kind == "practitioners" else ""
	labels = {
		"later": _("Up to {0} days later").format(found.value),
		"practitioners": _("With {0}").format(people),
		"weekdays": _("On any weekday"),
		"hours": _("At any hour"),
		"count": _("Only the first {0} for now").format(found.value),
	}
	value = list(found.value) if isinstance(found.value, tuple) else found.value
	return {"kind": found.kind, "value": value, "label": labels[found.kind]}
