"""Groups and visitors' holds on the Schedule page: one card for each start, gone when it is over (F05, F13)."""

import base64
import json
import shutil
import subprocess

import pytest

BOARD = "apps/clinic_core/clinic_core/public/js/scheduling/board"
DAY = "2026-11-28"


@pytest.fixture(scope="module")
def run(repo_root):
	"""Evaluates an expression with the exported functions of groups.js as `groups`, those of layout.js as `board`."""
	node = shutil.which("node") or pytest.skip("needs node")
	layout = _module((repo_root / BOARD / "layout.js").read_text())
	groups = _module((repo_root / BOARD / "groups.js").read_text().replace("./layout.js", layout))

	def evaluate(expression, **values):
		names = "".join(f"const {name} = {json.dumps(value)};" for name, value in values.items())
		script = (
			f"const board = await import({json.dumps(layout)});"
			f"const groups = await import({json.dumps(groups)});{names}"
			f"console.log(JSON.stringify({expression}));"
		)
		done = subprocess.run(
			[node, "--input-type=module", "-e", script], capture_output=True, text=True, check=True
		)
		return json.loads(done.stdout)

	return evaluate


def _module(source):
	return "data:text/javascript;base64," + base64.b64encode(source.encode()).decode()


def at(time):
	return f"{DAY} {time}:00"


def member(name, start="10:00", status="Booked", size=8, taken=3, resource=None):
	part = {"start": at(start), "end": at("11:00"), "practitioner": "A", "resource": resource}
	return {
		"appointment": name,
		"service": "YOGA",
		"practitioner": "A",
		"start": at(start),
		"status": status,
		"group_size": size,
		"group_taken": taken,
		"actions": ["reschedule"],
		"parts": [part],
	}


def cards(run, rows, hidden=()):
	return run(
		"groups.group_events(rows, new Set(['PR:A', 'RS:R']), hidden).map("
		"(e) => [e.extendedProps.group.map((row) => row.appointment), e.resourceIds, e.classNames[2], e.editable])",
		rows=rows,
		hidden=list(hidden),
	)


def test_a_start_of_a_group_is_one_card_that_stays_where_it_is(run):
	rows = [member("a"), member("b", resource="R"), member("c", "12:00"), member("alone", size=1)]
	assert cards(run, rows) == [
		[["a", "b"], ["PR:A", "RS:R"], "clinic-slot-event--booked", False],
		[["c"], ["PR:A"], "clinic-slot-event--booked", False],
	]
	alone = run("board.events_of(rows, new Set(['PR:A'])).map((e) => e.id)", rows=rows)
	assert alone == ["alone:0"]


def test_the_card_has_the_state_of_all_who_take_a_place(run):
	assert cards(run, [member("a", status="Confirmed"), member("b", status="Confirmed")])[0][2].endswith(
		"--confirmed"
	)
	assert cards(run, [member("a", status="Confirmed"), member("b")])[0][2].endswith("--booked")
	rows = [member("a", status="Confirmed"), member("b", status="Cancelled")]
	assert cards(run, rows)[0][2].endswith("--confirmed")
	assert cards(run, rows, ["Cancelled"])[0][0] == ["a"]
	assert cards(run, [member("a", status="Cancelled")])[0][2].endswith("--cancelled")


def test_who_comes_or_goes_changes_what_all_say(run):
	rows = [member("a"), member("b"), member("c", "12:00"), member("alone", size=1)]
	assert run("groups.with_groups(rows, ['a'])", rows=rows) == ["a", "b"]
	assert run("groups.with_groups(rows, ['alone', 'new'])", rows=rows) == ["alone", "new"]
	fresh = [member("new", taken=4)]
	told = run("groups.tell_groups(rows, fresh).map((row) => row.group_taken)", rows=rows, fresh=fresh)
	assert told == [4, 4, 3, 3]


def hold(key="PR:A", start="10:00", end="10:30", seconds=60):
	return {"key": key, "start": at(start), "end": at(end), "until": at("09:10"), "seconds": seconds}


def test_a_hold_is_a_card_until_it_is_over(run):
	holds = [hold(), hold("RS:R", seconds=600), hold("PR:B")]
	events = run(
		"groups.hold_events(groups.received(holds, 1000), new Set(['PR:A', 'RS:R'])).map("
		"(e) => [e.resourceIds, e.start, e.editable])",
		holds=holds,
	)
	assert events == [[["PR:A"], at("10:00"), False], [["RS:R"], at("10:00"), False]]
	left = run(
		"groups.still_held(groups.received(holds, 0), 60000).map((one) => one.key)",
		holds=holds,
	)
	assert left == ["RS:R"]
	found = "groups.hold_at(holds, 'PR:A', at)?.key ?? null"
	assert run(found, holds=holds, at=at("10:29")) == "PR:A"
	assert run(found, holds=holds, at=at("10:30")) is None


def test_what_a_visitor_holds_is_no_time_somebody_else_has(run):
	column = {"key": "PR:A", "busy": [{"start": at("10:00"), "end": at("11:00")}]}
	[left] = run("board.without_visible([column], holds.map(groups.as_row))", column=column, holds=[hold()])
	assert left["busy"] == [{"start": at("10:30"), "end": at("11:00")}]
