"""Number cards with money: "7.67 billion Rial", a link to what was added up.

Frappe's own cards shorten the number first and give it the currency then ("7.67 Rial B"), in English
letters and in the stored unit. A card of the type "Custom" shows the text its method returns.
"""

import json
from decimal import Decimal
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

import frappe
from frappe import _
from frappe.utils import get_url_to_list

from clinic_core.foundation import compat, digits, money, settings


@frappe.read_only()
def total(doctype: str, field: str, filters: list[list[Any]]) -> str:
	"""The sum of a money field over the documents the user may see, as the text of a number card.

	`filters` in Frappe's list form, [[doctype, field, operator, value], …]. One query. Raises
	frappe.PermissionError.
	"""
	amount = compat.sum_in_list(doctype, field, filters)
	query = urlencode({row[1]: json.dumps(row[2:4]) for row in filters}, quote_via=quote)
	address = f"{urlsplit(get_url_to_list(doctype)).path}?{query}"
	# A template, because what it is given is escaped there; the desk shows the text of a card as it is.
	return frappe.render_template(
		'<a class="text-reset text-decoration-none" href="{{ address | e }}">{{ text | e }}</a>',
		{"address": address, "text": short_amount(amount)},
	)


def short_amount(stored: money.Number) -> str:
	"""A stored amount for a glance, in the unit people see: "7.67 billion Rial", «۷٫۶۷ میلیارد ریال»."""
	unit = settings.shown_unit()
	figure, power = money.shorten(unit.to_shown(stored) if unit else stored)
	number = digits.in_language(_plain(figure), frappe.local.lang)
	words = {
		12: _("{0} trillion"),
		9: _("{0} billion"),
		6: _("{0} million"),
		0: "{0}",
	}
	return f"{words[power].format(number)} {_(unit.label if unit else settings.stored_unit())}".strip()


def _plain(figure: Decimal) -> str:
	"""With separators and without idle zeros: "55", "7.67", "481.5", "250,000"."""
	text = f"{figure:,.2f}"
	return text.rstrip("0").rstrip(".")
