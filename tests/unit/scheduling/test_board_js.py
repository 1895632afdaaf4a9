"""What the Schedule page draws: occupancy, gaps, events, the keyboard's cursor (E180, E208)."""

import base64
import json
import shutil
import subprocess

import pytest

SOURCE = "apps/clinic_core/clinic_core/public/js/scheduling/board/layout.js"


@pytest.fixture(scope="module")
def run(repo_root):
	"""Evaluates an expression with the exported functions of layout.js as `board`."""
	node = shutil.which("node") or pytest.skip("needs node")
	source = (repo_root / SOURCE).read_text()
	module = "data:text/javascript;base64," + base64.b64encode(source.encode()).decode()

	def evaluate(expression, **values):
		names = "".join(f"const {name} = {json.dumps(value)};" for name, value in values.items())
		script = (
			f"const board = await import({json.dumps(module)});{names}"
			f"console.log(JSON.stringify({expression}));"
		)
		done = subprocess.run(
			[node, "--input-type=module", "-e", script], capture_output=True, text=True, check=True
		)
		return json.loads(done.stdout)

	return evaluate


def at(time, day="2026-11-28"):
	return f"{day} {time}:00"


def part(start, end, practitioner="A", resource=None):
	return {"start": at(start), "end": at(end), "practitioner": practitioner, "resource": resource}


def row(name, *parts, status="Booked", actions=("reschedule",)):
	first = parts[0]
	return {
		"appointment": name,
		"status": status,
		"start": first["start"],
		"actions": list(actions),
		"parts": list(parts),
	}


def column(key="PR:A", work=(("08:00", "12:00"),), **values):
	spans = [{"start": at(start), "end": at(end)} for start, end in work]
	kind = "practitioner" if key.startswith("PR") else "resource"
	return {"key": key, "kind": kind, "work": spans, "bands": [], "busy": [], **values}


def test_times_survive_the_way_there_and_back(run):
	assert run("board.text_of(board.minute(t))", t=at("23:55")) == at("23:55")


def test_a_practitioner_is_half_full(run):
	rows = [row("1", part("08:00", "09:00")), row("2", part("10:00", "11:00"))]
	assert run("board.occupancy(c, rows)", c=column(), rows=rows) == {
		"work": 240,
		"taken": 120,
		"percent": 50,
		"count": 2,
	}


def test_who_is_squeezed_in_takes_no_time_twice_but_is_counted(run):
	rows = [row("1", part("08:00", "09:00")), row("2", part("08:30", "09:00"))]
	answer = run("board.occupancy(c, rows)", c=column(), rows=rows)
	assert (answer["taken"], answer["count"]) == (60, 2)


def test_a_room_with_two_seats_has_both_to_give(run):
	rows = [row("1", part("08:00", "10:00", resource="R")), row("2", part("08:00", "10:00", resource="R"))]
	answer = run("board.occupancy(c, rows)", c=column("RS:R", capacity=2), rows=rows)
	assert (answer["work"], answer["taken"], answer["percent"]) == (480, 240, 50)


@pytest.mark.parametrize("status", ["Cancelled", "No Show"])
def test_what_does_not_take_place_takes_no_time(run, status):
	answer = run(
		"board.occupancy(c, rows)", c=column(), rows=[row("1", part("08:00", "09:00"), status=status)]
	)
	assert (answer["taken"], answer["count"]) == (0, 0)


def test_nobody_works_so_nothing_is_full(run):
	assert run("board.occupancy(c, rows)", c=column(work=()), rows=[])["percent"] is None


def test_the_time_between_shifts_is_drawn_as_off(run):
	columns = [column(work=[("08:00", "12:00"), ("14:00", "18:00")])]
	bands = run(
		"board.background_of(columns, board.minute(begin), board.minute(end))",
		columns=columns,
		begin=at("07:00"),
		end=at("20:00"),
	)
	spans = [(band["start"][11:16], band["end"][11:16]) for band in bands]
	assert spans == [("07:00", "08:00"), ("12:00", "14:00"), ("18:00", "20:00")]
	assert {band["extendedProps"]["band"]["kind"] for band in bands} == {"off"}


def test_a_leave_is_named_and_not_drawn_as_off(run):
	leave = {"start": at("10:00"), "end": at("12:00"), "kind": "Leave", "title": "Congress"}
	bands = run(
		"board.background_of(columns, board.minute(begin), board.minute(end))",
		columns=[column(work=[("08:00", "10:00")], bands=[leave])],
		begin=at("08:00"),
		end=at("12:00"),
	)
	assert [band["extendedProps"]["band"] for band in bands] == [{"kind": "leave", "title": "Congress"}]


def test_a_device_out_of_order_is_closed_all_day(run):
	bands = run(
		"board.background_of(columns, board.minute(begin), board.minute(end))",
		columns=[column("RS:R", is_active=False)],
		begin=at("00:00"),
		end=at("12:00"),
	)
	assert [band["extendedProps"]["band"]["kind"] for band in bands] == ["broken"]


def test_a_step_lies_in_its_practitioner_and_its_room(run):
	rows = [row("1", part("08:00", "08:30", "A", "R"), part("08:30", "09:00", "B"))]
	events = run("board.events_of(rows, new Set(['PR:A', 'PR:B', 'RS:R']))", rows=rows)
	assert [(e["id"], e["resourceIds"]) for e in events] == [("1:0", ["PR:A", "RS:R"]), ("1:1", ["PR:B"])]
	assert all(event["startEditable"] for event in events), "each of them moves the whole appointment"
	assert not any(event["durationEditable"] for event in events), "their lengths are the service's"


def test_hidden_columns_and_states_are_not_drawn(run):
	rows = [row("1", part("08:00", "09:00", "B")), row("2", part("08:00", "09:00"), status="Cancelled")]
	assert run("board.events_of(rows, new Set(['PR:A']), ['Cancelled'])", rows=rows) == []


def test_who_may_not_move_cannot_drag(run):
	rows = [row("1", part("08:00", "09:00"), actions=[])]
	[event] = run("board.events_of(rows, new Set(['PR:A']))", rows=rows)
	assert event["editable"] is event["durationEditable"] is False


def test_only_what_changed_is_put_in_its_place(run):
	rows = [
		row("1", part("08:00", "09:00")),
		row("2", part("09:00", "10:00")),
		row("3", part("10:00", "11:00")),
	]
	fresh = [row("1", part("10:30", "11:00"))]
	merged = run("board.merge_rows(rows, ['1', '2', 'new'], fresh)", rows=rows, fresh=fresh)
	assert [one["appointment"] for one in merged] == ["3", "1"]


def test_time_taken_by_others_is_what_one_does_not_see(run):
	columns = [column(busy=[{"start": at("08:00"), "end": at("10:00")}])]
	[left] = run(
		"board.without_visible(columns, rows)", columns=columns, rows=[row("1", part("08:00", "09:00"))]
	)
	assert left["busy"] == [{"start": at("09:00"), "end": at("10:00")}]


@pytest.mark.parametrize(("first", "expected"), [(6, "2026-11-28"), (1, "2026-11-23"), (0, "2026-11-22")])
def test_a_week_begins_where_the_clinic_begins_it(run, first, expected):
	assert run("board.week_start('2026-11-28', first)", first=first) == expected  # a Saturday


@pytest.mark.parametrize(
	("key", "rtl", "expected"),
	[
		("ArrowDown", False, [1, 495]),
		("ArrowUp", False, [1, 480]),
		("ArrowRight", False, [2, 480]),
		("ArrowRight", True, [0, 480]),
		("ArrowLeft", True, [2, 480]),
		("End", False, [1, 705]),
		("PageDown", False, [1, 540]),
	],
)
def test_the_cursor_goes_where_the_arrows_point(run, key, rtl, expected):
	frame = {"count": 3, "begin": 480, "end": 720, "step": 15, "rtl": rtl}
	answer = run("board.next_cell({column: 1, at: 480}, key, frame)", key=key, frame=frame)
	assert [answer["column"], answer["at"]] == expected


def test_the_cursor_finds_who_is_there(run):
	rows = [row("1", part("08:00", "09:00")), row("2", part("09:00", "10:00"))]
	found = run(
		"['08:59', '09:00', '10:00'].map((t) => board.row_at(rows, 'PR:A', board.minute(day + t))?.appointment ?? null)",
		rows=rows,
		day="2026-11-28 ",
	)
	assert found == ["1", "2", None]


def test_filters_of_the_bar(run):
	columns = [
		column("PR:A", department="SKIN"),
		column("PR:B", department="HAIR"),
		column("RS:R", role="Room"),
		column("RS:D", role="Device"),
	]
	ask = "board.columns_shown(columns, filters).map((c) => c.key)"
	assert run(ask, columns=columns, filters={"department": "SKIN"}) == ["PR:A", "RS:R", "RS:D"]
	assert run(ask, columns=columns, filters={"show": "resource", "role": "Device"}) == ["RS:D"]
	assert run(ask, columns=columns, filters={"show": "practitioner"}) == ["PR:A", "PR:B"]
