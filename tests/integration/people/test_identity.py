"""Identity numbers: typed into the patient, kept where only some may see them (B16, E137, F80, G14)."""

import pytest

CODE, OTHER_CODE, TC = "0013542419", "0499370899", "10000000146"
MASK, OTHER_MASK = "•••••••419", "•••••••899"


@pytest.fixture
def patient(site):
	from clinic_core.people import registration

	def make(**more):
		data = {
			"first_name": "سارا",
			"last_name": "محمدی",
			"mobile": "09121234567",
			"referral_source": "FRIEND",
		}
		return site.get_doc("Clinic Patient", registration.register({**data, **more})["name"])

	return make


def identity_of(doc):
	from clinic_core.people.identity import numbers

	return numbers.of([doc.name]).get(doc.name)


def codes_found(site, doc):
	filters = {"reference_name": doc.name, "kind": "code"}
	return site.get_all("Clinic Search Key", filters, pluck="token")


def refused(match):
	from clinic_core.foundation.errors import InvalidInputError

	return pytest.raises(InvalidInputError, match=match)


def test_a_number_alone_is_of_the_clinics_country(site, patient):
	from clinic_core.people.identity.kinds import Identity

	doc = patient(national_code="۰۰۱۳۵۴۲۴۱۹")
	assert (doc.national_code, doc.identity_kind) == (MASK, "National Code")
	assert identity_of(doc) == Identity("National Code", CODE)
	assert codes_found(site, doc) == [CODE]
	assert site.db.get_value("Clinic Patient", doc.name, "national_code") == MASK


def test_saving_the_mask_again_changes_nothing(site, patient):
	doc = patient(national_code=CODE)
	doc.note = "Called"
	doc.save()
	assert identity_of(doc).number == CODE
	assert codes_found(site, doc) == [CODE]


def test_a_number_is_corrected_and_found_by_the_new_one_only(site, patient):
	doc = patient(national_code=CODE)
	doc.national_code = OTHER_CODE
	doc.save()
	assert (doc.national_code, identity_of(doc).number) == (OTHER_MASK, OTHER_CODE)
	assert codes_found(site, doc) == [OTHER_CODE]


def test_an_emptied_box_takes_the_number_away(site, patient):
	doc = patient(national_code=CODE)
	doc.national_code = ""
	doc.save()
	assert (doc.national_code, doc.identity_kind) == (None, None)
	assert identity_of(doc) is None
	assert codes_found(site, doc) == []
	assert patient(national_code=CODE).national_code == MASK


@pytest.mark.parametrize(
	("typed", "shown"),
	[
		({"national_code": TC, "identity_kind": "TC Number"}, "••••••••146"),
		({"national_code": "123456789012", "identity_kind": "Foreigner's ID"}, "•••••••••012"),
		(
			{"national_code": "p 1234-5678", "identity_kind": "Passport", "identity_country": "Iraq"},
			"••••••678",
		),
		({"identity_kind": "No Code", "no_code_reason": "Newborn"}, None),
	],
)
def test_other_kinds_are_kept_with_what_belongs_to_them(patient, typed, shown):
	doc = patient(**typed)
	assert doc.national_code == shown
	kept = identity_of(doc)
	assert kept.kind == doc.identity_kind == typed["identity_kind"]
	assert (kept.country, kept.no_code_reason) == (
		typed.get("identity_country", ""),
		typed.get("no_code_reason", ""),
	)


@pytest.mark.parametrize(
	("typed", "field"),
	[
		({"national_code": "0013542418"}, "National code"),
		({"national_code": TC}, "National code"),
		({"national_code": CODE, "identity_kind": "TC Number"}, "National code"),
		({"national_code": MASK}, "National code"),
		({"identity_kind": "Passport"}, "National code"),
		({"national_code": "P12345678", "identity_kind": "Passport"}, "Country of the passport"),
		({"identity_kind": "No Code"}, "Why there is no code"),
		(
			{"identity_kind": "No Code", "no_code_reason": "Newborn", "national_code": CODE},
			"Kind of identity",
		),
	],
)
def test_what_cannot_be_is_refused_and_nothing_is_kept(site, patient, typed, field):
	before = site.db.count("Clinic Patient"), site.db.count("Clinic Patient Identity")
	with refused(field):
		patient(**typed)
	assert (site.db.count("Clinic Patient"), site.db.count("Clinic Patient Identity")) == before


def test_a_turkish_clinic_means_tc_numbers(site, patient):
	site.db.set_single_value("Clinic Settings", "phone_region", "TR")
	site.clear_document_cache("Clinic Settings", "Clinic Settings")
	assert patient(national_code=TC, mobile="05321234567").identity_kind == "TC Number"


def test_a_second_file_with_the_number_is_refused_by_the_name_of_the_first(site, patient):
	first = patient(national_code=CODE)
	with refused(f"{first.full_name}.*{first.file_no}"):
		patient(first_name="علی", national_code=CODE)
	second = patient(first_name="علی", national_code=OTHER_CODE)
	second.national_code = CODE
	with refused(first.file_no):
		second.save()


def test_the_unique_key_is_the_last_word(site, patient):
	from clinic_core.people.identity import numbers
	from clinic_core.people.identity.kinds import Identity

	first, second = patient(national_code=CODE), patient(first_name="علی")
	with refused(first.file_no):
		numbers.write(second.name, Identity("National Code", CODE))


def test_the_same_passport_number_of_another_country_is_another_person(patient):
	passport = {"national_code": "P12345678", "identity_kind": "Passport"}
	patient(identity_country="Iraq", **passport)
	assert patient(identity_country="Afghanistan", **passport).national_code == "••••••678"


def test_choosing_no_code_takes_the_number_away_and_a_later_number_comes_back(site, patient):
	doc = patient(national_code=CODE)
	doc.update({"identity_kind": "No Code", "no_code_reason": "Unknown"})
	doc.save()
	assert (doc.national_code, identity_of(doc).kind, codes_found(site, doc)) == (None, "No Code", [])
	doc.national_code = CODE
	doc.save()
	assert (doc.national_code, doc.identity_kind, doc.no_code_reason) == (MASK, "National Code", None)


def test_a_wrong_kind_is_corrected_without_typing_the_number_again(patient):
	doc = patient(national_code=TC, identity_kind="Foreigner's ID")
	doc.identity_kind = "TC Number"
	doc.save()
	assert (identity_of(doc).kind, identity_of(doc).number) == ("TC Number", TC)
	doc.identity_kind = "National Code"
	with refused("National code"):
		doc.save()


def test_a_receptionist_enters_a_number_and_cannot_read_it(site, patient, user_with):
	doc = patient()
	site.set_user(user_with("Clinic Receptionist"))
	doc.national_code = CODE
	doc.save()
	assert site.get_doc("Clinic Patient", doc.name).as_dict().national_code == MASK
	assert not site.has_permission("Clinic Patient Identity", "read")


def test_nobody_writes_the_identity_past_the_patient(site, patient):
	from clinic_core.foundation.errors import ForbiddenMoveError

	doc = site.get_doc("Clinic Patient Identity", patient(national_code=CODE).name)
	doc.number = OTHER_CODE
	with pytest.raises(ForbiddenMoveError):
		doc.save()
	with pytest.raises(ForbiddenMoveError):
		doc.delete()


def test_duplicates_are_known_by_the_real_number(patient):
	from clinic_core.people import duplicates, matching

	doc = patient(national_code=CODE)
	[found] = duplicates.of(matching.Person("کسی دیگر", national_code=CODE))
	assert (found["name"], found["score"]) == (doc.name, 100)
	# Two numbers that look alike behind the mask are two people.
	assert duplicates.of(matching.Person(doc.full_name, national_code="1111111419")) == []


def test_numbers_of_many_patients_take_one_query(site, patient):
	from clinic_core.people.identity import numbers

	from tests.bench.lab import counted

	names = [patient(national_code=code).name for code in (CODE, OTHER_CODE)]
	numbers.of(names)
	sample, found = counted(lambda: numbers.of(names))
	assert [found[name].number for name in names] == [CODE, OTHER_CODE]
	assert sample.queries == 1


def test_numbers_of_an_older_release_are_moved_and_hidden(site, patient):
	from clinic_core.patches import hide_identity_numbers
	from clinic_core.people.identity import numbers
	from clinic_core.people.identity.kinds import Identity

	old = {patient().name: CODE, patient().name: "A-77", patient(national_code=OTHER_CODE).name: None}
	for name, code in old.items():
		if code:
			site.db.set_value("Clinic Patient", name, "national_code", code)
	for _ in range(2):
		hide_identity_numbers.execute()
		assert list(map(numbers.of(old).get, old)) == [
			Identity("National Code", CODE),
			Identity("Other Document", "A77"),
			Identity("National Code", OTHER_CODE),
		]
		rows = {n: site.db.get_value("Clinic Patient", n, ["national_code", "identity_kind"]) for n in old}
		assert list(rows.values()) == [
			(MASK, "National Code"),
			("•••", "Other Document"),
			(OTHER_MASK, "National Code"),
		]
