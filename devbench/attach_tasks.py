"""What attach and detach do inside Frappe: `python -m devbench.attach_tasks SITE TASK`, run by a bench's own Python.

Works on Frappe 15 and 16; the last line printed is the answer as JSON.
"""

import json
import sys
from pathlib import Path

import frappe
from frappe.installer import remove_app
from frappe.website.utils import clear_cache as clear_website_cache

from devbench import attach_parking

APPS = ("clinic_core", "clinic_crm", "clinic_reception")


def _installed() -> list[str]:
	known = frappe.get_installed_apps()
	return [app for app in APPS if app in known]


def state() -> dict[str, object]:
	"""Which of our apps the site has, whether data of an earlier attach sleeps in it, a clash of names."""
	installed = _installed()
	return {
		"installed": installed,
		"parked": attach_parking.exists(),
		"clash": "" if installed else _clash(),
	}


def _clash() -> str:
	"""The first name of ours that another app of the site owns. The apps are only read, not installed."""
	sys.path[:0] = [str(Path(__file__).resolve().parent.parent / "apps" / app) for app in APPS]
	lifecycle = frappe.get_module("clinic_core.foundation.app_lifecycle")
	for app in APPS:
		try:
			lifecycle.refuse_name_clashes(app)
		except frappe.ValidationError as error:
			return str(error)
	return ""


def park() -> dict[str, object]:
	"""Put the apps of the site to sleep: their data stays, Frappe no longer knows of them."""
	return {"rows": attach_parking.park(APPS)}


def unpark() -> dict[str, object]:
	"""Wake them up again; `migrate` has to follow."""
	return {"rows": attach_parking.unpark(APPS) if attach_parking.exists() else 0}


def remove() -> dict[str, object]:
	"""Uninstall what of our apps is there, also one whose installation stopped half-way."""
	known = set(frappe.get_installed_apps())
	known |= set(
		frappe.get_all(
			"Module Def",
			filters={"app_name": ("in", APPS)},
			pluck="app_name",
			distinct=True,
			order_by="app_name asc",
		)
	)
	for app in reversed(APPS):
		if app in known:
			remove_app(app, yes=True, no_backup=True, force=True)
	return {"removed": sorted(known & set(APPS))}


def clear_cache() -> dict[str, object]:
	"""What `bench clear-cache` and `bench clear-website-cache` do, in one run."""
	frappe.clear_cache()
	clear_website_cache()
	return {}


def verify() -> dict[str, object]:
	"""What the site has, and one request through Frappe's own door: what it says of its health."""
	from werkzeug.test import Client

	site, installed = frappe.local.site, _installed()
	frappe.destroy()
	application = __import__("frappe.app", fromlist=["application"]).application
	answer = Client(application).get(
		"/api/method/clinic_core.api.health",
		headers={"Host": site, "X-Frappe-Site-Name": site},
		environ_base={"REMOTE_ADDR": "127.0.0.1"},
	)
	return {
		"installed": installed,
		"status": answer.status_code,
		"answer": answer.get_data(as_text=True)[:500],
	}


TASKS = {task.__name__: task for task in (state, park, unpark, remove, clear_cache, verify)}


def main(site: str, task: str) -> None:
	"""Run one task as Administrator."""
	frappe.init(site=site, sites_path=".")
	frappe.connect()
	try:
		answer = TASKS[task]()
		if frappe.db:
			frappe.db.commit()
	finally:
		frappe.destroy()
	print(json.dumps(answer))


if __name__ == "__main__":
	main(*sys.argv[1:])
