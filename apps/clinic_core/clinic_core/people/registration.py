"""Registers patients (D22–D25, E161). Permission-free: the endpoint has asked."""

from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import escape_html

from clinic_core.foundation import settings
from clinic_core.foundation.errors import refuse_input
from clinic_core.people import duplicates, matching
from clinic_core.people.identity import numbers
from clinic_core.people.patient_file import possible

PATIENT = "Clinic Patient"
FIELDS = (
	"first_name",
	"last_name",
	"mobile",
	"referral_source",
	"gender",
	"birth_date",
	"national_code",
	"identity_kind",
	"identity_country",
	"no_code_reason",
	"file_no",
	"consultant",
	"branch",
	"note",
	"alerts",
	"email",
	"city",
	"address",
	"person_kind",
	"salutation",
	"contact_person",
	"marital_status",
	"occupation",
	"workplace",
	"preferred_language",
	"nationality",
	"name_order",
	"preferred_channel",
	"preferred_hours",
	"referred_by",
	"referrer",
	"interests",
	"preferences",
	"origin_doctype",
	"origin_name",
)


# What an endpoint takes by name, or asks permission for.
_BY_NAME = frozenset({"branch", "origin_doctype", "origin_name"})


def further(fields: dict[str, Any]) -> dict[str, str]:
	"""Those of FIELDS among what was sent. Raises InvalidInputError for any other."""
	for field in fields:
		if field not in FIELDS or field in _BY_NAME:
			refuse_input(_("Further fields"), _("There is no field “{0}”.").format(escape_html(str(field))))
	return {field: str(value) for field, value in fields.items() if value not in (None, "")}


def register(data: dict[str, Any]) -> dict[str, Any]:
	"""Insert a patient: {name, full_name, file_no, duplicates: [{name, full_name, score, why}]}.

	`data` may hold any of FIELDS. Somebody who may already have a file is reported, not refused:
	families share phones and names repeat (G20); whose file the user may not read, without a name. The same identity number twice is refused.
	Raises InvalidInputError naming the field.
	"""
	given = {field: data[field] for field in FIELDS if data.get(field) not in (None, "")}
	if not given.get("mobile"):
		refuse_input(_("Mobile"), _("A patient needs a phone number."))
	_require_known_source(given.get("referral_source"))
	given.setdefault("branch", settings.get("default_branch"))
	patient = frappe.get_doc({"doctype": PATIENT, **given})
	patient.insert(ignore_permissions=True)
	return {
		"name": patient.name,
		"full_name": patient.full_name,
		"file_no": patient.file_no,
		"duplicates": possible.readable(duplicates.of(as_person(patient), besides=patient.name)),
	}


def register_from_public(values: dict[str, Any]) -> str:
	"""Insert the file of somebody who registered himself on a public page. Returns its name.

	What the clinic asks of a new file beyond `values` is completed by its staff.
	"""
	patient = frappe.get_doc({"doctype": PATIENT, **values})
	patient.flags.by_public_booking = True
	return patient.insert(ignore_permissions=True).name


def _require_known_source(source: str | None) -> None:
	"""Frappe's own complaint about a link names no way out."""
	if source and not frappe.db.exists("Clinic Referral Source", source):
		refuse_input(
			_("Referral source"),
			_("There is no referral source “{0}”. Choose one of the list.").format(escape_html(source)),
		)


def correct_name(patient: str, first_name: str, last_name: str | None = None) -> dict[str, Any]:
	"""Correct a name in place (D08): {name, full_name}; the old one stays in the history."""
	doc = frappe.get_doc(PATIENT, patient, for_update=True)
	doc.first_name, doc.last_name = first_name, last_name or ""
	doc.save(ignore_permissions=True)
	return {"name": doc.name, "full_name": doc.full_name}


def as_person(patient: Document) -> matching.Person:
	"""A patient as the matching rules see it, with the real identity number. One query."""
	return matching.Person(
		full_name=patient.full_name or "",
		phones=frozenset(row.phone for row in patient.phones),
		national_code=numbers.number_of(patient.name),
		birth_date=str(patient.birth_date or ""),
		gender=patient.gender or "",
	)
