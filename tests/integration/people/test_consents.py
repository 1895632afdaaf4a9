"""Policies and consents: versions, immutability, proof, service consents, blocking (E001, E010, E013, F40)."""

import base64

import pytest

from tests.integration.people import privacy_people as act

PNG = base64.b64decode(
	"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
DRAWN = "data:image/png;base64," + base64.b64encode(PNG).decode()
API = "clinic_core.people.consent.api"


@pytest.fixture
def who(site):
	return act.patient(site)


def test_a_published_policy_never_changes_and_its_next_version_does(site):
	from clinic_core.people.consent import policies

	first = act.policy(site)
	first.texts[0].body = "<p>Something else</p>"
	with pytest.raises(site.ValidationError, match="never changed"):
		first.save()
	first.reload()
	with pytest.raises(site.ValidationError, match="never deleted"):
		first.delete()
	draft = site.get_doc("Clinic Policy", policies.new_version(first.name)["policy"])
	assert (draft.version_no, draft.status, draft.slug) == (2, "Draft", first.slug)
	draft.texts[0].body = "<p>Something else</p>"
	draft.save()
	assert policies.current(first.slug).name == first.name
	policies.publish(draft.name)
	assert policies.current(first.slug).name == draft.name


def test_a_version_of_tomorrow_holds_tomorrow(site):
	from clinic_core.people.consent import policies

	first = act.policy(site)
	act.policy(site, valid_from=site.utils.add_days(site.utils.getdate(), 1))
	assert policies.current(first.slug).name == first.name


@pytest.mark.parametrize(
	("change", "problem"),
	[
		({"purposes": []}, "Say what a person"),
		({"purposes": [{"purpose": "Marketing"}, {"purpose": "Marketing"}]}, "named twice"),
		({"slug": "Big Words!"}, "small Latin letters"),
		({"texts": [{"language": "en", "title": "T", "body": "<p> </p>"}]}, "must not be empty"),
		(
			{
				"texts": [
					{"language": "en", "title": "T", "body": "<p>a</p>"},
					{"language": "en", "title": "T", "body": "<p>b</p>"},
				]
			},
			"given twice",
		),
	],
)
def test_a_policy_that_says_nothing_is_refused(site, change, problem):
	with pytest.raises(site.ValidationError, match=problem):
		doc = act.policy(site, publish=False)
		doc.update(change)
		doc.save()


def test_a_script_in_a_policy_does_not_survive(site):
	doc = act.policy(
		site, texts=[{"language": "en", "title": "T", "body": "<p>a<script>alert(1)</script></p>"}]
	)
	assert "script" not in doc.texts[0].body


def test_a_consent_is_written_once(site, who):
	consent = act.answer(site, who, "Given", policy=act.policy(site).name)
	assert (consent.patient, consent.person_title, consent.policy_version) == (who.name, who.full_name, 1)
	consent.decision = "Refused"
	with pytest.raises(site.ValidationError, match="never changed"):
		consent.save()
	with pytest.raises(site.ValidationError, match="never deleted"):
		site.get_doc("Clinic Consent", consent.name).delete()


@pytest.mark.parametrize(
	("more", "problem"),
	[
		({"how": "Signed on Tablet"}, "let the person sign"),
		({"how": "Paper Scan"}, "attach the signed paper"),
		({"purpose": "Surveys", "policy": True}, "does not cover it"),
		({"purpose": "Service"}, "Choose the text"),
		({"at": "2999-01-01 10:00:00"}, "must not be in the future"),
	],
)
def test_a_consent_that_proves_nothing_is_refused(site, who, more, problem):
	if more.get("policy"):
		more = {**more, "policy": act.policy(site).name}
	with pytest.raises(site.ValidationError, match=problem):
		act.answer(site, who, "Given", **more)


def test_a_consent_to_a_draft_or_of_nobody_is_refused(site, who):
	draft = act.policy(site, publish=False)
	with pytest.raises(site.ValidationError, match="draft"):
		act.answer(site, who, "Given", policy=draft.name)
	who.name = "nobody"
	with pytest.raises(site.ValidationError, match=r"no such person|Could not find"):
		act.answer(site, who, "Given")


def test_signing_keeps_a_private_picture_with_the_consent(site, who):
	record = site.get_attr(f"{API}.record_consent")
	policy = act.policy(site, purposes=("Marketing", "Surveys"))
	names = record("Clinic Patient", who.name, "Given", "Signed on Tablet", policy.name, signature=DRAWN)[
		"consents"
	]
	rows = [site.get_doc("Clinic Consent", name) for name in names]
	assert {row.purpose for row in rows} == {"Marketing", "Surveys"}
	file = site.get_doc("File", {"file_url": rows[0].signature})
	assert file.is_private and file.attached_to_name == names[0]
	panel = {
		row["purpose"]: row
		for row in site.get_attr(f"{API}.consent_panel")("Clinic Patient", who.name)["purposes"]
	}
	assert (panel["marketing"]["decision"], panel["marketing"]["version"]) == ("Given", 1)
	assert panel["photo_publication"]["may"] is False


@pytest.mark.parametrize("signature", ["data:image/png;base64,AAAA", "data:image/svg+xml;base64,AAAA", "x"])
def test_a_signature_that_is_no_picture_is_refused(site, who, signature):
	record = site.get_attr(f"{API}.record_consent")
	with pytest.raises(site.ValidationError, match="could not be read"):
		record(
			"Clinic Patient",
			who.name,
			"Given",
			"Signed on Tablet",
			act.policy(site).name,
			signature=signature,
		)


@pytest.fixture
def laser(site):
	policy = act.policy(site, kind="Service Consent", purposes=(), title="Laser treatment")
	service = (
		site.get_doc("Clinic Service", site.get_all("Clinic Service", limit=1, order_by="name")[0].name)
		if site.db.count("Clinic Service")
		else None
	)
	if not service:
		department = site.get_doc({"doctype": "Clinic Department", "code": "T-DEP", "title": "Skin"}).insert()
		service = site.get_doc(
			{
				"doctype": "Clinic Service",
				"service_name": "Laser",
				"department": department.name,
				"amount": 100,
				"duration_minutes": 30,
			}
		).insert()
	service.consent_policy = policy.name
	service.save()
	return service, policy


def test_a_service_consent_is_signed_once_for_each_version(site, who, laser):
	from clinic_core.people.consent import policies, service_consents

	service, policy = laser
	lacking = service_consents.missing(who.name, [service.name])
	assert [row["policy"] for row in lacking] == [policy.name]
	act.answer(site, who, "Given", purpose="Service", policy=policy.name)
	assert service_consents.missing(who.name, [service.name]) == []
	new = policies.new_version(policy.name)["policy"]
	policies.publish(new)
	assert [row["policy"] for row in service_consents.missing(who.name, [service.name])] == [new]
	act.answer(site, who, "Given", purpose="Service", policy=new, at="2026-01-01 10:00:00")
	act.answer(site, who, "Withdrawn", purpose="Service", policy=new, at="2026-01-02 10:00:00")
	assert service_consents.missing(who.name, [service.name])


def test_a_booked_service_that_lacks_its_consent_is_warned_of(site, who, laser):
	from clinic_core.people import cards

	service, policy = laser
	site.get_doc(
		{
			"doctype": "Clinic Appointment",
			"patient": who.name,
			"service": service.name,
			"status": "Booked",
			"start": site.utils.add_to_date(site.utils.now_datetime(), hours=1),
		}
	).db_insert()
	codes = {row["code"]: row for row in cards.card(who.name)["warnings"]}
	assert codes["missing_consent"]["params"]["policy"] == policy.name
	act.answer(site, who, "Given", purpose="Service", policy=policy.name)
	assert "missing_consent" not in {row["code"] for row in cards.card(who.name)["warnings"]}


def test_blocking_says_why_hides_and_is_lifted_with_a_reason(site, who, user_with):
	from clinic_core.people import search
	from clinic_core.people.consent import blocking

	reception, manager = user_with("Clinic Receptionist"), user_with("Clinic Manager")
	who.status = "Blocked"
	with pytest.raises(site.ValidationError, match="Say why"):
		who.save()
	who.reload()
	site.set_user(manager)
	blocking.block(who.name, "The bill is disputed", handler=None)
	assert [row["name"] for row in search.find(who.last_name)] == [who.name]
	site.set_user(reception)
	assert search.find(who.last_name) == []
	assert not site.has_permission("Clinic Patient", "read", doc=site.get_doc("Clinic Patient", who.name))
	with pytest.raises(site.ValidationError, match="is blocked"):
		site.get_doc({"doctype": "Clinic Visit", "patient": who.name, "branch": "MAIN"}).insert()
	site.set_user(manager)
	with pytest.raises(site.ValidationError, match="Say why"):
		blocking.unblock(who.name, "The bill is disputed")
	blocking.unblock(who.name, "Settled")
	with pytest.raises(site.ValidationError, match="already"):
		blocking.unblock(who.name, "Settled again")
	site.set_user(reception)
	with pytest.raises(site.PermissionError, match="Only managers"):
		site.get_attr("clinic_core.people.data_requests.api.unblock_person")(who.name, "Please")
	assert [row["name"] for row in search.find(who.last_name)] == [who.name]
	said = site.get_all("Comment", {"reference_name": who.name, "comment_type": "Info"}, pluck="content")
	assert len(said) == 2


def test_who_handles_the_claim_may_read_the_blocked_file(site, who, user_with):
	from clinic_core.people.consent import blocking

	handler = user_with("Clinic Receptionist")
	blocking.block(who.name, "Claim", handler=handler)
	site.set_user(handler)
	assert site.has_permission("Clinic Patient", "read", doc=site.get_doc("Clinic Patient", who.name))
	assert who.name in site.get_list("Clinic Patient", pluck="name")
