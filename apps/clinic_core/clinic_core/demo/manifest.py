"""What the demo clinic wrote besides its bulk rows, kept in one default of the site."""

import json
from typing import Any

import frappe

KEY = "clinic_demo_manifest"


def read() -> dict[str, Any] | None:
	"""The manifest of the installed demo clinic, None when there is none.

	Of the table itself: the cache of defaults knows nothing of a rollback.
	"""
	text = frappe.db.get_value("DefaultValue", {"defkey": KEY, "parent": "__default"}, "defvalue")
	return json.loads(text) if text else None


def write(manifest: dict[str, Any]) -> None:
	"""Remember what was made."""
	frappe.db.set_default(KEY, json.dumps(manifest, default=str))


def forget() -> None:
	"""The demo clinic is gone."""
	frappe.defaults.clear_default(key=KEY)
