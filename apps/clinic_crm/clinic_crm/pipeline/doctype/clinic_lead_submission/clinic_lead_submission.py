from typing import Any

import frappe
from clinic_core.foundation.append_only import AppendOnly

from clinic_crm.pipeline import submissions


class ClinicLeadSubmission(AppendOnly):
	"""What somebody sent through a lead form, as it came; written once (C003, C069).

	The checks live here, so that the framework's web form, REST and our own page obey alike.
	"""

	mutable_fields = frozenset({"lead", "contact", "attachment"})

	def as_dict(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
		"""What goes out: the framework's web form answers with the document, and a stranger learns nothing."""
		values = super().as_dict(*args, **kwargs)
		if frappe.session.user != "Guest":
			return values
		return frappe._dict({field: values.get(field) for field in ("doctype", "name")})

	def validate(self) -> None:
		if self.is_new():
			submissions.check(self)

	def after_insert(self) -> None:
		submissions.turn_into_lead(self)


def on_doctype_update() -> None:
	"""Limits and repeats are counted at every submission."""
	for fields in (["content_hash", "creation"], ["mobile", "creation"], ["ip_address", "creation"]):
		frappe.db.add_index("Clinic Lead Submission", fields, f"clinic_{fields[0]}_creation")
