"""A message as an email: in the receiver's language and direction, with a calendar file (E174)."""

from dataclasses import dataclass, field
from typing import Any

import frappe
from frappe import _

from clinic_core.messaging import occasions, subjects
from clinic_core.messaging.drafts import DOCTYPE
from clinic_core.messaging.mailing import lines
from clinic_core.messaging.notices import APPOINTMENT
from clinic_core.scheduling.feed import single

TEMPLATE = "clinic_message"
"""`templates/emails/clinic_message.html` and `.txt`; every value is escaped there."""
FILE_NAME = "appointment.ics"
FIELDS = ("email", "subject", "text", "language", "template", "reference_doctype", "reference_name")


@dataclass(frozen=True)
class Letter:
	"""One email as the adapter gets it; `message` is the name of its Clinic Message."""

	message: str
	to: str
	subject: str
	values: dict[str, Any] = field(default_factory=dict)
	attachments: list[dict[str, Any]] = field(default_factory=list)


def of(row: Any) -> Letter:
	"""The email of a message {name, *FIELDS}."""
	return Letter(row.name, row.email, row.subject, values_of(row), _attachments(row))


def html(row: Any) -> str:
	"""The body alone, for a preview: what the framework adds around it is not in it."""
	return frappe.render_template(f"templates/emails/{TEMPLATE}.html", values_of(row))


def values_of(row: Any) -> dict[str, Any]:
	"""What the two templates show of a message {subject, text, language}."""
	language = row.language or "en"
	direction = lines.direction(language)
	clinic = subjects.clinic_name()
	return {
		"subject": row.subject,
		"text": row.text,
		"language": language,
		"direction": direction,
		"side": "right" if direction == "rtl" else "left",
		"lines": lines.of(row.text, language),
		"clinic": clinic,
		"button": _("See or change the appointment", language),
		"why": _("You get this email because you gave {0} your address.", language).format(clinic)
		if clinic
		else "",
	}


def _attachments(row: Any) -> list[dict[str, Any]]:
	"""The appointment for the receiver's calendar; of several told in one email each has its link on its own."""
	if row.reference_doctype != APPOINTMENT or row.template == occasions.MANY_BOOKINGS:
		return []
	found = single.of_appointment(row.reference_name, subjects.clinic_name(), row.language)
	return [{"fname": FILE_NAME, "fcontent": found.decode()}] if found else []


def read(name: str) -> Any:
	"""A message with what its email needs."""
	return frappe.db.get_value(DOCTYPE, name, ["name", *FIELDS], as_dict=True)
