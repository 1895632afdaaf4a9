"""What a visitor holds on /book stands on the desk's Schedule page, without a name, until it is over (F05)."""

import datetime

import pytest
from clinic_core.foundation.errors import SlotTakenError
from clinic_core.scheduling import booking
from clinic_core.scheduling.schedule_board import api

ROW = {"key", "start", "end", "until", "seconds"}


def shown(clinic, **asked):
	return api.board(clinic.at("00:00")[:10], branch=clinic.branch, **asked)["online_holds"]


@pytest.fixture
def told(site, monkeypatch):
	"""What open screens are told, with the room it is told in."""
	said = []
	monkeypatch.setattr(
		site, "publish_realtime", lambda event, message, room=None, **_more: said.append((message, room))
	)
	return lambda: [(message["name"], room) for message, room in said if "Claim" in message["doctype"]]


def test_a_held_time_stands_in_its_column_until_it_is_given_back(visitor, clinic, told):
	token = visitor.token()
	visitor.call("api.hold", token=token, **visitor.wish())
	[row] = [one for one in shown(clinic) if one["key"] == f"PR:{clinic.doctor}"]
	assert set(row) == ROW, "nothing about who it is"
	assert (row["start"], row["end"]) == (clinic.at("09:00"), clinic.at("09:30"))
	assert 9 * 60 < row["seconds"] <= 10 * 60
	assert told() == [("", "doctype:Clinic Appointment")]
	with pytest.raises(SlotTakenError):
		booking.book(clinic.patient, clinic.visit, clinic.doctor, clinic.at("09:00"))
	visitor.call("api.release", token=token)
	assert shown(clinic) == [] and len(told()) == 2
	visitor.call("api.release", token=token)
	assert len(told()) == 2, "nothing was held any more"


def test_a_hold_that_is_over_or_was_booked_is_gone(site, visitor, clinic, book):
	token = visitor.token()
	visitor.call("api.hold", token=token, **visitor.wish())
	past = site.utils.now_datetime() - datetime.timedelta(seconds=1)
	site.db.set_value("Clinic Time Claim", {"appointment": ("like", "online-%")}, "hold_until", past)
	assert shown(clinic) == []
	book(start=clinic.at("10:00"))
	board = api.board(clinic.at("00:00")[:10], branch=clinic.branch)
	assert board["online_holds"] == []
	assert [row["start"] for row in board["appointments"]] == [clinic.at("10:00")]


def test_a_week_shows_the_holds_of_its_person_and_days(site, visitor, clinic):
	other = clinic.doctor_of("DR2")
	for practitioner, start in (
		(clinic.doctor, clinic.at("09:00")),
		(clinic.doctor, clinic.at("09:00", 2)),
		(other, clinic.at("09:00")),
	):
		wish = visitor.wish(practitioner=practitioner, start=start)
		visitor.call("api.hold", token=visitor.token(), **wish)
	day = clinic.at("00:00")[:10]
	week = api.online_holds(day, days=7, practitioner=clinic.doctor)
	assert [row["start"] for row in week] == [clinic.at("09:00"), clinic.at("09:00", 2)]
	assert api.board(day, days=7, practitioner=clinic.doctor)["online_holds"] == week
	assert {row["key"] for row in api.online_holds(day)} >= {f"PR:{clinic.doctor}", f"PR:{other}"}
	assert api.online_holds(clinic.at("00:00", 1)[:10], practitioner=clinic.doctor) == []


def test_a_device_is_held_with_the_one_who_uses_it(site, visitor, clinic):
	site.db.set_value("Clinic Service", clinic.laser, {"bookable_online": 1})
	visitor.call("api.hold", token=visitor.token(), **visitor.wish(service=clinic.laser))
	[row] = api.online_holds(clinic.at("00:00")[:10], resource=clinic.device)
	# With the minutes after it.
	assert (row["key"], row["end"]) == (f"RS:{clinic.device}", clinic.at("09:40"))


def test_who_may_not_see_appointments_sees_no_holds(site, clinic):
	site.set_user("Guest")
	with pytest.raises(site.PermissionError):
		api.online_holds()
