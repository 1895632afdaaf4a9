"""Who books: found by number and name, or registered (E174). Permission-free.

The public is never told which of both happened. One number may be of a whole family, so the name decides.
"""

from dataclasses import dataclass

import frappe
from frappe import _
from frappe.utils import validate_email_address

from clinic_core.foundation import compat, settings
from clinic_core.foundation.digits import to_latin
from clinic_core.foundation.errors import InvalidInputError
from clinic_core.people import matching, names, phones, registration
from clinic_core.people.merging import whole

PATIENT = "Clinic Patient"
DEFAULT_SOURCE = "WEBSITE"
LONGEST_NAME = 60


@dataclass(frozen=True)
class Visitor:
	"""What a visitor says of himself; `mobile` in E.164. `email` is kept of who is new: the file of somebody
	known takes no address from a stranger, who would then be told of its appointments."""

	first_name: str
	last_name: str
	mobile: str
	gender: str = ""
	email: str = ""

	@property
	def full_name(self) -> str:
		"""Both names."""
		return names.full_name(self.first_name, self.last_name)


def read(
	first_name: str | None,
	last_name: str | None,
	mobile: str | None,
	gender: str | None,
	email: str | None = None,
) -> Visitor:
	"""What was typed, tidied. Raises InvalidInputError with `field_errors` in the response."""
	errors: dict[str, str] = {}
	given = {"first_name": names.clean(first_name), "last_name": names.clean(last_name)}
	for field, value in given.items():
		if not value:
			errors[field] = _("Please fill this in.")
		elif len(value) > LONGEST_NAME:
			errors[field] = _("At most {0} characters.").format(LONGEST_NAME)
		elif not any(letter.isalpha() for letter in value):
			errors[field] = _("Please write your name in letters.")
	number, address = read_mobile(mobile, errors), (email or "").strip()
	if address and ("," in address or not validate_email_address(address)):
		errors["email"] = _("This is not an email address.")
	if errors:
		refuse(errors)
	gender = gender if gender in ("Female", "Male") else ""
	return Visitor(**given, mobile=number, gender=gender, email=address)


def read_mobile(text: str | None, errors: dict[str, str]) -> str:
	"""A typed number in E.164; what is wrong with it is added to `errors`."""
	typed = to_latin(text or "").strip()
	if not typed:
		errors["mobile"] = _("Please fill this in.")
		return ""
	messages = compat.mark_messages()
	try:
		return phones.normalise(typed, _("Mobile"))
	except InvalidInputError:
		compat.forget_messages(messages)
		errors["mobile"] = _("This is not a mobile number. Example: 0912 345 6789")
		return ""


def refuse(errors: dict[str, str]) -> None:
	"""Refuse fields of a form, each with its own sentence. Raises InvalidInputError."""
	frappe.local.response["field_errors"] = errors
	frappe.throw("<br>".join(errors.values()), InvalidInputError, title=_("Please check"))


def of_number(mobile: str) -> list[frappe._dict]:
	"""Files in use with this number: {name, full_name, first_name, last_name, gender, status, branch}, oldest first."""
	rows = frappe.get_all(
		"Clinic Patient Phone",
		{"phone": mobile, "parenttype": PATIENT},
		pluck="parent",
		order_by="creation asc",
		limit_page_length=50,
	)
	kept = sorted(set(whole.kept_of_many(rows).values()))
	if not kept:
		return []
	return frappe.get_all(
		PATIENT,
		{"name": ("in", kept), "status": ("in", ["Active", "Blocked"])},
		["name", "full_name", "first_name", "last_name", "gender", "status", "branch"],
		order_by="creation asc, name asc",
	)


def find(visitor: Visitor) -> str | None:
	"""The file of this person, None if there is none."""
	for row in of_number(visitor.mobile):
		other_gender = row.gender and visitor.gender and row.gender != visitor.gender
		if not other_gender and matching.name_likeness(row.full_name, visitor.full_name) == 1:
			return row.name
	return None


def register(visitor: Visitor, branch: str | None) -> str:
	"""A new file with what is known; the front desk completes it at the first visit."""
	values = {
		"first_name": visitor.first_name,
		"last_name": visitor.last_name,
		"mobile": visitor.mobile,
		"email": visitor.email or None,
		"gender": visitor.gender or None,
		"branch": branch or settings.get("default_branch"),
		"referral_source": _source(),
	}
	return registration.register_from_public(values)


def _source() -> str | None:
	source = settings.get("online_referral_source") or DEFAULT_SOURCE
	known = frappe.db.exists("Clinic Referral Source", {"name": source, "is_active": 1, "is_group": 0})
	return source if known else None
