"""Booking from outside: free times, the hold, who it is, what is refused (A07, F05, F10, F16, F85, E174–E175)."""

import datetime

import pytest
from clinic_core.foundation.errors import ConflictError, InvalidInputError, SlotTakenError
from clinic_core.foundation.tries import TooManyTriesError
from clinic_core.online_booking import holding
from clinic_core.online_booking.opening import NotOnlineError


def starts(answer, clinic, day=None):
	[row] = [one for one in answer["days"] if one["date"] == str(day or clinic.day)]
	return [time["start"][11:16] for time in row["times"]]


def appointment(site, code):
	return site.get_doc(
		"Clinic Appointment", site.db.get_value("Clinic Appointment", {"tracking_code": code})
	)


def test_two_weeks_of_days_are_shown_with_their_times(visitor, clinic):
	answer = visitor.call("api.free_times", service=clinic.visit)
	assert len(answer["days"]) == 14
	assert starts(answer, clinic)[:2] == ["08:00", "08:15"]
	assert (
		answer["earlier"] is None and answer["later"] == answer["days"][-1]["date"][:8] + answer["later"][8:]
	)
	again = visitor.call("api.free_times", service=clinic.visit, from_date=answer["later"])
	assert again["days"][0]["date"] == answer["later"] and again["earlier"]


def test_days_are_jalali_in_persian(site, visitor, clinic):
	site.local.lang = "fa"
	answer = visitor.call("api.free_times", service=clinic.visit, from_date="2026-11-30")
	first = answer["days"][0]
	if first["date"] == "2026-11-30":
		assert first["label"] == "دوشنبه ۹ آذر ۱۴۰۵"
	assert not set("0123456789") & set(
		"".join(time["time"] for day in answer["days"] for time in day["times"])
	)


def test_notice_same_day_and_horizon_of_the_clinic(site, visitor, clinic):
	site.db.set_single_value("Clinic Settings", {"online_same_day": 0, "online_horizon_days": 5})
	site.clear_document_cache("Clinic Settings", "Clinic Settings")
	answer = visitor.call("api.free_times", service=clinic.visit)
	today = site.utils.getdate()
	days = [one["date"] for one in answer["days"]]
	assert days == [str(today + datetime.timedelta(days=number)) for number in range(1, 6)]
	late = f"{today + datetime.timedelta(days=6)} 09:00:00"
	with pytest.raises(InvalidInputError):
		visitor.call("api.hold", token=visitor.token(), **visitor.wish(start=late))


@pytest.mark.parametrize("what", ["service", "practitioner", "clinic", "inactive"])
def test_what_is_not_marked_for_online_booking_is_not_there(site, visitor, clinic, what):
	if what == "service":
		site.db.set_value("Clinic Service", clinic.visit, "bookable_online", 0)
	elif what == "inactive":
		site.db.set_value("Clinic Service", clinic.visit, "status", "Inactive")
	elif what == "practitioner":
		site.db.set_value("Clinic Practitioner", clinic.doctor, "bookable_online", 0)
		answer = visitor.call("api.free_times", service=clinic.visit)
		assert not any(day["times"] for day in answer["days"])
	else:
		site.db.set_single_value("Clinic Settings", "online_booking", 0)
		site.clear_document_cache("Clinic Settings", "Clinic Settings")
	with pytest.raises((NotOnlineError, InvalidInputError)):
		visitor.call("api.hold", token=visitor.token(), **visitor.wish())


def test_a_held_time_is_nobody_elses_at_any_door_until_it_is_given_back(site, visitor, clinic):
	token = visitor.token()
	held = visitor.call("api.hold", token=token, **visitor.wish())
	assert 590 <= held["seconds"] <= 600
	assert "09:00" not in starts(visitor.call("api.free_times", service=clinic.visit), clinic)
	with pytest.raises(SlotTakenError):
		visitor.call("api.hold", token=visitor.token(), **visitor.wish())
	with pytest.raises(SlotTakenError):
		site.get_attr("clinic_core.scheduling.booking.book")(
			clinic.patient, clinic.visit, clinic.doctor, clinic.at("09:00")
		)
	visitor.call("api.release", token=token)
	assert "09:00" in starts(visitor.call("api.free_times", service=clinic.visit), clinic)
	visitor.call("api.hold", token=visitor.token(), **visitor.wish())


def test_one_browser_holds_one_time(site, visitor, clinic):
	token = visitor.token()
	visitor.call("api.hold", token=token, **visitor.wish())
	visitor.call("api.hold", token=token, **visitor.wish(start=clinic.at("10:00")))
	free = starts(visitor.call("api.free_times", service=clinic.visit), clinic)
	assert "09:00" in free and "10:00" not in free


def test_choosing_the_same_time_again_does_not_hold_it_longer(site, visitor, clinic):
	token = visitor.token()
	visitor.call("api.hold", token=token, **visitor.wish())
	soon = site.utils.add_to_date(site.utils.now_datetime(), seconds=100)
	site.db.set_value("Clinic Time Claim", {"appointment": holding.holder_of(token)}, "hold_until", soon)
	assert visitor.call("api.hold", token=token, **visitor.wish())["seconds"] <= 100


def test_a_hold_that_is_over_frees_the_time_at_once(site, visitor, clinic):
	token = visitor.token()
	visitor.call("api.hold", token=token, **visitor.wish())
	past = site.utils.add_to_date(site.utils.now_datetime(), seconds=-1)
	site.db.set_value("Clinic Time Claim", {"appointment": holding.holder_of(token)}, "hold_until", past)
	assert "09:00" in starts(visitor.call("api.free_times", service=clinic.visit), clinic)
	visitor.call("api.hold", token=visitor.token(), **visitor.wish())
	with pytest.raises(SlotTakenError):
		visitor.call("api.confirm", token=token, **visitor.wish(), **visitor.person())
	assert not site.db.exists("Clinic Patient", {"full_name": "Sara Ahmadi"})


def test_what_was_held_is_booked_for_a_new_person(site, visitor, clinic, book):
	made = appointment(site, book())
	assert (made.status, made.booked_through, made.booked_by) == ("Booked", "Online", "Guest")
	patient = site.get_doc("Clinic Patient", made.patient)
	assert (patient.full_name, patient.phones[0].phone) == ("Sara Ahmadi", "+989123456789")
	assert patient.referral_source == "WEBSITE"
	assert not site.db.exists("Clinic Time Claim", {"appointment": ("like", "online-%")})


def test_a_family_with_one_phone_and_a_name_in_another_spelling(site, clinic, book):
	first = appointment(site, book()).patient
	same = appointment(site, book(start=clinic.at("10:00"), first_name="SARA", mobile="۰۹۱۲۳۴۵۶۷۸۹")).patient
	brother = appointment(site, book(start=clinic.at("11:00"), first_name="Ali")).patient
	assert same == first != brother


def test_the_answer_is_the_same_for_somebody_known_and_somebody_new(visitor, clinic):
	answers = []
	for start in ("09:00", "10:00"):
		token = visitor.token()
		asked = visitor.wish(start=clinic.at(start))
		visitor.call("api.hold", token=token, **asked)
		answers.append(visitor.call("api.confirm", token=token, **asked, **visitor.person()))
	assert [set(one) for one in answers] == [{"state", "address"}] * 2
	assert [one["state"] for one in answers] == ["booked"] * 2


def test_an_email_is_kept_of_a_new_person_and_never_added_to_a_known_file(site, clinic, book):
	def file_of(code):
		patient = site.db.get_value("Clinic Appointment", {"tracking_code": code}, "patient")
		return site.db.get_value("Clinic Patient", patient, ["name", "email"])

	new, email = file_of(book(email=" sara@mail.example "))
	assert email == "sara@mail.example"
	known, email = file_of(book(start=clinic.at("10:00"), email="stranger@mail.example"))
	assert (known, email) == (new, "sara@mail.example")


@pytest.mark.parametrize("wrong", ["sara", "sara@", "a@mail.example, b@mail.example"])
def test_what_is_no_email_is_said_at_its_field(site, visitor, clinic, book, wrong):
	with pytest.raises(InvalidInputError):
		book(email=wrong)
	assert set(site.local.response["field_errors"]) == {"email"}


def test_sent_twice_it_is_booked_once(site, visitor, clinic):
	token, key = visitor.token(), site.generate_hash(length=20)
	visitor.call("api.hold", token=token, **visitor.wish())
	values = {"token": token, **visitor.wish(), **visitor.person(), "idempotency_key": key}
	assert visitor.call("api.confirm", **values) == visitor.call("api.confirm", **values)
	with pytest.raises(ConflictError):
		visitor.call("api.confirm", **{**values, "first_name": "Mina"})


def test_a_blocked_person_is_told_to_call_and_gets_no_second_file(site, visitor, clinic, book):
	patient = appointment(site, book()).patient
	site.db.set_value("Clinic Patient", patient, "status", "Blocked")
	with pytest.raises(InvalidInputError) as refused:
		book(start=clinic.at("10:00"))
	assert "block" not in str(refused.value).lower()
	assert site.db.count("Clinic Patient", {"full_name": "Sara Ahmadi"}) == 1


def test_a_new_person_may_have_to_wait_for_the_clinics_yes(site, visitor, clinic, book):
	site.db.set_single_value("Clinic Settings", "online_approve_new", 1)
	site.clear_document_cache("Clinic Settings", "Clinic Settings")
	code = book()
	made = appointment(site, code)
	assert made.status == "Held" and made.hold_until > site.utils.now_datetime()
	site.get_attr("clinic_core.scheduling.booking.confirm")(made.name)
	assert appointment(site, code).status == "Booked"
	assert appointment(site, book(start=clinic.at("10:00"))).status == "Booked", "known by now"


@pytest.mark.parametrize(
	("field", "value"),
	[("first_name", " "), ("last_name", "123"), ("first_name", "x" * 61), ("mobile", "0912"), ("mobile", "")],
)
def test_a_field_that_is_wrong_is_named_and_the_hold_stays(site, visitor, clinic, field, value):
	token = visitor.token()
	visitor.call("api.hold", token=token, **visitor.wish())
	with pytest.raises(InvalidInputError):
		visitor.call("api.confirm", token=token, **visitor.wish(), **visitor.person(**{field: value}))
	assert list(site.local.response["field_errors"]) == [field]
	assert "09:00" not in starts(visitor.call("api.free_times", service=clinic.visit), clinic)


def test_machines_and_nonsense_are_refused(site, visitor, clinic):
	for token in ("", "x" * 32, "A" * 32, "0" * 31):
		with pytest.raises(InvalidInputError):
			visitor.call("api.hold", token=token, **visitor.wish())
	token = visitor.token()
	with pytest.raises(InvalidInputError):
		visitor.call("api.confirm", token=token, **visitor.wish(), **visitor.person(), website="http://spam")
	for start in ("tomorrow", "", f"{clinic.day} 09:02:00", f"{clinic.day} 13:00:00"):
		with pytest.raises(InvalidInputError):
			visitor.call("api.hold", token=token, **visitor.wish(start=start))


def test_limits_by_number_and_by_browser(site, visitor, clinic, book):
	site.db.set_single_value("Clinic Settings", "online_limit_per_number", 2)
	site.clear_document_cache("Clinic Settings", "Clinic Settings")
	mobile = visitor.mobile()
	book(mobile=mobile)
	book(mobile=mobile, start=clinic.at("10:00"))
	with pytest.raises(TooManyTriesError):
		book(mobile=mobile, start=clinic.at("11:00"))
	token = visitor.token()
	with pytest.raises(TooManyTriesError):
		for _turn in range(60):
			visitor.call("api.hold", token=token, **visitor.wish(start=clinic.at("11:30")))


def test_nobody_books_without_end(site, visitor, clinic, book):
	for hour in ("08:00", "09:00", "10:00", "11:00", "14:00"):
		book(start=clinic.at(hour))
	with pytest.raises(ConflictError):
		book(start=clinic.at("15:00"))


def test_a_closed_day_is_not_booked_by_an_old_page(site, visitor, clinic):
	clinic.make("Clinic Holiday", title="Closed", date=clinic.day)
	with pytest.raises(InvalidInputError):
		visitor.call("api.hold", token=visitor.token(), **visitor.wish())


@pytest.mark.parametrize(
	("path", "embed", "is_open", "may_frame"),
	[
		("book", "1", 1, True),
		("book", "1", 0, True),  # that nothing is booked is seen there as well
		("book", "", 1, False),
		("my", "1", 1, False),
		("booking/123456789", "1", 1, False),
	],
)
def test_only_the_booking_page_is_shown_by_the_sites_the_clinic_allows(
	site, clinic, path, embed, is_open, may_frame
):
	from clinic_core.online_booking.pages.renderer import BookingPages

	values = {"online_embed_origins": "https://www.clinic.example", "online_booking": is_open, "my_page": 1}
	site.db.set_single_value("Clinic Settings", values)
	site.clear_document_cache("Clinic Settings", "Clinic Settings")
	before, site.local.form_dict = site.local.form_dict, site._dict(embed=embed)
	try:
		answer = BookingPages(path).render()
	finally:
		site.local.form_dict = before
	allowed = answer.headers["Content-Security-Policy"].removeprefix("frame-ancestors ").split()
	assert allowed == ["'self'", *(["https://www.clinic.example"] if may_frame else [])]
	assert answer.status_code == (200 if path == "my" or (path == "book" and is_open) else 404)
