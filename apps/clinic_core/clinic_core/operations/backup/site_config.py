"""Changes of a site's configuration, whole or not at all, so that no request ever reads half a file."""

import json
import os
from pathlib import Path
from typing import Any

GONE = object()
"""As a value: the key is removed."""


def path_of(site: Path) -> Path:
	"""The configuration of a site."""
	return site / "site_config.json"


def read(site: Path) -> dict[str, Any]:
	"""All keys."""
	return json.loads(path_of(site).read_text(encoding="utf-8"))


def change(site: Path, values: dict[str, Any]) -> dict[str, Any]:
	"""Set keys; returns what they were before, in the same form, so that it can be put back."""
	content = read(site)
	before = {key: content.get(key, GONE) for key in values}
	for key, value in values.items():
		if value is GONE:
			content.pop(key, None)
		else:
			content[key] = value
	_replace(path_of(site), json.dumps(content, indent=1, sort_keys=True))
	return before


def _replace(path: Path, text: str) -> None:
	state, part = path.stat(), path.with_name(path.name + ".part")
	descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
	with os.fdopen(descriptor, "w", encoding="utf-8") as file:
		file.write(text + "\n")
		file.flush()
		os.fsync(file.fileno())
	part.chmod(state.st_mode & 0o777)
	part.replace(path)
