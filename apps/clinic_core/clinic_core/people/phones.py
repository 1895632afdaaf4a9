"""Phone numbers of people: read with the clinic's region, shown as they are dialled (`design.md` §4.9)."""

import phonenumbers
from frappe import _
from frappe.utils import escape_html

from clinic_core.foundation import phones, settings
from clinic_core.foundation.errors import refuse_input

DEFAULT_REGION = "IR"


def region() -> str:
	"""The two-letter country of numbers that are typed without a country code."""
	return settings.get("phone_region") or DEFAULT_REGION


def normalise(text: str, fieldlabel: str) -> str:
	"""A typed number in E.164. Raises InvalidInputError naming the field."""
	try:
		return phones.to_e164(text, region())
	except ValueError:
		refuse_input(
			fieldlabel,
			_("“{0}” is not a phone number. Write it as you dial it, or with + and the country code.").format(
				escape_html(text)
			),
		)


def local(e164: str | None) -> str:
	"""The number as people dial it; empty when there is none."""
	return phones.to_local(e164, region()) if e164 else ""


def national(e164: str) -> str:
	"""The number without country code and leading zero, for searching."""
	try:
		return phonenumbers.national_significant_number(phonenumbers.parse(e164, None))
	except phonenumbers.NumberParseException:
		return e164.lstrip("+")
