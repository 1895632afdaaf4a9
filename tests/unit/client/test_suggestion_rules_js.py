"""The dialog of suggested services: what a search finds, what a pasted column means, what is asked for."""

import base64
import json
import shutil
import subprocess

import pytest

JS = "apps/clinic_core/clinic_core/public/js"


def _module(source):
	return "data:text/javascript;base64," + base64.b64encode(source.encode()).decode()


@pytest.fixture(scope="module")
def run(repo_root):
	"""Evaluates an expression with the exported functions of rules.js as `rules`."""
	node = shutil.which("node") or pytest.skip("needs node")
	digits = _module((repo_root / JS / "kit/digits.js").read_text())
	source = (repo_root / JS / "service_catalog/suggestions/rules.js").read_text()
	module = _module(source.replace('"../../kit/digits.js"', json.dumps(digits)))

	def evaluate(expression, **values):
		names = "".join(f"const {name} = {json.dumps(value)};" for name, value in values.items())
		script = (
			f"const rules = await import({json.dumps(module)});{names}"
			f"console.log(JSON.stringify({expression}));"
		)
		done = subprocess.run(
			[node, "--input-type=module", "-e", script], capture_output=True, text=True, check=True
		)
		return json.loads(done.stdout)

	return evaluate


SERVICE = {
	"code": "FAC-003",
	"titles": {"en": "Basic facial cleansing", "fa": "پاک‌سازی پایهٔ پوست"},
	"areas": [{"titles": {"en": "Neck", "fa": "گردن"}}],
}
DEPARTMENT = {"titles": {"en": "Facial care", "fa": "مراقبت پوست", "tr": "Cilt bakımı"}}

FOUND = [
	"",
	"  ",
	"facial",
	"CLEANSING basic",
	"پاکسازی",
	"پاک سازی",
	"پاک‌سازی",
	"پايه پوست",
	"پایهٔ",
	"fac-003",
	"گردن",
	"مراقبت",
	"cilt",
]
NOT_FOUND = ["laser", "facial laser", "لیزر", "پاک شویی"]


def test_a_search_finds_any_name_however_it_is_typed(run):
	queries = FOUND + NOT_FOUND
	answers = run(
		"queries.map((query) => rules.fits(rules.search_text(service, department), query))",
		queries=queries,
		service=SERVICE,
		department=DEPARTMENT,
	)
	assert {q for q, a in zip(queries, answers, strict=True) if a} == set(FOUND)


def test_names_beside_each_other(run):
	titles = {"en": "Laser", "fa": "لیزر"}
	answer = run(
		"['en', 'fa', 'tr'].map((l) => [rules.title_in(titles, l), rules.other_title(titles, l)])",
		titles=titles,
	)
	assert answer == [["Laser", "لیزر"], ["لیزر", "Laser"], ["Laser", "لیزر"]]


@pytest.mark.parametrize(
	("text", "expected"),
	[
		("1,500,000\n۲٬۰۰۰٬۰۰۰\n", [{"amount": 15_000_000}, {"amount": 20_000_000}]),
		("100\r\n\r\n300\r\n", [{"amount": 1000}, {"amount": None}, {"amount": 3000}]),
		("Laser\t250\nFacial\t۳۰۰", [{"amount": 2500}, {"amount": 3000}]),
		("10\nabc\n-5\n0", [{"amount": 100}, {"bad": "abc"}, {"bad": "-5"}, {"amount": 0}]),
		("12 تومان", [{"bad": "12 تومان"}]),
	],
)
def test_a_pasted_column_of_prices(run, text, expected):
	assert run("rules.read_prices(text, 10)", text=text) == expected


@pytest.mark.parametrize(
	("text", "expected"), [("100", False), (" 100 \n", False), ("100\n200", True), ("a\t5", True)]
)
def test_one_number_is_pasted_as_usual(run, text, expected):
	assert run("rules.is_column(text)", text=text) is expected


SERVICES = [
	{"code": "A", "department": "X", "service": None},
	{"code": "B", "department": "X", "service": "SRV-1"},
	{"code": "C", "department": "Y", "service": None},
]


def test_counts_by_department(run):
	answer = run("[...rules.counts(services, new Set(['A']))]", services=SERVICES)
	assert answer == [
		["X", {"total": 2, "available": 1, "chosen": 1}],
		["Y", {"total": 1, "available": 1, "chosen": 0}],
	]


def test_only_what_is_chosen_and_new_is_asked_for(run):
	answer = run(
		"""rules.request(services, new Set(['A', 'B', 'C']), new Map([
			['A', {amount: 0, areas: {face: 5, neck: null}}], ['B', {amount: 7, areas: {}}]]))""",
		services=SERVICES,
	)
	assert answer == [
		{"suggestion": "A", "amount": 0, "areas": {"face": 5}},
		{"suggestion": "C", "amount": None, "areas": {}},
	]


def test_zero_is_a_price_and_so_is_one_of_an_area(run):
	prices = [{"amount": 0}, {"amount": None}, {"amount": None, "areas": {"a": 0}}, {"areas": {"a": None}}]
	assert run("prices.map(rules.has_price)", prices=prices) == [True, False, True, False]
