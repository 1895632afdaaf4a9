"""Small things done inside Frappe: `python -m devbench.site_tasks SITE TASK [ARGUMENT…]`, from the sites folder."""

import sys

import frappe
from frappe.desk.page.setup_wizard.setup_wizard import setup_complete


def set_up(lang: str) -> None:
	"""Answer the setup wizard and turn the tours off: nobody should have to before the first look."""
	language = frappe.db.get_value("Language", lang, "language_name") or "English"
	answer = setup_complete(
		{
			"language": language,
			"lang": language,
			"country": "Iran",
			"timezone": "Asia/Tehran",
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


def apps() -> None:
	"""Print the installed apps."""
	print(",".join(frappe.get_installed_apps()))


def main(site: str, task: str, *args: str) -> None:
	"""Run one task as Administrator in one transaction."""
	frappe.init(site=site)
	frappe.connect()
	try:
		{"set_up": set_up, "apps": apps}[task](*args)
		frappe.db.commit()
	finally:
		frappe.destroy()


if __name__ == "__main__":
	main(*sys.argv[1:])
