"""What a run found: a table for people, a dict for machines. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

from tests.bench.measure import Timing
from tests.bench.targets import FLOOR_RATIO, P95_MS

FORMAT = 1
_HEAD = ("case", "n", "P50", "P95", "P99", "queries", "floor P50", "× floor", "target P95", "")
_LEFT = (0, 9)

LEGEND = (
	"Times in ms: one request in process, from the call to the end of what follows its commit.",
	"queries: statements that read or write + BEGIN, COMMIT, ROLLBACK and savepoints; a range where it varies.",
	"floor: the same answer by the leanest hand-written SQL through mysqlclient, in the same minutes.",
)


def row(name: str, timing: Timing, floor: Timing | None, notes: dict[str, Any]) -> dict[str, Any]:
	"""One case as it is kept in the file."""
	target = P95_MS.get(name)
	return {
		"case": name,
		**asdict(timing),
		"floor": asdict(floor) if floor else None,
		"ratio": timing.p50 / floor.p50 if floor and floor.p50 else None,
		"target_p95": target,
		"meets_target": timing.p95 <= target if target else None,
		"notes": notes,
	}


def document(facts: dict[str, Any], rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
	"""The file: what was measured where, and the cases."""
	return {"format": FORMAT, **facts, "cases": list(rows)}


def table(rows: Iterable[dict[str, Any]], anchor: dict[str, float] | None = None) -> str:
	"""The table on the screen, with its legend."""
	lines = [_HEAD, *(_cells(one) for one in rows)]
	text = columns(lines, left=_LEFT)
	own = f"Frappe itself takes {number(anchor['frappe'])} ms for a list of ten rows." if anchor else ""
	return "\n".join([text, "", *LEGEND, *([own] if own else [])])


def _cells(one: dict[str, Any]) -> tuple[str, ...]:
	floor = one["floor"]
	return (
		one["case"],
		str(one["n"]),
		number(one["p50"]),
		number(one["p95"]),
		number(one["p99"]),
		_queries(one),
		number(floor["p50"]) if floor else "–",
		number(one["ratio"]) if one["ratio"] else "–",
		str(one["target_p95"] or "–"),
		_verdict(one),
	)


def _queries(one: dict[str, Any]) -> str:
	low, high = one["queries_min"], one["queries_max"]
	span = str(low) if low == high else f"{low}–{high}"
	return f"{span} + {one['control_max']}"


def _verdict(one: dict[str, Any]) -> str:
	signs = []
	if one["meets_target"] is not None:
		signs.append("✓" if one["meets_target"] else "✗ target")
	if one["ratio"] and one["ratio"] > FLOOR_RATIO:
		signs.append(f"> {FLOOR_RATIO:g} × floor")
	if said := one["notes"].get("said"):
		signs.append(said)
	return "  ".join(signs)


def number(value: float) -> str:
	"""Three figures are enough to read: 1234, 56.7, 0.89."""
	if value >= 100:
		return f"{value:.0f}"
	return f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def columns(lines: Sequence[Sequence[str]], left: Sequence[int] = (0,)) -> str:
	"""Lines of cells as aligned text; columns in `left` are set flush left."""
	widths = [max(len(line[at]) for line in lines) for at in range(len(lines[0]))]
	out = []
	for line in lines:
		cells = [
			cell.ljust(widths[at]) if at in left else cell.rjust(widths[at]) for at, cell in enumerate(line)
		]
		out.append("  ".join(cells).rstrip())
	return "\n".join(out)
