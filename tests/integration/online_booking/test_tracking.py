"""The link of an appointment: what it shows, and moving and cancelling by it (F12, F16)."""

import pytest
from clinic_core.foundation.errors import ConflictError, InvalidInputError, SlotTakenError
from clinic_core.foundation.tries import TooManyTriesError
from clinic_core.online_booking.tracking import page, reading
from clinic_core.service_catalog.public_page.visit import Visit


def row_of(site, code):
	return site.db.get_value("Clinic Appointment", {"tracking_code": code}, "*", as_dict=True)


def shown(code):
	return page.context(Visit("en", False), code)


def test_it_shows_no_more_than_needed(site, clinic, book):
	context = shown(book())
	said = str({key: value for key, value in context.items() if key != "calendar_link"})
	assert "Sara A." in said and "Ahmadi" not in said and "912" not in said.replace(context["code"], "")


def test_a_code_that_is_nobodys_is_not_found_and_guessing_ends(site, visitor, clinic):
	for code in ("0" * 12, "", "x", "' or 1=1", "0" * 12 + "\n"):
		with pytest.raises(site.DoesNotExistError):
			reading.find(code)
	with pytest.raises(TooManyTriesError):
		for _turn in range(60):
			try:
				reading.find("0" * 12)
			except site.DoesNotExistError:
				continue


def test_moving_frees_the_old_time_and_takes_the_new_one(site, visitor, clinic, book):
	code = book()
	times = visitor.call("tracking.api.free_times", code=code)
	[day] = [one for one in times["days"] if one["date"] == str(clinic.day)]
	assert "10:00" in [one["time"] for one in day["times"]]
	visitor.call("tracking.api.move", code=code, start=clinic.at("10:00"))
	moved = row_of(site, code)
	assert str(moved.start) == clinic.at("10:00") and moved.changed_by == "Patient" and moved.move_count == 1
	visitor.call("api.hold", token=visitor.token(), **visitor.wish())


def test_moving_to_a_taken_time_keeps_the_old_one(site, visitor, clinic, book):
	code = book()
	book(start=clinic.at("10:00"), first_name="Ali")
	with pytest.raises(SlotTakenError):
		visitor.call("tracking.api.move", code=code, start=clinic.at("10:00"))
	for start in (clinic.at("09:00"), clinic.at("13:00"), "nonsense"):
		with pytest.raises(InvalidInputError):
			visitor.call("tracking.api.move", code=code, start=start)
	assert str(row_of(site, code).start) == clinic.at("09:00")


def test_cancelling_frees_the_time_and_cannot_be_done_twice(site, visitor, clinic, book):
	code = book()
	visitor.call("tracking.api.cancel", code=code, why="  I am   ill ")
	gone = row_of(site, code)
	assert gone.status == "Cancelled" and gone.reason.endswith(": I am ill")
	visitor.call("api.hold", token=visitor.token(), **visitor.wish())
	with pytest.raises(ConflictError):
		visitor.call("tracking.api.cancel", code=code)
	assert shown(code)["state"] == "cancelled"


def test_too_late_to_change_is_said(site, visitor, clinic, book):
	code = book()
	site.db.set_single_value("Clinic Settings", "online_change_hours", 24 * 20)
	site.clear_document_cache("Clinic Settings", "Clinic Settings")
	assert shown(code)["is_late"]
	for method, values in (("cancel", {}), ("move", {"start": clinic.at("10:00")}), ("free_times", {})):
		with pytest.raises(ConflictError):
			visitor.call(f"tracking.api.{method}", code=code, **values)


def test_what_it_costs_is_told_before_and_kept_after(site, visitor, clinic, book):
	clinic.make(
		"Clinic Cancellation Rule",
		title="Late",
		service=clinic.visit,
		is_active=1,
		steps=[
			{"event": "Cancellation", "within_hours": 24 * 10, "kind": "Percent of the price", "percent": 50}
		],
	)
	code = book()
	told = shown(code)
	assert told["cancelling"]["amount"].startswith("500") and told["moving"] is None
	visitor.call("tracking.api.cancel", code=code)
	assert row_of(site, code).penalty_amount == 500


def test_staff_at_the_public_page_are_patients_there(site, visitor, clinic, book):
	"""A receptionist who books for herself gets no exception, no squeeze-in and no backdating."""
	site.db.set_value("Clinic Practitioner", clinic.doctor, "min_notice_hours", 24 * 10)
	with pytest.raises(InvalidInputError):
		site.get_attr("clinic_core.online_booking.api.hold")(token=visitor.token(), **visitor.wish())


def test_the_calendar_file_has_the_appointment(site, clinic, book):
	body = page.calendar_file(book()).get_data(as_text=True)
	assert "BEGIN:VEVENT" in body and "Sara" not in body and f"{clinic.day:%Y%m%d}T090000" in body


def test_messages_carry_the_link_while_online_booking_is_open(site, clinic, book):
	from clinic_core.messaging import subjects

	code = book()
	assert subjects.tracking_links([code])[code].endswith(f"/booking/{code}")
	site.db.set_single_value("Clinic Settings", "online_booking", 0)
	site.clear_document_cache("Clinic Settings", "Clinic Settings")
	assert subjects.tracking_links([code]) == {}
