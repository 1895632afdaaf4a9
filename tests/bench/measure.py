"""Repeating a piece of work and saying how long it took. Pure: no database, no Frappe, no printing.

A *repetition* is one request. The percentiles are by nearest rank: P95 of n values is the value at
place ceil(0.95 × n) of the sorted ones, so it is always a value that was measured. With fewer than
100 repetitions P99 is the slowest one.
"""

import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

MILLISECONDS = 1000.0


@dataclass(frozen=True)
class Sample:
	"""One repetition: wall time in milliseconds and what the database server was asked.

	`queries`: statements that read or write; `control`: BEGIN, COMMIT, ROLLBACK and savepoints.
	"""

	ms: float
	queries: int = 0
	control: int = 0


@dataclass(frozen=True)
class Timing:
	"""What many samples say; times in milliseconds."""

	n: int
	p50: float
	p95: float
	p99: float
	fastest: float
	slowest: float
	queries_min: int
	queries_max: int
	control_max: int

	@property
	def is_constant(self) -> bool:
		"""Whether every repetition asked the database equally often."""
		return self.queries_min == self.queries_max


def percentile(values: Sequence[float], percent: float) -> float:
	"""The value at place ceil(percent/100 × n) of the sorted values. Raises ValueError without values."""
	if not values:
		raise ValueError("no values")
	if not 0 < percent <= 100:
		raise ValueError(f"not a percentage above 0: {percent}")
	# Rounded first: 0.07 × 100 is a little more than 7 in binary.
	place = math.ceil(round(percent / 100 * len(values), 9))
	return sorted(values)[place - 1]


def summarise(samples: Sequence[Sample]) -> Timing:
	"""Percentiles and the range of queries. Raises ValueError without samples."""
	times = [sample.ms for sample in samples]
	return Timing(
		n=len(samples),
		p50=percentile(times, 50),
		p95=percentile(times, 95),
		p99=percentile(times, 99),
		fastest=min(times),
		slowest=max(times),
		queries_min=min(sample.queries for sample in samples),
		queries_max=max(sample.queries for sample in samples),
		control_max=max(sample.control for sample in samples),
	)


def repeat(
	work: Callable[[int], Sample | None],
	times: int,
	*,
	warm_up: int = 3,
	seconds: float = math.inf,
	clock: Callable[[], float] = time.monotonic,
) -> list[Sample]:
	"""Samples of `work(0)`, `work(1)` …; the first `warm_up` calls are not kept.

	Ends after `times` kept samples, after `seconds` (at least one sample is kept), or when `work`
	returns None: it has nothing left to do. The number of a call goes on counting through the
	warm-up, so that no two calls get the same.
	"""
	kept: list[Sample] = []
	begun = clock()
	for number in range(warm_up + times):
		sample = work(number)
		if sample is None:
			break
		if number >= warm_up:
			kept.append(sample)
		if kept and clock() - begun > seconds:
			break
	return kept


def timed(work: Callable[[], object]) -> tuple[float, object]:
	"""(milliseconds, answer) of one call."""
	begun = time.perf_counter()
	answer = work()
	return (time.perf_counter() - begun) * MILLISECONDS, answer
