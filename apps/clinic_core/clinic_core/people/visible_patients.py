"""Who may open a patient's file: every rule must agree.

Frappe asks one handler of `has_permission` after the other and takes the first answer, so there is one for
all rules; `permission_query_conditions` are joined by the framework itself.
"""

from typing import Any

from frappe.model.document import Document

from clinic_core.people import own_patients
from clinic_core.people.consent import blocking


def may_see(doc: Document, ptype: str | None = None, user: str | None = None, **_more: Any) -> bool:
	"""Not blocked for this user, and of his own where he sees only his own."""
	return blocking.may_see(doc, ptype, user) and own_patients.may_patient(doc, ptype, user)
