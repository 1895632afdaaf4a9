"""What a night left behind, without what differs from run to run: moments of the run and new names."""

import datetime
import hashlib
import json

import frappe
from frappe.utils import get_datetime

# The record of the runs is what differs; keys of requests and counters are none of the night's.
LEFT_OUT = {"Clinic Job Run", "Clinic Job Step"}
MOMENTS = {"creation", "modified", "seconds_in_status"}


def take(since):
	"""Table → [rows, digest]; `since` is when the world was ready: what is later is a moment of the run."""
	since, found = get_datetime(since), {}
	for doctype in frappe.get_all("DocType", {"name": ("like", "Clinic %"), "issingle": 0}, pluck="name"):
		if doctype not in LEFT_OUT and frappe.db.table_exists(doctype):
			rows = sorted(_plain(row, since) for row in frappe.get_all(doctype, ["*"], order_by="name asc"))
			found[doctype] = [len(rows), hashlib.sha256("\n".join(rows).encode()).hexdigest()]
	found["Error Log"] = [frappe.db.count("Error Log", {"method": ("like", "Clinic%")}), ""]
	return found


def _plain(row, since):
	is_new = bool(row.creation) and row.creation >= since
	values = {
		field: "now" if isinstance(value, datetime.datetime) and value >= since else str(value)
		for field, value in row.items()
		if field not in MOMENTS and not (is_new and field == "name")
	}
	return json.dumps(values, sort_keys=True)
