"""Measures one site: `python -m tests.bench --size S`, from the sites folder. `./clinic bench` calls it."""

import argparse
import datetime
import json
import pathlib
import sys

from tests.bench import catalogue, compare, report, world

RESULTS = pathlib.Path(__file__).resolve().parents[2] / ".bench" / "results"


def _arguments(given: list[str]) -> argparse.Namespace:
	parser = argparse.ArgumentParser(prog="./clinic bench")
	parser.add_argument("--size", choices=tuple(world.SIZES), default="S")
	parser.add_argument("--site")
	parser.add_argument("--case", nargs="+", default=[])
	parser.add_argument("--repeat", type=int)
	parser.add_argument("--json", type=pathlib.Path)
	parser.add_argument("--compare", type=pathlib.Path)
	parser.add_argument("--fail-over", type=float)
	return parser.parse_args(given)


def main(given: list[str]) -> int:
	"""Run the cases, print the table, write the file; 0 unless a comparison was asked to fail."""
	args = _arguments(given)
	if problem := catalogue.unknown(args.case):
		print(problem, file=sys.stderr)
		return 2
	old = json.loads(args.compare.read_text()) if args.compare else None
	from tests.bench import runner

	try:
		found = runner.run(args.site or world.site_of(args.size), args.size, args.case, args.repeat)
	except (runner.NotLoaded, runner.Busy) as problem:
		print(problem, file=sys.stderr)
		return 2
	print("\n" + report.table(found["cases"], found["anchor"]))
	path = args.json or _default_path(args.size)
	path.parent.mkdir(parents=True, exist_ok=True)
	path.write_text(json.dumps(found, indent=1, default=str) + "\n")
	print(f"\nwritten to {path}")
	return _judge(old, found, args.fail_over) if old else 0


def _default_path(size: str) -> pathlib.Path:
	now = datetime.datetime.now().strftime("%Y%m%d-%H%M%S")
	return RESULTS / f"bench-{size}-{now}.json"


def _judge(old: dict, new: dict, fail_over: float | None) -> int:
	try:
		rows = compare.compare(old, new)
	except compare.Unreadable as problem:
		print(f"cannot compare: {problem}", file=sys.stderr)
		return 2
	print("\n" + compare.table(rows, compare.drift(old, new)))
	slow = compare.slower_than(rows, fail_over) if fail_over else []
	if slow:
		print(f"more than {fail_over:g} times as slow as then: {', '.join(slow)}", file=sys.stderr)
	return 1 if slow else 0


if __name__ == "__main__":
	sys.exit(main(sys.argv[1:]))
