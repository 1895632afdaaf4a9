"""Lists for paper, a practitioner's own day, official holidays and whom they concern (G08, G09, E164)."""

import datetime
import io

import pytest
from clinic_core.foundation.errors import InvalidInputError
from clinic_core.scheduling import booking
from clinic_core.scheduling.affected import listing
from clinic_core.scheduling.day_lists import files, health, jobs, making, sheet
from clinic_core.scheduling.holidays import seeding
from clinic_core.scheduling.report.clinic_my_day import clinic_my_day
from clinic_core.scheduling.report.clinic_no_shows import clinic_no_shows

HOLIDAY = "Clinic Holiday"


@pytest.fixture
def settings(site):
	def change(**values):
		for field, value in values.items():
			site.db.set_single_value("Clinic Settings", field, value)
		site.clear_document_cache("Clinic Settings", "Clinic Settings")

	return change


@pytest.fixture
def folder(settings, tmp_path):
	settings(day_list_folder=str(tmp_path), day_list_enabled=1, day_list_hour=20, day_list_keep_days=30)
	return tmp_path


def day_of(world):
	return datetime.date.fromisoformat(world.at("00:00")[:10])


def text_of(content):
	from pypdf import PdfReader

	return "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


def test_the_pdf_names_who_comes_in_order_and_hides_the_phone(site, world):
	site.db.set_value("Clinic Patient", world.patient, "mobile", "+989121234567")
	booking.book(world.patient, world.visit, world.doctor, world.at("09:00"))
	gone = booking.book(world.second, world.visit, world.doctor, world.at("10:00")).name
	booking.cancel(gone, "travels")
	content = sheet.pdf(world.branch, day_of(world))
	assert content.startswith(b"%PDF")
	assert [row.full_name for row in sheet.rows_of(world.branch, day_of(world))] == ["T One"]
	page = sheet.html(world.branch, day_of(world))
	assert "T One" in page and "T Two" not in page
	assert "4567" in page and "1234567" not in page.replace(" ", "")


def test_in_persian_it_reads_from_the_right_with_the_jalali_day(site, world):
	site.db.set_single_value("System Settings", "language", "fa")
	booking.book(world.patient, world.visit, world.doctor, world.at("09:05"))
	page = sheet.html(world.branch, day_of(world))
	assert 'dir="rtl"' in page and "۰۹:۰۵" in page and "۱۴۰۵" in page
	assert sheet.pdf(world.branch, day_of(world)).startswith(b"%PDF")


def test_a_name_is_text_on_paper(site, world):
	site.db.set_value("Clinic Patient", world.patient, "full_name", "<script>x</script>")
	booking.book(world.patient, world.visit, world.doctor, world.at("09:00"))
	assert "<script>" not in sheet.html(world.branch, day_of(world))


def test_the_evening_makes_tomorrows_and_forgets_old_ones(site, world, folder):
	old = site.utils.getdate() - datetime.timedelta(days=31)
	files.keep(old, world.branch, b"%PDF-old")
	tomorrow = site.utils.getdate() + datetime.timedelta(days=1)
	jobs.make(tomorrow.isoformat())
	assert files.path_of(tomorrow, world.branch).read_bytes().startswith(b"%PDF")
	assert not files.path_of(old, world.branch).exists()
	assert making.is_made(tomorrow, making.active_branches())
	assert files.remembered()["failed"] == {}


def test_the_hour_decides_whose_day_is_due():
	evening = datetime.datetime(2026, 11, 28, 20)
	assert jobs.due_day(evening, 20) == datetime.date(2026, 11, 29)
	assert jobs.due_day(evening - datetime.timedelta(minutes=1), 20) == datetime.date(2026, 11, 28)


def test_one_branch_that_fails_stops_no_other_and_health_says_so(site, world, folder, monkeypatch):
	made = sheet.pdf

	def fail(branch, day):
		if branch == world.branch:
			raise OSError("disk full")
		return made(branch, day)

	monkeypatch.setattr(sheet, "pdf", fail)
	now = site.utils.now_datetime() - datetime.timedelta(hours=1)
	jobs.make(jobs.due_day(now, 20).isoformat())
	told = health.part()
	(finding,) = told["findings"]
	assert told["facts"]["missing"] == ["T branch"]
	assert "T branch" in finding["title"]() and "disk full" in finding["advice"]()
	monkeypatch.undo()


def test_who_takes_a_list_is_logged_and_another_branchs_is_refused(site, world, folder, as_role):
	booking.book(world.patient, world.visit, world.doctor, world.at("09:00"))
	day = world.at("00:00")[:10]
	api = "clinic_core.scheduling.day_lists.api."
	user = as_role("Clinic Receptionist") or site.session.user
	site.get_attr(api + "make_list")(world.branch, day)
	site.get_attr(api + "download_list")(world.branch, day)
	assert site.local.response.filecontent.startswith(b"%PDF")
	seen = {"user": user, "through": "List for paper", "patient": world.patient}
	assert site.db.exists("Clinic Access Log", seen)
	with pytest.raises(InvalidInputError):
		site.get_attr(api + "make_list")(world.branch, "2020-01-01")
	with pytest.raises(site.DoesNotExistError):
		site.get_attr(api + "download_list")(world.branch, "2020-01-01")
	as_role("Clinic Cashier")
	with pytest.raises(site.PermissionError):
		site.get_attr(api + "download_list")(world.branch, day)


# The practitioner's own day


def test_a_practitioner_sees_the_own_day_only(site, world, as_role):
	other = world.doctor_of("DR2")
	booking.book(world.patient, world.visit, world.doctor, world.at("09:00"))
	booking.book(world.patient, world.visit, world.doctor, world.at("09:00", 7))
	booking.book(world.second, world.visit, other, world.at("09:00"))
	as_role("Clinic Practitioner")
	with pytest.raises(site.PermissionError):
		clinic_my_day.execute({"date": world.at("00:00")[:10]})
	site.db.set_value("Clinic Practitioner", world.doctor, "user", site.session.user)
	site.local.clinic_own_patients = {}
	_columns, rows = clinic_my_day.execute({"date": world.at("00:00")[:10]})
	assert [row["full_name"] for row in rows] == ["T One"]
	assert str(rows[0]["next_start"]) == world.at("09:00", 7)
	with pytest.raises(site.PermissionError):
		clinic_my_day.execute({"date": world.at("00:00")[:10], "practitioner": other})


# Holidays


def test_the_official_holidays_leave_edits_and_deletions_alone(site):
	site.db.set_default(f"clinic_seeded:{HOLIDAY}", "")
	assert seeding.load()["new"] > 100
	kept, gone, moved = "IR-2027-nowruz", "IR-2027-ashura", "IR-2027-arbaeen"
	doc = site.get_doc(HOLIDAY, kept)
	doc.is_closed = 0
	doc.title = "Open on Nowruz"
	doc.save()
	site.delete_doc(HOLIDAY, gone)
	site.db.set_value(HOLIDAY, moved, "date", "2027-07-26", update_modified=False)
	assert seeding.load() == {"new": 0, "corrected": 1}
	assert site.db.get_value(HOLIDAY, kept, "title") == "Open on Nowruz"
	assert not site.db.exists(HOLIDAY, gone)
	assert str(site.db.get_value(HOLIDAY, moved, "date")) == "2027-07-25"


def test_a_corrected_holiday_lists_whom_it_concerns_but_not_the_extra_shift(site, world):
	booking.book(world.patient, world.visit, world.doctor, world.at("09:00"))
	booking.book(world.second, world.visit, world.doctor, world.at("15:00"))
	booking.book(world.patient, world.visit, world.doctor, world.at("09:00", 1))
	times = {"start": world.at("14:00"), "end": world.at("16:00"), "branch": world.branch}
	holiday = world.make(HOLIDAY, title="Ashura", date=world.at("00:00", 1)[:10])
	holiday.date = world.at("00:00")[:10]
	holiday.save()
	# Its weekly hours are gone on that day, so the extra shift may lie where they were.
	world.make("Clinic Schedule Exception", kind="Extra Shift", practitioner=world.doctor, **times)
	api = site.get_attr("clinic_core.scheduling.affected.api.of_holiday")
	# The demo clinic of the site has a holiday that day as well.
	(row,) = [one for one in api(holiday.name) if one["full_name"].startswith("T ")]
	assert (row["full_name"], row["start"]) == ("T One", world.at("09:00"))
	# The extra shift has time left.
	assert row["proposal"]["start"] == world.at("14:00")
	assert listing.rows(listing.of_holiday(site.get_doc(HOLIDAY, holiday.name)), listing.SAME_DAY)
	holiday.is_closed = 0
	holiday.save()
	assert api(holiday.name) == []


def test_absences_are_counted_by_what_is_asked(site, world):
	names = [
		booking.book(world.patient, world.visit, world.doctor, world.at(hour)).name
		for hour in ("08:00", "09:00", "10:00", "11:00")
	]
	for name, status in zip(names, ("Completed", "No Show", "No Show", "Cancelled"), strict=True):
		site.db.set_value("Clinic Appointment", name, "status", status)
	_columns, rows = clinic_no_shows.execute({"group_by": "Practitioner", "branch": world.branch})
	(row,) = rows
	assert (row.label, row.over, row.missed, row.cancelled, row.percent) == ("Dr TDR", 3, 2, 1, 66.7)
	with pytest.raises(InvalidInputError):
		clinic_no_shows.execute({"group_by": "Colour"})
