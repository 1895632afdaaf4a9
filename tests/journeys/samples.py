"""Arguments that reach the permission check of an endpoint and are refused (or harmless) after it."""

import pytest

# Words and amounts that name nothing.
WORDS = {
	"desk": "MAIN",
	"chart_name": "Clinic Appointments by Status",
	"legal_entity": "MAIN",
	"service": "VISIT-SKIN",
	"practitioner": "DR-01",
	"start": "2020-01-01 10:00:00",
	"end": "2020-01-02 10:00:00",
	"from_date": "2020-01-01",
	"to_date": "2020-01-02",
	"text": "zzzz",
	"patients": [],
	"stage": "Nonsense",
	"angle": "Nonsense",
	"file_name": "nothing.exe",
	"title": "",
	"reason": "",
	"first_name": "",
	"status": "Nonsense",
	"kind": "Nonsense",
	"job": "Nonsense",
	"departments": [],
	"seen": "nothing",
	"names": [],
	"visitor_name": "",
	"name": "no-such-record",
	"route": "no-such-form",
	"code": "no-such-code",
	"ticket": "",
	"number": 0,
	"values": {},
	"file_url": "/private/files/nothing.csv",
	"wanted": {},
	"service_values": {},
	"content": "-",
	"rows": [],
	"contract": "TAMIN-NOW",
	"valid_from": "2020-01-01",
	"branch": "MAIN",
	"lines": [],
	"on": "2020-01-01",
	"pin": "0000",
	"password": "",
	"token": "",
	"mobile": "",
	"moves": [],
	"appointments": [],
	"minutes": 30,
	"times": 2,
	"person_doctype": "Clinic Patient",
	"decision": "Nonsense",
	"how": "Nonsense",
	"calendar": "Nonsense",
	"services": [],
	"sessions": [],
	"session_plans": [],
	"typed": "",
	"merge": "no-such-merge",
	"outcome": "Nonsense",
	"board_name": "Appointments of today",
	"from_colname": "Nonsense",
	"to_colname": "Nonsense",
	"old_index": 0,
	"new_index": 0,
	"order": {},
	"day": "2020-01-01",
	"message": "no-such-message",
	"gateway": "CONSOLE",
	"receiver_list": [],
	"msg": "",
}


def collect(admin):
	"""Names of demo records that nothing can be done to any more, or only what changes nothing."""

	def one(doctype, **filters):
		rows = admin.rows(doctype, {"name": ["like", "demo-%"], **filters}, ("name",), "creation desc")
		return rows[0]["name"]

	return WORDS | _of_the_desk(one) | _settled(admin, one)


def _of_the_desk(one):
	"""Records of a day at the desk that is over."""
	return {
		"appointment": one("Clinic Appointment", status="Completed"),
		"docname": one("Clinic Appointment", status="Completed"),
		"patient": one("Clinic Patient"),
		"lead": one("Clinic Lead", status="Closed Opportunity"),
		"new_lead": one("Clinic Lead", status="New Lead"),
		"going_lead": one("Clinic Lead", status="In Progress"),
		"booked": one("Clinic Appointment", status="Booked"),
		"activity": one("Clinic Activity", status="Done"),
		"visit": one("Clinic Visit", status="Closed"),
		"reception": one("Clinic Reception", outstanding=0),
		"triage": one("Clinic Triage", status="Done"),
		"payment": one("Clinic Payment"),
		"deposit": one("Clinic Deposit", status="Applied"),
		"shift": one("Clinic Cash Shift", status="Closed"),
		"shared_desk": one("Clinic Shared Desk"),
		"staff_member": one("Clinic Staff Member", user="call@clinic.example"),
		"person": one("Clinic Patient"),
		# A file is never merged with itself; the merge is one of nobody.
		"keep": one("Clinic Patient"),
		"duplicate": one("Clinic Patient"),
		"other": one("Clinic Patient"),
	}


def _settled(admin, one):
	"""Records that are made here, or found by more than the name."""
	return {
		"failure": _settled_failure(admin),
		"rule": admin.rows("Clinic Tag Rule", {"tag": "LOYAL"}, ("name",), "creation asc")[0]["name"],
		"update": _reverted_update(admin),
		"proforma": admin.rows("Clinic Proforma", {"status": "Issued"}, ("name",), "creation asc")[0]["name"],
		"policy": _policy(admin),
		"request": _refused_request(admin, one("Clinic Patient")),
		"exception": _past_leave(admin),
		"penalty": _penalty(admin),
		"holiday": _past_holiday(admin),
		"breach": _breach(admin),
		**_of_the_waiting_list(admin, one),
	}


def _of_the_waiting_list(admin, one):
	"""Somebody who was taken off, his offer that ended, a freed time that is past, a recall nobody follows."""
	patient, appointment = one("Clinic Patient"), one("Clinic Appointment", status="Completed")
	about = {"patient": patient, "service": "VISIT-SKIN"}
	past, later = "2020-01-01 10:00:00", "2020-01-01 10:30:00"
	entry = _made(admin, "Clinic Waiting List Entry", {"note": "Matrix sample"}, about)
	if admin.rows("Clinic Waiting List Entry", {"name": entry, "status": "Waiting"}):
		admin.resource("PUT", "Clinic Waiting List Entry", entry, status="Withdrawn", reason="Sample")
	held = {"appointment": appointment, "expires_at": past}
	offer = _made(admin, "Clinic Waiting Offer", {"entry": entry}, {**about, **held})
	admin.resource("PUT", "Clinic Waiting Offer", offer, status="Withdrawn")
	times = {"end": later, "cause": "Cancelled"}
	due = {"due_on": "2020-01-01", "contact_by": "Reception"}
	return {
		"entry": entry,
		"offer": offer,
		"freed_time": _made(admin, "Clinic Freed Time", {"practitioner": "DR-01", "start": past}, times),
		"recall": _made(admin, "Clinic Recall", {"cycle_key": "Matrix sample"}, {**about, **due}),
	}


def _made(admin, doctype, known, values):
	"""The record with these values, made now if it is not there."""
	rows = admin.rows(doctype, known)
	if rows:
		return rows[0]["name"]
	made = admin.resource("POST", doctype, **{**known, **values})
	assert made.status_code == 200, made.text[:300]
	return made.json()["data"]["name"]


def _past_leave(admin):
	"""A leave that is over: nobody has to be moved."""
	rows = admin.rows("Clinic Schedule Exception", {"reason": "Matrix sample"})
	if rows:
		return rows[0]["name"]
	values = {"kind": "Leave", "practitioner": "DR-01", "reason": "Matrix sample"}
	times = {"start": "2020-01-01 10:00:00", "end": "2020-01-01 12:00:00"}
	return admin.resource("POST", "Clinic Schedule Exception", **values, **times).json()["data"]["name"]


def _penalty(admin):
	"""A penalty, if there is one: without a reason it is not waived."""
	rows = admin.rows("Clinic Penalty", {}, ("name",))
	return rows[0]["name"] if rows else "no-such-penalty"


def _past_holiday(admin):
	"""A holiday that is over."""
	rows = admin.rows("Clinic Holiday", {"title": "Matrix sample"})
	if rows:
		return rows[0]["name"]
	values = {"title": "Matrix sample", "date": "2020-01-01"}
	return admin.resource("POST", "Clinic Holiday", **values).json()["data"]["name"]


def _breach(admin):
	"""A breach by nobody, which concerns no patient."""
	rows = admin.rows("Clinic Breach", {"title": "Matrix sample"})
	if rows:
		return rows[0]["name"]
	values = {"title": "Matrix sample", "status": "Open", "kind": "Loss", "description": "Sample"}
	times = {"discovered_at": "2020-01-02 10:00:00"}
	return admin.resource("POST", "Clinic Breach", **values, **times).json()["data"]["name"]


def _policy(admin):
	"""A retired policy: nothing can be done to it any more."""
	rows = admin.rows("Clinic Policy", {"slug": "matrix-sample", "status": "Retired"})
	if rows:
		return rows[0]["name"]
	texts = [{"language": "en", "title": "Sample", "body": "<p>Sample</p>"}]
	values = {"title": "Sample", "kind": "Privacy Notice", "slug": "matrix-sample", "texts": texts}
	name = admin.resource("POST", "Clinic Policy", **values).json()["data"]["name"]
	for status in ("Published", "Retired"):
		admin.resource("PUT", "Clinic Policy", name, status=status)
	return name


def _refused_request(admin, patient):
	"""A request for data that was refused."""
	rows = admin.rows("Clinic Data Request", {"status": "Refused"})
	if rows:
		return rows[0]["name"]
	values = {"kind": "Access", "person_doctype": "Clinic Patient", "person_name": patient}
	name = admin.resource("POST", "Clinic Data Request", **values).json()["data"]["name"]
	admin.resource("PUT", "Clinic Data Request", name, status="Refused", refusal_reason="Sample")
	return name


def _settled_failure(admin):
	"""A failure of a foreign handler that was resolved already."""
	content = {"hook": "test", "handler": "test.nothing"}
	rows = admin.rows("Clinic Event Failure", content)
	if not rows:
		made = admin.resource("POST", "Clinic Event Failure", status="Resolved", **content)
		assert made.status_code == 200, made.text[:300]
		rows = [made.json()["data"]]
	return rows[0]["name"]


def _reverted_update(admin):
	"""A price update that was taken back long before its day."""
	api, note = "clinic_core.service_catalog.price_updates.api", "sample of the permission matrix"
	rows = admin.rows("Clinic Price Update", {"note": note, "docstatus": 2})
	if not rows:
		wanted = {"applies_to": "Chosen Services", "services": '["VISIT-SKIN"]', "valid_from": "2099-01-01"}
		change = {"method": "Amount", "change_amount": 10_000}
		made = admin.resource("POST", "Clinic Price Update", note=note, **wanted, **change)
		assert made.status_code == 200, made.text[:300]
		rows = [made.json()["data"]]
		for step, more in (("submit", {}), ("revert", {"reason": "sample"})):
			done = admin.request("POST", f"{api}.{step}", update=rows[0]["name"], **more)
			assert done.status_code == 200, done.text[:300]
	return rows[0]["name"]


# Some endpoints refuse everybody on a record at its end; they get another one.
INSTEAD = {
	"clinic_core.scheduling.api.undo": {"appointment": "booked"},
	"clinic_crm.pipeline.api.set_stagnant": {"lead": "new_lead"},
	"clinic_crm.pipeline.api.reopen": {"lead": "going_lead"},
}
EXTRA = {
	"clinic_core.scheduling.series.api.repeat": {"times": 0},
	"clinic_core.scheduling.waiting.api.add": {"to_date": "2020-01-01"},
	"clinic_core.scheduling.waiting.api.wait_again": {"to_date": "2020-01-01"},
	"clinic_core.service_catalog.price_updates.api.preview": {"values": "{}"},
	"clinic_core.service_catalog.price_updates.api.price_list": {"values": "{}"},
	"clinic_reception.cash_desk.api.open_shift": {"opening_float": -1},
	"clinic_reception.cash_desk.api.refund": {"reason": ""},
}


def arguments(endpoint, samples):
	"""The required arguments of an endpoint; one we have no sample for fails the test by name."""
	missing = [name for name in endpoint.required if name not in samples]
	if missing:
		pytest.fail(f"{endpoint.path}: add a sample for {missing} to tests/journeys/samples.py")
	instead = INSTEAD.get(endpoint.path, {})
	return {
		**{name: samples[instead.get(name, name)] for name in endpoint.required},
		**EXTRA.get(endpoint.path, {}),
	}
