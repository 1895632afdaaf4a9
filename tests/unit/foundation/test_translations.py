"""The Persian file of clinic_core: complete for our modules, sorted, and true to its placeholders."""

import ast
import csv
import json
import re

import pytest

MODULES = ("foundation", "service_catalog", "people", "operations", "messaging")
PLACEHOLDER = re.compile(r"\{\d*\}")
ARABIC_KEYBOARD = re.compile("[يك٤-٦]")


@pytest.fixture(scope="module")
def app(repo_root):
	return repo_root / "apps" / "clinic_core" / "clinic_core"


@pytest.fixture(scope="module")
def rows(app):
	with open(app / "translations" / "fa.csv", encoding="utf-8", newline="") as file:
		return [row for row in csv.reader(file) if row]


def _labels(path):
	record = json.loads(path.read_text())
	if not isinstance(record, dict) or record.get("doctype") != "DocType":
		return set()
	found = {record["name"]}
	for field in record["fields"]:
		found |= {field[key] for key in ("label", "description") if field.get(key)}
		if field["fieldtype"] == "Select":
			found |= {option for option in (field.get("options") or "").split("\n") if option}
	return found


def _calls(path):
	"""Calls of `_()` with their first argument."""
	for node in ast.walk(ast.parse(path.read_text())):
		if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "_" and node.args:
			yield node, node.args[0]


def _messages(path):
	return {text.value for _call, text in _calls(path) if isinstance(text, ast.Constant)}


def test_every_label_option_and_description_is_translated(app, rows):
	known = {row[0] for row in rows}
	wanted = {label for path in app.glob("*/doctype/*/*.json") for label in _labels(path)}
	assert wanted - known == set()


def test_every_message_of_these_modules_is_translated(app, rows):
	known = {row[0] for row in rows}
	wanted = {m for module in MODULES for path in app.glob(f"{module}/**/*.py") for m in _messages(path)}
	assert wanted - known == set()


def test_every_text_of_the_form_scripts_is_translated(app, rows):
	known = {row[0] for row in rows}
	scripts = [path for module in MODULES for path in app.glob(f"{module}/doctype/*/*.js")]
	wanted = {text for path in scripts for text in re.findall(r'__\("([^"]+)"', path.read_text())}
	assert wanted - known == set()


def test_messages_are_literal_and_formatted_outside(app):
	"""A text built inside `_()` can never be translated."""
	for path in app.glob("**/*.py"):
		for call, text in _calls(path):
			built = isinstance(text, ast.JoinedStr | ast.BinOp)
			assert not built and not _is_format(text), f"{path.name}:{call.lineno}"


def _is_format(text):
	return isinstance(text, ast.Call) and getattr(text.func, "attr", "") == "format"


def test_placeholders_agree(rows):
	for source, translation, *_ in rows:
		assert sorted(PLACEHOLDER.findall(source)) == sorted(PLACEHOLDER.findall(translation)), source


def test_the_file_is_sorted_without_repetitions(rows):
	keys = [(row[0], row[2] if len(row) > 2 else "") for row in rows]
	assert keys == sorted(set(keys))


def test_translations_are_typed_on_a_persian_keyboard(rows):
	for source, translation, *_ in rows:
		assert translation.strip(), source
		assert not ARABIC_KEYBOARD.search(translation), source
