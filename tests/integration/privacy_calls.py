"""Calls of the endpoints of consents and data requests, for counting their statements."""

CONSENT = "clinic_core.people.consent.api"
REQUESTS = "clinic_core.people.data_requests.api"


def _person(demo):
	return {"person_doctype": "Clinic Patient", "person": demo.rich_patient}


def _policy(demo, status="Published"):
	doc = demo.site.get_doc(
		{
			"doctype": "Clinic Policy",
			"title": "Budget",
			"kind": "Marketing",
			"slug": "budget",
			"purposes": [{"purpose": "Marketing"}],
			"texts": [{"language": "en", "title": "Budget", "body": "<p>Budget</p>"}],
		}
	).insert(ignore_permissions=True)
	if status != "Draft":
		demo.site.db.set_value("Clinic Policy", doc.name, "status", status)
	return {"policy": doc.name}


def _newcomer(demo):
	"""Somebody with nothing open."""
	values = {"first_name": "Nika", "last_name": "Budget", "mobile": "09120000778"}
	doc = demo.site.get_doc({"doctype": "Clinic Patient", "referral_source": "WALKIN", **values})
	return doc.insert(ignore_permissions=True).name


def _request(demo, kind="Access", status="Verified", **more):
	patient = _newcomer(demo)
	doc = demo.site.get_doc(
		{
			"doctype": "Clinic Data Request",
			"kind": kind,
			"person_doctype": "Clinic Patient",
			"person_name": patient,
			"verified_how": "Passport",
		}
	).insert(ignore_permissions=True)
	demo.site.db.set_value("Clinic Data Request", doc.name, {"status": status, **more})
	return {"request": doc.name}


def _approval(demo):
	asked = _request(demo, "Erasure", erasure_status="Asked For", erasure_asked_by="Administrator")
	patient = demo.value("Clinic Data Request", asked["request"], "person_name")
	return {**asked, "typed": demo.value("Clinic Patient", patient, "file_no")}


def _made_file(demo):
	from clinic_core.people.data_requests import exporting

	asked = _request(demo)
	exporting.make(asked["request"], "en", lambda _done, _total: None)
	return asked


def _blocked(demo):
	patient, values = demo.free_patient, {"status": "Blocked", "block_reason": "Claim"}
	demo.site.db.set_value("Clinic Patient", patient, values)
	return {"patient": patient, "reason": "Settled"}


CALLS = {
	f"{CONSENT}.consent_panel": ("reception", _person),
	f"{CONSENT}.may_contact": ("reception", _person),
	f"{CONSENT}.missing_consents": (
		"reception",
		lambda demo: {"patient": demo.rich_patient, "services": ["VISIT-SKIN"]},
	),
	f"{CONSENT}.policy_text": ("reception", _policy),
	f"{CONSENT}.record_consent": (
		"reception",
		lambda demo: {**_person(demo), "decision": "Given", "how": "Verbal", **_policy(demo)},
	),
	f"{CONSENT}.publish_policy": ("manager", lambda demo: _policy(demo, "Draft")),
	f"{CONSENT}.retire_policy": ("manager", _policy),
	f"{CONSENT}.new_policy_version": ("manager", _policy),
	f"{REQUESTS}.move_request": (
		"manager",
		lambda demo: {**_request(demo, status="Received"), "status": "Verified"},
	),
	f"{REQUESTS}.make_export": ("manager", _request),
	f"{REQUESTS}.download_export": ("manager", _made_file),
	f"{REQUESTS}.preview_erasure": ("manager", lambda demo: _request(demo, "Erasure")),
	f"{REQUESTS}.ask_erasure": ("manager", lambda demo: _request(demo, "Erasure")),
	f"{REQUESTS}.approve_erasure": ("manager", _approval),
	f"{REQUESTS}.block_person": (
		"manager",
		lambda demo: {"patient": demo.free_patient, "reason": "A claim"},
	),
	f"{REQUESTS}.unblock_person": ("manager", _blocked),
}
