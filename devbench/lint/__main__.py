"""Run every check of the source, go on after a failure, and say at the end which ones failed.

`python -m devbench.lint` with the bench's Python; `--python` leaves the client code out (no Node).
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

REPO = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent
NODE = REPO / ".bench" / "lint"
CLIENT_CODE = "apps/**/*.js"
APPS = [REPO / "apps" / name for name in ("clinic_core", "clinic_crm", "clinic_reception")]


def python_checks() -> dict[str, list[str]]:
	"""Name → command of the checks that need Python only."""
	folder = Path(sys.executable).parent
	return {
		"ruff": [str(folder / "ruff"), "check", "."],
		"ruff format": [str(folder / "ruff"), "format", "--check", "."],
		"import-linter": [str(folder / "lint-imports"), "--no-cache"],
	}


def client_checks() -> dict[str, list[str]]:
	"""Name → command of the checks of the client code; installs the tools from their lock file."""
	NODE.mkdir(parents=True, exist_ok=True)
	for name in ("package.json", "package-lock.json"):
		if _differs(HERE / name, NODE / name):
			shutil.copyfile(HERE / name, NODE / name)
			shutil.rmtree(NODE / "node_modules", ignore_errors=True)
	if not (NODE / "node_modules").exists():
		subprocess.run(
			["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline"],
			cwd=NODE,
			check=True,
		)
	tools = NODE / "node_modules" / ".bin"
	return {
		"eslint": [str(tools / "eslint"), "--no-error-on-unmatched-pattern", CLIENT_CODE],
		"prettier": [str(tools / "prettier"), "--check", "--loglevel", "warn", CLIENT_CODE],
	}


def _differs(source: Path, copy: Path) -> bool:
	return not copy.exists() or source.read_bytes() != copy.read_bytes()


def main(arguments: list[str]) -> int:
	"""Run the checks; 0 when all passed."""
	checks = python_checks()
	if "--python" not in arguments:
		checks |= client_checks()
	environment = {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, APPS))}
	failed = []
	for name, command in checks.items():
		print(f"— {name}", flush=True)
		if subprocess.run(command, cwd=REPO, env=environment).returncode:
			failed.append(name)
	print("failed: " + ", ".join(failed) if failed else "all checks passed", flush=True)
	return 1 if failed else 0


if __name__ == "__main__":
	sys.exit(main(sys.argv[1:]))
