"""Each person's own calendar: chosen, remembered, told to the desk, and kept at every door (N4)."""

import datetime

import pytest

DAY = datetime.date(2026, 11, 21)
PERSON = "t-calendar@example.com"


@pytest.fixture
def calendar(site):
	from clinic_core.foundation.user_calendar import preference

	return preference


@pytest.fixture
def shown(site):
	from clinic_core.foundation.user_calendar import shown

	return shown


@pytest.fixture
def person(site):
	"""A receptionist, at work."""
	doc = site.get_doc({"doctype": "User", "email": PERSON, "first_name": "Test", "send_welcome_email": 0})
	doc.append("roles", {"role": "Clinic Receptionist"})
	doc.insert(ignore_permissions=True)
	site.set_user(PERSON)
	yield PERSON
	site.set_user("Administrator")
	site.clear_cache(user=PERSON)  # the cache knows nothing of the rollback


@pytest.fixture
def choose(site, person):
	from clinic_core.foundation.user_calendar import api

	return lambda calendar, **more: api.set_calendar(calendar=calendar, **more)


def test_the_language_decides_until_somebody_chooses(calendar, shown, person, in_persian, site):
	assert calendar.chosen() == "Automatic" and calendar.is_jalali()
	assert shown.clinic_day(DAY) == "۱۴۰۵/۰۸/۳۰"
	site.local.lang = "en"
	assert not calendar.is_jalali()
	assert shown.clinic_day(DAY) == site.utils.formatdate(DAY)
	assert calendar.is_jalali("fa"), "a paper in Persian"


def test_a_choice_is_of_one_person_and_of_every_language(calendar, shown, choose, site, in_persian):
	from clinic_core.foundation import digits

	assert choose("Gregorian") == {"calendar": "Gregorian"}
	assert calendar.chosen() == "Gregorian" and not calendar.is_jalali()
	written = site.utils.formatdate(DAY)
	assert shown.clinic_day("2026-11-21") == digits.with_digits(written, "fa") != written
	choose("Jalali")
	site.local.lang = "en"
	assert shown.clinic_day(DAY) == "1405/08/30"
	assert shown.clinic_moment("2026-11-21 14:05:09") == "1405/08/30 14:05"
	assert shown.clinic_long_day(DAY) == "30 Aban 1405"
	assert calendar.chosen("Administrator") == "Automatic"
	choose("Automatic")
	assert calendar.chosen() == "Automatic"
	assert not site.db.exists("DefaultValue", {"parent": PERSON, "defkey": calendar.KEY})


def test_the_desk_is_told(choose, site):
	from clinic_core import boot

	choose("Jalali")
	bootinfo = {}
	boot.extend(bootinfo)
	assert bootinfo["clinic"]["calendar"] == "Jalali"


def test_another_word_is_refused_by_name(choose, site):
	from clinic_core.foundation.errors import InvalidInputError

	with pytest.raises(InvalidInputError, match=r"Calendar.*Gregorian"):
		choose("Lunar")


def test_who_does_not_work_here_has_no_choice(site):
	from clinic_core.foundation.user_calendar import api

	site.set_user("Guest")
	try:
		with pytest.raises(site.PermissionError):
			api.set_calendar(calendar="Jalali")
	finally:
		site.set_user("Administrator")


def test_asking_costs_no_statement(calendar, person, count_queries):
	calendar.chosen()
	with count_queries() as queries:
		calendar.is_jalali()
	assert queries == []


def test_print_formats_have_the_readers_dates(choose, site):
	choose("Jalali")
	template = "{{ clinic_day('2026-11-21') }} {{ clinic_moment('2026-11-21 09:00:00') }}"
	assert site.render_template(template, {}) == "1405/08/30 1405/08/30 09:00"


def test_charts_group_by_the_stored_month_in_its_order(site, shown, in_persian):
	from clinic_core.foundation import charts, jalali

	assert shown.month_label("1405-08") == "آبان ۱۴۰۵"
	assert shown.month_label("1405-08", "en") == "Aban 1405"
	assert shown.month_label("soon") == "soon"
	mark = site.generate_hash(length=8)
	now = jalali.month_start(site.utils.getdate())
	months = [jalali.jalali_month(jalali.month_start(now, back)) for back in (0, -3, -3, -30, 0, 0)]
	for number, month in enumerate(months):
		lead = {"doctype": "Clinic Lead", "title": f"{mark} {number}", "jalali_month": month}
		site.get_doc(lead).db_insert()
	rows = charts.counts_by("Clinic Lead", "jalali_month", [["Clinic Lead", "title", "like", f"{mark}%"]])
	assert rows == [(shown.month_label(months[1]), 2), (shown.month_label(months[0]), 3)]


# --- a Jalali day at any door of a document ---------------------------------------------------------


def _holiday(site, date):
	return site.get_doc({"doctype": "Clinic Holiday", "title": site.generate_hash(length=8), "date": date})


@pytest.mark.parametrize("typed", ["1403/12/30", "۱۴۰۳/۱۲/۳۰", "٣٠/١٢/١٤٠٣", "2025-03-20"])
def test_a_document_understands_both_calendars(site, typed):
	doc = _holiday(site, typed).insert()
	assert str(site.db.get_value("Clinic Holiday", doc.name, "date")) == "2025-03-20"


@pytest.mark.parametrize("typed", ["1402/12/30", "31/11/1403", "۱۴۰۳/۱۳/۰۱"])
def test_a_day_that_there_is_not_is_refused_by_its_field(site, typed):
	from clinic_core.foundation.errors import InvalidInputError

	with pytest.raises(InvalidInputError, match="Date"):
		_holiday(site, typed).insert()
