"""Patients that rows mean: found by file number, identity number, or phone and name. Set-based.

Used by the import of patients for what is there already, and by every kind whose rows are about a patient.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import frappe
from frappe import _

from clinic_core.people.identity import entry
from clinic_core.people.importing.columns import Field
from clinic_core.people.importing.rows import Row
from clinic_core.people.names import fold
from clinic_core.people.states import MERGED

PATIENT = "Clinic Patient"
IDENTITY = "Clinic Patient Identity"
PHONE = "Clinic Patient Phone"

BY_FILE, BY_IDENTITY, BY_PHONE = "file_no", "national_code", "phone_name"
MATCHES = (BY_FILE, BY_IDENTITY, BY_PHONE)


@dataclass
class Known:
	"""Patients that are there: file number → name, identity key → name, phone → [(name, folded name)].

	`titles`: name → (full name, file number).
	"""

	files: dict[str, str] = field(default_factory=dict)
	identities: dict[str, str] = field(default_factory=dict)
	phones: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
	titles: dict[str, tuple[str, str | None]] = field(default_factory=dict)

	def title(self, patient: str) -> str:
		"""How a patient is named in a sentence."""
		full_name, file_no = self.titles.get(patient, ("", None))
		return _("{0} (file {1})").format(full_name, file_no or "–")

	def by_phone(self, phones: Iterable[str], full_name: str | None) -> list[str]:
		"""Patients with one of these phones, of that name if one is given."""
		wanted = fold(full_name) if full_name else None
		found = [
			name
			for phone in phones
			for name, folded in self.phones.get(phone, ())
			if wanted is None or folded == wanted
		]
		return list(dict.fromkeys(found))


def load(files: Iterable[str], identities: Iterable[str], phones: Iterable[str]) -> Known:
	"""The patients behind these numbers, in at most three queries; merged ones lead to the file that is kept."""
	known = Known()
	patient = frappe.qb.DocType(PATIENT)
	columns = (patient.name, patient.full_name, patient.file_no, patient.status, patient.merged_into)
	if wanted := sorted(set(files)):
		query = frappe.qb.from_(patient).select(*columns).where(patient.file_no.isin(wanted))
		for row in query.run(as_dict=True):
			known.files[row.file_no] = _note(known, row)
	if wanted := sorted(set(identities)):
		held = frappe.qb.DocType(IDENTITY)
		query = frappe.qb.from_(held).join(patient).on(patient.name == held.patient)
		query = query.select(*columns, held.unique_key).where(held.unique_key.isin(wanted))
		for row in query.run(as_dict=True):
			known.identities[row.unique_key] = _note(known, row)
	if wanted := sorted(set(phones)):
		phone = frappe.qb.DocType(PHONE)
		query = frappe.qb.from_(phone).join(patient).on(patient.name == phone.parent)
		query = query.select(*columns, phone.phone).where(phone.phone.isin(wanted))
		for row in query.where(patient.status != MERGED).orderby(patient.creation).run(as_dict=True):
			known.phones.setdefault(row.phone, []).append((_note(known, row), fold(row.full_name)))
	return known


def _note(known: Known, row: Any) -> str:
	name = row.merged_into if row.status == MERGED and row.merged_into else row.name
	known.titles.setdefault(name, (row.full_name, row.file_no))
	return name


def identity_key(number: str | None) -> str | None:
	"""What a typed identity number is unique by; None without one."""
	identity = entry.given(number)
	return identity.key if identity else None


REFERENCE = (
	Field(
		"file_no",
		"File number",
		reader="code",
		headings=("file no", "patient id", "شماره پرونده", "پرونده", "کد پرونده", "کد بیمار", "dosya no"),
	),
	Field(
		"national_code",
		"National code",
		reader="code",
		headings=("national id", "id number", "کد ملی", "کدملی", "شماره ملی", "tc kimlik no"),
	),
	Field(
		"mobile",
		"Mobile",
		reader="phones",
		headings=(
			"phone",
			"mobile number",
			"موبایل",
			"شماره موبایل",
			"تلفن همراه",
			"تلفن",
			"cep telefonu",
			"telefon",
		),
	),
	Field(
		"full_name",
		"Full name",
		headings=(
			"name",
			"patient",
			"patient name",
			"نام و نام خانوادگی",
			"نام بیمار",
			"بیمار",
			"نام",
			"ad soyad",
		),
	),
)
"""The columns by which a row says which patient it is about; one of the first three is needed."""


def needs_reference(columns: Iterable[str]) -> list[str]:
	"""Label of the column that is missing when none says which patient is meant."""
	return [] if {"file_no", "national_code", "mobile"} & set(columns) else ["File number"]


def find(rows: Sequence[Row]) -> None:
	"""Set `values["patient"]` of each row to the patient it means; refuse rows that mean none or several."""
	keys = {id(row): identity_key(row.values.get("national_code")) for row in rows}
	known = load(
		[row.values["file_no"] for row in rows if row.values.get("file_no")],
		[key for key in keys.values() if key],
		[phone for row in rows for phone in row.values.get("mobile") or ()],
	)
	for row in rows:
		row.values["patient"] = _find_one(row, keys[id(row)], known)
		if row.values["patient"]:
			row.values["patient_name"] = known.title(row.values["patient"])


def _find_one(row: Row, identity: str | None, known: Known) -> str | None:
	file_no, full_name = row.values.get("file_no"), row.values.get("full_name")
	if file_no and file_no in known.files:
		return known.files[file_no]
	if identity and identity in known.identities:
		return known.identities[identity]
	found = known.by_phone(row.values.get("mobile") or (), full_name)
	if not found and full_name:
		found = [one for one in known.by_phone(row.values.get("mobile") or (), None) if not file_no]
	if len(found) == 1:
		return found[0]
	if row.problems:
		return None
	if found:
		row.refuse("mobile", _("Several patients have this phone. Give the file number."))
	elif file_no:
		row.refuse("file_no", _("No patient has the file number “{0}”.").format(file_no))
	elif identity:
		row.refuse("national_code", _("No patient has this national code."))
	elif row.values.get("mobile"):
		row.refuse("mobile", _("No patient has this phone."))
	else:
		row.refuse("file_no", _("Say which patient: by file number, national code or phone."))
	return None
