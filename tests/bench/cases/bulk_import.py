"""Importing a table of patients (E037): read, validated and written in chunks, each in one transaction."""

from collections.abc import Iterator, Sequence
from typing import Any

import frappe
from clinic_core.foundation import sheets
from clinic_core.people import tokens
from clinic_core.people.identity import kinds
from clinic_core.people.identity.kinds import Identity
from clinic_core.people.importing import engine, files, imports, kind, options, running
from clinic_core.people.importing.engine import Reader
from clinic_core.people.importing.kind import Run

from tests.bench.case import Job
from tests.bench.cases import rows
from tests.bench.data import people
from tests.bench.keep import Keeper
from tests.bench.lab import Plain

_NEW_FROM, _FLOOR_FROM = 7_500_000, 8_500_000
"""Numbers of invented people who are in no data set."""
_HEADER = ["First name", "Last name", "Mobile", "Gender", "Birth date", "National code", "Referral source"]


class ImportPatients(Job):
	"""As many new patients as the data set has: 100,000 in L; a name, a mobile, a code, a Jalali birth date."""

	name = "import-100k"
	items = "patients"

	def prepare(self, keeper: Keeper, times: int) -> None:
		self._count = self.world.size.patients
		content = sheets.to_csv(_HEADER, [_row(_NEW_FROM + number) for number in range(self._count)])
		file = {"doctype": "File", "file_name": "bench-patients.csv", "content": content, "is_private": 1}
		address = frappe.get_doc(file).insert(ignore_permissions=True).file_url
		self._import = imports.begin("patients", address).name
		wanted = options.from_json(frappe.db.get_value(imports.DOCTYPE, self._import, "options"))
		frappe.db.set_value(
			imports.DOCTYPE, self._import, {"status": imports.RUNNING, "started_by": "Administrator"}
		)
		frappe.db.commit()
		self._chosen, self._run = kind.get("patients"), Run(self._import, wanted)
		self._reader, self._address, self._wanted = Reader(self._chosen, wanted), address, wanted
		self._chunks: Iterator[Sequence[Any]] | None = None
		self._done = 0

	def reset(self) -> None:
		"""The floor writes other people: nothing of the import has to go before it."""
		if self._done != self._count or frappe.db.get_value(imports.DOCTYPE, self._import, "failed_count"):
			raise AssertionError(f"{self._done} of {self._count} rows were imported")
		self._at = 0

	def chunk(self) -> int:
		if self._chunks is None:
			self._chunks = self._read()
			self._chosen.begin(self._run)
		waiting = next(self._chunks, ())
		if waiting and not running._write(self._run, self._chosen, self._reader, waiting):
			raise AssertionError("the import stopped by itself")
		self._done += len(waiting)
		return len(waiting)

	def _read(self) -> Iterator[Sequence[Any]]:
		table = files.read(self._address, self._wanted.sheet)
		found = engine.numbered(table.rows, self._wanted, self._reader)
		size = self._chosen.chunk
		return (found[start : start + size] for start in range(0, len(found), size))

	def floor_chunk(self, sql: Plain) -> int:
		"""The same rows: is a code taken, then one INSERT for each table."""
		persons = [
			_person(_FLOOR_FROM + number) for number in range(self._at, self._count)[: self._chosen.chunk]
		]
		if not persons:
			return 0
		keys = [Identity(kinds.NATIONAL_CODE, person["national_code"]).key for person in persons]
		marks = ", ".join(["%s"] * len(keys))
		sql.rows(f"SELECT name FROM `tabClinic Patient Identity` WHERE unique_key IN ({marks})", *keys)
		patients, numbers, codes, found = [], [], [], []
		for person in persons:
			names = {key: person[key] for key in ("first_name", "last_name", "mobile", "gender")}
			full_name = f"{person['first_name']} {person['last_name']}"
			number = sql.now().strftime("%f")
			patient = rows.document(
				sql,
				**names,
				full_name=full_name,
				file_no=f"floor-{self._at}-{len(patients)}-{number}",
				status="Active",
			)
			patients.append(patient)
			name = patient["name"]
			numbers.append(
				rows.child(sql, name, "Clinic Patient", "phones", phone=person["mobile"], is_main=1)
			)
			identity = Identity(kinds.NATIONAL_CODE, person["national_code"])
			codes.append(
				rows.document(
					sql, patient=name, kind=identity.kind, number=identity.number, unique_key=identity.key
				)
			)
			wanted = tokens.all_tokens(
				[full_name], [(person["mobile"], person["mobile"][3:])], [person["national_code"]], []
			)
			about = {"reference_doctype": "Clinic Patient", "reference_name": name}
			found += [rows.document(sql, **about, kind=one.kind, token=one.token) for one in wanted]
		sql.insert("Clinic Patient", *patients)
		sql.insert("Clinic Patient Phone", *numbers)
		sql.insert("Clinic Patient Identity", *codes)
		sql.insert("Clinic Search Key", *found)
		sql.commit()
		self._at += len(persons)
		return len(persons)


def _person(number: int) -> dict[str, Any]:
	first, last = people.given_and_family(43, number, "Female")
	return {
		"first_name": first,
		"last_name": last,
		"mobile": people.mobile(number),
		"gender": "Female",
		"national_code": people.national_code(number),
	}


def _row(number: int) -> list[str]:
	person = _person(number)
	names = [person["first_name"], person["last_name"], "0" + person["mobile"][3:], "زن", "1369/10/12"]
	return [*names, person["national_code"], people.SOURCES[0]]
