"""The fields a public lead form may show, and how each is typed (C057–C067). Data only."""

from dataclasses import dataclass


@dataclass(frozen=True)
class FormField:
	"""One field of the public form; `label` is the English label before translation."""

	label: str
	kind: str = "text"
	autocomplete: str = "off"
	length: int = 140


FIELDS: dict[str, FormField] = {
	"first_name": FormField("First name", autocomplete="given-name"),
	"last_name": FormField("Last name", autocomplete="family-name"),
	"mobile": FormField("Mobile", "tel", "tel", 30),
	"email": FormField("Email", "email", "email"),
	"company_name": FormField("Company name", autocomplete="organization"),
	"phone": FormField("Telephone", "tel", "off", 30),
	"province": FormField("Province", autocomplete="address-level1"),
	"city": FormField("City", autocomplete="address-level2"),
	"address": FormField("Address", "textarea", "street-address", 500),
	"attachment": FormField("Attachment", "file"),
	"title": FormField("Title"),
	"description": FormField("Wish", "textarea", "off", 2000),
}

HONEYPOT = "website"

MAX_ATTACHMENT_BYTES = 5 * 1024 * 1024
ATTACHMENT_TYPES = (".jpg", ".jpeg", ".png", ".webp", ".heic", ".pdf")
