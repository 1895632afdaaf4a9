"""Where backups go and how long they stay, as the clinic wishes (Clinic Backup Settings)."""

from pathlib import Path

import frappe
from frappe.utils import cint

from clinic_core.operations.backup.findings import BackupError
from clinic_core.operations.backup.retention import Rule

DOCTYPE = "Clinic Backup Settings"
DEFAULT_FOLDER = "private/clinic-backups"
# Frappe's own name, so that `bench restore` finds the key too.
KEY = "backup_encryption_key"


def get(field: str) -> object:
	"""One value; the field's default as long as nobody has saved the settings.

	Frappe reads what is not stored as 0, which would mean "no backups" on a new site whose form shows
	that they are on.
	"""
	meaning = frappe.get_meta(DOCTYPE).get_field(field)
	value = frappe.db.get_singles_dict(DOCTYPE).get(field, meaning.default)
	return cint(value) if meaning.fieldtype in ("Check", "Int") else value


def folder() -> Path:
	"""The folder of this site's backups, absolute. It may not exist yet.

	Not Frappe's private/backups: there a job of Frappe deletes files after a day.
	"""
	return folder_of(get("path"))


def folder_of(path: str | None) -> Path:
	"""The folder that a value of the field `path` means: sites that share a path have one each in it."""
	return Path(path) / frappe.local.site if path else Path(frappe.get_site_path(DEFAULT_FOLDER)).absolute()


def second_folder() -> Path | None:
	"""The folder of this site's second copies. None if the clinic has none.

	Raises BackupError `second_path_missing`: what it lies in is never made by us, a missing folder is a
	disk that is not mounted.
	"""
	path = get("second_path")
	if not path:
		return None
	if not Path(path).is_dir():
		raise BackupError("second_path_missing", path)
	return Path(path) / frappe.local.site


def rule() -> Rule:
	"""How long backups are kept."""
	return Rule(*(int(get(field) or 0) for field in ("keep_daily", "keep_weekly", "keep_monthly")))


def key() -> str | None:
	"""The encryption key of the site's configuration, if there is one."""
	return frappe.conf.get(KEY)


def key_to_encrypt_with() -> str | None:
	"""The key if backups are to be encrypted, by our settings or by Frappe's.

	Raises BackupError `no_key_to_encrypt`: an unencrypted backup must not take the place of one
	that was to be encrypted.
	"""
	if not (get("encrypt") or frappe.db.get_single_value("System Settings", "encrypt_backup")):
		return None
	if not key():
		raise BackupError("no_key_to_encrypt")
	return key()
