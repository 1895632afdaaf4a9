"""What a new file must hold, as the clinic chose in its settings (D24, E161). Old files may lack it."""

from collections.abc import Callable, Mapping

from frappe import _
from frappe.model.document import Document

from clinic_core.foundation import settings
from clinic_core.foundation.errors import refuse_input

# Field of the patient → how its lack is said. The setting is `require_<field>`.
_MISSING: Mapping[str, Callable[[], tuple[str, str]]] = {
	"referral_source": lambda: (
		_("Referral source"),
		_("Choose how the patient came to know the clinic."),
	),
	"last_name": lambda: (_("Last name"), _("The clinic asks for it in every new file.")),
	"gender": lambda: (_("Gender"), _("The clinic asks for it in every new file.")),
	"birth_date": lambda: (_("Birth date"), _("The clinic asks for it in every new file.")),
	"national_code": lambda: (_("National code"), _("The clinic asks for it in every new file.")),
	"marital_status": lambda: (_("Marital status"), _("The clinic asks for it in every new file.")),
	"occupation": lambda: (_("Occupation"), _("The clinic asks for it in every new file.")),
	"workplace": lambda: (_("Workplace"), _("The clinic asks for it in every new file.")),
	"address": lambda: (_("Address"), _("The clinic asks for it in every new file.")),
	"consultant": lambda: (_("Consultant"), _("The clinic asks for it in every new file.")),
}
FIELDS = tuple(_MISSING)
# A company has no gender, and no life of its own.
_OF_PERSONS = frozenset({"last_name", "gender", "birth_date", "marital_status", "occupation", "workplace"})


def fields() -> list[str]:
	"""The fields of a patient that this clinic asks of a new file."""
	return settings.ticked(FIELDS, "require_")


def check(doc: Document, before: Document | None) -> None:
	"""Refuse a new file that lacks one, and an old one that is to lose it. Raises InvalidInputError."""
	if doc.flags.by_public_booking:
		return  # asked for at the first visit: a phone screen asks a stranger for name and number only
	for field in fields():
		if doc.get(field) or (before and not before.get(field)):
			continue
		if doc.get("person_kind") == "Company" and field in _OF_PERSONS:
			continue
		if field == "national_code" and doc.get("no_code_reason"):
			continue
		refuse_input(*_MISSING[field]())
