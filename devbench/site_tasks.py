"""Small things done inside Frappe: `python -m devbench.site_tasks SITE TASK`, from the sites folder.

Arguments come as a JSON object on standard input, so that passwords show in no process list.
"""

import json
import sys

import frappe
from frappe.desk.page.setup_wizard.setup_wizard import setup_complete

from devbench.paths import TIME_ZONE


def set_up(lang: str) -> None:
	"""Answer the setup wizard and turn the tours off: nobody should have to before the first look."""
	language = frappe.db.get_value("Language", lang, "language_name") or "English"
	answer = setup_complete(
		{
			"language": language,
			"lang": language,
			"country": "Iran",
			"timezone": TIME_ZONE,
			"currency": "IRR",
			"enable_telemetry": 0,
		}
	)
	if answer.get("status") != "ok":
		raise SystemExit(f"the setup wizard refused: {answer}")
	frappe.db.set_single_value("System Settings", "language", lang)
	frappe.db.set_single_value("System Settings", "enable_onboarding", 0)
	frappe.db.set_single_value("System Settings", "country", "Iran")
	frappe.db.set_default("currency", "IRR")
	if frappe.db.exists("Currency", "IRR"):
		frappe.db.set_value("Currency", "IRR", "enabled", 1)
	_keep_a_system_manager()


def _keep_a_system_manager() -> None:
	"""Somebody who keeps the site. Without one, Frappe makes whoever is saved next a System Manager."""
	keeper = {"email": "keeper@clinic.example", "first_name": "Keeper", "send_welcome_email": 0}
	user = frappe.get_doc({"doctype": "User", **keeper, "roles": [{"role": "System Manager"}]})
	user.flags.no_welcome_mail = True
	user.insert(ignore_permissions=True)


def apps() -> None:
	"""Print the installed apps."""
	print(",".join(frappe.get_installed_apps()))


def demo_install(lang: str, password: str) -> None:
	"""Fill the demo clinic. Not by Frappe's `execute`, which hides what went wrong behind a NameError."""
	frappe.get_attr("clinic_core.demo.install")(lang=lang, password=password)


def demo_remove() -> None:
	"""Take the demo clinic out."""
	frappe.get_attr("clinic_core.demo.remove")()


TASKS = {"set_up": set_up, "apps": apps, "demo_install": demo_install, "demo_remove": demo_remove}


def main(site: str, task: str) -> None:
	"""Run one task as Administrator in one transaction."""
	arguments = json.loads(sys.stdin.read() or "{}")
	frappe.init(site=site)
	frappe.connect()
	try:
		TASKS[task](**arguments)
		frappe.db.commit()
	finally:
		frappe.destroy()


if __name__ == "__main__":
	main(*sys.argv[1:])
