"""What the codes of `kinds` say to people."""

from typing import NoReturn

from frappe import _

from clinic_core.foundation.errors import refuse_input
from clinic_core.people.identity import kinds


def refuse(code: str) -> NoReturn:
	"""Refuse an identity, naming the field and the fix. Raises InvalidInputError."""
	refuse_input(*_problems()[code])


def _problems() -> dict[str, tuple[str, str]]:
	number, kind, reason = _("National code"), _("Kind of identity"), _("Why there is no code")
	return {
		kinds.UNKNOWN_KIND: (kind, _("Choose one of the list.")),
		kinds.NUMBER_MISSING: (
			number,
			_("Write the number, or choose “No Code” as its kind and say why there is none."),
		),
		kinds.NUMBER_WITHOUT_KIND: (
			kind,
			_("There is a number: choose what it is. “No Code” goes without a number."),
		),
		kinds.REASON_MISSING: (reason, _("Choose why the patient has no code.")),
		kinds.UNKNOWN_REASON: (reason, _("Choose one of the list.")),
		kinds.COUNTRY_MISSING: (_("Country of the passport"), _("Choose the country that issued it.")),
		kinds.NOT_A_NATIONAL_CODE: (
			number,
			_("It must be ten digits with the right check digit. Leave it empty if unknown."),
		),
		kinds.NOT_A_TC_NUMBER: (
			number,
			_("A TC number has eleven digits, does not begin with 0, and ends in two check digits."),
		),
		kinds.NOT_A_FOREIGNER_ID: (number, _("A foreigner's ID has 8 to 14 digits.")),
		kinds.NOT_A_PASSPORT: (
			number,
			_("A passport number has 5 to 15 Latin letters and digits, at least one digit."),
		),
		kinds.NOT_A_NUMBER: (number, _("It must have 3 to 30 letters and digits.")),
	}


def refuse_masked() -> NoReturn:
	"""Refuse a number that is hidden and not the one on file. Raises InvalidInputError."""
	refuse_input(_("National code"), _("This number is hidden. Write it in full to change it."))


def refuse_second(full_name: str, file_no: str | None) -> NoReturn:
	"""Refuse a number that another file has, naming that file. Raises InvalidInputError."""
	refuse_input(_("National code"), _("{0} (file {1}) already has it.").format(full_name, file_no or "–"))
