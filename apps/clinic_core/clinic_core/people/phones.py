"""Phone numbers of people: read with the clinic's region, shown as they are dialled (`design.md` §4.9)."""

import phonenumbers
from frappe import _
from frappe.utils import escape_html

from clinic_core.foundation import phones, settings
from clinic_core.foundation.errors import refuse_input
from clinic_core.people.identity import mask
from clinic_core.people.masking import matrix, rows

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
	"""The number as people dial it, hidden from who may not see phones (F80); empty when there is none."""
	if not e164:
		return ""
	if mask.is_masked(e164):
		abroad = f"+{phonenumbers.country_code_for_region(region())}"
		return f"0{e164.removeprefix(abroad)}" if e164.startswith(abroad) else e164
	return rows.shown(matrix.PHONE, phones.to_local(e164, region()))


def national(e164: str) -> str:
	"""The number without country code and leading zero, for searching."""
	try:
		return phonenumbers.national_significant_number(phonenumbers.parse(e164, None))
	except phonenumbers.NumberParseException:
		return e164.lstrip("+")
