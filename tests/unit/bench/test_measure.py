"""Percentiles, repetitions, the table and the comparison, on figures whose answer is known."""

import pytest

from tests.bench import catalogue, compare, measure, report
from tests.bench.measure import Sample


@pytest.mark.parametrize(
	("percent", "expected"), [(50, 5), (51, 6), (90, 9), (95, 10), (99, 10), (100, 10), (1, 1)]
)
def test_percentile_is_by_nearest_rank(percent, expected):
	assert measure.percentile([7, 3, 10, 1, 5, 2, 8, 4, 6, 9], percent) == expected


def test_percentile_of_a_hundred_is_the_place_itself():
	values = list(range(1, 101))
	assert [measure.percentile(values, p) for p in (7, 50, 95, 99)] == [7, 50, 95, 99]


@pytest.mark.parametrize("percent", [0, -5, 101])
def test_percentile_refuses_what_is_no_percentage(percent):
	with pytest.raises(ValueError):
		measure.percentile([1.0], percent)


def test_percentile_refuses_no_values():
	with pytest.raises(ValueError):
		measure.percentile([], 50)


def test_warm_up_is_not_kept_and_no_number_comes_twice():
	seen = []

	def work(number):
		seen.append(number)
		return Sample(float(number))

	kept = measure.repeat(work, 4, warm_up=3)
	assert seen == [0, 1, 2, 3, 4, 5, 6]
	assert [sample.ms for sample in kept] == [3, 4, 5, 6]


def test_repeating_ends_when_there_is_nothing_left():
	kept = measure.repeat(lambda number: Sample(1.0) if number < 5 else None, 100, warm_up=2)
	assert len(kept) == 3


def test_repeating_ends_with_the_time_but_keeps_one():
	clock = iter(range(0, 1000, 10))
	kept = measure.repeat(lambda number: Sample(1.0), 100, warm_up=2, seconds=5, clock=lambda: next(clock))
	assert len(kept) == 1


def test_a_summary_shows_whether_the_queries_are_constant():
	same = measure.summarise([Sample(2.0, 5, 2), Sample(1.0, 5, 3)])
	assert (same.n, same.p50, same.fastest, same.slowest, same.control_max) == (2, 1.0, 1.0, 2.0, 3)
	assert same.is_constant
	assert not measure.summarise([Sample(1.0, 5), Sample(1.0, 6)]).is_constant


def timing(ms, queries=4):
	return measure.summarise([Sample(ms, queries, 2)] * 3)


def test_the_table_says_what_misses_its_promise():
	rows = [
		report.row("find-code", timing(12.34), timing(6.0), {}),
		report.row("find-name", timing(90.0), timing(10.0), {}),
		report.row("seal-100k", timing(30.0), None, {"said": "100 entries in 3 s"}),
	]
	good, bad, job = report.table(rows).splitlines()[1:4]
	assert good.split() == [
		"find-code",
		"3",
		"12.3",
		"12.3",
		"12.3",
		"4",
		"+",
		"2",
		"6.00",
		"2.06",
		"80",
		"✓",
	]
	assert "✗ target" in bad and "> 3 × floor" in bad
	assert job.endswith("100 entries in 3 s") and "✓" not in job


def document(ms, size="S", python=10.0):
	rows = [report.row("board", timing(ms), None, {})]
	return report.document({"size": size, "anchor": {"python": python}}, rows)


def test_a_comparison_takes_the_drift_of_the_machine_out():
	rows = compare.compare(document(100.0, python=10), document(150.0, python=15))
	assert rows[0]["speedup"] == pytest.approx(2 / 3)
	assert rows[0]["fair"] == pytest.approx(1.0)
	assert compare.slower_than(rows, 1.2) == []
	assert "0.67" in compare.table(rows, 1.5)


def test_a_case_that_became_slow_is_named():
	rows = compare.compare(document(100.0), document(150.0))
	assert compare.slower_than(rows, 1.4) == ["board"]
	assert compare.slower_than(rows, 1.6) == []


@pytest.mark.parametrize("old", [{"anything": 1}, document(1.0, size="L")])
def test_what_cannot_be_compared_is_refused(old):
	with pytest.raises(compare.Unreadable):
		compare.compare(old, document(1.0))


def test_a_mistyped_case_is_answered_with_the_right_one():
	assert catalogue.unknown(["board"]) is None
	assert "slots-week" in catalogue.unknown(["slot-week"])
	assert "--list" in catalogue.unknown(["zzzz"])


def test_every_case_has_a_place():
	assert set(catalogue.CASES) == set(catalogue._WHERE)
