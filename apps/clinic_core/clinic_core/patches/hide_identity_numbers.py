"""National codes of before this release move to Clinic Patient Identity; the patient keeps a mask (F80)."""

import frappe
from frappe.utils import now_datetime
from pypika import Case

from clinic_core.people.identity import entry, kinds, mask, numbers
from clinic_core.people.identity.kinds import Identity

PATIENT = "Clinic Patient"
HEAD = ("creation", "modified", "owner", "modified_by")
CHUNK = 1000


def execute() -> None:
	"""Move every number that is not hidden yet, in chunks. Safe to run twice."""
	last = ""
	while rows := _next(last):
		last = rows[-1].name
		_move({row.name: row.national_code for row in rows if not mask.is_masked(row.national_code)})


def _next(last: str) -> list[frappe._dict]:
	return frappe.get_all(
		PATIENT,
		filters={"name": (">", last), "national_code": ("is", "set")},
		fields=["name", "national_code"],
		order_by="name asc",
		limit=CHUNK,
	)


def _move(typed: dict[str, str]) -> None:
	if not typed:
		return
	_insert({name: identity for name, code in typed.items() if (identity := _identity(code))})
	kept = numbers.of(typed)
	columns = {name: entry.columns(kept.get(name)) for name in typed}
	patient = frappe.qb.DocType(PATIENT)
	query = frappe.qb.update(patient).where(patient.name.isin(list(typed)))
	for field in ("national_code", "identity_kind"):
		case = Case()
		for name, values in columns.items():
			case = case.when(patient.name == name, values[field])
		query = query.set(patient[field], case)
	query.run()


def _identity(code: str) -> Identity | None:
	"""What an old number is: of the country's own kind if it fits, of no known kind otherwise."""
	found = entry.given(code)
	return Identity(kinds.OTHER, found.number) if found and kinds.problem(found) else found


def _insert(identities: dict[str, Identity]) -> None:
	"""A number was unique before, so none is lost; what a broken run wrote already is passed over."""
	if not identities:
		return
	rows = [numbers.row(name, identity) for name, identity in identities.items()]
	now = now_datetime()
	query = frappe.qb.into(frappe.qb.DocType(numbers.DOCTYPE)).ignore().columns(*HEAD, *rows[0])
	for row in rows:
		query = query.insert(now, now, "Administrator", "Administrator", *row.values())
	query.run()
