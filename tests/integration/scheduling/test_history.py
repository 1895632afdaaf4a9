"""What happened to an appointment holds at every door: endpoint, form, REST, board and night (D33–D35, F15)."""

import datetime

import pytest
from clinic_core.foundation.errors import ForbiddenMoveError, InvalidInputError
from clinic_core.scheduling import booking, jobs
from clinic_core.scheduling.board import cards
from clinic_core.scheduling.history import keeping, reading

MOVE = "Clinic Appointment Move"
SET_VALUE = "frappe.client.set_value"


@pytest.fixture
def booked(world):
	return booking.book(world.patient, world.visit, world.doctor, world.at("09:00")).name


@pytest.fixture
def told(site, monkeypatch):
	"""What the hook was told, whoever listens."""
	from clinic_core.foundation import events

	said = []
	emit = events.emit
	monkeypatch.setattr(
		events,
		"emit",
		lambda hook, **payload: (
			said.extend(payload["events"])
			if hook == "clinic_on_appointment_change"
			else emit(hook, **payload)
		),
	)
	return said


def kinds(name):
	return [entry["kind"] for entry in reading.history_of(name)["entries"]]


def test_the_history_tells_times_people_and_reasons(site, world, booked):
	other = world.doctor_of("DR2")
	booking.confirm(booked)
	booking.reschedule(booked, world.at("10:00"), "asked for it", other)
	booking.cancel(booked, "travels")
	cancelled, moved, confirmed, first = reading.history_of(booked)["entries"]
	assert (cancelled["kind"], cancelled["reason"]) == ("Cancelled", "travels")
	assert (moved["kind"], moved["reason"]) == ("Moved", "asked for it")
	assert (moved["old_start"], moved["new_start"]) == (world.at("09:00"), world.at("10:00"))
	assert (moved["old_practitioner"], moved["new_practitioner"]) == ("Dr TDR", "Dr TDR2")
	assert (confirmed["kind"], confirmed["reason"], confirmed["by"]) == ("Confirmed", None, "Administrator")
	# The booking says the time it was made for, whatever came later.
	assert (first["kind"], first["new_start"], first["new_practitioner"]) == (
		"Booked",
		world.at("09:00"),
		"Dr TDR",
	)


def test_a_form_and_the_rest_door_leave_the_same_trace(site, world, booked, as_role):
	as_role("Clinic Receptionist")
	doc = site.get_doc("Clinic Appointment", booked)
	doc.update({"start": world.at("11:00"), "reason": "by form"})
	doc.save()
	site.get_attr(SET_VALUE)("Clinic Appointment", booked, "status", "Confirmed")
	assert kinds(booked) == ["Confirmed", "Moved", "Booked"]
	assert site.db.get_value(MOVE, {"appointment": booked, "reason": "by form"}, "moved_by") == (
		site.session.user
	)


def test_the_night_leaves_its_trace_in_one_statement_for_all(site, world, monkeypatch):
	names = []
	for hour in ("08:00", "09:00", "10:00"):
		names.append(booking.book(world.patient, world.visit, world.doctor, world.at(hour)).name)
	before = site.utils.now_datetime() - datetime.timedelta(days=1)
	times = {"start": before, "end": before + datetime.timedelta(minutes=30)}
	site.db.set_value("Clinic Appointment", {"name": ("in", names)}, times)
	written = []
	insert = keeping.insert_documents
	monkeypatch.setattr(
		keeping, "insert_documents", lambda doctype, rows: (written.append(len(rows)), insert(doctype, rows))
	)
	jobs.close_missed()
	assert len(written) == 1 and written[0] >= len(names)
	for name in names:
		entry = reading.history_of(name)["entries"][0]
		assert (entry["kind"], entry["is_automatic"]) == ("No Show", 1)


def test_saving_without_a_change_is_no_change(site, booked):
	doc = site.get_doc("Clinic Appointment", booked)
	doc.note = "by the window"
	doc.save()
	assert kinds(booked) == ["Booked"]


def test_nobody_writes_changes_or_deletes_history(site, world, booked):
	booking.confirm(booked)
	name = site.db.get_value(MOVE, {"appointment": booked}, "name")
	with pytest.raises(ForbiddenMoveError):
		world.make(MOVE, appointment=booked, patient=world.patient)
	doc = site.get_doc(MOVE, name)
	doc.reason = "rewritten"
	with pytest.raises(site.ValidationError):
		doc.save(ignore_permissions=True)
	with pytest.raises(site.ValidationError):
		site.delete_doc(MOVE, name, force=True)


@pytest.mark.parametrize(
	("wish", "answer", "stored"),
	[
		("Ask, ticked", None, True),
		("Ask, not ticked", None, False),
		("Never", None, False),
		("Always", None, True),
		("Ask, ticked", 0, False),
		("Ask, not ticked", 1, True),
	],
)
def test_the_answer_at_the_desk_goes_before_the_setting(site, world, booked, told, wish, answer, stored):
	site.db.set_single_value("Clinic Settings", "notify_patients", wish)
	site.clear_document_cache("Clinic Settings", "Clinic Settings")
	api = site.get_attr("clinic_core.scheduling.api.reschedule")
	more = {} if answer is None else {"notify": answer}
	api(booked, world.at("10:00"), "asked for it", **more)
	assert [event["notify"] for event in told] == [stored]
	assert told[0]["old_start"] == world.at("09:00") and told[0]["new_start"] == world.at("10:00")
	assert site.db.get_value(MOVE, told[0]["move"], "notify") == ("Yes" if stored else "No")


def test_where_nobody_was_asked_nobody_said_no(site, booked, told):
	site.get_attr(SET_VALUE)("Clinic Appointment", booked, "status", "Confirmed")
	assert [(event["old"], event["new"], event["notify"]) for event in told] == [
		("Booked", "Confirmed", None)
	]


def test_the_origin_follows_from_who_books_and_from_what(site, world, as_role, monkeypatch):
	hooks = site.get_hooks
	monkeypatch.setattr(
		site,
		"get_hooks",
		lambda hook=None, *more, **named: (
			["Clinic Patient"] if hook == "clinic_lead_doctypes" else hooks(hook, *more, **named)
		),
	)

	def through(hour, **values):
		name = booking.book(world.patient, world.visit, world.doctor, world.at(hour), **values).name
		return site.db.get_value("Clinic Appointment", name, "booked_through")

	lead = {"origin_doctype": "Clinic Patient", "origin_name": world.second}
	as_role("Clinic Receptionist")
	assert through("08:00") == "Reception"
	as_role("Clinic Call Agent")
	assert through("09:00") == "Phone"
	assert through("10:00", **lead) == "Lead"


def test_what_was_entered_after_its_time_says_so(site, world):
	start = site.utils.now_datetime().replace(hour=9, minute=0, second=0, microsecond=0)
	start -= datetime.timedelta(days=1)
	doc = booking.book(world.patient, world.visit, world.doctor, start)
	assert reading.history_of(doc.name)["entries"][-1]["is_late"] == 1


def test_the_history_takes_a_constant_number_of_queries(site, world, booked, count_queries):
	booking.confirm(booked)
	few = len(count_queries(lambda: reading.history_of(booked)))
	for hour in ("10:00", "11:00", "14:00"):
		booking.reschedule(booked, world.at(hour), "again")
	assert len(count_queries(lambda: reading.history_of(booked))) == few


# The board


@pytest.fixture
def board(site):
	return site.get_doc("Kanban Board", "Appointments of today")


def test_a_card_moves_by_the_table(site, board, booked, as_role):
	as_role("Clinic Receptionist")
	cards.move(board, booked, "Confirmed")
	assert kinds(booked) == ["Confirmed", "Booked"]
	with pytest.raises(site.PermissionError):
		cards.move(board, booked, "Admitted")
	with pytest.raises(ForbiddenMoveError):
		cards.move(board, booked, "Completed")
	with pytest.raises(InvalidInputError, match="why"):
		cards.move(board, booked, "Cancelled")


def test_a_board_that_is_opened_changes_nothing(site, board, booked):
	"""Somebody confirmed while the page was loading: the page's old state is not written back."""
	booking.confirm(booked)
	api = site.get_attr("clinic_core.scheduling.board.api.update_order")
	answer, changed = api(board.name, {"Booked": [booked]})
	assert changed == [] and {column["order"] for column in answer["columns"]} == {"[]"}
	assert site.db.get_value("Clinic Appointment", booked, "status") == "Confirmed"


def test_other_boards_go_to_frappes_own(site):
	other = site.get_doc(
		{
			"doctype": "Kanban Board",
			"kanban_board_name": "Tasks of a test",
			"reference_doctype": "ToDo",
			"field_name": "status",
			"columns": [{"column_name": "Open"}, {"column_name": "Closed"}],
		}
	).insert()
	todo = site.get_doc({"doctype": "ToDo", "description": "call"}).insert().name
	api = site.get_attr("clinic_core.scheduling.board.api.update_order")
	_board, changed = api(other.name, site.as_json({"Closed": [todo]}))
	assert changed == [{"name": todo, "column": "Closed"}]
