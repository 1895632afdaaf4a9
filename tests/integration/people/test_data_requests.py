"""Requests for one's data: the clock, the file, erasure by two people (E012, F84)."""

import json
import zipfile

import pytest

from tests.integration.people import privacy_people as act
from tests.source_map import doctypes

API = "clinic_core.people.data_requests.api"
SECRET = {
	"first_name": "Parvaneh",
	"last_name": "قوشاتونابادی",
	"mobile": "09120909123",
	"email": "parvaneh.qux@example.com",
	"address": "Zartosht lane seventeen",
	"note": "Afraid of zebrafish",
	"alerts": "Allergic to moonpenicillin",
}
NEEDLES = (
	"قوشاتونابادی", "+989120909123", "9120909123", "parvaneh.qux", "Zartosht lane", "zebrafish",
	"moonpenicillin", "whispered secret", "Quxdrawn", "Formerqux", "قوشاتونابادي",
)  # fmt: skip


@pytest.fixture
def who(site):
	return act.patient(site, **SECRET)


@pytest.fixture
def staff(site, user_with):
	return {
		"reception": user_with("Clinic Receptionist"),
		"supervisor": user_with("Clinic Branch Supervisor"),
		"manager": user_with("Clinic Manager"),
	}


def request(site, person, kind="Erasure", **more):
	return site.get_doc(
		{"doctype": "Clinic Data Request", "kind": kind, "person_name": person.name, **more}
	).insert()


def call(site, method, *args, **kwargs):
	return site.get_attr(f"{API}.{method}")(*args, **kwargs)


def verified(site, person, kind="Erasure"):
	doc = request(site, person, kind)
	call(site, "move_request", doc.name, "Verified", verified_how="National Card")
	return doc.name


def test_the_answer_is_due_in_thirty_days_or_as_the_clinic_says(site, who):
	doc = request(site, who, received_on="2026-01-01")
	assert str(doc.due_on) == "2026-01-31"
	site.db.set_single_value("Clinic Settings", "data_request_days", 10)
	site.clear_document_cache("Clinic Settings", "Clinic Settings")
	assert str(request(site, who, received_on="2026-01-01").due_on) == "2026-01-11"


@pytest.mark.parametrize(
	("more", "problem"),
	[
		({"received_on": "2999-01-01"}, "must not be in the future"),
		({"received_on": "2026-02-01", "due_on": "2026-01-01"}, "must not be before"),
		({"person_doctype": "User", "person_name": "Administrator"}, "Choose a patient"),
	],
)
def test_a_request_that_makes_no_sense_is_refused(site, who, more, problem):
	with pytest.raises(site.ValidationError, match=problem):
		request(site, who, **more)


def test_a_request_goes_its_way_and_no_other(site, who, staff):
	name = request(site, who).name
	with pytest.raises(site.ValidationError, match="how the person was recognised"):
		call(site, "move_request", name, "Verified")
	with pytest.raises(site.ValidationError, match="cannot go from"):
		call(site, "move_request", name, "Done")
	with pytest.raises(site.ValidationError, match="Say why"):
		call(site, "move_request", name, "Refused")
	site.set_user(staff["reception"])
	with pytest.raises(site.PermissionError):
		call(site, "move_request", name, "Verified", verified_how="Passport")
	site.set_user(staff["supervisor"])
	call(site, "move_request", name, "Verified", verified_how="Passport")
	doc = site.get_doc("Clinic Data Request", name)
	assert doc.verified_by == staff["supervisor"] and doc.verified_at
	call(site, "move_request", name, "Refused", reason="Not the person")
	assert site.db.get_value("Clinic Data Request", name, "closed_on")


def test_what_the_module_writes_comes_in_no_other_way(site, who):
	doc = request(
		site, who, erasure_status="Approved", erasure_approved_by="Administrator", export_path="/etc"
	)
	assert not doc.erasure_status and not doc.erasure_approved_by and not doc.export_path
	doc.erasure_status = "Approved"
	doc.save()
	assert not site.db.get_value("Clinic Data Request", doc.name, "erasure_status")


def test_late_requests_remind_their_handler_and_the_manager(site, who, staff):
	from clinic_core.people.data_requests import reminders

	doc = request(site, who, received_on="2026-01-01", handler=staff["supervisor"])
	for _again in range(2):
		reminders.remind()
	told = site.get_all("Notification Log", {"document_name": doc.name}, pluck="for_user")
	assert sorted(told) == sorted({staff["supervisor"], staff["manager"], *_managers(site)})


def _managers(site):
	users = site.get_all("Has Role", {"role": "Clinic Manager", "parenttype": "User"}, pluck="parent")
	return site.get_all("User", {"name": ("in", users), "enabled": 1}, pluck="name")


def _secret_life(site, who):
	"""What a clinic gathers about somebody in all kinds of places."""
	from clinic_core.people.consent import consents

	contact = site.get_doc(
		{
			"doctype": "Clinic Contact",
			"first_name": "Parvaneh",
			"last_name": "قوشاتونابادی",
			"mobile": who.mobile,
			"patient": who.name,
		}
	).insert()
	lead = site.get_doc(
		{
			"doctype": "Clinic Lead",
			"title": "Zartosht lane",
			"contact": contact.name,
			"person_type": "Contact",
		}
	).insert()
	visit = site.get_doc(
		{"doctype": "Clinic Visit", "patient": who.name, "branch": "MAIN", "note": "zebrafish"}
	)
	visit.insert()
	site.db.set_value("Clinic Visit", visit.name, "status", "Closed")
	who.add_comment("Comment", "She whispered secret things about قوشاتونابادی")
	other = act.patient(site, note="x")
	other.add_comment("Comment", "A friend of Parvaneh قوشاتونابادی, +989120909123")
	_other_names(who, other)
	who.note = "Afraid of zebrafish and of moonpenicillin"
	who.save(ignore_version=False)
	site.get_doc(
		{
			"doctype": "File",
			"file_name": "Quxdrawn.txt",
			"content": "whispered secret",
			"is_private": 1,
			"attached_to_doctype": "Clinic Patient",
			"attached_to_name": who.name,
		}
	).insert()
	site.log_error("oh no", "failed for +989120909123")
	consents.record(
		(who.doctype, who.name),
		["Marketing"],
		"Given",
		"Verbal",
		note="whispered secret",
		ip_address="10.0.0.1",
	)
	act.unwanted(site, who.mobile)
	site.get_doc(
		{
			"doctype": "Clinic Ledger Entry", "patient": who.name, "account": "Receivable", "amount": 5,
			"voucher_no": "T-1",
		}
	).db_insert()  # fmt: skip
	_import(site, who)
	return {"contact": contact, "lead": lead, "visit": visit, "other": other}


def _other_names(who, other):
	"""What she was called before, and how others write her name."""
	for name in ("Formerqux", SECRET["last_name"]):
		who.last_name = name
		who.save(ignore_version=False)
	for spelled in ("Parvaneh Formerqux", "قوشاتونابادی Parvaneh", "Parvaneh قوشاتونابادي"):
		other.add_comment("Comment", f"{spelled} came with her")


def _import(site, who):
	"""The old program's table: she stands in the file, in a row that was written and in one that was not."""
	cells = ["Parvaneh", "قوشاتونابادی", "09120909123"]
	doc = site.get_doc(
		{
			"doctype": "Clinic Import",
			"kind": "patients",
			"status": "Complete",
			"head": json.dumps([["Name", "Family", "Mobile"], cells], ensure_ascii=False),
		}
	)
	doc.db_insert()
	file = site.get_doc(
		{
			"doctype": "File",
			"file_name": "old-program-Quxdrawn.csv",
			"content": ",".join(cells),
			"is_private": 1,
			"attached_to_doctype": doc.doctype,
			"attached_to_name": doc.name,
		}
	).insert()
	doc.db_set("file", file.file_url)
	for number, values in enumerate(
		(
			{"outcome": "Updated", "before": json.dumps({"note": "zebrafish"}), "fingerprint_key": who.name},
			{"outcome": "Failed", "cells": json.dumps(cells), "reason": "Zartosht lane is no town"},
		)
	):
		row = {"clinic_import": doc.name, "row_no": number + 2, **values}
		if "before" in values:
			row |= {"reference_doctype": who.doctype, "reference_name": who.name}
		site.get_doc({"doctype": "Clinic Import Row", **row}).db_insert()


def test_the_file_holds_everything_the_meta_finds_and_nothing_of_others(site, who):
	from clinic_core.people.data_requests import exporting

	life = _secret_life(site, who)
	name = verified(site, who, "Access")
	path = exporting.make(name, "fa", lambda _done, _total: None)
	try:
		with zipfile.ZipFile(path) as archive:
			data = json.loads(archive.read("data.json"))
			page = archive.read("data.html").decode()
			inside = [row["inside"] for row in data["files"] if row["file_name"].startswith("Quxdrawn")]
			assert archive.read(inside[0]) == b"whispered secret"
		found = {(doctype, row["name"]) for doctype, rows in data["documents"].items() for row in rows}
		assert {
			("Clinic Patient", who.name),
			("Clinic Contact", life["contact"].name),
			("Clinic Lead", life["lead"].name),
			("Clinic Visit", life["visit"].name),
		} <= found
		assert ("Clinic Patient", life["other"].name) not in found
		assert {"Clinic Consent", "Clinic Ledger Entry", "Clinic Data Request"} <= {row[0] for row in found}
		for text in ("قوشاتونابادی", "zebrafish", 'dir="rtl"', "مراجعه"):
			assert text in page
		assert "export_path" not in json.dumps(data) and "fingerprint" not in json.dumps(data)
		kept = site.get_doc("Clinic Data Request", name)
		assert (kept.export_status, kept.export_bytes) == ("Ready", path.stat().st_size)
		assert exporting.expire(site.utils.add_days(site.utils.now_datetime(), 8)) >= 1
		assert not path.exists()
	finally:
		path.unlink(missing_ok=True)


def test_downloading_the_file_is_logged_and_refused_when_it_is_gone(site, who):
	from clinic_core.people.data_requests import exporting

	name = verified(site, who, "Access")
	with pytest.raises(site.DoesNotExistError):
		call(site, "download_export", name)
	path = exporting.make(name, "en", lambda _done, _total: None)
	try:
		call(site, "download_export", name)
		assert site.local.response.filecontent[:2] == b"PK"
		logged = site.get_all("Clinic Access Log", {"patient": who.name, "what": "Export"}, ["document"])
		assert [row.document for row in logged] == [name]
	finally:
		path.unlink(missing_ok=True)


def test_an_erasure_needs_two_people_and_the_typed_number(site, who, staff, monkeypatch):
	queued = []
	monkeypatch.setattr(site, "enqueue", lambda method, **more: queued.append((method, more["request"])))
	name = verified(site, who)
	with pytest.raises(site.ValidationError, match="Nobody has asked"):
		call(site, "approve_erasure", name, who.file_no)
	site.set_user(staff["manager"])
	call(site, "ask_erasure", name)
	with pytest.raises(site.ValidationError, match="second person"):
		call(site, "approve_erasure", name, who.file_no)
	site.set_user(staff["supervisor"])
	with pytest.raises(site.PermissionError, match="Only a manager"):
		call(site, "approve_erasure", name, who.file_no)
	site.set_user("Administrator")
	with pytest.raises(site.ValidationError, match="Type"):
		call(site, "approve_erasure", name, "yes")
	assert queued == []
	call(site, "approve_erasure", name, who.file_no)
	assert queued == [("clinic_core.people.data_requests.jobs.erase", name)]


def test_an_erasure_without_approval_does_nothing(site, who):
	from clinic_core.people.data_requests import jobs

	name = verified(site, who)
	call(site, "ask_erasure", name)
	jobs.erase(name)
	assert site.db.get_value("Clinic Patient", who.name, "last_name") == SECRET["last_name"]


@pytest.mark.parametrize(
	("doctype", "values", "said"),
	[
		("Clinic Appointment", {"status": "Booked"}, "open appointments"),
		("Clinic Entitlement", {"status": "Active"}, "paid and not used"),
		("Clinic Visit", {"status": "Waiting"}, "open visits"),
		("Clinic Ledger Entry", {"account": "Receivable", "amount": 100}, "debt"),
		("Clinic Ledger Entry", {"account": "Deposits", "amount": -100}, "deposit"),
		("Clinic Data Request", {"kind": "Objection", "status": "Received"}, "Another request"),
	],
)
def test_what_is_open_refuses_an_erasure_and_is_named(site, who, doctype, values, said):
	name = verified(site, who)
	doc = site.get_doc({"doctype": doctype, "patient": who.name, **values})
	if doctype == "Clinic Data Request":
		doc.update({"person_doctype": "Clinic Patient", "person_name": who.name})
	doc.db_insert()
	with pytest.raises(site.ValidationError, match=said):
		call(site, "ask_erasure", name)
	assert any(said in text for text in call(site, "preview_erasure", name)["refusals"])


def test_a_blocked_file_is_not_erased(site, who):
	name = verified(site, who)
	who.update({"status": "Blocked", "block_reason": "Claim"})
	who.save()
	with pytest.raises(site.ValidationError, match="blocked while a claim"):
		call(site, "ask_erasure", name)


def _approved(site, who):
	name = verified(site, who)
	site.db.set_value(
		"Clinic Data Request",
		name,
		{"erasure_status": "Approved", "erasure_approved_by": "Administrator"},
	)
	return name


def everywhere(site, needles):
	"""Table.column of every text in the database that holds one of the strings; a statement for each table."""
	forms = {*needles, *(json.dumps(needle)[1:-1] for needle in needles)}
	likes = [f"%{form.replace(chr(92), chr(92) * 2)}%" for form in sorted(forms)]
	columns = site.db.sql(
		"""select table_name, column_name from information_schema.columns
		where table_schema = database() and data_type in ('varchar', 'text', 'longtext', 'mediumtext', 'json')"""
	)
	by_table = {}
	for table, column in columns:
		by_table.setdefault(table, []).append(column)
	hits = []
	for table, names in by_table.items():
		either = " or ".join([f"`{name}` like %s" for name in names for _like in likes])
		shown = ", ".join(f"`{name}`" for name in names)
		for row in site.db.sql(f"select {shown} from `{table}` where {either}", likes * len(names)):
			for name, text in zip(names, row, strict=True):
				if text and any(form.casefold() in text.casefold() for form in forms):
					hits.append(f"{table}.{name}: {text[:80]}")
	return hits


ALLOWED = ("tabClinic Payment.receipt_data",)


def test_after_an_erasure_no_table_knows_the_person_and_the_books_stay(site, who):
	from clinic_core.people.data_requests import jobs

	life = _secret_life(site, who)
	name = _approved(site, who)
	before = everywhere(site, NEEDLES)
	assert {hit.split(".")[0] for hit in before} >= {"tabClinic Patient", "tabClinic Contact", "tabVersion"}
	for _again in range(2):  # safe to run again
		jobs.erase(name)
	assert [hit for hit in everywhere(site, NEEDLES) if not hit.startswith(ALLOWED)] == []
	file = site.get_doc("Clinic Patient", who.name)
	assert (file.status, file.file_no, file.mobile, len(file.phones)) == ("Erased", who.file_no, None, 0)
	assert file.gender == who.gender and file.erased_at
	amounts = site.get_all("Clinic Ledger Entry", {"patient": who.name}, pluck="amount")
	assert amounts == [5]
	visit = site.get_doc("Clinic Visit", life["visit"].name)
	assert (visit.patient, visit.visit_no, visit.note) == (who.name, life["visit"].visit_no, None)
	consent = site.get_all("Clinic Consent", {"patient": who.name}, ["decision", "note", "ip_address"])
	assert [(row.decision, row.note, row.ip_address) for row in consent] == [("Given", None, None)]
	assert site.db.get_value("Clinic Patient", life["other"].name, "last_name") == life["other"].last_name
	done = site.get_doc("Clinic Data Request", name)
	assert (done.status, done.erasure_status) == ("Done", "Done")


# DocTypes that keep files or copies of data without a link to a person, and are not about patients.
NOT_ABOUT_PATIENTS = {
	"Clinic Article", "Clinic Backup", "Clinic Import Mapping", "Clinic Practitioner", "Clinic Price Update",
	"Clinic Public Profile", "Clinic Service", "Clinic Staff Member",
}  # fmt: skip
COPIES = {"JSON", "Code", "Long Text", "Attach", "Attach Image"}


def test_whatever_keeps_copies_of_data_is_reached_by_an_erasure():
	"""A new DocType is linked to the person, swept for what he is known by, or named above."""
	from clinic_core.people.data_requests import found, traces

	linked = {place.doctype for place in found.places()}
	swept = {*traces.LOGS, *traces.TEXTS, "Clinic Import", "Clinic Import Row"}
	unreached = {
		name
		for name, doctype in doctypes().items()
		if not doctype.get("istable")
		and any(field["fieldtype"] in COPIES for field in doctype["fields"])
		and name not in linked | swept | NOT_ABOUT_PATIENTS | found.APART
	}
	assert unreached == set()


def test_a_namesake_keeps_what_is_written_of_him(site, who):
	from clinic_core.people.data_requests import found, needles

	who.last_name = "Formerqux"
	who.save(ignore_version=False)
	who.last_name = SECRET["last_name"]
	who.save(ignore_version=False)
	known = needles.of(found.everything_of((who.doctype, who.name)))
	assert {"Parvaneh Formerqux", "Parvaneh قوشاتونابادی", "+989120909123"} <= known
	act.patient(site, first_name="Parvaneh", last_name="Formerqux")
	known = needles.of(found.everything_of((who.doctype, who.name)))
	assert "Parvaneh Formerqux" not in known and "Parvaneh قوشاتونابادی" in known


def test_an_erasure_that_was_cut_off_goes_on(site, who, monkeypatch):
	from clinic_core.people.data_requests import erasure, jobs

	_secret_life(site, who)
	name = _approved(site, who)
	real = erasure._clear_people

	def cut_off(_whole):
		raise RuntimeError("the power went")

	monkeypatch.setattr(erasure, "_clear_people", cut_off)
	with pytest.raises(RuntimeError):
		jobs.erase(name)
	assert site.db.get_value("Clinic Data Request", name, "erasure_status") == "Failed"
	assert site.db.get_value("Clinic Patient", who.name, "last_name") == SECRET["last_name"]
	monkeypatch.setattr(erasure, "_clear_people", real)
	jobs.run_night()
	assert [hit for hit in everywhere(site, NEEDLES) if not hit.startswith(ALLOWED)] == []


def test_a_number_that_wanted_nothing_wants_nothing_after_the_person_was_erased(site, who):
	from clinic_core.people.consent import message_gate
	from clinic_core.people.data_requests import jobs

	act.unwanted(site, who.mobile)
	jobs.erase(_approved(site, who))
	again = act.patient(site, mobile=SECRET["mobile"])
	assert message_gate.may_send((again.doctype, again.name), "SMS", "marketing") == (False, "do_not_contact")


def test_a_shared_phone_of_the_family_stays_theirs(site, who):
	from clinic_core.people.data_requests import jobs

	sister = act.patient(site, mobile=SECRET["mobile"])
	jobs.erase(_approved(site, who))
	assert site.db.get_value("Clinic Patient", sister.name, "mobile") == "+989120909123"


def test_logs_and_senders_are_kept_for_a_time(site, who):
	from clinic_core.people.data_requests import retention

	old = site.utils.add_days(site.utils.now_datetime(), -100)
	failure = site.get_doc(
		{
			"doctype": "Clinic Event Failure",
			"hook": "x",
			"handler": "x",
			"payload": "{}",
			"status": "Resolved",
		}
	)
	failure.db_insert()
	consent = act.answer(site, who, "Given", ip_address="10.0.0.1", user_agent="Firefox")
	site.db.set_value("Clinic Event Failure", failure.name, "creation", old)
	site.db.set_value("Clinic Consent", consent.name, "at", old)
	retention.run_night()
	assert not site.db.exists("Clinic Event Failure", failure.name)
	assert site.db.get_value("Clinic Consent", consent.name, ["ip_address", "decision"]) == (None, "Given")


def test_zero_days_keep_everything(site):
	from clinic_core.people.data_requests import retention

	site.db.set_single_value("Clinic Settings", "log_keep_days", 0)
	site.clear_document_cache("Clinic Settings", "Clinic Settings")
	assert retention.purge({"doctype": "Clinic Event Failure", "date_field": "creation"}) == 0


def test_the_frameworks_own_download_and_deletion_know_our_people(site, who):
	from frappe.website.doctype.personal_data_deletion_request.personal_data_deletion_request import (
		PersonalDataDeletionRequest,
	)
	from frappe.website.doctype.personal_data_download_request.personal_data_download_request import (
		get_user_data,
	)

	data = json.loads(get_user_data(SECRET["email"]))
	assert [row["name"] for row in data["Clinic Patient"]] == [who.name]
	ours = [row for row in site.get_hooks("user_data_fields") if row["doctype"].startswith("Clinic ")]
	assert {row["doctype"] for row in ours} >= {"Clinic Patient", "Clinic Contact", "Clinic Lead Submission"}
	for row in ours:
		meta = site.get_meta(row["doctype"])
		assert all(meta.has_field(field) for field in [row["filter_by"], *row.get("redact_fields", [])])
	deletion = PersonalDataDeletionRequest(
		{"doctype": "Personal Data Deletion Request", "email": SECRET["email"], "name": "deleted@x.example"}
	)
	deletion._PersonalDataDeletionRequest__set_anonymization_data(SECRET["email"], "deleted@x.example")
	deletion.redact_full_match_data(
		next(row for row in ours if row["doctype"] == "Clinic Patient"), SECRET["email"]
	)
	file = site.get_doc("Clinic Patient", who.name)
	assert "قوشاتونابادی" not in json.dumps(file.as_dict(), default=str)
