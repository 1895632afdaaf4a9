"""The two lanes of the whole suite: every folder in one of them, and one closing line."""

import sys

import pytest

from devbench import lanes, testing
from tests.source_map import ROOT


def test_every_file_of_tests_is_in_one_lane():
	both = lanes.of(ROOT / "tests")
	for path in (ROOT / "tests").rglob("test_*.py"):
		own = path.relative_to(ROOT)
		into = [
			lane.name
			for lane in both
			if any(own.is_relative_to(folder) for folder in lane.paths)
			and not any(own.is_relative_to(folder) for folder in lane.without)
		]
		assert len(into) == 1, (own, into)
	assert "--ignore=tests/integration/attach" in both[0].arguments()
	assert "tests/integration/attach" in both[1].arguments()


def test_lanes_have_sites_of_their_own():
	first, second = lanes.of(ROOT / "tests")
	assert first.site != second.site


@pytest.mark.parametrize(
	("arguments", "whole"),
	[
		([], True),
		(["-q", "--durations=9"], True),
		(["tests/unit"], False),
		(["-x"], False),
		(["--site", "one.localhost"], False),
	],
)
def test_lanes_are_for_the_whole_suite(arguments, whole):
	assert testing.is_whole(arguments, ROOT) is whole


@pytest.mark.parametrize(
	("line", "expected"),
	[
		("===== 2 failed, 3646 passed in 1166.30s (0:19:26) =====", (3646, 2, 0, 0)),
		("== 5 passed, 1 skipped, 2 errors in 0.31s ==", (5, 2, 1, 0)),
		("== 5 passed, 1 skipped, 2 rerun in 0.31s ==", (5, 0, 1, 2)),
		("==== no tests ran in 0.01s ====", (0, 0, 0, 0)),
		("========= FAILURES =========", (0, 0, 0, 0)),
		("tests/unit/test_one.py 3 passed", (0, 0, 0, 0)),
	],
)
def test_counts_are_read_off_the_closing_line(line, expected):
	assert tuple(lanes.counts([line]).values()) == expected


def test_lanes_are_added_up():
	one = {"passed": 3, "failed": 1, "skipped": 0, "rerun": 0}
	other = {"passed": 4, "failed": 0, "skipped": 2, "rerun": 0}
	assert lanes.closing_line([one, other]) == "7 passed, 1 failed, 2 skipped"
	assert lanes.closing_line([one, other | {"rerun": 2}]) == "7 passed, 1 failed, 2 skipped, 2 run once more"


def test_only_screens_get_a_second_chance():
	assert [bool(lane.options) for lane in lanes.of(ROOT / "tests")] == [False, True]


def test_a_lane_gives_the_exit_code_and_all_lines(tmp_path, capsys):
	program = "import sys; print('first'); print('last', file=sys.stderr); sys.exit(3)"
	run = lanes.Run([sys.executable, "-c", program], tmp_path, {}, at_once=False)
	assert run.wait() == 3
	assert sorted(run.lines) == ["first\n", "last\n"]
	assert capsys.readouterr().out == ""
	run.show()
	assert "first" in capsys.readouterr().out
