"""This run beside an earlier one: ratios per case. Pure.

A machine drifts: the same code may be 1.5 times slower an hour later. Both runs therefore carry an
*anchor*, the time of work that has nothing to do with us (a fixed sum in Python, `SELECT 1`, one
committed insert); the ratios are shown as measured and with the anchor's drift taken out.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from tests.bench.report import FORMAT, columns, number

_HEAD = ("case", "P50 then", "P50 now", "then/now", "P95 then/now", "same machine", "queries")


class Unreadable(Exception):
	"""The other file is no result of ours, or of another data set."""


def drift(old: Mapping[str, Any], new: Mapping[str, Any]) -> float:
	"""How much slower the machine is now: the median of the anchor's ratios, 1.0 without one."""
	ratios = sorted(
		new["anchor"][key] / old["anchor"][key] for key in old["anchor"] if new["anchor"].get(key)
	)
	return ratios[len(ratios) // 2] if ratios else 1.0


def compare(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[dict[str, Any]]:
	"""Per case in both runs: {case, then, now, speedup, speedup_p95, fair, queries_then, queries_now}.

	`speedup`: time then / time now, above 1 is faster now; `fair`: with the machine's drift taken out.
	Raises Unreadable when the two cannot be compared.
	"""
	if old.get("format") != FORMAT or "cases" not in old:
		raise Unreadable("it is not a result of ./clinic bench of this format")
	if old["size"] != new["size"]:
		raise Unreadable(f"it measured set {old['size']}, this run set {new['size']}")
	slower, before = drift(old, new), {row["case"]: row for row in old["cases"]}
	found = []
	for row in new["cases"]:
		if then := before.get(row["case"]):
			speedup = then["p50"] / row["p50"]
			found.append(
				{
					"case": row["case"],
					"then": then["p50"],
					"now": row["p50"],
					"speedup": speedup,
					"speedup_p95": then["p95"] / row["p95"],
					"fair": speedup * slower,
					"queries_then": then["queries_max"],
					"queries_now": row["queries_max"],
				}
			)
	return found


def table(rows: Sequence[Mapping[str, Any]], slower: float) -> str:
	"""The comparison for people."""
	lines = [
		(
			row["case"],
			number(row["then"]),
			number(row["now"]),
			f"{row['speedup']:.2f}",
			f"{row['speedup_p95']:.2f}",
			f"{row['fair']:.2f}",
			_change(row["queries_then"], row["queries_now"]),
		)
		for row in rows
	]
	return "\n".join(
		[
			columns([_HEAD, *lines]),
			"",
			f"Above 1 is faster now. The machine itself takes {slower:.2f} times as long as then.",
		]
	)


def _change(then: int, now: int) -> str:
	return str(now) if then == now else f"{then} → {now}"


def slower_than(rows: Sequence[Mapping[str, Any]], ratio: float) -> list[str]:
	"""Cases that take more than `ratio` times as long as then, the machine's drift taken out."""
	return [row["case"] for row in rows if 1 / row["fair"] > ratio]
