"""Puts installed apps to sleep in a site without losing anything, and wakes them up again.

A site that lists an app whose code is gone does not start. If the app is only taken off the list,
what it left in Frappe's tables breaks things one by one: the desk shows workspaces and DocTypes
that cannot be opened, the scheduler calls jobs that do not exist, and the next `bench migrate`
deletes every DocType without code (`remove_orphan_doctypes`, since 15). So these records are moved
into a table of their own, `__clinic_parked`, inside the site's database: a backup carries it. The
tables with the clinic's data are not touched.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any

import frappe

TABLE = "__clinic_parked"

# Records by which a person ties something of Frappe to one of our DocTypes.
BY_DOCTYPE = (
	("Custom Field", "dt"),
	("Property Setter", "doc_type"),
	("Custom DocPerm", "parent"),
	("Client Script", "dt"),
	("Server Script", "reference_doctype"),
	("Notification", "document_type"),
	("Workflow", "document_type"),
	("Assignment Rule", "document_type"),
	("Auto Repeat", "reference_doctype"),
	("Webhook", "webhook_doctype"),
	("Logs To Clear", "ref_doctype"),
	("Report", "ref_doctype"),
)
# Frappe 16 only.
BY_APP = (("Workspace Sidebar", "app"), ("Desktop Icon", "app"))
BY_REPORT = (("Auto Email Report", "report"), ("Prepared Report", "report_name"))


def exists() -> bool:
	"""Whether apps of this site sleep."""
	return bool(frappe.db.sql("show tables like %s", TABLE.replace("_", r"\_")))


def park(apps: Iterable[str]) -> int:
	"""Move all records of the apps into the parking table; returns how many."""
	names = tuple(apps)
	_create_table()
	count = 0
	for doctype, rows in _records(names):
		count += _move(f"tab{doctype}", rows)
	count += _forget_start_pages()
	_set_installed([app for app in _installed() if app not in names])
	frappe.db.commit()
	_after()
	return count


def unpark(apps: Iterable[str]) -> int:
	"""Move the records back and put the apps on the site's list again; returns how many rows came back."""
	parked = frappe.db.sql(f"select source, name, record from `{TABLE}` order by id", as_dict=True)
	columns: dict[str, set[str]] = {}
	for row in parked:
		if row.source not in columns:
			columns[row.source] = _columns(row.source)
		_put_back(row.source, row.name, json.loads(row.record), columns[row.source])
	installed = _installed()
	_set_installed(installed + [app for app in apps if app not in installed])
	frappe.db.commit()
	frappe.db.sql_ddl(f"drop table `{TABLE}`")
	frappe.clear_cache()
	return len(parked)


def _create_table() -> None:
	frappe.db.sql_ddl(
		f"""create table if not exists `{TABLE}` (
			id bigint unsigned not null auto_increment primary key,
			source varchar(140) not null,
			name varchar(140) not null,
			record longtext not null
		) engine=InnoDB row_format=DYNAMIC character set=utf8mb4 collate=utf8mb4_unicode_ci"""
	)


def _records(apps: tuple[str, ...]) -> Iterator[tuple[str, list[dict[str, Any]]]]:
	"""What belongs to the apps, by DocType of Frappe, each record before its child rows."""
	modules = _pluck("Module Def", "name", "app_name", apps)
	doctypes = _pluck("DocType", "name", "module", modules)
	reports = _pluck("Report", "name", "ref_doctype", doctypes)
	owned = [(owner, "module", modules) for owner in _with_module()]
	owned += [(doctype, field, doctypes) for doctype, field in BY_DOCTYPE]
	owned += [(doctype, field, reports) for doctype, field in BY_REPORT]
	owned += [(doctype, field, apps) for doctype, field in BY_APP]
	jobs = [
		row["name"]
		for row in _rows("Scheduled Job Type", "1", (1,))
		if str(row.get("method") or "").split(".")[0] in apps
	]
	owned += [("Scheduled Job Type", "name", tuple(jobs)), ("Module Def", "name", modules)]
	for doctype, field, values in owned:
		if not (values and frappe.db.table_exists(doctype) and field in _columns(f"tab{doctype}")):
			continue
		rows = _rows(doctype, field, values)
		yield doctype, rows
		names = tuple(row["name"] for row in rows)
		if names and doctype != "Custom DocPerm":
			for child in _child_tables(doctype):
				yield child, [row for row in _rows(child, "parent", names) if row["parenttype"] == doctype]


def _with_module() -> list[str]:
	"""DocTypes of Frappe and of other apps whose records say which module they belong to."""
	fields = frappe.get_all(
		"DocField",
		filters={"fieldname": "module", "fieldtype": "Link", "options": "Module Def"},
		pluck="parent",
		order_by="parent asc",
	)
	# DocTypes last: until then their meta tells which child tables they have.
	return sorted(
		{name for name in fields if name != "Block Module"}, key=lambda name: (name == "DocType", name)
	)


def _child_tables(doctype: str) -> list[str]:
	return sorted(
		{
			field.options
			for field in frappe.get_meta(doctype).get_table_fields()
			if frappe.db.table_exists(field.options)
		}
	)


def _pluck(doctype: str, field: str, by: str, values: tuple[str, ...]) -> tuple[str, ...]:
	return tuple(row[field] for row in _rows(doctype, by, values))


def _rows(doctype: str, field: str, values: tuple[Any, ...]) -> list[dict[str, Any]]:
	"""Rows of a table as they are. Names of tables and fields are this file's, never a person's."""
	if not values:
		return []
	column = field if field == "1" else f"`{field}`"
	return frappe.db.sql(
		f"select * from `tab{doctype}` where {column} in %(values)s", {"values": values}, as_dict=True
	)


def _move(table: str, rows: list[dict[str, Any]]) -> int:
	for row in rows:
		_keep(table, row["name"], row)
	if rows:
		names = tuple(row["name"] for row in rows)
		frappe.db.sql(f"delete from `{table}` where name in %(names)s", {"names": names})
	return len(rows)


def _keep(table: str, name: str, record: dict[str, Any]) -> None:
	frappe.db.sql(
		f"insert into `{TABLE}` (source, name, record) values (%s, %s, %s)",
		(table, name, json.dumps(record, default=str, ensure_ascii=False)),
	)


def _forget_start_pages() -> int:
	"""Users who begin in a workspace of ours begin elsewhere meanwhile: a missing one refuses their login."""
	if "default_workspace" not in _columns("tabUser"):
		return 0
	lost = frappe.db.sql(
		"""select name, default_workspace from `tabUser`
		where default_workspace is not null and default_workspace != ''
		and default_workspace not in (select name from `tabWorkspace`)""",
		as_dict=True,
	)
	for row in lost:
		_keep("tabUser", row.name, {"default_workspace": row.default_workspace})
		frappe.db.sql("update `tabUser` set default_workspace = null where name = %s", row.name)
	return len(lost)


def _put_back(table: str, name: str, record: dict[str, Any], columns: set[str]) -> None:
	"""One record back in its place. Frappe may have been updated meanwhile: lost columns are left out."""
	known = {key: value for key, value in record.items() if key in columns}
	if table == "tabUser":
		frappe.db.sql(
			"update `tabUser` set default_workspace = %s where name = %s", (known["default_workspace"], name)
		)
		return
	fields = ", ".join(f"`{key}`" for key in known)
	marks = ", ".join(["%s"] * len(known))
	# A record that somebody made anew meanwhile is his.
	frappe.db.sql(f"insert ignore into `{table}` ({fields}) values ({marks})", tuple(known.values()))


def _columns(table: str) -> set[str]:
	return {row[0] for row in frappe.db.sql(f"show columns from `{table}`")}


def _installed() -> list[str]:
	return json.loads(frappe.db.get_global("installed_apps") or "[]")


def _set_installed(apps: list[str]) -> None:
	frappe.db.set_global("installed_apps", json.dumps(apps))


def _after() -> None:
	"""Let Frappe forget what it remembers of the apps."""
	frappe.clear_cache()
	if getattr(frappe.local, "request_cache", None):
		frappe.local.request_cache.clear()
	frappe.get_single("Installed Applications").update_versions()
	frappe.db.commit()
