"""What is shown in place of a hidden fact, and the matrix of who sees it (F80, E137, E150)."""

import json
import re

import pytest
from clinic_core.foundation.roles import STAFF
from clinic_core.people.masking import matrix, shapes
from clinic_crm import masked_fields
from hypothesis import given
from hypothesis import strategies as st

from tests.source_map import doctypes

_LOOKS_PERSONAL = re.compile(
	r"phone|mobile|e_?mail|address|birth_date|national_code|whatsapp|caller|recipient"
)
_NO_VALUE = {
	"Section Break",
	"Column Break",
	"Tab Break",
	"Table",
	"Table MultiSelect",
	"Check",
	"HTML",
	"Button",
}


@pytest.mark.parametrize(
	("kind", "value", "shown"),
	[
		(matrix.PHONE, "+989124567890", "+98912•••7890"),
		(matrix.PHONE, "0912 456 7890", "0912•••7890"),
		(matrix.PHONE, "1234", "••••"),
		(matrix.EMAIL, "sara@example.com", "s•••@example.com"),
		(matrix.ADDRESS, "Valiasr 12", "•••"),
		(matrix.IDENTITY, "0013542419", "•••••••419"),
		(matrix.BIRTH_DATE, "1990-01-01", None),
		(matrix.PHONE, None, None),
	],
)
def test_the_shape_of_a_hidden_fact(kind, value, shown):
	assert shapes.shape(kind, value) == shown
	assert shapes.shape(kind, shown) == shown


@given(st.from_regex(r"\+?[0-9]{8,14}", fullmatch=True))
def test_a_hidden_phone_hides_three_digits_at_least(number):
	hidden = shapes.phone(number)
	assert sum(sign.isdigit() for sign in hidden) <= sum(sign.isdigit() for sign in number) - 3
	assert number.lstrip("+") not in hidden


@pytest.mark.parametrize(
	("text", "clean"),
	[
		("call 0912 456 7890 now", "call 0912•••7890 now"),
		("تلفن ۰۹۱۲۴۵۶۷۸۹۰ است", "تلفن ۰۹۱۲•••۷۸۹۰ است"),
		("+98-912-456-7890", "+98912•••7890"),
		("code 0013542419", "code •••••••419"),
		("mail sara@example.com", "mail s•••@example.com"),
		("file 1405-000123, 2,500,000 Rial on 2026-11-21", "file 1405-000123, 2,500,000 Rial on 2026-11-21"),
	],
)
def test_a_comment_keeps_its_words_and_loses_its_numbers(text, clean):
	assert shapes.scrub(text, set(matrix.KINDS)) == clean
	assert shapes.scrub(text, set()) == text


def test_the_matrix_names_real_roles_and_fields():
	assert set(matrix.DEFAULTS) == set(matrix.KINDS)
	for kind, seers in matrix.DEFAULTS.items():
		assert seers and seers <= STAFF, kind
	for doctype, fields in (matrix.FIELDS | masked_fields.FIELDS).items():
		known = {field["fieldname"] for field in doctypes()[doctype]["fields"]}
		assert set(fields) <= known, doctype
		assert set(fields.values()) <= set(matrix.KINDS), doctype


def test_every_field_that_looks_personal_is_masked_or_declared_free():
	masked = matrix.FIELDS | masked_fields.FIELDS
	forgotten = {
		f"{doctype}.{field['fieldname']}"
		for doctype, record in doctypes().items()
		for field in record["fields"]
		if field["fieldtype"] not in _NO_VALUE
		and (_LOOKS_PERSONAL.search(field["fieldname"]) or field.get("options") in ("Phone", "Email"))
		and field["fieldname"] not in masked.get(doctype, {})
	}
	assert forgotten - matrix.FREE == set()


def test_no_masked_field_is_in_the_global_search():
	masked = matrix.FIELDS | masked_fields.FIELDS
	told = [
		(doctype, field["fieldname"])
		for doctype, fields in masked.items()
		for field in doctypes()[doctype]["fields"]
		if field["fieldname"] in fields and field.get("in_global_search")
	]
	assert told == [], json.dumps(told)
