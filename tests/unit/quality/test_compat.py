"""What Frappe keeps to itself is used in one file per side, where its versions are looked after."""

import json
import re

import pytest

from tests.source_map import ROOT

PYTHON_HOME = ROOT / "apps/clinic_core/clinic_core/foundation/compat.py"
BROWSER_HOME = ROOT / "apps/clinic_core/clinic_core/public/js/kit/compat.js"

# Not in Frappe's documentation, or different between 15.0.0-dev, 15.56 and 16.
PYTHON = {
	"the log of messages": r"\bmessage_log\b",
	"the register of endpoints": r"frappe\.(whitelisted|guest_methods)\b",
	"functions of the desk": r"(from|import) frappe\.desk\b",
	"Frappe's side of RQ": r"\bbackground_jobs\b|from rq\b",
	"the database class": r"type\(frappe\.(local\.)?db\)|\bis_deadlocked\b",
	"status codes of Frappe's errors": r"frappe\.\w+Error\.http_status_code",
	"installation": r"(from|import) frappe\.(installer|migrate|build)\b",
	"the version": r"frappe\.__version__\.split",
	"names gone in 16": (
		r"frappe\.(get_version|lazy_import|InvalidKeyError|patch_query_\w+)\b|get_number_format_info|FrappeTestCase"
	),
	"SQL functions in the fields of a list": r'fields=\[[^\]]*"(count|sum|min|max|avg)\(',
}
BROWSER = {
	"classes of controls": r"frappe\.ui\.form\.Control|Control\w*\.prototype",
	"formatters": r"frappe\.form\.formatters",
	"the realtime connection": r"frappe\.realtime\??\.(socket|doctype_(un)?subscribe)",
	"the view on screen": r"\bcur_(list|page|dialog)\b",
	"the router": r"frappe\.router\b",
	"the running application": r"frappe\.app\b",
	"the link search": r"frappe\.desk\.search",
	"an address of the desk": r"[\"'`]/(app|desk)/",
}


def _sources(pattern):
	return [
		path
		for path in sorted(ROOT.glob(f"apps/*/*/**/{pattern}"))
		if not {"dist", "node_modules", "vendor"} & set(path.parts) and path.name != "hooks.py"
	]


def _uses(paths, home, pattern):
	return [
		f"{path.relative_to(ROOT)}:{number}"
		for path in paths
		if path != home
		for number, line in enumerate(path.read_text().splitlines(), 1)
		if re.search(pattern, line) and not line.lstrip().startswith(("#", "//", "*", "/*"))
	]


@pytest.mark.parametrize("what", sorted(PYTHON))
def test_private_names_of_the_server_are_in_one_file(what):
	assert _uses(_sources("*.py"), PYTHON_HOME, PYTHON[what]) == []


@pytest.mark.parametrize("what", sorted(BROWSER))
def test_private_names_of_the_browser_are_in_one_file(what):
	assert _uses(_sources("*.js"), BROWSER_HOME, BROWSER[what]) == []


@pytest.mark.parametrize("home", [PYTHON_HOME, BROWSER_HOME])
def test_the_file_says_what_it_was_checked_for(home):
	text = home.read_text()
	assert "15.0.0-dev" in text and "15.56" in text and "16.0.0-dev" in text


def test_every_app_says_which_frappe_it_is_for():
	for path in sorted(ROOT.glob("apps/clinic_*/pyproject.toml")):
		assert 'frappe = ">=15.0.0-dev,<17.0.0"' in path.read_text(), path
	gate = PYTHON_HOME.read_text()
	assert "SUPPORTED_VERSIONS = (15, 16)" in gate


def test_every_app_has_a_tile_on_the_screen_of_apps():
	"""Without it Frappe 16 shows the app nowhere on its desktop."""
	for path in sorted(ROOT.glob("apps/clinic_*/clinic_*/hooks.py")):
		assert "add_to_apps_screen" in path.read_text(), path


def test_filters_of_cards_and_charts_have_four_parts():
	"""Frappe 15's desk writes a fifth, `false`; the query builder behind lists in 16 refuses it."""
	records = [
		path
		for kind in ("number_card", "dashboard_chart")
		for path in ROOT.glob(f"apps/*/*/*/{kind}/*/*.json")
	]
	filters = {
		path.name: list(json.loads(json.loads(path.read_text()).get("filters_json") or "[]"))
		for path in records
	}
	assert len(filters) > 15
	assert {name: rows for name, rows in filters.items() if any(len(row) > 4 for row in rows)} == {}
