"""Installing, migrating and uninstalling clinic_core. Each step may run twice."""

import frappe

from clinic_core.foundation import app_lifecycle, roles, seed, staff_desk
from clinic_core.foundation.user_calendar import preference as user_calendar
from clinic_core.people.desk import navbar
from clinic_core.people.staff import mobile_login
from clinic_core.scheduling.holidays import seeding as holidays
from clinic_core.seeds import SEEDS
from clinic_core.service_catalog.pictures import images
from clinic_core.service_catalog.suggestions import seeding as suggestions

APP = "clinic_core"


def before_install() -> None:
	"""Stop on a Frappe we are not written for, or if another app owns one of our names."""
	app_lifecycle.check_before_install(APP)


def after_install() -> None:
	"""Seed what a new clinic starts with; people sign in with their mobile number (G10)."""
	_seed()
	app_lifecycle.allow_large_files()
	mobile_login.switch_on()
	navbar.add()


def after_migrate() -> None:
	"""Seed what is new since."""
	_seed()
	app_lifecycle.allow_large_files()


def before_uninstall() -> None:
	"""Forget what was seeded, and what others remember of us."""
	app_lifecycle.leave_no_trace(APP)
	seed.forget([*SEEDS, (staff_desk.DOCTYPE, staff_desk.profiles())])
	suggestions.forget()
	holidays.forget()
	staff_desk.remove()
	navbar.remove()
	user_calendar.forget()
	images.remove_all()
	_drop_roles()


def _drop_roles() -> None:
	"""Roles are ours alone: without the app they mean nothing.

	Before and not after the rest: Frappe commits in between and not again.
	"""
	for role in sorted(roles.EVERYONE):
		frappe.db.delete("Has Role", {"role": role})
		frappe.delete_doc("Role", role, ignore_missing=True, force=True, ignore_permissions=True)


def _seed() -> None:
	for doctype, records in (*SEEDS, (staff_desk.DOCTYPE, staff_desk.profiles())):
		seed.insert_missing(doctype, records)
	suggestions.load()
	holidays.load()
