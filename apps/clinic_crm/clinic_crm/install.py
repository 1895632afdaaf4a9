"""Installing, migrating and uninstalling clinic_crm. Each step may run twice."""

from clinic_core.foundation import app_lifecycle, seed

from clinic_crm.seeds import SEEDS

APP = "clinic_crm"


def before_install() -> None:
	"""Stop on a Frappe we are not written for, or if another app owns one of our names."""
	app_lifecycle.check_before_install(APP)


def after_install() -> None:
	"""Seed what a new clinic starts with."""
	_seed()


def after_migrate() -> None:
	"""Seed what is new since."""
	_seed()


def before_uninstall() -> None:
	"""Forget what was seeded, and what others remember of us."""
	app_lifecycle.leave_no_trace(APP)
	seed.forget(SEEDS)


def _seed() -> None:
	for doctype, records in SEEDS:
		seed.insert_missing(doctype, records)
