"""What the lines of a payment add up to on the screen of the till (the module is plain JavaScript)."""

import base64
import json
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
MODULE = ROOT / "apps/clinic_reception/clinic_reception/public/js/cash_desk/lines_math.js"
NODE = shutil.which("node")

pytestmark = pytest.mark.skipif(not NODE, reason="Node is not installed")


def run(call: str):
	"""The value of a JavaScript expression over the functions of the module, as `m`."""
	source = base64.b64encode(MODULE.read_bytes()).decode()
	script = (
		f'const m = await import("data:text/javascript;base64,{source}");console.log(JSON.stringify({call}));'
	)
	command = [NODE, "--input-type=module", "-e", script]
	return json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout)


def lines(*amounts: float | None) -> str:
	return json.dumps([{"kind": "Cash", "amount": amount} for amount in amounts])


@pytest.mark.parametrize(
	("amounts", "target", "expected"),
	[
		((), 100, {"sum": 0, "remaining": 100, "over": 0}),
		((40, None), 100, {"sum": 40, "remaining": 60, "over": 0}),
		((40, 60), 100, {"sum": 100, "remaining": 0, "over": 0}),
		((150,), 100, {"sum": 150, "remaining": 0, "over": 50}),
		((70,), None, {"sum": 70, "remaining": 0, "over": 70}),
		((0.1, 0.2), 0.3, {"sum": 0.3, "remaining": 0, "over": 0}),
	],
)
def test_settle(amounts, target, expected):
	assert run(f"m.settle({lines(*amounts)}, {json.dumps(target)})") == expected


def test_the_next_line_takes_the_rest_but_no_more_than_its_source_has():
	assert run(f"m.next_amount({lines(40)}, 100)") == 60
	assert run(f"m.next_amount({lines(40)}, 100, 25)") == 25
	assert run(f"m.next_amount({lines(100)}, 100)") is None


def test_a_deposit_is_not_used_twice():
	used = json.dumps(
		[
			{"kind": "Deposit", "deposit": "D1", "amount": 30},
			{"kind": "Deposit", "deposit": "D2", "amount": 99},
			{"kind": "Credit", "amount": 5},
		]
	)
	source = json.dumps({"kind": "Deposit", "deposit": "D1", "available": 50})
	assert run(f"m.left_of({source}, {used})") == 20


def test_what_was_not_counted_yet_is_no_difference():
	rows = json.dumps(
		[
			{"expected": 100, "counted": 90},
			{"expected": 50, "counted": None},
			{"expected": 0, "counted": 3},
		]
	)
	assert run(f"m.differences({rows})") == {"each": [-10, None, 3], "total": -7}


def test_problems_name_what_is_missing():
	methods = json.dumps(
		[
			{"name": "CASH", "kind": "Cash"},
			{"name": "CARD", "kind": "Card", "requires_reference": 1},
			{"name": "DEPOSIT", "kind": "Deposit"},
		]
	)
	given = json.dumps(
		[
			{"method": "CASH", "amount": 0},
			{"method": "CARD", "amount": 5, "reference": ""},
			{"method": "DEPOSIT", "amount": 5},
			{"method": "CASH", "amount": 5},
		]
	)
	assert run(f"m.problems({given}, {methods}).map((each) => each.code)") == [
		"amount",
		"reference",
		"deposit",
	]
