"""What the apps' source says about itself, read without importing it: endpoints and DocTypes."""

import ast
import functools
import json
import pathlib
from dataclasses import dataclass

ROOT = pathlib.Path(__file__).resolve().parent.parent
APPS = ("clinic_core", "clinic_crm", "clinic_reception")


@dataclass(frozen=True)
class Endpoint:
	"""A function anybody may call by its address."""

	path: str
	methods: tuple[str, ...]
	is_for_guests: bool
	required: tuple[str, ...]
	untyped: tuple[str, ...]
	has_docstring: bool

	@property
	def verb(self):
		return "GET" if "GET" in self.methods else "POST"


@functools.cache
def endpoints():
	"""Every whitelisted function of our apps, by dotted path."""
	found = {}
	for app in APPS:
		base = ROOT / "apps" / app
		for path in sorted((base / app).rglob("*.py")):
			if "whitelist" in (text := path.read_text()):
				dotted = ".".join(path.relative_to(base).with_suffix("").parts)
				for one in _whitelisted(ast.parse(text), dotted):
					found[one.path] = one
	return found


def _whitelisted(tree, module):
	for node in ast.walk(tree):
		if not isinstance(node, ast.FunctionDef):
			continue
		for decorator in node.decorator_list:
			call = decorator if isinstance(decorator, ast.Call) else None
			name = ast.unparse(call.func if call else decorator)
			if name.endswith("whitelist"):
				yield _endpoint(node, call, f"{module}.{node.name}")


def _endpoint(node, call, path):
	options = {k.arg: ast.literal_eval(k.value) for k in call.keywords} if call else {}
	arguments = [a for a in [*node.args.args, *node.args.kwonlyargs] if a.arg != "self"]
	plain = [a for a in node.args.args if a.arg != "self"]
	required = plain[: len(plain) - len(node.args.defaults)]
	untyped = [a.arg for a in arguments if a.annotation is None]
	if node.returns is None:
		untyped.append("return")
	return Endpoint(
		path,
		tuple(options.get("methods") or ()),
		bool(options.get("allow_guest")),
		tuple(a.arg for a in required),
		tuple(untyped),
		bool(ast.get_docstring(node)),
	)


@functools.cache
def doctypes():
	"""Every DocType of ours: name → its JSON."""
	found = {}
	for path in sorted(ROOT.glob("apps/*/*/*/doctype/*/*.json")):
		record = json.loads(path.read_text())
		found[record["name"]] = record
	return found


def pages():
	"""Every desk page of ours: name → its JSON."""
	return {
		r["name"]: r
		for p in sorted(ROOT.glob("apps/*/*/*/page/*/*.json"))
		if (r := json.loads(p.read_text()))
	}
