"""Merging and undoing leaves every table byte for byte as it was, whatever points to a patient (N6).

What points to one is found from the meta, as the merge itself does it: a DocType added tomorrow is tested.
"""

import functools
import random

import pytest

PATIENT = "Clinic Patient"
JOURNAL = ("Clinic Patient Merge", "Clinic Patient Merge Entry")
SEEDS = range(4)


@pytest.fixture
def dice(request):
	return random.Random(request.param)


@pytest.fixture
def custom_field(site):
	"""A link to a patient that some other app added."""
	from clinic_core.people.merging import references

	columns = {"doctype": "Custom Field", "dt": "Contact", "fieldname": "clinic_patient", "label": "Patient"}
	doc = site.get_doc({**columns, "fieldtype": "Link", "options": PATIENT})
	doc.name = "Contact-clinic_patient"
	yield doc
	references.forget()


def file(site, name, **values):
	doc = site.get_doc(
		{"doctype": PATIENT, "first_name": name, "full_name": name, "status": "Active", **values}
	)
	doc.name = f"prop-{name}-{site.generate_hash(length=6)}"
	doc.file_no = doc.name
	doc.db_insert()
	return doc.name


def add_rows(site, one, patients, dice):
	"""A few bare rows that point to one of the patients, as bulk loaders write them."""
	for _turn in range(dice.randrange(1, 4)):
		row = {"doctype": one.doctype, one.field: dice.choice(patients)}
		if one.type_field:
			row[one.type_field] = PATIENT
		name = new_name(site, one.doctype, dice)
		columns = {"name": name, "creation": "2020-01-01 10:00:00", "modified": "2020-01-02 11:22:33.123456"}
		columns["docstatus"] = int(
			site.get_meta(one.doctype).is_submittable
		)  # a draft payment refuses a merge
		if one.is_table:
			columns |= {
				"parent": f"prop-{dice.randrange(9)}",
				"parenttype": "Clinic Lead",
				"parentfield": "rows",
			}
		row.pop("doctype")
		unique = {column: name for column in unique_columns(site, one.doctype) if column not in row}
		columns |= row | unique
		site.db.bulk_insert(one.doctype, list(columns), [tuple(columns.values())])


def new_name(site, doctype, dice):
	"""Most names are text, those of some of Frappe's logs are numbers."""
	if "char" in types_of(site, doctype)["name"]:
		return f"prop-{site.generate_hash(length=12)}"
	return dice.randrange(10**9, 2 * 10**9)


@functools.cache
def types_of(site, doctype):
	"""The columns of a table and their types, asked once: a merge changes no table."""
	return {row.Field: row.Type for row in site.db.sql(f"describe `tab{doctype}`", as_dict=True)}


def unique_columns(site, doctype):
	from clinic_core.people.merging import moving

	text = {column for column, kind in types_of(site, doctype).items() if "char" in kind}
	return {column for key in moving._unique_columns().get(doctype, []) for column in key if column in text}


def everything(site, doctypes):
	"""All rows of these tables as the database has them."""
	return {
		doctype: site.db.sql(f"select * from `tab{doctype}` order by name", as_list=True)
		for doctype in sorted(doctypes)
	}


@pytest.mark.parametrize("dice", SEEDS, indirect=True)
def test_undo_restores_every_table_byte_for_byte(site, dice):
	from clinic_core.people.merging import merge, references, undo

	keep, duplicate, third = (file(site, name, occupation=name, note=f"note of {name}") for name in "abc")
	site.db.set_value(PATIENT, duplicate, {"email": "b@clinic.example", "_user_tags": ",vip"})
	for number in ("+989120000001", "+989120000002"):
		for owner in dice.sample([keep, duplicate], dice.randrange(1, 3)):
			add_phone(site, owner, number)
	everywhere = references.everywhere()
	assert len(everywhere) > 30
	for one in everywhere:
		if one.doctype != PATIENT and one.doctype not in ("Clinic Patient Identity", *JOURNAL):
			add_rows(site, one, [keep, duplicate, third], dice)
	doctypes = {one.doctype for one in everywhere} | {"Clinic Patient Phone", "Clinic Time Claim"}
	before = everything(site, doctypes - set(JOURNAL))

	choices = {
		"occupation": dice.choice(["keep", "duplicate"]),
		"note": dice.choice(["keep", "duplicate", "both"]),
	}
	done = merge.merge(keep, duplicate, choices)
	during = everything(site, doctypes - set(JOURNAL))
	assert done["moved"] > 10
	assert during != before
	assert_only_append_only_tables_name_the_duplicate(site, duplicate)
	unchanged = [d for d in doctypes if references.is_append_only(d) and d not in JOURNAL]
	assert {d: during[d] for d in unchanged} == {d: before[d] for d in unchanged}

	undo.undo(done["merge"])
	after = everything(site, doctypes - set(JOURNAL))
	assert {d for d in before if before[d] != after[d]} == set()


def add_phone(site, patient, number):
	row = site.get_doc(
		{
			"doctype": "Clinic Patient Phone", "parent": patient, "parenttype": PATIENT, "parentfield": "phones",
			"phone": number, "kind": "Mobile", "idx": 1,
		}
	)  # fmt: skip
	row.name = f"prop-{site.generate_hash(length=12)}"
	row.db_insert()


def assert_only_append_only_tables_name_the_duplicate(site, duplicate):
	from clinic_core.people.merging import moving, references

	left = set(moving.counted([duplicate], references.everywhere()))
	assert left <= references.keeps()


@pytest.mark.parametrize("dice", [0], indirect=True)
def test_a_field_another_app_added_moves_as_well(site, dice, custom_field, monkeypatch):
	from clinic_core.people.merging import merge, references, undo

	# A column cannot be added inside a transaction: another Data column of the table stands in for it.
	keep, duplicate = file(site, "a"), file(site, "b")
	custom_field.fieldname = "company_name"
	custom_field.db_insert()
	references.forget()
	one = references.Reference("Contact", "company_name")
	assert one in references.movable()
	site.db.bulk_insert(
		"Contact", ["name", "company_name"], [("prop-contact", duplicate), ("prop-contact-2", keep)]
	)
	done = merge.merge(keep, duplicate)
	assert site.db.get_value("Contact", "prop-contact", "company_name") == keep
	undo.undo(done["merge"])
	assert site.db.get_value("Contact", "prop-contact", "company_name") == duplicate
	assert site.db.get_value("Contact", "prop-contact-2", "company_name") == keep
