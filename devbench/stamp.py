"""Stamps: a step is done when the hash of what went into it is the one written down last time."""

import hashlib
import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any


def digest(*parts: str | bytes | Path) -> str:
	"""Hash texts and the contents of files. A missing file counts as empty, not as an error."""
	total = hashlib.sha256()
	for part in parts:
		if isinstance(part, Path):
			part = part.read_bytes() if part.is_file() else b""
		data = part.encode() if isinstance(part, str) else part
		# The length keeps ("ab", "c") and ("a", "bc") apart.
		total.update(f"{len(data)}:".encode() + data)
	return total.hexdigest()


def tree_digest(files: Iterable[Path], root: Path) -> str:
	"""Hash files by their path below `root` and their content."""
	total = hashlib.sha256()
	for file in sorted(files):
		total.update(digest(str(file.relative_to(root)), file).encode())
	return total.hexdigest()


def write_atomic(path: Path, data: str | bytes, mode: int | None = None) -> None:
	"""Replace a file in one go, so that an interruption leaves the old one or the new one."""
	path.parent.mkdir(parents=True, exist_ok=True)
	temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
	temporary.write_bytes(data.encode() if isinstance(data, str) else data)
	if mode is not None:
		temporary.chmod(mode)
	temporary.replace(path)


def read_json(path: Path, default: Any = None) -> Any:
	"""Read a JSON file; a missing or broken one gives the default."""
	try:
		return json.loads(path.read_text())
	except (OSError, ValueError):
		return {} if default is None else default


def write_json(path: Path, value: Any, mode: int | None = None) -> None:
	"""Write a JSON file atomically."""
	write_atomic(path, json.dumps(value, indent="\t", ensure_ascii=False, sort_keys=True) + "\n", mode)


class Stamp:
	"""The memory of one step."""

	def __init__(self, folder: Path, name: str, *inputs: str | bytes | Path) -> None:
		self.path = folder / name
		self.value = digest(*inputs)

	def is_current(self, *products: Path) -> bool:
		"""True when the step ran with these inputs and what it made is still there."""
		if not all(product.exists() for product in products):
			return False
		return self.path.is_file() and self.path.read_text().strip() == self.value

	def set(self) -> None:
		"""Write down that the step is done."""
		write_atomic(self.path, self.value + "\n")

	def clear(self) -> None:
		"""Forget the step, before it starts to change things."""
		self.path.unlink(missing_ok=True)
