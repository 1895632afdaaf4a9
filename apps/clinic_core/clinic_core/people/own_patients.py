"""Whose patients a user sees (F83), and whether a branch sees another's (E149): rules for every patient document.

“Own patients only” is set in the staff member's form. Own is who was registered by him, has him as
consultant, or is treated by him: the ties come from the hook `clinic_own_patients` (`DocType.field`, where
`field` names a practitioner and `patient` the patient).
"""

from collections.abc import Iterable

import frappe

from clinic_core.foundation import branch_scope, settings
from clinic_core.foundation.visibility import Own, Through, Via, Visibility, hooks_of, the_user

PATIENT = "Clinic Patient"
HOOK = "clinic_own_patients"


def is_limited(user: str) -> bool:
	"""Whether a user sees his own patients only; asked once in a request."""
	known = _of_request()
	if user not in known:
		known[user] = bool(
			frappe.db.get_value("Clinic Staff Member", {"user": user, "own_patients_only": 1}, "name")
		)
	return known[user]


def practitioners_of(user: str) -> list[str]:
	"""The practitioner a login is, as a list of one or none; asked once in a request."""
	known, key = _of_request(), ("practitioner", user)
	if key not in known:
		known[key] = frappe.get_all("Clinic Practitioner", {"user": user}, pluck="name", order_by="name asc")
	return known[key]


def _of_request() -> dict:
	if not hasattr(frappe.local, "clinic_own_patients"):
		frappe.local.clinic_own_patients = {}
	return frappe.local.clinic_own_patients


def forget() -> None:
	"""What was asked in this request is asked again."""
	frappe.local.clinic_own_patients = {}


class _Treated:
	"""Somebody the user treats, by any document an app names in the hook."""

	def sql(self, doctype: str, user: str) -> str:
		"""See visibility.Tie."""
		return " or ".join(part for tie in _ties() if (part := tie.sql(doctype, user)))

	def holds(self, doc: frappe.model.document.Document, user: str) -> bool:
		"""See visibility.Tie."""
		return any(tie.holds(doc, user) for tie in _ties())


def _ties() -> Iterable[Via]:
	for path in frappe.get_hooks(HOOK):
		doctype, field = path.rsplit(".", 1)
		yield Via(doctype, "patient", field, practitioners_of)


def _belongs_to_branch(user: str) -> bool:
	return branch_scope.is_limited(user) and bool(settings.get("patients_belong_to_branch"))


OWN = Visibility(
	PATIENT,
	frozenset(),
	(Own("owner", the_user), Own("consultant", practitioners_of), _Treated()),
	is_limited,
)
IN_BRANCH = Visibility(
	PATIENT,
	frozenset(),
	(
		Own("branch", branch_scope.branches_of, or_empty=True),
		Via("Clinic Appointment", "patient", "branch", branch_scope.branches_of),
	),
	_belongs_to_branch,
)


def document_of(doctype: str, *, practitioner: str | None = None) -> Visibility:
	"""A document about a patient is seen with him, or by the practitioner it names."""
	ties = [Through("patient", OWN), Own("owner", the_user)]
	if practitioner:
		ties.append(Own(practitioner, practitioners_of))
	return Visibility(doctype, frozenset(), tuple(ties), is_limited)


patient_query, may_patient = hooks_of(OWN, IN_BRANCH)
appointment_query, may_appointment = hooks_of(document_of("Clinic Appointment", practitioner="practitioner"))
move_query, may_move = hooks_of(document_of("Clinic Appointment Move", practitioner="new_practitioner"))
plan_query, may_plan = hooks_of(document_of("Clinic Session Plan", practitioner="practitioner"))
session_query, may_session = hooks_of(
	document_of("Clinic Session", practitioner="practitioner"),
	branch_scope.follows("Clinic Session", "session_plan", "Clinic Session Plan"),
)
recall_query, may_recall = hooks_of(document_of("Clinic Recall", practitioner="practitioner"))
wish_query, may_wish = hooks_of(
	document_of("Clinic Waiting List Entry"),
	# The branches are rows: one of them is enough, and who named none waits anywhere.
	Visibility(
		"Clinic Waiting List Entry",
		frozenset(),
		(
			Own("branch", branch_scope.branches_of, or_empty=True),
			Via("Clinic Waiting Branch", "parent", "branch", branch_scope.branches_of),
		),
		branch_scope.is_limited,
	),
)
offer_query, may_offer = hooks_of(document_of("Clinic Waiting Offer", practitioner="practitioner"))
proforma_query, may_proforma = hooks_of(document_of("Clinic Proforma"))
payment_query, may_payment = hooks_of(document_of("Clinic Online Payment"))
entitlement_query, may_entitlement = hooks_of(document_of("Clinic Entitlement"))
entry_query, may_entry = hooks_of(
	document_of("Clinic Entitlement Entry"),
	branch_scope.follows("Clinic Entitlement Entry", "entitlement", "Clinic Entitlement"),
)
