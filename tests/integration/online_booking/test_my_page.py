"""Codes to a mobile, and the patient's own page that one opens (N3, F10, F85)."""

import time
from types import SimpleNamespace

import pytest
from clinic_core.foundation.errors import InvalidInputError
from clinic_core.foundation.tries import TooManyTriesError
from clinic_core.online_booking import code_rules, codes, persons
from clinic_core.online_booking.my import entry, reading
from clinic_core.service_catalog.public_page.visit import Visit


@pytest.fixture
def sent(monkeypatch):
	"""The codes that were handed to the outbox, by number."""
	found = {}

	def queue(template, *, to, key, values, **more):
		assert template == "code" and more["expires_at"]
		found[to] = values["code"]
		return key

	monkeypatch.setattr(codes.outbox, "queue", queue)
	return found


@pytest.fixture
def number(visitor):
	return persons.read_mobile(visitor.mobile(), {})


@pytest.fixture
def browser(site, monkeypatch):
	"""A browser that keeps the cookie."""
	jar = {}
	manager = SimpleNamespace(
		set_cookie=lambda key, value, **_more: jar.update({key: value}),
		delete_cookie=lambda key: jar.pop(key, None),
	)
	monkeypatch.setattr(site.local, "cookie_manager", manager, raising=False)
	monkeypatch.setattr(site.local, "request", SimpleNamespace(cookies=jar), raising=False)
	return jar


def switch(site, **values):
	site.db.set_single_value("Clinic Settings", values)
	site.clear_document_cache("Clinic Settings", "Clinic Settings")


def wait_over(number, purpose):
	import frappe

	frappe.cache.delete(frappe.cache.make_key(codes._key("pause", number, purpose)))


def test_a_code_works_once_and_only_for_its_number_and_purpose(site, clinic, number, sent):
	codes.send(number, codes.BOOKING)
	code = sent[number]
	assert len(code) == code_rules.DIGITS
	assert not codes.check(number, codes.MY_PAGE, code)
	assert not codes.check("+989120000000", codes.BOOKING, code)
	assert codes.check(number, codes.BOOKING, code.translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")))
	assert not codes.check(number, codes.BOOKING, code)


def test_the_code_itself_is_kept_nowhere(site, clinic, number, sent):
	codes.send(number, codes.BOOKING)
	kept = site.cache.get_value(codes._key("code", number, codes.BOOKING), expires=True)
	assert sent[number] not in kept and number not in codes._key("code", number, codes.BOOKING)


def test_one_code_a_minute_and_five_tries(site, clinic, number, sent):
	codes.send(number, codes.BOOKING)
	with pytest.raises(codes.WaitError):
		codes.send(number, codes.BOOKING)
	wrong = f"{(int(sent[number]) + 1) % 100000:05}"
	for _turn in range(code_rules.TRIES):
		assert not codes.check(number, codes.BOOKING, wrong)
	with pytest.raises(TooManyTriesError):
		codes.check(number, codes.BOOKING, sent[number])
	wait_over(number, codes.BOOKING)
	codes.send(number, codes.BOOKING)
	assert codes.check(number, codes.BOOKING, sent[number]), "a new code has its own tries"


def test_a_code_that_is_over_opens_nothing(site, clinic, number, sent, monkeypatch):
	monkeypatch.setattr(code_rules, "LIVES_SECONDS", 1)
	codes.send(number, codes.BOOKING)
	time.sleep(1.2)
	assert not codes.check(number, codes.BOOKING, sent[number])


def test_a_number_is_checked_before_it_books(site, visitor, clinic, sent):
	switch(site, online_check_mobile=1)
	token, mobile = visitor.token(), visitor.mobile()
	values = {"token": token, **visitor.wish(), **visitor.person(mobile=mobile)}
	with pytest.raises(InvalidInputError):
		visitor.call("api.send_code", token=token, mobile=mobile)
	visitor.call("api.hold", token=token, **visitor.wish())
	with pytest.raises(InvalidInputError):
		visitor.call("api.confirm", **values)
	assert list(site.local.response["field_errors"]) == ["code"]
	assert visitor.call("api.send_code", token=token, mobile=mobile) == {"is_needed": 1, "seconds": 60}
	[code] = sent.values()
	with pytest.raises(InvalidInputError):
		visitor.call("api.confirm", **values, code="1")
	assert visitor.call("api.confirm", **values, code=code)["state"] == "booked"
	assert visitor.call("api.send_code", token=token, mobile=mobile)["is_needed"] == 0
	with pytest.raises(InvalidInputError):
		visitor.call("api.confirm", **{**values, "mobile": visitor.mobile()}, code=code)


def test_the_page_is_entered_with_a_code_and_opens_one_file(site, visitor, clinic, book, sent, browser):
	switch(site, my_page=1)
	mobile = visitor.mobile()
	book(mobile=mobile)
	assert visitor.call("my.api.send_code", mobile=mobile) == {"seconds": 60}
	[code] = sent.values()
	assert visitor.call("my.api.enter", mobile=mobile, code=code) == {"entered": 1}
	patient = entry.patient()
	assert site.db.get_value("Clinic Patient", patient, "full_name") == "Sara Ahmadi"
	shown = reading.overview(Visit("en", False), patient)
	assert [row["time"] for row in shown["coming"]] == ["09:00"]
	ticket = browser[entry.COOKIE]
	browser[entry.COOKIE] = ticket[:-1] + ("0" if ticket[-1] != "0" else "1")
	assert entry.patient() is None
	browser[entry.COOKIE] = ticket
	site.db.delete("Clinic Patient Phone", {"parent": patient})
	assert entry.patient() is None, "the number is no longer his"
	visitor.call("my.api.leave")
	assert entry.COOKIE not in browser


def test_nobody_learns_whether_a_number_is_known(site, visitor, clinic, sent, browser):
	switch(site, my_page=1)
	mobile = visitor.mobile()
	assert visitor.call("my.api.send_code", mobile=mobile) == {"seconds": 60}
	assert sent == {}
	with pytest.raises(codes.WaitError):
		visitor.call("my.api.send_code", mobile=mobile)
	with pytest.raises(InvalidInputError):
		visitor.call("my.api.enter", mobile=mobile, code="00000")
	with pytest.raises(InvalidInputError):
		visitor.call("my.api.enter", mobile=mobile, code="")
	assert entry.patient() is None and browser == {}


def test_a_family_chooses_whose_page_it_is(site, visitor, clinic, book, sent, browser):
	switch(site, my_page=1)
	mobile = visitor.mobile()
	book(mobile=mobile)
	book(mobile=mobile, first_name="Ali", start=clinic.at("10:00"))
	visitor.call("my.api.send_code", mobile=mobile)
	answer = visitor.call("my.api.enter", mobile=mobile, code=next(iter(sent.values())))
	assert [row["name"] for row in answer["people"]] == ["Sara A.", "Ali A."] and browser == {}
	for bad in (7, -1):
		with pytest.raises(entry.NotEnteredError):
			visitor.call("my.api.choose", ticket=answer["ticket"], number=bad)
	with pytest.raises(entry.NotEnteredError):
		visitor.call("my.api.choose", ticket="x" + answer["ticket"], number=0)
	visitor.call("my.api.choose", ticket=answer["ticket"], number=1)
	assert site.db.get_value("Clinic Patient", entry.patient(), "first_name") == "Ali"
	browser[entry.COOKIE] = answer["ticket"]
	assert entry.patient() is None, "a ticket of choosing opens no page"


def test_the_page_lists_who_opened_the_file(site, clinic, book, user_with):
	from clinic_core.people.access_log import seen

	book()
	patient = site.db.get_value("Clinic Patient", {"full_name": "Sara Ahmadi"}, "name")
	people = [user_with(role) for role in ("Clinic Receptionist", "Clinic Practitioner", "Clinic Cashier")]
	for person in people:
		site.set_user(person)
		seen.saw([patient], "View", "Form")
		seen.write(seen.take())
	site.set_user("Administrator")
	views = reading.overview(Visit("en", False), patient)["views"]
	assert {row["who"] for row in views} == {"Clinic Receptionist", "Clinic Practitioner", "Clinic Cashier"}


def test_the_page_is_closed_while_the_clinic_keeps_it_closed(site, visitor, clinic):
	from clinic_core.online_booking.opening import NotOnlineError

	switch(site, my_page=0)
	with pytest.raises(NotOnlineError):
		visitor.call("my.api.send_code", mobile=visitor.mobile())
