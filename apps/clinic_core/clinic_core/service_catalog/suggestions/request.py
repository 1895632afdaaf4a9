"""Reads a request to adopt suggested services: what was typed into the boxes of the dialog."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import frappe
from frappe import _
from frappe.utils import escape_html

from clinic_core.foundation import wire
from clinic_core.foundation.document import LARGEST_DECIMAL
from clinic_core.foundation.errors import refuse_input
from clinic_core.service_catalog.suggestions import choice
from clinic_core.service_catalog.suggestions.catalogue import LANGUAGES

MOST_ROWS = 1000
PROGRESS_EVENT = "clinic_adoption_progress"
_TELL_EVERY = 10


def prices(rows: Sequence[Any]) -> dict[str, choice.Prices]:
	"""[{suggestion, amount, areas: {code: amount}}] as code → prices in Rial; no amount is None.

	Raises InvalidInputError naming the suggestion whose price cannot be one, or that comes twice.
	"""
	if not rows:
		refuse_input(_("Services"), _("Choose at least one."))
	if len(rows) > MOST_ROWS:
		refuse_input(_("Services"), _("At most {0} at once, please.").format(MOST_ROWS))
	found: dict[str, choice.Prices] = {}
	for row in rows:
		code = row.get("suggestion") if isinstance(row, dict) else None
		if not code or not isinstance(code, str):
			refuse_input(_("Suggested service"), _("This is missing."))
		if code in found:
			refuse_input(_("Suggested service"), _("“{0}” is in the list twice.").format(escape_html(code)))
		areas = wire.parse_dict(row.get("areas"), _("Body areas"))
		typed = {str(area): _amount(value, code) for area, value in areas.items()}
		given = {area: amount for area, amount in typed.items() if amount is not None}
		found[code] = choice.Prices(_amount(row.get("amount"), code), given)
	return found


def language(value: str | None) -> str | None:
	"""A language of the catalogue; None for that of the site. Raises InvalidInputError for any other."""
	if not value:
		return None
	if value not in LANGUAGES:
		refuse_input(_("Language"), _("It must be one of {0}.").format(", ".join(LANGUAGES)))
	return value


def tell_progress(done: int, of: int) -> None:
	"""Tell the user's own screens how far the work is; every tenth service is enough."""
	if done % _TELL_EVERY == 0 or done == of:
		frappe.publish_realtime(PROGRESS_EVENT, {"done": done, "of": of}, user=frappe.session.user)


def _amount(value: Any, code: str) -> Decimal | None:
	if value in (None, ""):
		return None
	label = _("Amount of {0}").format(escape_html(code))
	amount = wire.parse_number(value, label)
	if amount < 0:
		refuse_input(label, _("It must not be negative."))
	if amount > LARGEST_DECIMAL:
		refuse_input(label, _("The number is too large; {0} is the most.").format(f"{LARGEST_DECIMAL:,}"))
	return amount
