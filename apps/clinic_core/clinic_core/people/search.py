"""Finds people while somebody types: by words of the name, digits of a phone, code or file number.

Indexed queries on the search table, whatever was typed (D05, D17, B19).
"""

from functools import reduce
from typing import Any

import frappe
from pypika import Case, Table
from pypika import functions as fn
from pypika.queries import QueryBuilder
from pypika.terms import Criterion, PseudoColumn, Term

from clinic_core.people import own_patients, phones, tokens
from clinic_core.people.masking import matrix, rules

DOCTYPE = "Clinic Search Key"
PATIENT = "Clinic Patient"
MERGED, ERASED = "Merged", "Erased"
MAX_ROWS = 50
_FIELDS = [
	"name", "full_name", "file_no", "mobile", "gender", "birth_date", "alerts", "status", "branch", "merged_into"
]  # fmt: skip

# What was found, by how sure it is. The figure is what rows are ordered by.
_RANKS = {
	"code": 0,
	"file": 1,
	"number": 2,
	"tail": 3,
	"phone": 4,
	"name": 5,
	"pinyin": 6,
	"initials": 7,
	"sound": 8,
}
_MATCHES = ("code", "file_no", "file_no", "mobile", "mobile", "name", "pinyin", "initials", "similar_name")


def references(doctype: str, text: str, limit: int = 10) -> list[dict[str, Any]]:
	"""Documents of `doctype` that fit a typed text: [{name, rank}], best first.

	Who fits the text as a whole comes before who has its words somewhere. One query; one more for the
	words if the first does not fill the list. Who sees his own patients only is told of those alone: others
	would fill the list before them.
	"""
	plan = tokens.plan(text)
	if plan and not rules.sees(matrix.PHONE):
		plan = tokens.without_telling_digits(plan)
	if not plan or not (plan.either or plan.words):
		return []
	most = max(1, min(int(limit), MAX_ROWS))
	table = frappe.qb.DocType(DOCTYPE)
	found = _whole(table, doctype, plan).limit(most).run(as_dict=True)
	sure = sum(row.rank < _RANKS["sound"] for row in found)
	if len(plan.words) > 1 and sure < most:
		found += _words(table, doctype, plan).limit(most).run(as_dict=True)
	best: dict[str, dict[str, Any]] = {}
	for row in found:
		if row.name not in best or row.rank < best[row.name].rank:
			best[row.name] = row
	return sorted(best.values(), key=lambda row: row.rank)[:most]


def find(text: str, limit: int = 10) -> list[dict[str, Any]]:
	"""Patients that fit a typed text, best first: [{name, full_name, file_no, mobile, match}].

	`mobile` in local form; `match` is what was found: `code`, `file_no`, `mobile`, `name`, `pinyin`,
	`initials` or `similar_name`. A file that was merged into another leads to the one that is kept. What
	the user may not read is left out. Two queries, three for several words that few have; one more where
	merged files were found.
	"""
	limit = max(1, min(int(limit), MAX_ROWS))
	ranks = {hit.name: hit.rank for hit in references(PATIENT, text, limit * 2)}
	rows = _read(list(ranks))
	for row in rows:
		if row.status == MERGED and row.merged_into:
			ranks.setdefault(row.merged_into, ranks[row.name])
	missing = list(ranks.keys() - {row.name for row in rows})
	if missing:
		rows += _read(missing)
	known = {row.name: row for row in rows if row.status != MERGED}
	best = sorted(ranks, key=lambda name: ranks[name])
	return [_row(known[name], _MATCHES[ranks[name]]) for name in best if name in known][:limit]


def rows_of(patients: list[str]) -> list[dict[str, Any]]:
	"""The same rows of patients whose names are known, in their order; what may not be read is left out."""
	known = {row.name: row for row in _read(patients) if row.status != MERGED}
	return [_row(known[name], "") for name in patients if name in known]


def _read(patients: list[str]) -> list[dict[str, Any]]:
	if not patients:
		return []
	return frappe.get_list(
		PATIENT,
		# Nobody looks for an erased person; blocked files are left out by their own rule (consent/blocking).
		filters={"name": ("in", patients), "status": ("!=", ERASED)},
		fields=_FIELDS,
		order_by="name asc",
		limit_page_length=0,
	)


def _row(patient: dict[str, Any], match: str) -> dict[str, Any]:
	shown = {key: value for key, value in patient.items() if key != "merged_into"}
	return {
		**shown,
		"mobile": phones.local(patient["mobile"]),
		"file_no": patient["file_no"] or "",
		"match": match,
	}


def _whole(table: Table, doctype: str, plan: tokens.Plan) -> QueryBuilder:
	"""Who fits the text as a whole, in any of the ways it can be read."""
	return _query(table, doctype, _any([_fits(table, look) for look in plan.either]))


def _words(table: Table, doctype: str, plan: tokens.Plan) -> QueryBuilder:
	"""Who has every one of the words somewhere."""
	return _query(table, doctype, _all_words(table, doctype, plan.words))


def _query(table: Table, doctype: str, condition: Criterion) -> QueryBuilder:
	"""Documents with tokens that fit; one row per document, best rank."""
	rank = fn.Min(_rank(table)).as_("rank")
	found = (
		frappe.qb.from_(table)
		.select(table.reference_name.as_("name"), rank)
		.where(table.reference_doctype == doctype)
		.where(condition)
		.groupby(table.reference_name)
		.orderby(rank)
		.orderby(fn.Min(table.token))
		.orderby(table.reference_name)
	)
	return _visible(found, table, doctype)


def _visible(query: QueryBuilder, table: Table, doctype: str) -> QueryBuilder:
	"""Narrowed to a limited user's own patients by the same condition as every list of them."""
	limits = own_patients.patient_query() if doctype == PATIENT else ""
	if not limits:
		return query
	patient = frappe.qb.DocType(PATIENT)
	joined = query.join(patient).on(patient.name == table.reference_name)
	return joined.where(PseudoColumn(f"({limits})"))


def _all_words(table: Table, doctype: str, words: list[list[tokens.Look]]) -> Criterion:
	"""The first word is found by its beginning; the others among the tokens of the same document."""
	condition = _any([_fits(table, look) for look in words[0]])
	for word in words[1:]:
		other = frappe.qb.DocType(DOCTYPE).as_("other")
		names = (
			frappe.qb.from_(other)
			.select(other.reference_name)
			.where(other.reference_doctype == doctype)
			.where(_any([_fits(other, look) for look in word]))
		)
		condition = condition & table.reference_name.isin(names)
	return condition


def _rank(table: Table) -> Term:
	case = Case()
	for kind, rank in _RANKS.items():
		case = case.when(table.kind == kind, rank)
	return case


def _fits(table: Table, look: tokens.Look) -> Criterion:
	match = table.token == look.text if look.whole else table.token.like(_escaped(look.text) + "%")
	return (table.kind == look.kind) & match


def _escaped(text: str) -> str:
	"""What is typed is never a pattern."""
	return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _any(conditions: list[Criterion]) -> Criterion:
	return reduce(lambda left, right: left | right, conditions)
