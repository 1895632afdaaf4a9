"""Facts of the machine and its servers: database, Redis, disks, memory, versions (E123)."""

import os
import platform
import shutil
import subprocess
import time
from typing import Any

import frappe
import psutil
from frappe.query_builder.functions import Sum
from frappe.utils import get_backups_path
from pypika import CustomFunction, Table
from pypika.terms import PseudoColumn, ValueWrapper

from clinic_core.foundation import cached

# Sizes of tables and the version of Node change rarely and are dear to ask.
KEEP_SECONDS = 15 * 60
NODE_SECONDS = 5


def database() -> dict[str, Any]:
	"""{version, milliseconds of one round trip, bytes}. One query, two when the size is asked again."""
	started = time.monotonic()
	version = frappe.qb.select(ValueWrapper(1), CustomFunction("version", [])()).run()[0][1]
	milliseconds = round((time.monotonic() - started) * 1000, 1)
	return {
		"version": version,
		"milliseconds": milliseconds,
		"bytes": _kept("database_bytes", _database_bytes),
	}


def redis() -> dict[str, Any]:
	"""{version, bytes}; raises if it does not answer."""
	info = frappe.cache.info()
	return {"version": info["redis_version"], "bytes": info["used_memory"]}


def disk() -> dict[str, Any]:
	"""{disks: [{holds, free_bytes, total_bytes, free_percent}]}: each disk once, with what lies on it."""
	places = {"files": frappe.get_site_path(), "backups": get_backups_path()}
	if second := cached.document("Clinic Backup Settings").second_path:
		places["second_backups"] = second
	if frappe.conf.db_host in (None, "", "localhost", "127.0.0.1"):
		places["database"] = frappe.qb.select(PseudoColumn("@@datadir")).run()[0][0]
	disks: dict[int, dict[str, Any]] = {}
	for holds, path in places.items():
		if os.path.isdir(path):
			disks.setdefault(os.stat(path).st_dev, _disk(path))["holds"].append(holds)
	return {"disks": list(disks.values())}


def memory() -> dict[str, Any]:
	"""{free_bytes, total_bytes, free_percent} of the machine that answers."""
	found = psutil.virtual_memory()
	return {
		"free_bytes": found.available,
		"total_bytes": found.total,
		"free_percent": round(found.available * 100 / found.total, 1),
	}


def versions(database_version: str | None, redis_version: str | None) -> dict[str, str | None]:
	"""Versions of our apps, Frappe and what they run on."""
	apps = {app: frappe.get_attr(f"{app}.__version__") for app in frappe.get_installed_apps()}
	return {
		**apps,
		"MariaDB": database_version,
		"Redis": redis_version,
		"Python": platform.python_version(),
		"Node": _kept("node", _node) or None,
	}


def _disk(path: str) -> dict[str, Any]:
	usage = shutil.disk_usage(path)
	# What root alone may still use is not free to us.
	whole = usage.used + usage.free
	return {
		"holds": [],
		"free_bytes": usage.free,
		"total_bytes": whole,
		"free_percent": round(usage.free * 100 / whole, 1) if whole else 0.0,
	}


def _database_bytes() -> int:
	table = Table("tables", schema="information_schema")
	rows = (
		frappe.qb.from_(table)
		.select(Sum(table.data_length + table.index_length))
		.where(table.table_schema == frappe.conf.db_name)
		.run()
	)
	return int(rows[0][0] or 0)


def _node() -> str:
	"""Node's version, "" where the web server does not find it (it may run elsewhere)."""
	if not (node := shutil.which("node")):
		return ""
	answer = subprocess.run(
		[node, "--version"], capture_output=True, text=True, timeout=NODE_SECONDS, check=False
	)
	return answer.stdout.strip().removeprefix("v")


def _kept(key: str, ask: Any) -> Any:
	key = f"clinic_health:{key}"
	value = frappe.cache.get_value(key, expires=True)
	if value is None:
		value = ask()
		frappe.cache.set_value(key, value, expires_in_sec=KEEP_SECONDS)
	return value
