"""What the whole source keeps to: checks that need neither a site nor Node (`python -m devbench.lint` has the rest)."""

import ast
import os
import pathlib
import subprocess

import pytest

from devbench.lint.__main__ import APPS, REPO, python_checks
from tests.source_map import endpoints

LONGEST_FUNCTION = 60
LONG_FILE, LONGEST_FILE, LONG_FILES = 300, 400, 5  # a few files may be longer than 300 lines, for a reason
DATA_ONLY = {"catalog.py"}
SOURCES = sorted(path for app in APPS for path in app.rglob("*.py"))


@pytest.mark.parametrize("check", sorted(python_checks()))
def test_the_source_passes(check):
	command = python_checks()[check]
	if not pathlib.Path(command[0]).exists():
		pytest.skip(f"{command[0]} is not installed here")
	environment = {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, APPS))}
	done = subprocess.run(command, cwd=REPO, env=environment, capture_output=True, text=True)
	assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-1000:]


@pytest.mark.parametrize("path", sorted(endpoints()))
def test_an_endpoint_is_fully_typed_and_says_what_it_does(path):
	assert endpoints()[path].untyped == ()
	assert endpoints()[path].has_docstring
	assert endpoints()[path].methods, "GET for reads, POST for writes: say which"


def test_endpoints_keep_the_types_frappe_checks():
	for path in SOURCES:
		text = path.read_text()
		if "@frappe.whitelist" in text:
			assert "from __future__ import annotations" not in text, path


def test_functions_are_short():
	long = [
		f"{path.relative_to(REPO)}:{node.lineno} {node.name}"
		for path in SOURCES
		for node in ast.walk(ast.parse(path.read_text()))
		if isinstance(node, ast.FunctionDef) and node.end_lineno - node.lineno >= LONGEST_FUNCTION
	]
	assert long == []


def test_long_files_are_rare():
	lines = {
		path.relative_to(REPO): path.read_text().count("\n") for path in SOURCES if path.name not in DATA_ONLY
	}
	long = {path: count for path, count in lines.items() if count > LONG_FILE}
	assert len(long) <= LONG_FILES and all(count <= LONGEST_FILE for count in long.values()), long


def test_no_plain_sql_and_no_commit_outside_jobs():
	wrong = []
	for path in SOURCES:
		text = path.read_text()
		if "frappe.db.sql(" in text or "frappe.db.sql_list(" in text:
			wrong.append(f"{path.relative_to(REPO)}: frappe.db.sql")
		allowed = path.name in ("boundary.py", "jobs.py", "events.py") or "demo" in path.parts
		if "frappe.db.commit(" in text and not allowed:
			wrong.append(f"{path.relative_to(REPO)}: frappe.db.commit")
	assert wrong == []
