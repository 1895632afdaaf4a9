"""Writes the tokens of all documents anew when what is stored for them has changed (`tokens.VERSION`).

In chunks, each a transaction of its own; what is right already is only read. A rebuild that was cut off
goes on where it stopped.
"""

import json
from functools import partial

import frappe

from clinic_core.foundation.boundary import command
from clinic_core.people import search_keys, tokens

CHUNK = 2000
PLACE = "clinic_search_rebuild"


def run() -> int:
	"""All DocTypes that are searched. Returns the number of documents looked at."""
	total = 0
	for doctype in frappe.get_hooks(search_keys.HOOK):
		if not frappe.db.table_exists(doctype):
			continue
		while done := command("clinic_core.people.search_rebuild", None, partial(_chunk, doctype)):
			total += done
	return total


def _chunk(doctype: str) -> int:
	"""The next documents by name; how many there were."""
	places = json.loads(frappe.db.get_global(PLACE) or "{}")
	after = places.get(doctype, "") if places.get("version") == tokens.VERSION else ""
	names = frappe.get_all(
		doctype, filters={"name": (">", after)}, pluck="name", order_by="name asc", limit=CHUNK
	)
	if names:
		search_keys.refresh_many(doctype, names)
		if places.get("version") != tokens.VERSION:
			places = {"version": tokens.VERSION}
		frappe.db.set_global(PLACE, json.dumps({**places, doctype: names[-1]}))
	return len(names)
