"""Somebody with every secret there is, and who may see which: what tests of masking begin with."""

import re

from clinic_core.foundation import roles
from clinic_core.people.masking import matrix

ROLES = {
	"manager": roles.MANAGER,
	"supervisor": roles.SUPERVISOR,
	"reception": roles.RECEPTIONIST,
	"cashier": roles.CASHIER,
	"doctor": roles.PRACTITIONER,
	"operator": roles.OPERATOR,
	"consultant": roles.CONSULTANT,
	"agent": roles.CRM_AGENT,
	"crm": roles.CRM_MANAGER,
	"call": roles.CALL_AGENT,
	"accountant": roles.ACCOUNTANT,
}
PATIENT = "Clinic Patient"
SECRETS = {
	matrix.PHONE: ("mobile", "+989124560789"),
	matrix.EMAIL: ("email", "nika.masked@example.com"),
	matrix.ADDRESS: ("address", "Valiasr Street 1234"),
	matrix.BIRTH_DATE: ("birth_date", "1991-03-17"),
	matrix.NOTE: ("note", "Prefers the quiet room"),
	matrix.IDENTITY: ("national_code", "0499370899"),
}
COMMENT = "Call back at 0912 456 0789 or nika.masked@example.com, code 0499370899"


def sees(login, kind):
	return ROLES[login] in matrix.DEFAULTS[kind]


def digits(text):
	return re.sub(r"[^0-9]", "", text)


def tells(text, kind):
	"""Whether an answer holds the secret in any of its forms."""
	secret = SECRETS[kind][1]
	if kind in (matrix.PHONE, matrix.IDENTITY):
		return secret.lstrip("+").removeprefix("98") in digits(text)
	return secret in text


def the_person(admin):
	"""A patient with a history: every secret was corrected once, and a comment tells three of them."""
	values = {field: value for field, value in SECRETS.values()}
	found = admin.rows(PATIENT, [[PATIENT, "full_name", "=", "Nika Masked"]])
	if found:
		name = found[0]["name"]
		answer = admin.resource("PUT", PATIENT, name, **values)
	else:
		first = {
			**values,
			"mobile": "+989124560780",
			"note": "old",
			"address": "old",
			"birth_date": "1991-03-16",
		}
		answer = admin.resource(
			"POST", PATIENT, first_name="Nika", last_name="Masked", referral_source="WALKIN", **first
		)
		name = answer.json()["data"]["name"]
		answer = admin.resource("PUT", PATIENT, name, **values)
	assert answer.status_code == 200, answer.text[:500]
	comments = admin.rows("Comment", {"reference_name": name, "comment_type": "Comment"})
	if not comments:
		made = admin.request(
			"POST", "frappe.desk.form.utils.add_comment", reference_doctype=PATIENT, reference_name=name,
			content=COMMENT, comment_email="Administrator", comment_by="Administrator",
		)  # fmt: skip
		assert made.status_code == 200, made.text[:300]
	return name
