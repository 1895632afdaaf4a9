"""The endpoints for people: permission first, errors by name, twice is once."""

import pytest


@pytest.fixture
def as_role(site, user_with):
	def switch(*roles):
		site.set_user(user_with(*roles))

	return switch


def register(**more):
	from clinic_core.people import api

	values = {
		"first_name": "سارا",
		"last_name": "محمدی",
		"mobile": "۰۹۱۲۱۲۳۴۵۶۷",
		"referral_source": "FRIEND",
		"birth_date": "۱۹۹۰-۰۱-۰۲",
		**more,
	}
	return api.register_patient(**values)


def test_a_receptionist_registers_finds_and_opens(site, as_role):
	from clinic_core.people import api

	as_role("Clinic Receptionist")
	made = register()
	assert made["duplicates"] == []
	hit = next(row for row in api.find_patients("4567") if row["name"] == made["name"])
	assert (hit["full_name"], hit["file_no"], hit["match"]) == ("سارا محمدی", made["file_no"], "mobile")
	card = api.patient_card(made["name"])
	assert card["mobile"] == "0912 123 4567"
	assert card["age"] >= 36
	assert (card["alerts"], card["warnings"]) == ([], [])


def test_the_same_registration_sent_twice_makes_one_file(site, as_role):
	as_role("Clinic Receptionist")
	assert register(idempotency_key="k") == register(idempotency_key="k")
	assert site.db.count("Clinic Patient", {"first_name": "سارا", "owner": site.session.user}) == 1


@pytest.mark.parametrize(
	("fields", "match"),
	[
		({"mobile": "123"}, "Mobile"),
		({"mobile": None}, "Mobile"),
		({"birth_date": "02/01/1990"}, "Birth date"),
		({"referral_source": None}, "Referral source"),
	],
)
def test_mistakes_are_named(site, as_role, fields, match):
	from clinic_core.foundation.errors import InvalidInputError

	as_role("Clinic Receptionist")
	with pytest.raises(InvalidInputError, match=match):
		register(**fields)


def test_who_may_not_is_told_so(site, as_role):
	from clinic_core.people import api

	name = register()["name"]
	as_role("Clinic Cashier")
	for attempt in (register, lambda: api.correct_name(name, "X")):
		with pytest.raises(site.PermissionError):
			attempt()
	as_role("Clinic Portal User")
	for attempt in (lambda: api.find_patients("سارا"), lambda: api.patient_card(name)):
		with pytest.raises(site.PermissionError):
			attempt()


def test_nobody_registers_for_a_branch_that_is_not_his(site, as_role):
	other = site.get_doc({"doctype": "Clinic Branch", "title": "Other", "legal_entity": "MAIN"}).insert()
	as_role("Clinic Receptionist")
	allowed = {"user": site.session.user, "allow": "Clinic Branch", "for_value": "MAIN"}
	site.get_doc({"doctype": "User Permission", **allowed}).insert(ignore_permissions=True)
	with pytest.raises(site.PermissionError):
		register(branch=other.name)
	assert register(branch="MAIN")["name"]


def test_an_unknown_patient_is_not_found(site):
	from clinic_core.people import api

	with pytest.raises(site.DoesNotExistError):
		api.patient_card("nobody")


def test_a_card_shows_alerts_and_what_other_apps_warn_of(site, monkeypatch):
	from clinic_core.foundation import events
	from clinic_core.people import api

	name = register()["name"]
	site.db.set_value("Clinic Patient", name, "alerts", "Penicillin\n\n Pregnant ")
	warning = {"code": "debt", "severity": "high", "params": {"amount": 5}}

	def gather(hook, **payload):
		assert (hook, payload) == ("clinic_patient_warnings", {"patient": name})
		return [[warning], []]

	monkeypatch.setattr(events, "gather", gather)
	card = api.patient_card(name)
	assert [alert["text"] for alert in card["alerts"]] == ["Penicillin", "Pregnant"]
	assert card["warnings"] == [warning]


def test_the_document_itself_obeys_the_same_rules(site, as_role):
	"""REST and import come this way."""
	from clinic_core.foundation.errors import InvalidInputError

	as_role("Clinic Receptionist")
	with pytest.raises(InvalidInputError, match="Referral source"):
		site.get_doc({"doctype": "Clinic Patient", "first_name": "A", "mobile": "09121234567"}).insert()
	doc = site.get_doc(
		{"doctype": "Clinic Patient", "first_name": "A", "mobile": "۰۹۱۲۱۲۳۴۵۶۷", "referral_source": "AD"}
	).insert()
	assert doc.mobile == "+989121234567" and doc.file_no
