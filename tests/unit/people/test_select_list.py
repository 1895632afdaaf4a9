"""What the columns of a query are made of, whatever they are called (F80)."""

import pytest
from clinic_core.people.masking.select_list import GONE, hidden_columns

FIELDS = {
	"Clinic Patient": {"mobile": "Phone", "birth_date": "Birth date"},
	"Clinic Call": {"phone": "Phone"},
}


@pytest.mark.parametrize(
	("query", "told"),
	[
		("select name, mobile from `tabClinic Patient`", {"mobile": "Phone"}),
		("select p.mobile as contact_no from `tabClinic Patient` p", {"contactno": "Phone"}),
		("SELECT p.`mobile` 'Contact:Data:120' FROM `tabClinic Patient` p", {"contact": "Phone"}),
		("select birth_date born from `tabClinic Patient`", {"born": "Birth date"}),
		("select distinct mobile x, name from `tabClinic Patient`", {"x": "Phone"}),
		("select left(mobile, 9) as a, right(mobile, 8) b from `tabClinic Patient`", {"a": GONE, "b": GONE}),
		("select concat(mobile, '') from `tabClinic Patient`", {"concat(mobile,'')": GONE}),
		("select count(mobile) as people from `tabClinic Patient`", {}),
		("select name /* mobile */ as x -- mobile\nfrom `tabClinic Patient`", {}),
		("select 'mobile' as x from `tabClinic Patient`", {}),
		("select max(m.y) as z from (select mobile as y from `tabClinic Patient`) m", {"y": "Phone", "z": GONE}),
		(
			"select c.name, (select mobile from `tabClinic Patient` p where p.name = c.patient) as tel"
			" from `tabClinic Call` c",
			{"mobile": "Phone", "tel": GONE},
		),
		("with t as (select mobile m from `tabClinic Patient`) select m as n from t", {"m": "Phone", "n": "Phone"}),
		("select mobile as x from `tabClinic Branch`", {}),
		("", {}),
	],
)  # fmt: skip
def test_a_column_is_told_by_what_it_is_made_of(query, told):
	assert hidden_columns(query, FIELDS) == told


def test_nonsense_is_read_without_an_error():
	assert hidden_columns("select ((( from , `tabClinic Patient` ) mobile as", FIELDS) is not None
