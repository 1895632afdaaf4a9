"""The calendar behind a secret address: who reads it, what is in it, what happened to moved ones (F14)."""

import icalendar
import pytest
from clinic_core.scheduling import booking
from clinic_core.scheduling.feed import addresses, page, reading
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request

FEED = "Clinic Calendar Feed"


@pytest.fixture
def ask(site):
	"""`ask(address, **headers)`: the answer of the page to somebody who is nobody."""
	local = site.local
	before = getattr(local, "request", None)

	def get(address, **headers):
		path = "/" + address.split("://", 1)[-1].split("/", 1)[1]
		local.request = Request(EnvironBuilder(path=path, headers=headers).get_environ())
		local.request_ip = "192.0.2.7"
		answer = page.FeedPage(path.lstrip("/"))
		assert answer.can_render()
		return answer.render()

	yield get
	site.cache.delete_keys("clinic_feed")
	if before is None:
		del local.request
	else:
		local.request = before


def events(practitioner):
	found = icalendar.Calendar.from_ical(reading.calendar_of(practitioner)).walk("VEVENT")
	return {str(event["UID"]).split("@")[0]: event for event in found}


def test_the_secret_address_opens_the_calendar_once_it_is_there(site, world, ask):
	doc = booking.book(world.patient, world.visit, world.doctor, world.at("09:00"))
	address = addresses.rotate(world.doctor)["address"]
	answer = ask(address)
	assert (answer.status_code, answer.mimetype) == (200, "text/calendar")
	(event,) = icalendar.Calendar.from_ical(answer.get_data()).walk("VEVENT")
	assert event.start.strftime("%H:%M") == "09:00"
	body = answer.get_data(as_text=True)
	assert "T. O." in body
	assert site.db.get_value("Clinic Patient", doc.patient, "full_name") not in body
	token = address.rsplit("/", 1)[1].removesuffix(".ics")
	assert token not in str(site.get_all(FEED, fields=["*"]))


def test_who_has_it_already_is_told_so(site, world, ask):
	address = addresses.rotate(world.doctor)["address"]
	tag = ask(address).headers["ETag"]
	assert ask(address, **{"If-None-Match": tag}).status_code == 304
	booking.book(world.patient, world.visit, world.doctor, world.at("09:00"))
	assert ask(address, **{"If-None-Match": tag}).status_code == 200


def test_an_old_a_stopped_and_a_guessed_address_open_nothing(site, world, ask):
	old = addresses.rotate(world.doctor)["address"]
	new = addresses.rotate(world.doctor)["address"]
	assert [ask(old).status_code, ask(new).status_code] == [404, 200]
	addresses.stop(world.doctor)
	assert ask(new).status_code == 404
	assert ask("https://x/clinic-calendar/short.ics").status_code == 404
	newest = addresses.rotate(world.doctor)["address"]
	site.db.set_value("Clinic Practitioner", world.doctor, "is_active", 0)
	assert ask(newest).status_code == 404


def test_guessing_is_stopped(site, world, ask):
	codes = {ask(f"https://x/clinic-calendar/{n:043d}.ics").status_code for n in range(page.WRONG + 1)}
	assert codes == {404, 429}
	assert ask("https://x/clinic-calendar/x.ics").headers["Retry-After"]


def test_the_sequence_grows_with_every_change_and_cancelled_ones_stay(site, world):
	name = booking.book(world.patient, world.visit, world.doctor, world.at("09:00")).name
	seen = [int(events(world.doctor)[name]["SEQUENCE"])]
	for step in (
		lambda: booking.confirm(name),
		lambda: booking.reschedule(name, world.at("10:00"), "asked"),
		lambda: booking.cancel(name, "travels"),
	):
		step()
		seen.append(int(events(world.doctor)[name]["SEQUENCE"]))
	assert seen == sorted(set(seen))
	assert events(world.doctor)[name]["STATUS"] == "CANCELLED"


def test_one_that_went_to_somebody_else_is_cancelled_here(site, world):
	other = world.doctor_of("DR2")
	name = booking.book(world.patient, world.visit, world.doctor, world.at("09:00")).name
	before = int(events(world.doctor)[name]["SEQUENCE"])
	booking.reschedule(name, world.at("09:00"), "ill", other)
	gone = events(world.doctor)[name]
	assert (gone["STATUS"], int(gone["SEQUENCE"]) > before) == ("CANCELLED", True)
	assert events(other)[name]["STATUS"] == "TENTATIVE"
	booking.reschedule(name, world.at("10:00"), "well again", world.doctor)
	assert events(world.doctor)[name]["STATUS"] == "TENTATIVE"


def test_held_times_are_nobodys_business(site, world):
	booking.book(world.patient, world.visit, world.doctor, world.at("09:00"), hold=True)
	assert events(world.doctor) == {}


@pytest.mark.parametrize(("wish", "shown"), [("Full name", "T One"), ("Busy only", "Busy")])
def test_the_clinic_says_how_much_is_shown(site, world, wish, shown):
	site.db.set_single_value("Clinic Settings", "feed_names", wish)
	site.clear_document_cache("Clinic Settings", "Clinic Settings")
	name = booking.book(world.patient, world.visit, world.doctor, world.at("09:00")).name
	assert str(events(world.doctor)[name]["SUMMARY"]).startswith(shown)


def test_a_calendar_takes_a_constant_number_of_queries(site, world, count_queries):
	few = len(count_queries(lambda: reading.calendar_of(world.doctor)))
	for hour, person in (("08:00", world.patient), ("09:00", world.second), ("10:00", world.patient)):
		booking.book(person, world.visit, world.doctor, world.at(hour))
	assert len(count_queries(lambda: reading.calendar_of(world.doctor))) == few


def test_only_managers_and_the_practitioner_himself_open_one(site, world, as_role):
	api = "clinic_core.scheduling.feed.api."
	as_role("Clinic Receptionist")
	with pytest.raises(site.PermissionError):
		site.get_attr(api + "rotate_feed")(world.doctor)
	as_role("Clinic Practitioner")
	with pytest.raises(site.PermissionError):
		site.get_attr(api + "rotate_feed")(world.doctor)
	site.db.set_value("Clinic Practitioner", world.doctor, "user", site.session.user)
	site.local.clinic_own_patients = {}
	assert site.get_attr(api + "rotate_feed")(world.doctor)["address"]
	assert site.get_attr(api + "feed_state")(world.doctor)["is_on"]
	assert site.get_attr(api + "stop_feed")(world.doctor) == {"stopped": True}
