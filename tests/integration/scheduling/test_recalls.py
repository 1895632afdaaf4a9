"""Recalls: made once per cycle, followed by people, closed by what happens (A30, A46, A90, E135, F50)."""

import datetime

import pytest
from clinic_core.foundation.errors import ForbiddenMoveError, InvalidInputError
from clinic_core.scheduling import booking, session_plans
from clinic_core.scheduling.recalls import actions, api, candidates, follow, generate, jobs

RECALL, RULE = "Clinic Recall", "Clinic Recall Rule"
APPOINTMENT = "Clinic Appointment"


@pytest.fixture
def today(site):
	return site.utils.getdate()


@pytest.fixture(autouse=True)
def reachable(site, world):
	"""Who has no number cannot be called."""
	for number, name in enumerate((world.patient, world.second, world.third)):
		site.db.set_value("Clinic Patient", name, "mobile", f"+98912111000{number}")


@pytest.fixture
def rule(world):
	"""A rule for the world's visits: thirty days after the last one, up to three calls."""

	def make(**values):
		defaults = {
			"trigger": "After Last Visit",
			"after_days": 30,
			"max_reminders": 3,
			"repeat_every_days": 5,
		}
		return world.make(RULE, **{"service": world.visit, **defaults, **values})

	return make


@pytest.fixture
def came(site, world):
	"""`came(patient, days_ago)`: a completed appointment."""

	def make(patient, days_ago, service=None):
		if not site.db.get_value("Clinic Patient", patient, "mobile"):
			site.db.set_value("Clinic Patient", patient, "mobile", "+989121110009")
		doc = booking.book(patient, service or world.visit, world.doctor, world.at("08:00"))
		start = site.utils.now_datetime() - datetime.timedelta(days=days_ago)
		values = {"start": start, "end": start + datetime.timedelta(minutes=30), "status": "Completed"}
		site.db.set_value(APPOINTMENT, doc.name, values)
		site.db.delete("Clinic Time Claim", {"appointment": doc.name})
		return doc

	return make


def make_all(world, service=None):
	"""The recalls of the world's services; the site may have others."""
	rules = [rule for rule in candidates.rules() if rule.service == (service or world.visit)]
	return sum(generate.run_rule(rule) for rule in rules)


def recalls(site, world, service=None):
	return {
		row.patient: row
		for row in site.get_all(
			RECALL, {"service": service or world.visit}, ["*"], order_by="creation asc, name asc"
		)
	}


def test_who_is_due_comes_on_the_list_once(site, world, rule, came, today):
	rule()
	came(world.patient, 40)
	nobody = world.patient_of("No number")
	came(nobody, 40)
	site.db.set_value("Clinic Patient", nobody, "mobile", None)
	came(world.second, 20)  # due in ten days: on the list already
	came(world.third, 5)  # not within two weeks
	long_ago = world.patient_of("Long ago")
	came(long_ago, 500)
	assert make_all(world) == 2
	found = recalls(site, world)
	assert set(found) == {world.patient, world.second}
	one = found[world.patient]
	assert (one.status, one.due_on, one.next_on) == ("Due", today - datetime.timedelta(days=10), one.due_on)
	assert (one.practitioner, one.branch, one.patient_name) == (world.doctor, world.branch, "T One")
	assert make_all(world) == 0, "a night that runs twice makes nothing twice"


def test_a_new_visit_begins_a_new_cycle_after_the_old_one_is_closed(site, world, rule, came):
	rule()
	came(world.patient, 60)
	make_all(world)
	name = recalls(site, world)[world.patient].name
	actions.record(name, "Declined")
	assert make_all(world) == 0
	came(world.patient, 35)
	assert make_all(world) == 1


def test_who_came_since_or_is_to_come_is_not_called(world, rule, came):
	rule()
	came(world.patient, 40)
	came(world.patient, 3)
	came(world.second, 40)
	booking.book(world.second, world.visit, world.doctor, world.at("09:00"))
	assert make_all(world) == 0


@pytest.mark.parametrize("why", ["Blocked", "Merged", "Erased", "Do Not Contact"])
def test_who_may_not_be_called_is_left_out_and_taken_off(site, world, rule, came, why):
	patient = world.patient_of("Off", mobile="09121110099")
	rule()
	came(patient, 40)
	assert make_all(world) == 1
	name = recalls(site, world)[patient].name

	def forbid():
		if why == "Do Not Contact":
			values = {"address": "09121110099", "channel": "All", "scope": "Everything"}
			world.make("Clinic Do Not Contact", **values)
		else:
			site.db.set_value("Clinic Patient", patient, "status", why)

	forbid()
	jobs.run_night()
	assert site.db.get_value(RECALL, name, ["status", "outcome"]) == ("Done", "Not to Be Contacted")
	site.db.delete(RECALL, {"name": name})
	assert make_all(world) == 0


def test_a_reminder_period_of_the_service_is_a_rule_of_its_own(site, world, rule, came):
	"""A46, A90: until there is a rule, the service's own period makes recalls."""
	site.db.set_value("Clinic Service", world.visit, "reminder_days", 30)
	came(world.patient, 40)
	assert make_all(world) == 1
	assert recalls(site, world)[world.patient].recall_rule is None
	rule()
	assert make_all(world) == 0, "an open recall of the service is enough"


def test_a_course_is_counted_from_its_last_attended_session(site, world, rule, today):
	rule(service=world.course, trigger="After Course End", after_days=10)
	plan = session_plans.plan(world.patient, world.course)
	sessions = [row["name"] for row in session_plans.sessions_of(plan.name)]
	for number, name in enumerate(sessions):
		day = today - datetime.timedelta(days=40 - 7 * number)
		site.db.set_value("Clinic Session", name, {"status": "Attended", "date": day})
	assert make_all(world, world.course) == 0, "the course is not over"
	site.db.set_value("Clinic Session Plan", plan.name, "status", "Completed")
	assert make_all(world, world.course) == 1
	assert recalls(site, world, world.course)[world.patient].base_on == today - datetime.timedelta(days=26)


def test_a_day_of_the_calendar_is_for_everybody_who_was_here(site, world, rule, came, today):
	rule(trigger="Calendar", first_on=today + datetime.timedelta(days=7))
	came(world.patient, 400)
	came(world.second, 10)
	assert make_all(world) == 2
	assert {row.due_on for row in recalls(site, world).values()} == {today + datetime.timedelta(days=7)}
	assert make_all(world) == 0


def test_a_visit_without_an_appointment_counts(site, world, rule, monkeypatch, today):
	"""Bills know of visits that appointments do not (hook `clinic_performed_services`)."""
	rule()
	day = str(today - datetime.timedelta(days=40))
	monkeypatch.setattr(
		candidates.events,
		"gather",
		lambda hook, **asked: (
			[[[world.third, day]]] if hook == candidates.HOOK and asked["service"] == world.visit else []
		),
	)
	assert make_all(world) == 1
	assert recalls(site, world)[world.third].base_on == today - datetime.timedelta(days=40)


def test_a_chunk_takes_the_same_number_of_queries_however_many_it_makes(
	world, rule, came, count_queries, monkeypatch
):
	rule()
	came(world.patient, 40)
	first = next(r for r in candidates.rules() if r.service == world.visit)
	few = len(count_queries(lambda: generate.run_rule(first)))
	for number in range(6):
		came(world.patient_of(f"P{number}"), 41 + number)
	assert len(count_queries(lambda: generate.run_rule(first))) <= few


def test_small_chunks_make_the_same_as_one(site, world, rule, came, monkeypatch):
	rule()
	for number in range(5):
		came(world.patient_of(f"P{number}"), 41 + number)
	monkeypatch.setattr(generate, "CHUNK", 2)
	assert make_all(world) == 5
	assert len(recalls(site, world)) == 5


# Following


@pytest.fixture
def due(site, world, rule, came):
	rule()
	came(world.patient, 40)
	make_all(world)
	return recalls(site, world)[world.patient].name


def test_calls_are_counted_until_there_are_enough(due, today):
	first = actions.record(due, "Not Reached", note="Voicemail")
	assert (first.status, first.attempts) == ("Not Reached", 1)
	assert first.next_on == today + datetime.timedelta(days=5)
	wished = today + datetime.timedelta(days=2)
	second = actions.record(due, "Reached", next_on=wished)
	assert (second.status, second.attempts, second.next_on) == ("Contacted", 2, wished)
	third = actions.record(due, "Not Reached")
	assert (third.attempts, third.next_on) == (3, None), "the rule says three calls at most"


def test_what_cannot_be_recorded_is_refused(due, today):
	with pytest.raises(InvalidInputError, match="Choose one of"):
		actions.record(due, "Perhaps")
	with pytest.raises(InvalidInputError, match="This day is over"):
		actions.record(due, "Reached", next_on=today - datetime.timedelta(days=1))
	actions.record(due, "Declined")
	with pytest.raises(ForbiddenMoveError, match="closed"):
		actions.record(due, "Reached")
	assert actions.reopen(due).status == "Contacted"


def test_it_closes_when_the_patient_books_and_comes(site, world, due):
	appointment = booking.book(world.patient, world.visit, world.doctor, world.at("09:00"))
	row = site.db.get_value(RECALL, due, ["status", "outcome", "appointment", "next_on"])
	assert row == ("Booked", "Booked", appointment.name, None)
	booking.cancel(appointment.name, "Ill")
	assert site.db.get_value(RECALL, due, ["status", "appointment"]) == ("Due", None)
	assert site.db.get_value(RECALL, due, "next_on") == site.utils.getdate()
	again = booking.book(world.patient, world.visit, world.doctor, world.at("10:00"))
	booking.admit(again.name)
	assert site.db.get_value(RECALL, due, ["status", "outcome"]) == ("Done", "Came")


def test_another_service_does_not_close_it(site, world, due):
	booking.book(world.patient, world.laser, world.doctor, world.at("09:00"))
	assert site.db.get_value(RECALL, due, "status") == "Due"


def test_a_bill_without_an_appointment_closes_it(site, world, due):
	event = {"patient": world.patient, "services": [world.visit], "action": "submitted"}
	follow.on_reception([{**event, "services": [world.laser]}])
	assert site.db.get_value(RECALL, due, "status") == "Due"
	follow.on_reception([event])
	assert site.db.get_value(RECALL, due, ["status", "outcome"]) == ("Done", "Came")


def test_the_states_are_guarded_and_what_the_night_wrote_stays(site, world, as_role, due):
	from clinic_core.foundation import roles

	as_role(roles.RECEPTIONIST)
	doc = site.get_doc(RECALL, due)
	doc.update({"service": world.laser, "attempts": 99, "note": "Ask for Sara"})
	doc.save()
	kept = site.db.get_value(RECALL, due, ["service", "attempts", "note"])
	assert kept == (world.visit, 0, "Ask for Sara")
	doc.status = "Booked"
	with pytest.raises(site.PermissionError):
		doc.save()
	assert api.record(due, "Not Reached")["attempts"] == 1


def test_the_crm_gets_a_task_that_follows(site, world, due, today):
	activity = {"recall": due}
	row = site.db.get_value("Clinic Activity", activity, ["status", "cause", "patient", "date"])
	assert row == ("Not Done", "Recall", world.patient, today - datetime.timedelta(days=10))
	actions.record(due, "Not Reached")
	assert site.db.get_value("Clinic Activity", activity, "date") == today + datetime.timedelta(days=5)
	actions.record(due, "Declined")
	assert site.db.get_value("Clinic Activity", activity, "status") == "Done"
	assert site.db.count("Clinic Activity", activity) == 1


def _task(site, due):
	return site.get_doc("Clinic Activity", {"recall": due})


def test_a_task_that_is_done_closes_its_recall(site, world, due):
	task = _task(site, due)
	task.status = "Done"
	task.save()
	row = site.db.get_value("Clinic Recall", due, ["status", "outcome", "next_on", "attempts"])
	assert row == ("Done", "Reached", None, 1)
	# Saved again, or recorded late, it changes nothing more.
	task.reload()
	task.description = "she will call"
	task.save()
	assert site.db.get_value("Clinic Recall", due, "attempts") == 1
	assert site.db.count("Clinic Activity", {"recall": due}) == 1


def test_a_task_whose_answer_was_no_ends_the_recall_as_declined(site, world, due):
	task = _task(site, due)
	task.update({"status": "Done", "contact_method": "PHONE", "feedback": "NOTINTERESTED"})
	task.save()
	assert site.db.get_value("Clinic Recall", due, ["status", "outcome"]) == ("Declined", "Declined")


def test_a_task_of_a_recall_that_is_booked_already_leaves_it_alone(site, world, due):
	actions.record(due, "Not Needed")
	task = _task(site, due)
	assert task.status == "Done"
	task.description = "noted late"
	task.feedback = "NOTINTERESTED"
	task.save()
	assert site.db.get_value("Clinic Recall", due, ["status", "outcome"]) == ("Done", "Not Needed")


def test_what_reception_calls_is_no_task_of_the_crm(site, world, rule, came):
	rule(contact_by="Reception")
	came(world.patient, 40)
	make_all(world)
	assert not site.db.exists("Clinic Activity", {"recall": recalls(site, world)[world.patient].name})
