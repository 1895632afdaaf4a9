"""The form field list and the DocTypes know the same fields."""

import json

from clinic_crm.pipeline.form_fields import FIELDS, HONEYPOT


def _fields(repo_root, doctype):
	folder = repo_root / "apps/clinic_crm/clinic_crm/pipeline/doctype" / doctype
	return {f["fieldname"]: f for f in json.loads((folder / f"{doctype}.json").read_text())["fields"]}


def test_every_field_can_be_chosen_and_stored(repo_root):
	choices = _fields(repo_root, "clinic_lead_form_field")["fieldname"]["options"].split("\n")
	submission = _fields(repo_root, "clinic_lead_submission")
	assert set(choices) == set(FIELDS)
	assert set(FIELDS) | {HONEYPOT} <= set(submission)
