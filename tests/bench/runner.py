"""Runs cases one after the other on one site, says how it goes, and leaves the data as it was."""

import pathlib
import sys
import time
from dataclasses import asdict
from typing import Any

from tests.bench import catalogue, machine, measure, report
from tests.bench.case import Case
from tests.bench.data import stamp
from tests.bench.keep import Busy, Keeper
from tests.bench.lab import Lab
from tests.bench.world import SIZES, World

__all__ = ["Busy", "NotLoaded", "run"]


class NotLoaded(Exception):
	"""The site holds no data set."""


def run(site: str, size: str, names: list[str], times: int | None) -> dict[str, Any]:
	"""Measure the cases `names` (all when empty); returns the document of the result."""
	loaded = stamp.read(pathlib.Path(site))
	if not loaded or loaded.size != size:
		raise NotLoaded(f"{site} does not hold data set {size}: ./clinic bench loads it")
	world, lab = World(SIZES[size], loaded.day), Lab(site)
	try:
		facts = machine.facts(lab)
		facts |= {"size": size, "data": asdict(SIZES[size]), "anchor": machine.anchor(lab)}
		keeper, rows = Keeper(lab), []
		for name in names or catalogue.CASES:
			rows.append(_one(catalogue.load(name)(lab, world), keeper, times))
		return report.document(facts, rows)
	finally:
		lab.close()


def _one(case: Case, keeper: Keeper, times: int | None) -> dict[str, Any]:
	_say(f"  … {case.name}: {catalogue.CASES[case.name]}")
	begun, times = time.monotonic(), times or case.repetitions
	keeper.begin()
	try:
		case.prepare(keeper, times)
		samples, floors = case.measure(times)
	finally:
		keeper.restore()
	if left := keeper.changed():
		raise AssertionError(f"{case.name} left rows changed: {left}")
	if not samples:
		raise AssertionError(f"{case.name} found nothing to do")
	_say(f"  ✓ {case.name} ({time.monotonic() - begun:.1f} s)")
	floor = measure.summarise(floors) if floors else None
	return report.row(case.name, measure.summarise(samples), floor, case.notes)


def _say(text: str) -> None:
	print(text, file=sys.stderr, flush=True)
