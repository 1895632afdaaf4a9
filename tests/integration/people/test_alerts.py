"""Alerts and allergies: seen on every screen by those whom they concern (F41)."""

import pytest


@pytest.fixture
def patient(site):
	from clinic_core.people import registration

	return registration.register(
		{"first_name": "Alert", "mobile": "09121234567", "referral_source": "FRIEND"}
	)["name"]


def alert(site, patient, text="Latex", **more):
	values = {"doctype": "Clinic Patient Alert", "patient": patient, "kind": "Allergy", "text": text, **more}
	return site.get_doc(values).insert()


def texts(site, patient, user=None):
	from clinic_core.people.api import patient_card

	if user:
		site.set_user(user)
	try:
		return [row["text"] for row in patient_card(patient)["alerts"]]
	finally:
		site.set_user("Administrator")


def test_the_card_shows_what_holds_the_gravest_first(site, patient):
	alert(site, patient, "Likes tea", kind="Administrative", severity="Info")
	alert(site, patient, "Aspirin", kind="Medication", severity="Warning")
	alert(site, patient, "Latex", severity="Danger")
	over = alert(site, patient, "Pregnant", kind="Pregnancy")
	site.db.set_value(
		"Clinic Patient Alert", over.name, "valid_until", site.utils.add_days(site.utils.getdate(), -1)
	)
	off = alert(site, patient, "Iodine")
	off.is_active = 0
	off.save()
	site.db.set_value("Clinic Patient", patient, "alerts", "Comes with a dog")
	assert texts(site, patient) == ["Latex", "Aspirin", "Likes tea", "Comes with a dog"]


@pytest.mark.parametrize(
	("role", "expected"),
	[
		("Clinic Receptionist", ["Latex"]),
		("Clinic Cashier", ["Latex"]),
		("Clinic CRM Agent", ["Latex"]),
		("Clinic Practitioner", ["Latex", "Epilepsy", "Shouts"]),
		("Clinic Manager", ["Latex", "Epilepsy", "Shouts"]),
	],
)
def test_a_condition_is_for_those_who_treat_at_every_door(site, patient, user_with, role, expected):
	made = [
		alert(site, patient),
		alert(site, patient, "Epilepsy", kind="Medical Condition"),
		alert(site, patient, "Shouts", kind="Behaviour"),
	]
	user = user_with(role)
	assert texts(site, patient, user) == expected
	site.set_user(user)
	listed = site.get_list(
		"Clinic Patient Alert", {"patient": patient}, pluck="text", order_by="creation asc"
	)
	assert listed == expected
	readable = [doc.text for doc in made if site.has_permission("Clinic Patient Alert", "read", doc=doc)]
	assert readable == expected


def test_who_may_not_see_a_kind_may_not_write_it(site, patient, user_with):
	site.set_user(user_with("Clinic Receptionist"))
	alert(site, patient)
	with pytest.raises(site.PermissionError):
		alert(site, patient, "Epilepsy", kind="Medical Condition")


@pytest.mark.parametrize(
	("values", "match"),
	[
		({"text": "   "}, "Text"),
		({"text": "x" * 501}, "Text"),
		({"valid_until": "2020-01-01"}, "Valid until"),
	],
)
def test_mistakes_are_named(site, patient, values, match):
	from clinic_core.foundation.errors import InvalidInputError

	with pytest.raises((InvalidInputError, site.MandatoryError), match=match):
		alert(site, patient, **values)


def test_an_alert_does_not_move_to_another_patient(site, patient):
	from clinic_core.foundation.errors import InvalidInputError
	from clinic_core.people import registration

	other = registration.register({"first_name": "O", "mobile": "09121234568", "referral_source": "FRIEND"})
	doc = alert(site, patient)
	doc.patient = other["name"]
	with pytest.raises(InvalidInputError, match="Patient"):
		doc.save()


def test_screens_are_told(site, patient, monkeypatch):
	from clinic_core.foundation import live

	told = []
	monkeypatch.setattr(live, "changed", lambda doctype, name: told.append((doctype, name)))
	doc = alert(site, patient)
	assert ("Clinic Patient Alert", doc.name) in told
	assert ("Clinic Patient", patient) in told


def test_many_patients_take_one_query(site, patient, count_queries):
	from clinic_core.people.alerts import alerts

	alert(site, patient)
	rows = [{"patient": patient, "alerts": "Free"} for _ in range(20)]
	alerts.of_patients([patient])
	with count_queries() as queries:
		alerts.put_on(rows)
	assert len(queries) == 1
	assert [row["text"] for row in rows[19]["alerts"]] == ["Latex", "Free"]


def test_free_texts_are_sorted_once(site, patient):
	from clinic_core.patches import sort_patient_alerts

	site.db.set_value("Clinic Patient", patient, "alerts", "حساسیت به لاتکس\nدیابت\nباردار")
	for _ in range(2):
		sort_patient_alerts._move(
			[(patient, site.db.get_value("Clinic Patient", patient, "alerts"), "Alert")]
		)
	rows = site.get_all("Clinic Patient Alert", {"patient": patient}, ["kind", "text"], order_by="kind asc")
	assert [(row.kind, row.text) for row in rows] == [
		("Allergy", "حساسیت به لاتکس"),
		("Pregnancy", "باردار"),
	]
	assert site.db.get_value("Clinic Patient", patient, "alerts") == "دیابت"
