"""A message as an email: in the receiver's language and direction, with a calendar file (E174)."""

from dataclasses import dataclass, field
from typing import Any

import frappe

from clinic_core.messaging import occasions, subjects
from clinic_core.messaging.mailing import lines
from clinic_core.messaging.notices import APPOINTMENT
from clinic_core.scheduling.feed import single

TEMPLATE = "clinic_message"
"""`templates/emails/clinic_message.html` and `.txt`; every value is escaped there."""
FILE_NAME = "appointment.ics"
FIELDS = ("email", "subject", "text", "language", "template", "reference_doctype", "reference_name")

# In the languages templates are written in (`seeds.py`), not only in those of the desk.
BUTTON = {
	"fa": "دیدن یا تغییر نوبت",
	"en": "See or change the appointment",
	"tr": "Randevuyu gör veya değiştir",
	"zh": "查看或更改预约",
}
WHY = {
	"fa": "این ایمیل برای شما آمده چون نشانی خود را به {clinic} داده‌اید.",
	"en": "You get this email because you gave {clinic} your address.",
	"tr": "Bu e-postayı, adresinizi {clinic} ile paylaştığınız için aldınız.",
	"zh": "您收到此邮件，是因为您向{clinic}提供了邮箱地址。",
}


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
		"button": _in(BUTTON, language),
		"why": _in(WHY, language).format(clinic=clinic) if clinic else "",
	}


def _attachments(row: Any) -> list[dict[str, Any]]:
	"""The appointment for the receiver's calendar; of several told in one email each has its link on its own."""
	if row.reference_doctype != APPOINTMENT or row.template == occasions.MANY_BOOKINGS:
		return []
	found = single.of_appointment(row.reference_name, subjects.clinic_name(), row.language)
	return [{"fname": FILE_NAME, "fcontent": found.decode()}] if found else []


def _in(words: dict[str, str], language: str) -> str:
	return words.get(language[:2], words["en"])
