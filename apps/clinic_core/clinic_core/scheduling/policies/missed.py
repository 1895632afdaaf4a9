"""What missed appointments cost, many at once (F11). For the night job.

The same judgement as at the desk, in a number of statements that does not grow with the appointments but
with the different penalties among them.
"""

from collections import defaultdict
from collections.abc import Iterable

import frappe

from clinic_core.scheduling.policies import cancelling, penalties
from clinic_core.scheduling.policies.cancelling import Fallen

DOCTYPE = "Clinic Appointment"


def penalise(missed: Iterable[frappe._dict]) -> None:
	"""Note on appointments {name, patient, service, area, practitioner, branch, start, session} what not
	coming costs, and tell the other apps. In the caller's transaction, which has locked them."""
	rows = {row.name: row for row in missed if not row.session}
	fallen = [Fallen(row.name, row.service, row.practitioner, row.start, row.area) for row in rows.values()]
	found = cancelling.judge(fallen, penalties.NO_SHOW) if fallen else {}
	same: dict[tuple, list[str]] = defaultdict(list)
	for name, penalty in found.items():
		same[tuple(cancelling.noted(penalty).items())].append(name)
	for values, names in same.items():
		frappe.db.set_value(DOCTYPE, {"name": ("in", names)}, dict(values))
	cancelling.tell_others(
		[cancelling.told(rows[name], penalties.NO_SHOW, penalty) for name, penalty in found.items()]
	)
