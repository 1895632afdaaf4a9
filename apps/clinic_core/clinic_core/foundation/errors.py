"""Errors a person can do something about, each with the HTTP status it is answered with."""

from typing import NoReturn

import frappe
from frappe import _


class InvalidInputError(frappe.ValidationError):
	"""A value that cannot be used; the message names the field and the fix."""

	http_status_code = 422


class ForbiddenMoveError(frappe.ValidationError):
	"""A change of state that the transition table does not know, or not for this role."""

	http_status_code = 422


class ConflictError(frappe.ValidationError):
	"""Somebody else was faster, or the same key was used for other content."""

	http_status_code = 409


class SlotTakenError(ConflictError):
	"""The time is taken. The response carries `next_slots`: the next free ones."""


class AppendOnlyError(frappe.ValidationError):
	"""A record that is never changed or deleted; corrections are new records."""

	http_status_code = 422


def refuse_input(fieldlabel: str, problem: str) -> NoReturn:
	"""Refuse a value: `problem` is a translated sentence, `fieldlabel` a translated label.

	Raises InvalidInputError.
	"""
	frappe.throw(
		_("{0}: {1}", context="field: problem").format(frappe.bold(fieldlabel), problem),
		InvalidInputError,
		title=_("Please check"),
	)
