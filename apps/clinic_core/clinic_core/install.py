"""Installing, migrating and uninstalling clinic_core. Each step may run twice."""

import frappe

from clinic_core.foundation import app_lifecycle, roles, seed
from clinic_core.seeds import SEEDS

APP = "clinic_core"


def before_install() -> None:
	app_lifecycle.refuse_name_clashes(APP)


def after_install() -> None:
	_seed()


def after_migrate() -> None:
	_seed()


def before_uninstall() -> None:
	seed.forget(doctype for doctype, _records in SEEDS)


def after_uninstall() -> None:
	"""Roles are ours alone: without the app they mean nothing."""
	for role in sorted(roles.EVERYONE):
		frappe.db.delete("Has Role", {"role": role})
		frappe.delete_doc("Role", role, ignore_missing=True, force=True, ignore_permissions=True)


def _seed() -> None:
	for doctype, records in SEEDS:
		seed.insert_missing(doctype, records)
