"""What a race has shown: pure reckoning over what the contenders report and what the database holds."""

import math
from collections import Counter
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Tally:
	"""What one contender, or all of them together, met. Milliseconds by door; counts by name."""

	wins: dict[int, list[tuple[int, str]]] = field(default_factory=dict)
	counts: Counter = field(default_factory=Counter)
	attempts_ms: dict[str, list[float]] = field(default_factory=dict)
	began: dict[int, float] = field(default_factory=dict)
	ended: dict[int, float] = field(default_factory=dict)
	errors: list[str] = field(default_factory=list)
	connections: set[int] = field(default_factory=set)

	def won(self, number: int, contender: int, name: str) -> None:
		"""`contender` got the time of a round; `name` holds it."""
		self.wins.setdefault(number, []).append((contender, name))

	def took(self, number: int, door: str, began: float, ended: float) -> None:
		"""One attempt, in seconds of a clock that all processes share."""
		self.attempts_ms.setdefault(door, []).append((ended - began) * 1000)
		self.began[number] = min(began, self.began.get(number, began))
		self.ended[number] = max(ended, self.ended.get(number, ended))

	def add(self, other: "Tally") -> None:
		"""Take in what another met."""
		for number, winners in other.wins.items():
			self.wins.setdefault(number, []).extend(winners)
		self.counts.update(other.counts)
		for door, times in other.attempts_ms.items():
			self.attempts_ms.setdefault(door, []).extend(times)
		for number, moment in other.began.items():
			self.began[number] = min(moment, self.began.get(number, moment))
		for number, moment in other.ended.items():
			self.ended[number] = max(moment, self.ended.get(number, moment))
		self.errors.extend(other.errors)
		self.connections |= other.connections


def percentile(values: list[float], percent: float) -> float:
	"""The nearest-rank percentile; 0 of nothing."""
	if not values:
		return 0.0
	ordered = sorted(values)
	return ordered[max(0, math.ceil(len(ordered) * percent / 100) - 1)]


def audit(
	expected: set[tuple[str, int, int, str]],
	booked: set[str],
	found: list[tuple[str, int, int, str]],
	appointments: set[str],
) -> dict[str, int]:
	"""Compare the claims (key, cell, seat, holder) and the appointments that the winners must have left,
	`expected` and `booked`, with those `found` in the database. All counts are 0 after a good race."""
	present = set(found)
	per_cell = Counter((key, cell) for key, cell, _seat, _holder in found)
	holding = {holder for _key, _cell, _seat, holder in found}
	return {
		"overlapping_cells": sum(n > 1 for n in per_cell.values()),
		"claims_missing": len(expected - present),
		"claims_too_many": len(present - expected),
		"appointments_without_claims": len(appointments - holding),
		"appointments_missing": len(booked - appointments),
		"appointments_too_many": len(appointments - booked),
	}


def figures(doors: list[str], clients: int, tally: Tally, seconds: float, audit: dict[str, int]) -> dict:
	"""All figures of a race; `passed` is the whole verdict."""
	winners = Counter(len(tally.wins.get(number, ())) for number in range(len(doors)))
	surfaced = {name: tally.counts[f"surfaced {name}"] for name in ("contention", "other")}
	found: dict[str, Any] = {
		"clients": clients,
		"connections": len(tally.connections),
		"rounds": len(doors),
		"seconds": round(seconds, 1),
		"rounds_per_second": round(len(doors) / seconds, 2) if seconds else 0,
		"winners_per_round": {str(n): winners[n] for n in sorted(winners)},
		"winners": sum(n * rounds for n, rounds in winners.items()),
		"losers": tally.counts["lost"],
		"retries_at_the_boundary": tally.counts["retries"],
		"met_by_the_boundary": {
			name: tally.counts[name] for name in ("deadlocks", "lock_timeouts", "stale_snapshots")
		},
		"surfaced_to_callers": surfaced,
		"in_the_database": audit,
		"doors": {door: _door(door, doors, tally) for door in dict.fromkeys(doors)},
		"errors": tally.errors[:10],
	}
	found["passed"] = (
		winners == {1: len(doors)}
		and len(tally.connections) == clients
		and not any(surfaced.values())
		and not any(audit.values())
	)
	return found


def _door(door: str, doors: list[str], tally: Tally) -> dict[str, float]:
	"""Times of the rounds of one door, from the first start to the last answer, and of single attempts."""
	numbers = [n for n, name in enumerate(doors) if name == door and n in tally.ended]
	rounds = [(tally.ended[n] - tally.began[n]) * 1000 for n in numbers]
	attempts = tally.attempts_ms.get(door, [])
	return {
		"rounds": len(numbers),
		"retries": tally.counts[f"retries {door}"],
		"round_p50_ms": round(percentile(rounds, 50), 1),
		"round_p95_ms": round(percentile(rounds, 95), 1),
		"attempt_p50_ms": round(percentile(attempts, 50), 1),
		"attempt_p95_ms": round(percentile(attempts, 95), 1),
	}


def table(found: dict) -> str:
	"""The figures as a person reads them."""
	met, surfaced = found["met_by_the_boundary"], found["surfaced_to_callers"]
	lines = [
		f"{found['clients']} clients on {found['connections']} database connections, "
		f"{found['rounds']} rounds in {found['seconds']} s ({found['rounds_per_second']} rounds/s)",
		"",
		f"{'door':<10}{'rounds':>8}{'retries':>9}{'round P50':>12}{'P95 ms':>9}{'attempt P50':>13}{'P95 ms':>9}",
	]
	for door, row in found["doors"].items():
		lines.append(
			f"{door:<10}{row['rounds']:>8}{row['retries']:>9}{row['round_p50_ms']:>12}{row['round_p95_ms']:>9}"
			f"{row['attempt_p50_ms']:>13}{row['attempt_p95_ms']:>9}"
		)
	per_round = ", ".join(f"{n} in {rounds} rounds" for n, rounds in found["winners_per_round"].items())
	lines += [
		"",
		f"winners: {per_round}   losers: {found['losers']}",
		f"met and retried by the boundary: {met['deadlocks']} deadlocks (1213), {met['lock_timeouts']} lock "
		f"timeouts (1205), {met['stale_snapshots']} stale snapshots (1020); "
		f"{found['retries_at_the_boundary']} retries",
		f"surfaced to a caller: {surfaced['contention']} conflicts of the database, {surfaced['other']} other errors",
		"in the database: "
		+ ", ".join(f"{count} {name.replace('_', ' ')}" for name, count in found["in_the_database"].items()),
		*(f"! {error}" for error in found["errors"]),
		"PASSED: one winner in every round" if found["passed"] else "FAILED",
	]
	return "\n".join(lines)
