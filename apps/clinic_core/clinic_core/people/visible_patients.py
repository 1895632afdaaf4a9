"""Who may open a patient's file and what hangs on it: every rule must agree.

Frappe asks one handler of `has_permission` after the other and takes the first answer, so there is one for
all rules; `permission_query_conditions` are joined by the framework itself.
"""

from typing import Any

from frappe.model.document import Document

from clinic_core.foundation.visibility import Own, Through, Visibility, hooks_of, the_user
from clinic_core.people import own_patients
from clinic_core.people.alerts import alerts
from clinic_core.people.consent import blocking
from clinic_core.people.documents import documents
from clinic_core.people.own_patients import OWN, document_of, is_limited


def may_see(doc: Document, ptype: str | None = None, user: str | None = None, **_more: Any) -> bool:
	"""Not blocked for this user, and of his own where he sees only his own."""
	return blocking.may_see(doc, ptype, user) and own_patients.may_patient(doc, ptype, user)


def _nobody(_user: str) -> tuple[str, ...]:
	return ()


# Who sees his own patients only sees theirs alone of these as well (F83).
photo_query, may_photo = hooks_of(document_of("Clinic Photo"))
paper_query, _own_paper = hooks_of(document_of("Clinic Patient Document"))
alert_query, _own_alert = hooks_of(document_of("Clinic Patient Alert"))
relation_query, may_relation = hooks_of(document_of("Clinic Patient Relation"))
source_change_query, may_source_change = hooks_of(document_of("Clinic Patient Source Change"))
# A consent of somebody who is no patient (a lead) is seen with nobody's file.
consent_query, may_consent = hooks_of(
	Visibility(
		"Clinic Consent",
		frozenset(),
		(Through("patient", OWN), Own("owner", the_user), Own("patient", _nobody, or_empty=True)),
		is_limited,
	)
)
suggestion_query, may_suggestion = hooks_of(
	*(
		Visibility("Clinic Merge Suggestion", frozenset(), (Through(field, OWN),), is_limited)
		for field in ("patient", "other")
	)
)
request_query, may_request = hooks_of(
	Visibility(
		"Clinic Data Request",
		frozenset(),
		(Through("person_name", OWN), Own("owner", the_user), Own("handler", the_user)),
		is_limited,
	)
)

message_query, may_message = hooks_of(document_of("Clinic Message"))
incoming_query, may_incoming = hooks_of(document_of("Clinic Incoming Message"))


def may_paper(doc: Document, ptype: str | None = None, user: str | None = None) -> bool:
	"""A paper: of a kind this user sees, of a patient he sees."""
	return documents.may_see(doc, ptype, user) and _own_paper(doc, ptype, user)


def may_alert(doc: Document, ptype: str | None = None, user: str | None = None) -> bool:
	"""The same of an alert."""
	return alerts.may_see(doc, ptype, user) and _own_alert(doc, ptype, user)


def file_query(user: str | None = None) -> str:
	"""Files are listed with the document they hang on: its name alone tells that there is one (E144)."""
	seen_with = {
		"Clinic Photo": (photo_query,),
		"Clinic Patient Document": (documents.query, paper_query),
		own_patients.PATIENT: (own_patients.patient_query,),
	}
	parts = []
	for doctype, queries in seen_with.items():
		where = " and ".join(part for query in queries if (part := query(user)))
		if where:
			table = f"`tab{doctype}`"
			parts.append(
				f"(ifnull(`tabFile`.`attached_to_doctype`, '') != '{doctype}' or `tabFile`.`attached_to_name` in"
				f" (select {table}.`name` from {table} where {where}))"
			)
	return " and ".join(parts)
