"""Takes the demo clinic away again and leaves what people made themselves.

A demo record that something made by a user still points to (a patient somebody received, the
service on that reception) stays, with everything it points to in turn.
"""

from collections.abc import Iterable, Iterator

import frappe

from clinic_core.demo import manifest, staff
from clinic_core.demo.world import MARK, write_value

Key = tuple[str, str]
DERIVED_HOOK, REMOVED_HOOK = "clinic_demo_derived", "clinic_demo_removed"
# Rows that only follow from another record: they go with it, whoever wrote them.
DERIVED = (
	"Clinic Freed Time.practitioner",
	"Clinic Appointment Move.appointment",
	"Clinic Calendar Feed.practitioner",
	"Clinic Incoming Message.patient",
	"Clinic Merge Suggestion.patient",
	"Clinic Message.patient",
	"Clinic Patient Merge.kept",
	"Clinic Patient Source Change.patient",
	"Clinic Patient Identity.patient",
	"Clinic Public Image.reference_name",
	"Clinic Recall.patient",
	"Clinic Search Key.reference_name",
	"Clinic Service Price.service",
	"Clinic Time Claim.appointment",
)
# Rows without which a record that stays is not whole: an appointment would hold no time.
WHOLE = ("Clinic Appointment Move", "Clinic Patient Identity", "Clinic Time Claim")
TRACES = {
	"Version": ("ref_doctype", "docname"),
	"Comment": ("reference_doctype", "reference_name"),
	"ToDo": ("reference_type", "reference_name"),
}
CHUNK = 2000


def remove() -> dict[str, int]:
	"""Remove the demo clinic. Returns how many records went and how many stay because of users."""
	record = manifest.read()
	if not record:
		print("  demo: there is no demo clinic here", flush=True)  # noqa: T201 (a command's output)
		return {"removed": 0, "kept": 0}
	doctypes = _our_doctypes()
	derived = dict(entry.split(".") for entry in (*DERIVED, *frappe.get_hooks(DERIVED_HOOK)))
	demo = _demo_records(doctypes, record)
	kept = _still_needed(doctypes, demo, derived)
	gone = demo - kept
	_restore(record["changes"])
	_delete(doctypes, gone, derived)
	for handler in frappe.get_hooks(REMOVED_HOOK):
		frappe.get_attr(handler)()
	manifest.forget()
	frappe.db.commit()  # removing is one command of its own
	frappe.clear_cache()
	print(f"  demo: {len(gone)} records removed, {len(kept)} still in use stay", flush=True)  # noqa: T201
	return {"removed": len(gone), "kept": len(kept)}


def _our_doctypes() -> list[str]:
	"""Our DocTypes that have a table; child tables are reached through their parents."""
	apps = [app for app in frappe.get_installed_apps() if app.startswith("clinic_")]
	modules = frappe.get_all(
		"Module Def", filters={"app_name": ("in", apps)}, pluck="name", order_by="name asc"
	)
	return frappe.get_all(
		"DocType",
		filters={"module": ("in", modules), "istable": 0, "issingle": 0, "is_virtual": 0},
		pluck="name",
		order_by="name asc",
	)


def _demo_records(doctypes: list[str], record: dict) -> set[Key]:
	found = {(doctype, name) for doctype, name in record["masters"]}
	for doctype in doctypes:
		names = frappe.get_all(
			doctype, filters={"name": ("like", f"{MARK}%")}, pluck="name", order_by="name asc"
		)
		found.update((doctype, name) for name in names)
	return found


def _still_needed(doctypes: list[str], demo: set[Key], derived: dict[str, str]) -> set[Key]:
	"""Demo records that a record of somebody else points to, directly or through another one."""
	targets: dict[Key, set[Key]] = {}
	for holder, target in _links(doctypes, demo):
		targets.setdefault(holder, set()).add(target)
	waiting = [
		target
		for holder, found in targets.items()
		if holder not in demo and not _follows(holder, found, derived)
		for target in found
	]
	kept: set[Key] = set()
	while waiting:
		key = waiting.pop()
		if key not in kept:
			kept.add(key)
			waiting.extend(targets.get(key, ()))
	return kept | {
		holder for holder, found in targets.items() if holder in demo and holder[0] in WHOLE and found <= kept
	}


def _follows(holder: Key, found: set[Key], derived: dict[str, str]) -> bool:
	"""Whether the holder goes with one of the demo records it points to.

	The recall of a patient of the clinic stays, by whatever rule it was made, and so does the rule.
	"""
	if holder[0] not in derived:
		return False
	field = frappe.get_meta(holder[0]).get_field(derived[holder[0]])
	return field.fieldtype != "Link" or any(doctype == field.options for doctype, _name in found)


def _links(doctypes: list[str], demo: set[Key]) -> Iterator[tuple[Key, Key]]:
	"""Every (holder, demo record it points to), child rows counted as their parent."""
	for doctype in doctypes:
		meta = frappe.get_meta(doctype)
		yield from _links_of(doctype, doctype, "name", demo)
		for table in meta.get_table_fields():
			yield from _links_of(table.options, doctype, "parent", demo)


def _links_of(table: str, holder: str, key: str, demo: set[Key]) -> Iterator[tuple[Key, Key]]:
	meta = frappe.get_meta(table)
	fields = [(df.fieldname, df.options, False) for df in meta.get_link_fields()]
	fields += [(df.fieldname, df.options, True) for df in meta.get_dynamic_link_fields()]
	fields = [
		field for field in fields if meta.get_field(field[0]) and not meta.get_field(field[0]).is_virtual
	]
	if not fields:
		return
	columns = list(dict.fromkeys([key, *(f[0] for f in fields), *(f[1] for f in fields if f[2])]))
	filters = {"parenttype": holder} if key == "parent" else {}
	for row in frappe.get_all(table, filters=filters, fields=columns, order_by="name asc"):
		for fieldname, options, is_dynamic in fields:
			target = (row.get(options) if is_dynamic else options, row.get(fieldname))
			if target[1] and target in demo:
				yield (holder, row[key]), target


def _restore(changes: list[list]) -> None:
	"""Give back what we had changed, unless somebody has changed it since."""
	for doctype, name, field, old, new in changes:
		if frappe.db.exists(doctype, name) and frappe.db.get_value(doctype, name, field) == new:
			write_value(doctype, name, field, old)


def _delete(doctypes: list[str], gone: set[Key], derived: dict[str, str]) -> None:
	by_doctype: dict[str, list[str]] = {}
	for doctype, name in gone:
		by_doctype.setdefault(doctype, []).append(name)
	for user in by_doctype.pop("User", []):
		staff.dismiss(user)
	for doctype, names in by_doctype.items():
		_delete_rows(doctype, names)
	every: list[str] = [name for _doctype, name in gone]
	for doctype, field in derived.items():
		if doctype in doctypes:
			for chunk in _chunks(every):
				frappe.db.delete(doctype, {field: ("in", chunk)})


def _delete_rows(doctype: str, names: list[str]) -> None:
	"""Rows, not documents: what is never deleted in a clinic's life may go with a demo."""
	tables = [df.options for df in frappe.get_meta(doctype).get_table_fields()]
	for chunk in _chunks(names):
		for table in tables:
			frappe.db.delete(table, {"parenttype": doctype, "parent": ("in", chunk)})
		for trace, (type_field, name_field) in TRACES.items():
			frappe.db.delete(trace, {type_field: doctype, name_field: ("in", chunk)})
		frappe.db.delete(doctype, {"name": ("in", chunk)})


def _chunks(names: Iterable[str]) -> Iterator[list[str]]:
	ordered = sorted(names)
	for start in range(0, len(ordered), CHUNK):
		yield ordered[start : start + CHUNK]
