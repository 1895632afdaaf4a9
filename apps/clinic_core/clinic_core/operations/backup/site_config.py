"""Changes of a site's configuration, whole or not at all: no request ever reads half a file. Pure."""

import json
from pathlib import Path
from typing import Any

from clinic_core.operations.backup.files import write_json

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
	path = path_of(site)
	write_json(path, content, path.stat().st_mode & 0o777)
	return before
