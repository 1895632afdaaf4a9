"""What the requests of one step of a load say, and where the web server is saturated. Pure."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from tests.bench import measure, report

OVERLOADED = 2.0
"""Odoo's rule: a server is overloaded when its P50 is twice what it is at light load."""
FAILURES = 0.01
"""More failures than this share of the requests are overload as well."""
NOISE = 0.1
"""More than this share of the processors spent on something else spoils the times."""
_HEAD = ("request", "n", "per s", "P50", "P95", "P99", "slowest", "failed", "target P95", "")


class Request(NamedTuple):
	"""One answered request: `ms` until its last byte; `failure` says what was wrong, None if nothing."""

	name: str
	ms: float
	failure: str | None


def step(
	users: int,
	seconds: float,
	requests: Sequence[Request],
	refused: Counter,
	spent: Mapping[str, float],
	cores: int,
) -> dict[str, Any]:
	"""One number of people at work. `refused`: business answers such as a taken time, by name; `spent`:
	processor seconds by kind of process, of the machine's `cores`."""
	groups: dict[str, list[Request]] = defaultdict(list)
	for request in requests:
		groups[request.name].append(request)
	rows = [_row(name, groups[name], seconds, refused[name]) for name in sorted(groups)]
	times = [request.ms for request in requests]
	return {
		"users": users,
		"seconds": round(seconds, 1),
		"requests": len(requests),
		"per_second": len(requests) / seconds,
		"p50": measure.percentile(times, 50) if times else 0.0,
		"p95": measure.percentile(times, 95) if times else 0.0,
		"p99": measure.percentile(times, 99) if times else 0.0,
		"failed": sum(row["failed"] for row in rows),
		"refused": dict(refused),
		"processor_seconds": dict(spent),
		"busy": sum(spent.values()) / (seconds * cores),
		"busy_with_others": spent.get("others", 0.0) / (seconds * cores),
		"failures": _examples(requests),
		"cases": rows,
	}


def _row(name: str, requests: list[Request], seconds: float, refused: int) -> dict[str, Any]:
	timing = measure.summarise([measure.Sample(request.ms) for request in requests])
	failed = sum(request.failure is not None for request in requests)
	found = report.row(name, timing, None, {"said": f"{refused} × taken"} if refused else {})
	return {**found, "failed": failed, "per_second": len(requests) / seconds}


def _examples(requests: Iterable[Request]) -> list[dict[str, Any]]:
	"""Each failure once, with how often it came; what differs in numbers only is the same."""
	seen, said = Counter(), {}
	for request in requests:
		if request.failure:
			key = (request.name, re.sub(r"[\d۰-۹]+", "#", request.failure))
			seen[key] += 1
			said.setdefault(key, request.failure)
	return [{"request": key[0], "said": said[key], "times": times} for key, times in seen.most_common(20)]


def table(found: dict[str, Any]) -> str:
	"""One step for people."""
	lines = [_HEAD, *(_cells(row) for row in found["cases"])]
	number = report.number
	text = [
		f"{found['users']} people at work for {found['seconds']:.0f} s: {found['requests']} requests, "
		f"{number(found['per_second'])} a second; P50 {number(found['p50'])}, P95 {number(found['p95'])}, "
		f"P99 {number(found['p99'])} ms; {found['failed']} failed",
		_load_of(found),
		"",
		report.columns(lines, left=(0, 9)),
	]
	text += [f"! {one['times']} × {one['request']}: {one['said']}" for one in found["failures"]]
	return "\n".join(text)


def _load_of(found: dict[str, Any]) -> str:
	"""How busy the machine was and with what; processor time of one request."""
	spent, requests = found["processor_seconds"], max(found["requests"], 1)
	parts = ", ".join(
		f"{kind} {seconds / requests * 1000:.0f}" for kind, seconds in spent.items() if kind != "others"
	)
	said = f"processors {found['busy']:.0%} busy; ms of processor time for a request: {parts}"
	if found["busy_with_others"] > NOISE:
		said += f"\n! {found['busy_with_others']:.0%} went to other work on this machine: times are too long"
	return said


def _cells(row: dict[str, Any]) -> tuple[str, ...]:
	verdict = [] if row["meets_target"] is None else ["✓" if row["meets_target"] else "✗ target"]
	if said := row["notes"].get("said"):
		verdict.append(said)
	number = report.number
	return (
		row["case"],
		str(row["n"]),
		number(row["per_second"]),
		*(number(row[key]) for key in ("p50", "p95", "p99", "slowest")),
		str(row["failed"]),
		str(row["target_p95"] or "–"),
		"  ".join(verdict),
	)


def is_overloaded(found: dict[str, Any], nominal: dict[str, Any]) -> bool:
	"""Whether P50 has doubled against the nominal step, or too much fails."""
	return found["p50"] >= OVERLOADED * nominal["p50"] or found["failed"] > FAILURES * found["requests"]


def next_users(steps: Sequence[dict[str, Any]], most: int) -> int | None:
	"""How many people the saturation search tries next, None when it is over.

	Doubles until a step is overloaded, then halves the gap twice. The first step is the nominal one.
	"""
	nominal, tried = steps[0], {found["users"]: found for found in steps}
	good = max(users for users, found in tried.items() if not is_overloaded(found, nominal))
	bad = min((users for users, found in tried.items() if is_overloaded(found, nominal)), default=None)
	if bad is None:
		return min(good * 2, most) if good < most else None
	gap, doublings = bad - good, good
	if gap <= max(doublings // 4, 1):
		return None
	return good + gap // 2


def saturation(steps: Sequence[dict[str, Any]]) -> dict[str, Any] | None:
	"""{users, per_second, nominal_p50}: where P50 doubles, between the last good step and the first bad
	one in proportion to P50; None if it never did."""
	nominal = steps[0]
	good = max(
		(found for found in steps if not is_overloaded(found, nominal)), key=lambda found: found["users"]
	)
	over = [found for found in steps if is_overloaded(found, nominal) and found["users"] > good["users"]]
	if not over:
		return None
	bad = min(over, key=lambda found: found["users"])
	limit = OVERLOADED * nominal["p50"]
	rise = bad["p50"] - good["p50"]
	part = min(max((limit - good["p50"]) / rise, 0.0), 1.0) if rise > 0 else 0.0
	return {
		"users": round(good["users"] + part * (bad["users"] - good["users"])),
		"per_second": good["per_second"] + part * (bad["per_second"] - good["per_second"]),
		"nominal_users": nominal["users"],
		"nominal_p50": nominal["p50"],
		"nominal_per_second": nominal["per_second"],
	}


def saturation_text(steps: Sequence[dict[str, Any]], think: tuple[float, float]) -> str:
	"""The search for people: its steps, and the sentence that answers it."""
	number = report.number
	head = ("people", "requests", "per s", "P50", "P95", "P99", "failed", "busy", "others", "P50 to nominal")
	lines = [
		(
			str(one["users"]),
			str(one["requests"]),
			*(number(one[key]) for key in ("per_second", "p50", "p95", "p99")),
			str(one["failed"]),
			f"{one['busy']:.0%}",
			f"{one['busy_with_others']:.0%}",
			f"× {one['p50'] / steps[0]['p50']:.2f}",
		)
		for one in sorted(steps, key=lambda one: one["users"])
	]
	found = saturation(steps)
	pause = sum(think) / 2
	if found:
		said = (
			f"P50 doubles at {number(found['per_second'])} requests a second: about {found['users']} people who "
			f"ask every {pause:g} s and the time of the answer"
		)
	else:
		most = max(steps, key=lambda one: one["users"])
		said = f"P50 has not doubled with {most['users']} people ({number(most['per_second'])} requests a second)"
	return "\n".join([report.columns([head, *lines], left=()), "", said])
