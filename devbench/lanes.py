"""The whole suite in two lanes side by side, each with a site of its own: a machine has two cores.

Tests that look at screens wait most of their time for a browser; the others keep one core busy. What installs
the apps on sites of its own takes minutes, and the lane of screens ends earlier: it comes after them.

Where two lanes share two cores, a browser is sometimes late. What fails in that lane is run once more; the summary
names it and the closing line counts it, so that nobody overlooks it. A run of chosen paths forgives nothing.
"""

import re
import subprocess
import sys
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from devbench.paths import TEST_SITE

SCREENS = ("browser",)
INSTALLATIONS = ("integration/attach", "integration/lifecycle")
_CLOSING = re.compile(r"^=+ (?P<counts>.*(passed|failed|error|skipped|no tests ran).*) in .*=+$")
_COUNT = re.compile(r"(\d+) (passed|failed|skipped|error|rerun)")
_WORDS = ("passed", "failed", "skipped", "rerun")
ONCE_MORE = ("--reruns=1", "--rerun-show-tracebacks", "-raR")


@dataclass(frozen=True)
class Lane:
	"""One run of pytest: its name, its site, its folders below tests/, and those in them that are another's."""

	name: str
	site: str
	paths: tuple[str, ...]
	without: tuple[str, ...] = ()
	options: tuple[str, ...] = ()

	def arguments(self) -> list[str]:
		"""What pytest is told."""
		return [*self.paths, *(f"--ignore={path}" for path in self.without), *self.options]


def of(tests: Path) -> list[Lane]:
	"""The lanes of the whole suite: screens on the test site, all other folders on one beside it."""
	folders = sorted(path.name for path in tests.iterdir() if path.is_dir() and any(path.rglob("test_*.py")))
	rules = [name for name in folders if name not in SCREENS]
	screens = [name for name in folders if name in SCREENS]
	apart = tuple(f"tests/{name}" for name in INSTALLATIONS if (tests / name).is_dir())
	return [
		Lane("rules", f"rules.{TEST_SITE}", tuple(f"tests/{name}" for name in rules), apart),
		Lane("screens", TEST_SITE, (*(f"tests/{name}" for name in screens), *apart), options=ONCE_MORE),
	]


def counts(output: Iterable[str]) -> dict[str, int]:
	"""What pytest's closing line says: {passed, failed, skipped, rerun}; an error of a fixture is a failure."""
	found = dict.fromkeys(_WORDS, 0)
	for line in output:
		if closing := _CLOSING.match(line.strip()):
			for number, word in _COUNT.findall(closing["counts"]):
				found["failed" if word == "error" else word] += int(number)
	return found


def closing_line(results: list[dict[str, int]]) -> str:
	"""One line for all lanes together."""
	total = {word: sum(result[word] for result in results) for word in _WORDS}
	again = f", {total['rerun']} run once more" if total["rerun"] else ""
	return "{passed} passed, {failed} failed, {skipped} skipped".format_map(total) + again


class Run:
	"""pytest at work in one lane; its output is shown as it comes, or kept until it ends."""

	def __init__(self, command: list[str], cwd: Path, env: dict[str, str], at_once: bool) -> None:
		self.lines: list[str] = []
		self._at_once = at_once
		self._process = subprocess.Popen(
			command,
			cwd=cwd,
			env=env,
			text=True,
			errors="replace",
			stdout=subprocess.PIPE,
			stderr=subprocess.STDOUT,
		)
		self._reader = threading.Thread(target=self._read, daemon=True)
		self._reader.start()

	def _read(self) -> None:
		for line in self._process.stdout:
			self.lines.append(line)
			if self._at_once:
				sys.stdout.write(line)
				sys.stdout.flush()

	def wait(self) -> int:
		"""The exit code, once everything it printed has been read."""
		while True:
			try:
				code = self._process.wait()
				self._reader.join()
				return code
			except KeyboardInterrupt:
				# The terminal sent it to pytest as well, which prints its summary and ends.
				continue

	def show(self) -> None:
		"""What was kept back."""
		if not self._at_once:
			sys.stdout.writelines(self.lines)
			sys.stdout.flush()
