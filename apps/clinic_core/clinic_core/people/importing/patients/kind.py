"""The import of patients (E037): found, checked by their own document, written many at once."""

from collections.abc import Mapping, Sequence
from typing import Any

import frappe
from frappe import _

from clinic_core.foundation import settings
from clinic_core.people import phones
from clinic_core.people.identity import mask
from clinic_core.people.importing import masters
from clinic_core.people.importing.kind import Done, Kind, Run, one_by_one
from clinic_core.people.importing.patients import columns, more, people, taking_back, writing
from clinic_core.people.importing.rows import CREATE, SKIP, UPDATE, UPDATED, Row, open_rows
from clinic_core.people.names import clean, fold, full_name

_IDENTITY = "national_code"
_KINDS_OF_PHONES = {"phone": "Home", "work_phone": "Work", "family_phone": "Family"}


class Patients(Kind):
	"""Patients, up to a hundred thousand of them in one file."""

	key = "patients"
	label = "Patients"
	doctype = people.PATIENT
	hint = "Names, phones, identity and file numbers, birth dates, insurance, tags, where they come from"
	fields = columns.FIELDS + more.FIELDS
	duplicates = (SKIP, UPDATE, CREATE)
	matches = people.MATCHES
	chunk = 1000
	order = 10

	def missing(self, chosen: Mapping[str, int], given: Mapping[str, Any]) -> list[str]:
		"""A name is needed, in one column or two."""
		return [] if {"first_name", "full_name"} & set(chosen) else ["Full name"]

	def begin(self, run: Run) -> None:
		"""The masters that rows may name."""
		run.context.update(
			referral_source=masters.load(
				"Clinic Referral Source", "Referral source", "title", filters={"is_active": 1, "is_group": 0}
			),
			consultant=masters.load(
				"Clinic Practitioner", "Consultant", "practitioner_name", filters={"is_active": 1}
			),
			branch=masters.load("Clinic Branch", "Branch", "title", filters={"is_active": 1}),
			default_branch=settings.get("default_branch"),
		)
		more.begin(run)

	def settle(self, run: Run, rows: Sequence[Row]) -> None:
		"""Names, phones and links as they are stored; who is there already; nobody twice."""
		for row in rows:
			_name(row)
			for key in ("referral_source", "consultant", "branch"):
				row.values[key] = run.context[key].find(row, key)
			row.values["branch"] = row.values["branch"] or run.context["default_branch"]
			row.values["phones"] = _phones(row)
			more.settle(run, row)
		self._find(run, rows)
		writing.check(run, [row for row in open_rows(rows) if not row.existing or _makes_new(run)])

	def _find(self, run: Run, rows: Sequence[Row]) -> None:
		keys = {row.number: people.identity_key(row.values.get(_IDENTITY)) for row in rows}
		known = people.load(
			[row.values["file_no"] for row in rows if row.values.get("file_no")],
			[key for key in keys.values() if key],
			[phone for row in rows for phone, _kind in row.values["phones"]],
		)
		wanted = set(run.options.matches or people.MATCHES)
		seen = _Seen()
		for row in rows:
			key = keys[row.number]
			row.existing = _existing(row, key, known, wanted)
			_refuse_numbers_of_others(run, row, key, known)
			seen.refuse(run, row, key)

	def write(self, run: Run, rows: Sequence[Row]) -> None:
		"""New ones many at once, changes through their documents."""
		changes = [row for row in rows if row.existing and run.options.duplicates == UPDATE]
		writing.insert(run, [row for row in rows if row not in changes] if changes else rows)
		one_by_one(changes, lambda row: _change(row, run.context["insurer_kinds"]))

	def shown(self, run: Run, row: Row) -> dict[str, Any]:
		"""As they will be stored: phones as people dial them, masters by title, the identity number masked."""
		values = {**row.values, **_phones_shown(row)}
		for key in ("referral_source", "consultant", "branch"):
			values[key] = run.context[key].titles.get(values.get(key))
		if "full_name" not in row.cells:
			values.pop("full_name", None)
		more.shown(run, values)
		values[_IDENTITY] = mask.mask(values.get(_IDENTITY) or "")
		values.pop("phones", None)
		return values

	def take_back(self, run: Run, done: Sequence[Done]) -> dict[str, str]:
		"""New files that nobody used are gone; changed ones get their old values again."""
		return taking_back.take_back(done)


def _makes_new(run: Run) -> bool:
	return run.options.duplicates == CREATE


def _name(row: Row) -> None:
	"""One column with the whole name: the first word is the first name."""
	values = row.values
	whole = values.pop("full_name", None)
	if whole and not values.get("first_name"):
		first, _space, rest = clean(whole).partition(" ")
		values["first_name"], values["last_name"] = first, rest or values.get("last_name")
	values["full_name"] = full_name(values.get("first_name"), values.get("last_name"))
	if not values.get("first_name"):
		row.refuse("first_name" if not whole else "full_name", _("The name is missing."))


def _phones(row: Row) -> list[tuple[str, str]]:
	"""(number, kind): those of the column “mobile” first."""
	found: dict[str, str] = {}
	for phone in row.values.pop("mobile", None) or ():
		found.setdefault(phone, "Mobile")
	for key, kind in _KINDS_OF_PHONES.items():
		for phone in row.values.pop(key, None) or ():
			found.setdefault(phone, kind)
	return list(found.items())


def _phones_shown(row: Row) -> dict[str, list[str]]:
	"""By column the numbers as people dial them; the first one stands in the column “mobile”."""
	shown: dict[str, list[str]] = {"mobile": [], **{key: [] for key in _KINDS_OF_PHONES}}
	columns_of = {kind: key for key, kind in _KINDS_OF_PHONES.items()}
	for at, (phone, kind) in enumerate(row.values.get("phones") or ()):
		shown["mobile" if at == 0 else columns_of.get(kind, "phone")].append(phones.local(phone))
	return shown


def _existing(row: Row, identity: str | None, known: people.Known, wanted: set[str]) -> str | None:
	file_no = row.values.get("file_no")
	if people.BY_FILE in wanted and file_no in known.files:
		return known.files[file_no]
	if people.BY_IDENTITY in wanted and identity in known.identities:
		return known.identities[identity]
	if people.BY_PHONE in wanted:
		found = known.by_phone([phone for phone, _kind in row.values["phones"]], row.values["full_name"])
		return found[0] if found else None
	return None


def _refuse_numbers_of_others(run: Run, row: Row, identity: str | None, known: people.Known) -> None:
	"""A file number and an identity number belong to one patient only."""
	if row.existing and run.options.duplicates == SKIP:
		return
	mine = row.existing if run.options.duplicates == UPDATE else None
	for key, other in (
		("file_no", known.files.get(row.values.get("file_no") or "")),
		(_IDENTITY, known.identities.get(identity or "")),
	):
		if other and other != mine:
			row.refuse(key, _("{0} already has it.").format(known.title(other)))


class _Seen:
	"""What the rows before have in this chunk; those of earlier chunks are in the tables."""

	def __init__(self) -> None:
		self.first: dict[tuple[str, str], int] = {}

	def refuse(self, run: Run, row: Row, identity: str | None) -> None:
		if not row.is_open or (row.existing and run.options.duplicates == SKIP):
			return
		signs = [("file_no", row.values.get("file_no")), (_IDENTITY, identity)]
		if run.options.duplicates != CREATE and people.BY_PHONE in (run.options.matches or people.MATCHES):
			name = fold(row.values["full_name"])
			signs += [("mobile", f"{phone} {name}") for phone, _kind in row.values["phones"]]
		for key, value in signs:
			first = self.first.get((key, value)) if value else None
			if first:
				row.refuse(key, _("Row {0} has the same.").format(first))
				return
		self.first.update({(key, value): row.number for key, value in signs if value})


def _change(row: Row, kinds: Mapping[str, str]) -> None:
	"""Fill in what the row says; an empty cell changes nothing."""
	doc = frappe.get_doc(people.PATIENT, row.existing, for_update=True)
	said = writing.fields_of(row, kinds)
	given = {
		key: value
		for key, value in said.items()
		if value not in (None, "", []) and key not in ("phones", "full_name", *more.TABLES)
	}
	if doc.referral_source and given.get("referral_source") not in (None, doc.referral_source):
		given["source_change_reason"] = _("Import")
	row.before = taking_back.snapshot(doc, given)
	doc.update(given)
	more.fill_in(doc, said)
	have = {one.phone for one in doc.phones}
	for phone in said["phones"]:
		if phone["phone"] not in have:
			doc.append("phones", {**phone, "is_main": 0})
	doc.save(ignore_permissions=True)
	row.done(UPDATED, doc.name)
