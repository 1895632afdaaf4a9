"""The mix of people at work and what is made of their requests, without a server."""

import datetime
import json
from collections import Counter

import pytest

from tests.bench.http import answers, mix, subjects, summary
from tests.bench.http.clinic import Clinic
from tests.bench.http.summary import Request
from tests.bench.world import SIZES, World


def test_the_shares_are_of_a_hundred_people():
	assert sum(role.share for role in mix.ROLES.values()) == 100


@pytest.mark.parametrize("name", mix.ROLES)
def test_the_weights_of_a_role_are_of_a_hundred_tasks(name):
	assert sum(mix.ROLES[name].tasks.values()) == 100


def step(users, p50, *, per_second=0.0, failed=0):
	return {"users": users, "p50": p50, "per_second": per_second, "failed": failed, "requests": 1000}


def tried(most, *steps):
	return summary.next_users([step(users, p50) for users, p50 in steps], most)


def test_the_search_doubles_until_p50_has_doubled_then_halves_the_gap():
	assert tried(1000, (10, 50)) == 20
	assert tried(1000, (10, 50), (20, 55), (40, 60)) == 80
	assert tried(1000, (10, 50), (20, 55), (40, 60), (80, 120)) == 60
	assert tried(1000, (10, 50), (20, 55), (40, 60), (80, 120), (60, 80)) == 70
	assert tried(1000, (10, 50), (20, 55), (40, 60), (80, 120), (60, 80), (70, 99)) is None


def test_the_search_ends_at_the_most_people_it_may_use():
	assert tried(30, (10, 50), (20, 55)) == 30
	assert tried(30, (10, 50), (20, 55), (30, 60)) is None


def test_failures_are_overload_however_fast_they_come():
	assert summary.is_overloaded(step(20, 10, failed=20), step(10, 50))
	assert not summary.is_overloaded(step(20, 99, failed=10), step(10, 50))
	assert summary.is_overloaded(step(20, 100), step(10, 50))


def test_the_rate_of_saturation_lies_between_the_last_good_step_and_the_first_bad_one():
	steps = [step(10, 50, per_second=2), step(40, 80, per_second=8), step(80, 120, per_second=14)]
	found = summary.saturation(steps)
	assert (found["users"], found["per_second"]) == (60, 11.0)
	assert (found["nominal_users"], found["nominal_p50"]) == (10, 50)
	shown = [{**one, "p95": 1, "p99": 1, "busy": 0.5, "busy_with_others": 0} for one in steps]
	assert "60 people" in summary.saturation_text(shown, (2.5, 7.5))


def test_a_server_that_holds_is_not_said_to_be_saturated():
	assert summary.saturation([step(10, 50), step(40, 80)]) is None


def measured(requests, spent=None, *, users=1, seconds=1.0):
	return summary.step(users, seconds, requests, Counter({"book": 2}), spent or {}, 2)


REQUESTS = [Request("board", float(ms), None) for ms in range(1, 100)]
REQUESTS.append(Request("board", 100.0, "500 row 17 is gone"))


def test_a_step_has_percentiles_rates_and_failures_by_request():
	found = measured(REQUESTS, {"database": 5.0, "others": 1.0}, users=40, seconds=10.0)
	(row,) = found["cases"]
	assert (row["case"], row["n"], row["p50"], row["p95"], row["p99"]) == ("board", 100, 50, 95, 99)
	assert (row["failed"], row["per_second"], row["meets_target"]) == (1, 10.0, True)
	assert (found["per_second"], found["failed"], found["requests"]) == (10.0, 1, 100)
	text = summary.table(found)
	assert "40 people at work" in text and "! 1 × board: 500 row 17 is gone" in text
	assert "30% busy" in text and "database 50" in text and "other work" not in text


def test_a_machine_that_does_something_else_is_said_to_spoil_the_times():
	found = measured(REQUESTS, {"others": 5.0}, seconds=10.0)
	assert found["busy_with_others"] == 0.25
	assert "25% went to other work" in summary.table(found)


def test_failures_that_differ_in_numbers_only_are_shown_once():
	said = ["500 row 17 is gone", "500 row 18 is gone", "500 ردیف ۱۹"]
	found = measured([Request("x", 1.0, one) for one in said])
	assert found["failures"] == [
		{"request": "x", "said": said[0], "times": 2},
		{"request": "x", "said": said[2], "times": 1},
	]


def test_a_step_without_requests_can_be_printed():
	assert "0 requests" in summary.table(measured([]))


@pytest.mark.parametrize(
	("status", "text", "said"),
	[
		(409, '{"exception": "x.SlotTakenError: taken", "exc": "…"}', "409 x.SlotTakenError: taken"),
		(502, "<html>\n<title>Bad  Gateway</title>", "502 <html> <title>Bad Gateway</title>"),
		(500, '{"exc": "Traceback"}', "500 Traceback"),
		(0, None, "0"),
	],
)
def test_the_reason_of_a_refusal_is_one_line(status, text, said):
	assert answers.reason(status, text).strip() == said


def test_the_generator_hears_of_a_data_set_what_it_asks_about():
	world = World(SIZES["S"], datetime.date(2026, 11, 22))
	about = json.loads(json.dumps(subjects.of_world(world)))
	assert set(about["accounts"]) == set(mix.ROLES) - {"visitor"}
	assert len(about["debtors"]) == SIZES["S"].debtors and about["heavy"] not in about["debtors"]
	assert len({row["name"] for row in about["patients"]}) > SIZES["S"].patients / 2
	assert about["day"] < about["first_day"] < about["week_end"] < about["last_day"]


@pytest.fixture
def clinic():
	subjects = {"debtors": ["D1", "D2"], "patients": [{"name": "P1"}]}
	return Clinic(subjects, {"agent": ["one", "two"]})


def board(*appointments, reception=()):
	lanes = {"appointments": list(appointments), "reception": list(reception)}
	return lanes | {"consultation": [], "treatment": [], "done": []}


def test_nobody_is_received_twice(clinic):
	waiting = {"appointment": "A1", "status": "Booked"}
	for _look in range(2):
		clinic.learn_board(board(waiting, {"appointment": "A2", "status": "Arrived"}))
	assert [row["appointment"] for row in clinic.expected] == ["A1"]
	assert [row["appointment"] for row in clinic.arrived] == ["A2"]
	clinic.expected.clear()
	clinic.learn_board(board(waiting))
	assert not clinic.expected


def test_two_doctors_never_move_the_same_visit(clinic):
	clinic.learn_board(board(reception=[{"visit": "V1", "status": "Waiting"}]))
	assert clinic.next_visit() == ("V1", "In Service")
	assert clinic.next_visit() is None
	clinic.visits["V1"] = "In Service"
	assert clinic.next_visit() == ("V1", "Done")


def test_the_till_takes_todays_bills_first(clinic):
	clinic.received("P1", {"visit": "V1", "patient_share": 5})
	clinic.received("P2", {"visit": "V2", "patient_share": 0})
	assert [clinic.next_debtor() for _turn in range(4)] == ["P1", "D1", "D2", None]


def test_people_of_a_role_take_its_logins_in_turn(clinic):
	assert [clinic.session_of("agent") for _turn in range(3)] == ["one", "two", "one"]


def test_new_numbers_are_all_different(clinic):
	numbers = {clinic.new_number() for _turn in range(1000)}
	assert len(numbers) == 1000 and all(len(n) == 11 and n.startswith("0990") for n in numbers)
