"""Wherever a person's data is used, the gate is asked: taking a call of it away fails here (N15)."""

import pytest

from tests.integration.people import privacy_people as act


@pytest.fixture
def who(site):
	return act.patient(site)


def test_a_picture_is_published_only_with_the_persons_consent(site, who):
	from clinic_core.people.photos import photos

	photo = site.get_doc({"doctype": "Clinic Photo", "patient": who.name, "may_publish": 1})
	assert not photos.may_publish(photo)
	act.answer(site, who, "Given", purpose="Photo Publication", at="2026-01-01 10:00:00")
	assert photos.may_publish(photo)
	act.answer(site, who, "Withdrawn", purpose="Photo Publication", at="2026-01-02 10:00:00")
	assert not photos.may_publish(photo)


def test_the_line_on_the_form_and_the_call_button_ask_the_gate(site, who):
	ask = site.get_attr("clinic_core.people.consent.api.may_contact")
	open_rows = {(row["channel"], row["kind"]): row["may"] for row in ask("Clinic Patient", who.name)}
	assert open_rows == {("Call", "marketing"): True, ("SMS", "reminder"): True, ("SMS", "marketing"): True}
	act.answer(site, who, "Refused")
	closed = {(row["channel"], row["kind"]): row for row in ask("Clinic Patient", who.name)}
	assert (closed["Call", "marketing"]["may"], closed["Call", "marketing"]["why"]) == (False, "refused")
	assert closed["Call", "marketing"]["text"]
	assert closed["SMS", "reminder"]["may"]


def test_a_lead_is_asked_about_through_its_contact_and_patient(site, who):
	ask = site.get_attr("clinic_core.people.consent.api.may_contact")
	lead = site.get_doc(
		{"doctype": "Clinic Lead", "title": "Laser", "person_type": "Patient", "patient": who.name}
	).insert()
	act.answer(site, who, "Refused")
	assert {row["why"] for row in ask("Clinic Lead", lead.name) if row["kind"] == "marketing"} == {"refused"}


@pytest.mark.parametrize("status", ["Blocked", "Erased"])
def test_nothing_new_begins_for_a_blocked_or_erased_person(site, who, status):
	from clinic_core.scheduling import booking_rules

	site.db.set_value("Clinic Patient", who.name, {"status": status, "block_reason": "Claim"})
	with pytest.raises(site.ValidationError):
		booking_rules.check_patient(who.name)
	with pytest.raises(site.ValidationError):
		site.get_doc({"doctype": "Clinic Visit", "patient": who.name, "branch": "MAIN"}).insert()


def test_a_sent_form_becomes_consents_with_version_and_sender(site):
	from clinic_crm.pipeline import submitted_consent

	privacy = act.policy(site, kind="Data Processing", purposes=("Treatment", "Reminders"))
	marketing = act.policy(site)
	contact = act_contact(site)
	doc = site.get_doc(
		{
			"doctype": "Clinic Lead Submission", "contact": contact.name, "marketing_consent": 1,
			"privacy_policy": "made up", "ip_address": "10.0.0.7", "user_agent": "Firefox", "name": "sub-1",
		}
	)  # fmt: skip
	doc.db_insert()
	submitted_consent.stamp(doc)
	shown = submitted_consent.shown()
	assert doc.privacy_policy == shown["privacy"].name
	submitted_consent.record(doc)
	rows = site.get_all(
		"Clinic Consent",
		{"person_name": contact.name},
		["purpose", "decision", "how", "policy", "policy_version", "ip_address", "user_agent"],
	)
	assert {row.purpose for row in rows} == {"Treatment", "Reminders", "Marketing"}
	assert {(row.decision, row.how, row.ip_address, row.user_agent) for row in rows} == {
		("Given", "Web Form", "10.0.0.7", "Firefox")
	}
	assert {row.policy for row in rows} <= {shown["privacy"].name, shown["marketing"].name}
	assert privacy.name and marketing.name


def act_contact(site):
	return site.get_doc(
		{"doctype": "Clinic Contact", "first_name": "Mina", "last_name": "Rad", "mobile": "09125559999"}
	).insert()
