"""All sessions of a plan are placed, booked and moved in one action, or none of them is (N8, A84)."""

import datetime
import itertools

import pytest
from clinic_core.foundation.errors import InvalidInputError, SlotTakenError
from clinic_core.people import entitlements
from clinic_core.scheduling import booking, session_plans
from clinic_core.scheduling.planner import api
from frappe.utils import add_days, get_datetime, getdate


@pytest.fixture
def quiet_year(site):
	"""No holidays but those a test makes: what the site was seeded with is not its affair."""
	site.db.delete("Clinic Holiday")


@pytest.fixture
def course(site, world, quiet_year):
	"""`course(sessions)`: the name of a purchase of that many sessions, a week apart, nothing planned."""

	def make(sessions=3, patient=None):
		who = patient or world.patient
		return entitlements.grant(who, world.course, sessions, 900, world.branch, "Clinic Patient", who)

	return make


def propose(**args):
	answer = api.propose(**args)
	assert len({row["session_no"] for row in answer["sessions"]}) == len(answer["sessions"])
	return answer


def to_book(answer):
	keys = ("session_no", "start", "practitioner", "branch")
	return [
		{key: row[key] for key in keys} for row in answer["sessions"] if row["start"] and not row["stays"]
	]


def days(answer):
	return [getdate(row["start"]) for row in answer["sessions"]]


def gaps(answer):
	found = days(answer)
	return [(b - a).days for a, b in itertools.pairwise(found)]


def planned(course, count=3, **args):
	answer = propose(entitlement=course(count), **args)
	return api.book_sessions(to_book(answer), entitlement=answer["entitlement"])["session_plan"]


def sessions(site, plan):
	fields = ["session_no", "status", "date", "appointment"]
	return site.get_all("Clinic Session", {"session_plan": plan}, fields, order_by="session_no asc")


def left(patient):
	rows = entitlements.open_for(patient)
	return [(row["left"], row["reserved"]) for row in rows]


def test_ten_sessions_are_planned_and_booked_in_one_action(site, world, course):
	answer = propose(entitlement=course(10))
	assert answer["impossible"] is None and gaps(answer) == [7] * 9
	assert days(answer)[0] == add_days(getdate(), 2), "the service begins two days after the sale (A82)"
	assert len({row["start"][11:] for row in answer["sessions"]}) == 1, "always at the same hour"
	made = api.book_sessions(to_book(answer), entitlement=answer["entitlement"], idempotency_key="ten")
	assert (made["booked"], made["moved"]) == (10, 0)
	plan = site.get_doc("Clinic Session Plan", made["session_plan"])
	assert (plan.session_count, plan.interval_days, plan.entitlement) == (10, 7, answer["entitlement"])
	rows = sessions(site, plan.name)
	assert [row.status for row in rows] == ["Booked"] * 10 and left(world.patient) == [(10, 10)]
	assert [row.date for row in rows] == days(answer)
	again = api.book_sessions(to_book(answer), entitlement=answer["entitlement"], idempotency_key="ten")
	assert again == made and site.db.count("Clinic Appointment", {"patient": world.patient}) == 10


def test_nothing_is_booked_when_somebody_was_faster(site, world, course):
	answer = propose(entitlement=course(3))
	third = answer["sessions"][2]
	booking.book(world.second, world.visit, third["practitioner"], third["start"])
	with pytest.raises(SlotTakenError, match=r"Session 3: .*Nothing was booked or moved"):
		api.book_sessions(to_book(answer), entitlement=answer["entitlement"])
	assert site.local.response["session_no"] == 3 and site.local.response["next_slots"]
	assert not site.db.exists("Clinic Session Plan", {"patient": world.patient})
	assert not site.db.exists("Clinic Appointment", {"patient": world.patient})
	assert left(world.patient) == [(3, 0)]
	second = propose(entitlement=answer["entitlement"])
	assert third["start"] not in [row["start"] for row in second["sessions"]]
	assert api.book_sessions(to_book(second), entitlement=answer["entitlement"])["booked"] == 3


def test_holidays_and_leaves_are_gone_round(site, world, course):
	first = add_days(getdate(), 2)
	world.make("Clinic Holiday", date=first, title="Founders' day", is_closed=1)
	off = add_days(first, 8)
	times = {"start": f"{off} 00:00:00", "end": f"{off} 23:59:00"}
	world.make(
		"Clinic Schedule Exception", kind="Leave", practitioner=world.doctor, reason="Congress", **times
	)
	answer = propose(entitlement=course(3))
	assert days(answer)[0] == add_days(first, 1) and off not in days(answer)
	assert all(6 <= gap <= 10 for gap in gaps(answer))


def test_what_cannot_be_placed_is_explained_with_what_would_help(site, world, course):
	begin = add_days(getdate(), 3)
	times = {"start": f"{begin} 00:00:00", "end": f"{add_days(begin, 30)} 23:59:00"}
	world.make(
		"Clinic Schedule Exception", kind="Leave", practitioner=world.doctor, reason="Congress", **times
	)
	other = world.doctor_of("OTHER")
	answer = propose(entitlement=course(3), practitioners=[world.doctor])
	stuck = answer["impossible"]
	assert stuck["session_no"] == 2 and any("Congress" in text for text in stuck["reasons"])
	assert [row["start"] is None for row in answer["sessions"]] == [False, True, True]
	ways = {way["kind"]: way["value"] for way in stuck["ways"]}
	assert ways["practitioners"] == [other] and ways["count"] == 1
	helped = propose(entitlement=answer["entitlement"], practitioners=ways["practitioners"])
	assert helped["impossible"] is None and {row["practitioner"] for row in helped["sessions"]} == {other}
	if "later" in ways:
		wider = propose(
			entitlement=answer["entitlement"], practitioners=[world.doctor], later_days=ways["later"]
		)
		assert wider["impossible"] is None


def test_beyond_the_horizon_the_first_ones_are_booked_and_the_rest_stays_planned(site, world, course):
	site.db.set_single_value("Clinic Settings", "booking_horizon_days", 30)
	site.clear_document_cache("Clinic Settings", "Clinic Settings")
	answer = propose(entitlement=course(10))
	ways = {way["kind"]: way["value"] for way in answer["impossible"]["ways"]}
	assert any("30 days ahead" in text for text in answer["impossible"]["reasons"])
	first = propose(entitlement=answer["entitlement"], count=ways["count"])
	made = api.book_sessions(to_book(first), entitlement=answer["entitlement"])
	rows = sessions(site, made["session_plan"])
	booked = [row for row in rows if row.status == "Booked"]
	rest = [row for row in rows if row.status == "Planned"]
	assert len(booked) == ways["count"] and len(rows) == 10
	assert rest[0].date == add_days(booked[-1].date, 7), "the rest follows the last one that has a time"


def test_weekdays_and_hours_are_kept(site, world, course):
	answer = propose(entitlement=course(3), weekdays=[0, 2], from_time="۱۴:۰۰", to_time="17:00", later_days=7)
	assert {day.weekday() for day in days(answer)} <= {0, 2}
	assert all(row["start"][11:16] >= "14:00" and row["end"][11:16] <= "17:00" for row in answer["sessions"])


def test_a_time_chosen_by_hand_stays_and_the_others_follow_it(site, world, course):
	entitlement = course(3)
	answer = propose(entitlement=entitlement)
	row = dict(answer["sessions"][1])
	start = get_datetime(row["start"]) + datetime.timedelta(days=2, hours=1)
	mine = {**row, "start": str(start), "end": str(start + datetime.timedelta(minutes=30))}
	again = propose(entitlement=entitlement, chosen=[mine])
	assert again["sessions"][1]["start"] == str(start) and again["sessions"][1]["chosen"]
	assert gaps(again) == [9, 7]


def test_a_gap_is_kept_to_what_was_given_already(site, world, course):
	entitlement = course(4)
	entitlements.consume(entitlement, 1, "Clinic Patient", world.patient)
	answer = propose(entitlement=entitlement)
	assert len(answer["sessions"]) == 3 and answer["last_treated"] == str(getdate())
	assert days(answer)[0] == add_days(getdate(), 7)


def _miss_first(site, plan):
	"""The first appointment was yesterday and nobody came."""
	first = sessions(site, plan)[0]
	start = site.utils.add_to_date(site.utils.now_datetime(), days=-1)
	end = start + datetime.timedelta(minutes=30)
	site.db.set_value("Clinic Appointment", first.appointment, {"start": start, "end": end})
	booking.mark_no_show(first.appointment)


def test_after_an_absence_the_rest_moves_and_keeps_its_gaps(site, world, course):
	"""Each moves to where the next one was: a week later, at the same hour."""
	plan = planned(course, 4)
	_miss_first(site, plan)
	assert sessions(site, plan)[0].status == "Absent"
	answer = propose(session_plan=plan, move_rest=1)
	assert [row["session_no"] for row in answer["sessions"]] == [1, 2, 3, 4]
	assert gaps(answer) == [7, 7, 7] and min(days(answer)) > getdate()
	made = api.book_sessions(to_book(answer), session_plan=plan, reason="Missed the first one")
	assert (made["booked"], made["moved"]) == (1, 3)
	assert [row.status for row in sessions(site, plan)] == ["Booked"] * 4
	assert [row.date for row in sessions(site, plan)] == days(answer), "a session moves with its appointment"
	starts = site.get_all("Clinic Appointment", {"patient": world.patient, "status": "Booked"}, pluck="start")
	assert sorted(map(str, starts)) == sorted(row["start"] for row in answer["sessions"])
	reasons = {row.reason for row in site.get_all("Clinic Appointment", {"move_count": 1}, ["reason"])}
	assert "Missed the first one" in reasons


def test_a_move_by_one_week_goes_through_the_times_of_the_next_ones(site, world, course):
	plan = planned(course, 4)
	answer = propose(session_plan=plan, move_rest=1, first_date=str(add_days(getdate(), 9)))
	assert api.book_sessions(to_book(answer), session_plan=plan)["moved"] == 4
	claims = site.get_all("Clinic Time Claim", {"resource_key": f"PT:{world.patient}"}, pluck="name")
	assert len(claims) == 4 * 6, "half an hour of each, nothing twice, nothing left behind"


def test_a_leave_moves_only_what_it_must_and_the_hour_stays(site, world, course):
	"""The second of four falls into a leave of one day: it goes to the next day, the rest keep their gaps."""
	plan = planned(course, 4, from_time="10:00")
	before = [get_datetime(row["start"]) for row in api.overview([plan])[0]["sessions"]]
	off = before[1].date()
	times = {"start": f"{off} 00:00:00", "end": f"{off} 23:59:00"}
	world.make("Clinic Schedule Exception", kind="Leave", practitioner=world.doctor, **times)
	answer = propose(session_plan=plan, move_rest=1)
	after = [get_datetime(row["start"]) for row in answer["sessions"]]
	assert after[0] == before[0] and after[1].date() != off
	assert {moment.time() for moment in after} == {before[0].time()}
	assert all(6 <= gap <= 10 for gap in gaps(answer))


def test_one_session_and_those_behind_it_move_and_the_ones_before_it_stay(site, world, course):
	plan = planned(course, 4)
	before = sessions(site, plan)
	second = before[1].date
	answer = propose(session_plan=plan, move_rest=1, from_session="۲", first_date=str(add_days(second, 1)))
	assert [row["session_no"] for row in answer["sessions"]] == [2, 3, 4]
	assert days(answer)[0] == add_days(second, 1) and gaps(answer) == [7, 7]
	api.book_sessions(to_book(answer), session_plan=plan, reason="travels")
	assert [row.date for row in sessions(site, plan)] == [before[0].date, *days(answer)]
	# Too near to the first one, which stays, nobody is proposed.
	close = propose(session_plan=plan, move_rest=1, from_session=2, first_date=str(before[0].date))
	assert days(close)[0] > add_days(before[0].date, 3)
	with pytest.raises(InvalidInputError):
		api.propose(session_plan=plan, move_rest=1, from_session=9)


def test_nothing_moves_when_one_of_them_cannot(site, world, course):
	plan = planned(course, 3)
	before = sessions(site, plan)
	claims = set(site.get_all("Clinic Time Claim", pluck="name"))
	answer = propose(session_plan=plan, move_rest=1, first_date=str(add_days(getdate(), 4)))
	last = answer["sessions"][-1]
	booking.book(world.second, world.visit, last["practitioner"], last["start"])
	theirs = set(site.get_all("Clinic Time Claim", pluck="name")) - claims
	with pytest.raises(SlotTakenError, match="Session 3"):
		api.book_sessions(to_book(answer), session_plan=plan, reason="later")
	assert sessions(site, plan) == before
	assert set(site.get_all("Clinic Time Claim", pluck="name")) == claims | theirs


def test_open_ones_are_placed_round_those_that_have_a_time(site, world, course):
	plan = session_plans.plan(world.patient, world.course, entitlement=course(4), branch=world.branch).name
	rows = session_plans.sessions_of(plan)
	start = f"{rows[1]['date']} 09:00:00"
	booking.book(world.patient, world.course, world.doctor, start, session=rows[1]["name"])
	answer = propose(session_plan=plan)
	assert [row["stays"] for row in answer["sessions"]] == [False, True, False, False]
	assert gaps(answer) == [7, 7, 7] and answer["sessions"][1]["start"] == start
	assert api.book_sessions(to_book(answer), session_plan=plan)["booked"] == 3


def test_a_burnt_session_is_not_planned_again(site, world, course):
	plan = planned(course, 3)
	site.db.set_value("Clinic Session Plan", plan, "allowed_absence_count", 0)
	_miss_first(site, plan)
	assert sessions(site, plan)[0].status == "Burnt" and left(world.patient) == [(2, 2)]
	answer = propose(session_plan=plan, move_rest=1)
	assert [row["session_no"] for row in answer["sessions"]] == [2, 3]


def test_a_full_day_of_the_practitioner_is_left_out(site, world, course):
	site.db.set_value("Clinic Practitioner", world.doctor, "max_per_day", 1)
	first = add_days(getdate(), 2)
	booking.book(world.second, world.visit, world.doctor, f"{first} 17:00:00")
	answer = propose(entitlement=course(2))
	assert days(answer)[0] == add_days(first, 1)
	assert api.book_sessions(to_book(answer), entitlement=answer["entitlement"])["booked"] == 2


def test_the_overview_says_what_is_left(site, world, course):
	plan = planned(course, 3)
	_miss_first(site, plan)
	[found] = api.overview([plan])
	assert found["counts"] == {"Absent": 1, "Booked": 2} and found["left"] == 3
	assert (found["absences_left"], found["may_book"], found["may_move"]) == (0, True, True)
	assert [bool(row["start"]) for row in found["sessions"]] == [False, True, True]


def test_the_calendar_is_read_in_the_same_number_of_queries(site, world, course, count_queries):
	world.doctor_of("D2"), world.doctor_of("D3")
	few, many = course(2), course(40, world.second)
	propose(entitlement=few)  # caches
	one = count_queries(lambda: propose(entitlement=few, practitioners=[world.doctor]))
	all_of_them = count_queries(lambda: propose(entitlement=many, interval_days=2, earlier_days=0))
	assert len(all_of_them) <= len(one)


@pytest.mark.parametrize(
	("args", "field"),
	[
		({}, "Session plan"),
		({"entitlement": "mine", "weekdays": [7]}, "Weekdays"),
		({"entitlement": "mine", "from_time": "late"}, "From time"),
		({"entitlement": "mine", "interval_days": 0}, "Days between sessions"),
		({"entitlement": "mine", "later_days": "soon"}, "Days later"),
		({"entitlement": "mine", "first_date": "tomorrow"}, "First day"),
		(
			{"entitlement": "mine", "chosen": [{"session_no": 1, "start": "x", "practitioner": "y"}]},
			"Session 1",
		),
	],
)
def test_what_cannot_be_read_is_named(site, world, course, args, field):
	if "entitlement" in args:
		args = {**args, "entitlement": course(2)}
	with pytest.raises(InvalidInputError, match=field):
		api.propose(**args)


def test_what_cannot_be_booked_is_named(site, world, course):
	entitlement = course(2)
	row = to_book(propose(entitlement=entitlement))[0]
	with pytest.raises(InvalidInputError, match="at least one time"):
		api.book_sessions([], entitlement=entitlement)
	with pytest.raises(InvalidInputError, match="twice"):
		api.book_sessions([row, row], entitlement=entitlement)
	with pytest.raises(InvalidInputError, match="Session 9"):
		api.book_sessions([{**row, "session_no": 9}], entitlement=entitlement)
	with pytest.raises(InvalidInputError, match="Session 1"):
		api.book_sessions([{**row, "start": row["start"][:14] + "03:00"}], entitlement=entitlement)
	plan = planned(lambda _count: entitlement)
	with pytest.raises(InvalidInputError, match="planned already"):
		api.propose(entitlement=entitlement)
	with pytest.raises(InvalidInputError, match="not to come"):
		api.book_sessions([{**row, "session_no": 7}], session_plan=plan)


def test_who_may_not_plan_is_refused(site, world, course, as_role):
	entitlement = course(2)
	answer = propose(entitlement=entitlement)
	as_role("Clinic CRM Agent")
	with pytest.raises(site.PermissionError):
		api.book_sessions(to_book(answer), entitlement=entitlement)
	as_role("Clinic Practitioner")
	with pytest.raises(site.PermissionError):
		api.propose(entitlement=entitlement)
