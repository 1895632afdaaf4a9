"""The registers of disclosures and breaches (E005–E007)."""

import pytest


@pytest.fixture
def people(site):
	from clinic_core.people import registration

	def add(first, mobile):
		data = {"first_name": first, "last_name": "رازی", "mobile": mobile, "referral_source": "FRIEND"}
		return registration.register(data)["name"]

	return [add("زهرا", "09121240012"), add("سارا", "09121240013"), add("رضا", "09121240014")]


def disclosure(site, patients, **more):
	return site.get_doc(
		{
			"doctype": "Clinic Disclosure",
			"to_whom": "Insurer",
			"ground": "Insurer of the person",
			"what": "Invoices of spring",
			"patients": [{"patient": patient} for patient in patients],
			**more,
		}
	)


def breach(site, **more):
	return site.get_doc(
		{
			"doctype": "Clinic Breach",
			"title": "Stolen laptop",
			"kind": "Loss",
			"description": "In a taxi",
			**more,
		}
	)


def test_a_disclosure_is_read_by_the_person_concerned(site, people):
	from clinic_core.people.access_log import for_patient

	doc = disclosure(site, people[:2]).insert()
	assert (doc.patient_count, doc.disclosed_by) == (2, "Administrator")
	assert [line["what"] for line in for_patient.opened(people[0])] == ["Export"]
	assert for_patient.opened(people[2]) == []


def test_a_disclosure_needs_a_ground_people_and_a_day_that_has_come(site, people):
	from clinic_core.foundation.errors import InvalidInputError

	with pytest.raises(site.MandatoryError):
		disclosure(site, people[:1], ground=None).insert()
	with pytest.raises(site.MandatoryError):
		disclosure(site, []).insert()
	with pytest.raises(InvalidInputError):
		disclosure(site, people[:1], disclosed_on="2999-01-01").insert()
	with pytest.raises(InvalidInputError):
		disclosure(site, [people[0], people[0]]).insert()


def test_a_breach_prepares_the_list_of_the_people_to_be_notified(site, people, user_with):
	from clinic_core.people.access_log import rules, seen
	from clinic_core.people.disclosures import affected

	user = user_with("Clinic Receptionist")
	site.set_user(user)
	seen.write(rules.entries(people[:2], "View", "Form"))
	seen.write(rules.entries([], "Export", "Export", count=300))
	site.set_user("Administrator")
	site.db.set_value("Clinic Patient", people[1], {"status": "Merged", "merged_into": people[2]})
	doc = breach(site, seen_by=user, affected=[{"patient": people[0], "how": "by phone"}]).insert()
	assert affected.prepare(doc.name) == {"added": 1, "affected": 2, "unnamed": 1}
	assert affected.prepare(doc.name)["added"] == 0
	doc.reload()
	assert {row.patient for row in doc.affected} == {people[0], people[2]}
	assert doc.affected[0].how == "by phone" and doc.to_notify_count == 2
	assert [row.idx for row in doc.affected] == [1, 2]
	assert doc.affected[1].patient_name == site.db.get_value("Clinic Patient", people[2], "full_name")
	versions = site.get_all("Version", {"docname": doc.name}, pluck="data", order_by="creation asc")
	assert any(people[2] in data for data in versions)
	# Someone's form that was opened before must not undo it.
	assert doc.modified > doc.creation


def test_a_long_list_is_prepared_with_as_many_statements_as_a_short_one(site, user_with):
	from clinic_core.people import registration
	from clinic_core.people.access_log import rules, seen
	from clinic_core.people.disclosures import affected

	from tests.bench.lab import counted

	def cost(number):
		user = user_with("Clinic Receptionist")
		people = [
			registration.register(
				{
					"first_name": "زهرا",
					"last_name": f"رازی {number} {each}",
					"mobile": f"0912124{number:02d}{each:02d}",
					"referral_source": "FRIEND",
				}
			)["name"]
			for each in range(number)
		]
		site.set_user(user)
		seen.write(rules.entries(people, "View", "Form"))
		site.set_user("Administrator")
		doc = breach(site, seen_by=user).insert()
		sample, answer = counted(lambda: affected.prepare(doc.name))
		assert answer["added"] == number
		return sample.queries

	cost(1)  # the metadata is read once
	assert cost(12) == cost(2)


def test_a_breach_that_is_over_takes_nobody_more(site, people, user_with):
	from clinic_core.foundation.errors import InvalidInputError
	from clinic_core.people.access_log import rules, seen
	from clinic_core.people.disclosures import affected

	user = user_with("Clinic Receptionist")
	site.set_user(user)
	seen.write(rules.entries(people[:2], "View", "Form"))
	site.set_user("Administrator")
	told = {"patient": people[0], "notified_on": site.utils.nowdate()}
	doc = breach(site, seen_by=user, affected=[told], status="Notified").insert()
	with pytest.raises(InvalidInputError):
		affected.prepare(doc.name)
	assert site.db.count("Clinic Breach Patient", {"parent": doc.name}) == 1


def test_a_breach_is_not_over_before_everybody_was_told(site, people):
	from clinic_core.foundation.errors import InvalidInputError

	doc = breach(site, affected=[{"patient": people[0]}]).insert()
	doc.status = "Notified"
	with pytest.raises(InvalidInputError):
		doc.save()
	doc.reload()
	doc.affected[0].notified_on = site.utils.nowdate()
	doc.status = "Notified"
	doc.save()
	doc.status = "Closed"
	with pytest.raises(InvalidInputError):
		doc.save()


@pytest.mark.parametrize(
	"wrong",
	[
		{"discovered_at": "2999-01-01 10:00:00"},
		{"discovered_at": "2026-01-01 10:00:00", "happened_at": "2026-01-02 10:00:00"},
		{"seen_from": "2026-02-01 10:00:00", "seen_to": "2026-01-01 10:00:00"},
	],
)
def test_impossible_times_are_refused(site, wrong):
	from clinic_core.foundation.errors import InvalidInputError

	with pytest.raises(InvalidInputError):
		breach(site, **wrong).insert()


def test_the_registers_are_never_deleted(site, people):
	from clinic_core.foundation.errors import AppendOnlyError

	for doc in (disclosure(site, people[:1]).insert(), breach(site).insert()):
		with pytest.raises(AppendOnlyError):
			doc.delete()
