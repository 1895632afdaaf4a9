"""Whose money a line is (G17): the practitioner's own entity, else the branch's, else the default."""

from collections.abc import Iterable

import frappe
from frappe import _
from frappe.utils import escape_html

from clinic_core.foundation import cached, settings
from clinic_core.foundation.errors import refuse_input


def of_branch(branch: str | None) -> str | None:
	"""The entity of what nobody in particular earns. Raises InvalidInputError for an unknown branch."""
	if not branch:
		return settings.get("default_legal_entity")
	row = cached.find("Clinic Branch", branch)
	if not row:
		refuse_input(_("Branch"), _("There is no branch {0}.").format(escape_html(branch)))
	return row.legal_entity or settings.get("default_legal_entity")


def of_practitioners(practitioners: Iterable[str]) -> dict[str, str | None]:
	"""The own entity of each practitioner, None where there is none; one query, none without names.

	Raises InvalidInputError for an unknown practitioner.
	"""
	names = sorted(set(practitioners))
	if not names:
		return {}
	rows = frappe.get_all(
		"Clinic Practitioner",
		filters={"name": ("in", names)},
		fields=["name", "legal_entity"],
		order_by="name asc",
	)
	known = {row.name: row.legal_entity or None for row in rows}
	if unknown := [name for name in names if name not in known]:
		refuse_input(_("Practitioner"), _("There is no practitioner {0}.").format(escape_html(unknown[0])))
	return known
