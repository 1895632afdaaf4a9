"""Smart tags over all patients (D46): one rule of three conditions, chunk by chunk."""

from typing import Any

import frappe
from clinic_core.people.tags import recompute

from tests.bench.case import Job
from tests.bench.keep import Keeper
from tests.bench.lab import Plain

SPENT, DAYS_AWAY = 1_000_000, 30
_TAG = "BENCH"


class SmartTag(Job):
	"""Who spent a million, was not here for thirty days and never stayed away without a word."""

	name = "smart-tag"
	items = "patients"

	def prepare(self, keeper: Keeper, times: int) -> None:
		if not frappe.db.exists("Clinic Tag", _TAG):
			frappe.get_doc(
				{"doctype": "Clinic Tag", "code": _TAG, "title": "Bench", "kind": "Smart"}
			).insert()
		conditions = [
			{"measure": "spend", "operator": ">=", "value": str(SPENT)},
			{"measure": "last_visit_days", "operator": ">=", "value": str(DAYS_AWAY)},
			{"measure": "no_show_count", "operator": "=", "value": "0"},
		]
		rule = {"doctype": recompute.RULE, "title": "Bench", "tag": _TAG, "conditions": conditions}
		known = frappe.db.get_value(recompute.RULE, {"tag": _TAG})
		self._rule = known or frappe.get_doc(rule).insert().name
		recompute._begin(self._rule, from_start=True)
		frappe.db.commit()
		self._after = ""

	def reset(self) -> None:
		"""Nobody has the tag."""
		self.lab.run(f"DELETE FROM `tabClinic Patient Tag` WHERE tag = '{_TAG}'")

	def chunk(self) -> int:
		before = frappe.db.get_value(recompute.RULE, self._rule, "cursor") or ""
		if not recompute._next_chunk(self._rule):
			return 0
		upto = frappe.db.get_value(recompute.RULE, self._rule, "cursor")
		return frappe.db.count("Clinic Patient", {"name": ("between", (before or "0", upto))})

	def floor_chunk(self, sql: Plain) -> int:
		"""The same chunk by one statement that inserts what it selects, and a commit."""
		names = [
			name
			for (name,) in sql.rows(
				"SELECT name FROM `tabClinic Patient` WHERE name > %s ORDER BY name LIMIT %s",
				self._after,
				recompute.CHUNK,
			)
		]
		if not names:
			return 0
		within = "> %s AND {0} <= %s"
		ends = (self._after, names[-1])
		sql.do(
			"INSERT INTO `tabClinic Patient Tag` (name, parent, parenttype, parentfield, tag, given, added_on)"
			" SELECT CONCAT('bench-', p.name), p.name, 'Clinic Patient', 'tags', %s, 'By Rule', NOW()"
			" FROM `tabClinic Patient` p"
			" JOIN (SELECT patient, SUM(patient_share) AS spent FROM `tabClinic Reception`"
			f"  WHERE docstatus = 1 AND patient {within.format('patient')} GROUP BY patient) s"
			"  ON s.patient = p.name AND s.spent >= %s"
			" JOIN (SELECT patient, MAX(arrived_at) AS last FROM `tabClinic Visit`"
			f"  WHERE status <> 'Cancelled' AND patient {within.format('patient')} GROUP BY patient) v"
			"  ON v.patient = p.name AND DATEDIFF(CURDATE(), v.last) >= %s"
			" LEFT JOIN (SELECT DISTINCT patient FROM `tabClinic Appointment`"
			f"  WHERE status = 'No Show' AND patient {within.format('patient')}) n ON n.patient = p.name"
			f" WHERE n.patient IS NULL AND p.status <> 'Merged' AND p.name {within.format('p.name')}",
			*(_TAG, *ends, SPENT, *ends, DAYS_AWAY, *ends, *ends),
		)
		sql.commit()
		self._after = names[-1]
		return len(names)

	def check(self, answer: Any, floor: Any) -> None:
		"""Counted by the chunks themselves."""
