"""The gate against real records: answers, laws, Do Not Contact, blocking, merging, other apps (N15)."""

import pytest

from tests.integration.people import privacy_people as act


@pytest.fixture
def gate(site):
	from clinic_core.people.consent import gate

	return gate


@pytest.fixture
def message_gate(site):
	from clinic_core.people.consent import message_gate

	return message_gate


@pytest.fixture
def who(site):
	return act.patient(site, email="nilofar@example.com")


def key(doc):
	return (doc.doctype, doc.name)


def test_what_nobody_answered_follows_the_law_that_applies(site, gate, who):
	for law, marketing, photos in (
		("IR", None, "no_consent"),
		("EU", "no_consent", "no_consent"),
		("TR", "no_consent", "no_consent"),
	):
		act.regime(site, law)
		assert gate.why_not(key(who), "marketing") == marketing, law
		assert gate.why_not(key(who), "photo_publication") == photos, law
		assert gate.may_use(key(who), "treatment")


def test_a_clinics_own_list_holds_and_what_it_leaves_out_is_asked_for(site, gate, who):
	act.regime(site, "Custom", Marketing="Opt-in", Reminders="Not needed")
	assert gate.why_not(key(who), "marketing") == "no_consent"
	assert gate.may_use(key(who), "reminder")
	assert gate.why_not(key(who), "survey") == "no_consent"


def test_the_last_answer_decides(site, gate, who):
	act.answer(site, who, "Refused", at="2026-01-01 10:00:00")
	assert gate.why_not(key(who), "marketing") == "refused"
	act.answer(site, who, "Given", at="2026-01-02 10:00:00")
	assert gate.may_use(key(who), "marketing")
	act.answer(site, who, "Withdrawn", at="2026-01-03 10:00:00")
	assert gate.why_not(key(who), "marketing") == "withdrawn"
	assert gate.may_use(key(who), "reminder")  # an answer is about its own purpose


def test_a_blocked_and_an_erased_file_is_used_for_nothing(site, gate, message_gate, who):
	who.update({"status": "Blocked", "block_reason": "A claim is checked"})
	who.save()
	assert gate.why_not(key(who), "treatment") == "blocked"
	assert message_gate.may_send(key(who), "SMS", "transactional") == (False, "blocked")
	site.db.set_value("Clinic Patient", who.name, "status", "Erased")
	assert gate.why_not(key(who), "treatment") == "erased"
	assert message_gate.may_send(key(who), "SMS", "transactional") == (False, "erased")


def test_nobody_is_nobody(gate):
	assert gate.why_not(("Clinic Patient", "nobody"), "treatment") == "unknown_person"


def test_do_not_contact_closes_channel_and_scope(site, gate, message_gate, who):
	entry = act.unwanted(site, who.mobile, channel="Call")
	assert message_gate.may_send(key(who), "Call", "marketing") == (False, "do_not_contact")
	assert message_gate.may_send(key(who), "SMS", "marketing") == (True, None)
	assert message_gate.may_send(key(who), "Call", "transactional") == (True, None)
	entry.scope = "Everything"
	entry.save()
	assert message_gate.may_send(key(who), "Call", "transactional") == (False, "do_not_contact")
	entry.is_active = 0
	entry.save()
	assert message_gate.may_send(key(who), "Call", "marketing") == (True, None)


def test_who_wants_no_advertising_at_any_address_is_on_no_list(site, gate, who):
	act.unwanted(site, who.mobile)
	assert gate.may_use(key(who), "marketing")  # the e-mail is left
	act.unwanted(site, "Nilofar@Example.com")
	assert gate.why_not(key(who), "marketing") == "do_not_contact"
	assert gate.may_use(key(who), "reminder")


def test_without_an_address_nothing_is_sent(site, message_gate):
	nobody = act.patient(site)
	assert message_gate.may_send(key(nobody), "Email", "transactional") == (False, "no_address")


def test_refused_marketing_closes_the_message_gate_until_it_is_given(site, message_gate, who):
	act.answer(site, who, "Refused", at="2026-01-01 10:00:00")
	for channel in message_gate.CHANNELS:
		assert message_gate.may_send(key(who), channel, "marketing") == (False, "refused")
		assert message_gate.open_addresses(key(who), channel, "marketing") == []
	assert message_gate.may_send(key(who), "SMS", "reminder") == (True, None)
	act.answer(site, who, "Given", at="2026-01-02 10:00:00")
	assert message_gate.may_send(key(who), "SMS", "marketing") == (True, None)
	assert message_gate.open_addresses(key(who), "SMS", "marketing") == [who.mobile]


def test_a_merged_person_is_one_and_the_stricter_answer_holds(site, gate, who):
	from clinic_core.foundation.state import as_system

	other = act.patient(site)
	act.answer(site, other, "Refused", at="2026-01-01 10:00:00")
	act.answer(site, who, "Given", at="2026-01-02 10:00:00")
	with as_system():
		other.update({"status": "Merged", "merged_into": who.name})
		other.save()
	for file in (who, other):
		assert gate.why_not(key(file), "marketing") == gate.why_not(key(who), "marketing")
	if not site.db.exists("DocType", "Clinic Patient Merge"):
		return
	site.get_doc(
		{
			"doctype": "Clinic Patient Merge",
			"kept": who.name,
			"duplicate": other.name,
			"status": "Done",
			"merged_at": "2026-01-05 10:00:00",
		}
	).db_insert()
	assert gate.why_not(key(who), "marketing") == "refused"
	act.answer(site, who, "Given", at="2026-01-06 10:00:00")
	assert gate.may_use(key(who), "marketing")


def test_a_contact_and_its_patient_are_one_person(site, gate, who):
	contact = site.get_doc(
		{"doctype": "Clinic Contact", "first_name": "Nilofar", "mobile": who.mobile, "patient": who.name}
	).insert()
	act.answer(site, contact, "Refused")
	assert gate.why_not(key(who), "marketing") == "refused"
	assert gate.why_not(key(contact), "marketing") == "refused"


def hooked(monkeypatch, site, handler):
	real, real_attr = site.get_hooks, site.get_attr

	def hooks(hook=None, *args, **kwargs):
		return ["tests.handler"] if hook == "clinic_may_use" else real(hook, *args, **kwargs)

	monkeypatch.setattr(
		site, "get_attr", lambda path: handler if path == "tests.handler" else real_attr(path)
	)
	monkeypatch.setattr(site, "get_hooks", hooks)


DENIED_PERSON = []


def deny(persons, purpose):
	return [[*person, "deny"] for person in persons if person[1] in DENIED_PERSON]


def allow(persons, purpose):
	return [[*person, "allow"] for person in persons]


def fail(persons, purpose):
	raise RuntimeError("nobody knows")


def test_another_app_may_deny_one_and_allow_what_was_not_asked(site, gate, who, monkeypatch):
	other = act.patient(site)
	DENIED_PERSON[:] = [who.name]
	hooked(monkeypatch, site, deny)
	assert gate.may_use_many([key(who), key(other)], "treatment") == {key(who): False, key(other): True}
	assert gate.why_not(key(who), "treatment") == "denied"
	hooked(monkeypatch, site, allow)
	assert gate.may_use(key(who), "photo_publication")
	act.answer(site, who, "Refused", purpose="Photo Publication")
	assert gate.why_not(key(who), "photo_publication") == "refused"


def test_an_app_that_cannot_answer_closes_the_gate(site, gate, who, monkeypatch):
	hooked(monkeypatch, site, fail)
	assert gate.why_not(key(who), "treatment") == "unsure"


def test_many_persons_take_as_many_queries_as_few(site, gate, message_gate, count_queries):
	few = [key(act.patient(site)) for _ in range(2)]
	many = few + [key(act.patient(site)) for _ in range(20)]
	taken = []
	for people in (few, many):
		with count_queries() as queries:
			gate.may_use_many(people, "marketing")
		taken.append(len(queries))
		with count_queries() as queries:
			message_gate.may_send_many(people, "SMS", "marketing")
		taken.append(len(queries))
	assert taken[:2] == taken[2:]
	assert taken[0] <= 15 and taken[1] <= 30


def test_a_purpose_nobody_knows_is_a_fault_of_the_program(gate, message_gate, who):
	with pytest.raises(ValueError, match="unknown purpose"):
		gate.may_use(key(who), "gossip")
	with pytest.raises(ValueError, match="unknown channel"):
		message_gate.may_send(key(who), "Pigeon", "marketing")


def test_a_number_is_listed_once_for_each_channel(site, who):
	act.unwanted(site, "0912 555 7777", channel="SMS")
	with pytest.raises(site.ValidationError, match="already"):
		act.unwanted(site, "+989125557777", channel="SMS")
	with pytest.raises(site.ValidationError, match="cannot be called"):
		act.unwanted(site, "a@example.com", channel="Call")
	with pytest.raises(site.ValidationError, match="not a phone number"):
		act.unwanted(site, "12", channel="SMS")
