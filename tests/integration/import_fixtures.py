"""Files as clinics bring them, and an import of one from its upload to its end."""

import pytest
from clinic_core.foundation import sheets


@pytest.fixture
def upload(site):
	"""`upload(header, rows)`: the address of a private file of this user."""

	def make(header, rows, name="patients.csv", content=None):
		content = content if content is not None else sheets.to_csv(header, rows)
		file = site.get_doc(
			{
				"doctype": "File",
				"file_name": f"{site.generate_hash(length=8)}-{name}",
				"content": content,
				"is_private": 1,
			}
		)
		file.insert(ignore_permissions=True)
		return file.file_url

	return make


@pytest.fixture
def run_import(site, upload, monkeypatch):
	"""`run_import(kind, header, rows, **options)`: the finished import."""
	from clinic_core.people.importing import imports, options, running

	monkeypatch.setattr(imports, "enqueue", lambda name: None)

	def run(kind, header, rows, control_rows=None, control_total=None, corrects=None, **more):
		doc = imports.begin(kind, upload(header, rows), corrects)
		wanted = options.from_json(doc.options).changed(**more)
		imports.start(doc.name, wanted, control_rows, control_total)
		running.run(doc.name)
		return site.get_doc("Clinic Import", doc.name)

	return run


@pytest.fixture
def book(site):
	"""`book(import)`: its rows as (row, outcome, record, reason)."""

	def rows(doc):
		found = site.get_all(
			"Clinic Import Row",
			{"clinic_import": doc.name},
			["row_no", "outcome", "reference_name", "reason"],
			order_by="row_no asc",
		)
		return [(row.row_no, row.outcome, row.reference_name, row.reason) for row in found]

	return rows
