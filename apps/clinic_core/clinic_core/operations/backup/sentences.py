"""What the codes of checks and findings say, in the reader's language."""

from collections.abc import Iterable
from typing import Any

import frappe
from frappe import _
from frappe.utils import cint

from clinic_core.operations.backup.findings import Finding

_BYTES = frozenset({"disk_too_small", "disk_full", "file_truncated", "archived_file_differs"})

_RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ps", "ur"})


def say(found: Finding) -> str:
	"""One finding as a sentence. An unknown code (an app that is gone) is shown as it is."""
	template = _all().get(found.code)
	if template is None:
		return " ".join([found.code, *map(str, found.params)])
	return template.format(*_shown(found))


def say_all(found: Iterable[Finding]) -> str:
	"""Findings as sentences, one a line."""
	return "\n".join(say(one) for one in found)


def label(code: str) -> str:
	"""What a check looked at."""
	return _all().get(code, code)


def _all() -> dict[str, str]:
	known: dict[str, str] = {}
	for method in frappe.get_hooks("clinic_backup_sentences"):
		known.update(frappe.get_attr(method)())
	return known


def _shown(found: Finding) -> list[str]:
	"""Parameters as people read them: sizes in their unit, our DocTypes and tables by their titles."""
	return [_param(param, found.code in _BYTES) for param in found.params]


def _param(value: Any, is_size: bool) -> str:
	if is_size and isinstance(value, int):
		return size(value)
	text = str(value)
	if text.startswith(("Clinic ", "tabClinic ")):
		return _(text.removeprefix("tab"))
	# A path between words written from right to left keeps its own direction.
	return f"\u2068{text}\u2069" if frappe.local.lang in _RIGHT_TO_LEFT else text


def size(count: int) -> str:
	"""A number of bytes for people: 1,536 → "1.5 KB"."""
	amount, unit = float(cint(count)), "B"
	for unit in ("B", "KB", "MB", "GB", "TB"):
		if amount < 1024 or unit == "TB":
			break
		amount /= 1024
	return f"{amount:.0f} {unit}" if unit == "B" or amount >= 100 else f"{amount:.1f} {unit}"


def labels() -> dict[str, str]:
	"""Checks of clinic_core: code → what was looked at. Hook `clinic_backup_sentences`."""
	return {
		"manifest": _("The backup's own description"),
		"making": _("Making the backup"),
		"copying": _("Second copy"),
		"files_intact": _("Files of the backup, unchanged since they were written"),
		"archives": _("Uploaded files in the archives, complete and with their size"),
		"restored": _("The database was restored"),
		"row_counts": _("Tables with their numbers of rows"),
		"schema": _("Tables with their columns"),
		"uploads_present": _("Uploaded files that the database names"),
		"no_overlap": _("Time claims, nobody is booked twice"),
		"appointments_hold_time": _("Appointments, each holds its time"),
		"entitlement_sums": _("Entitlements, nothing is overdrawn"),
		"check_failed": _("A check of an app"),
	}


def problems_of_making() -> dict[str, str]:
	"""What keeps a backup from being made, copied or read. Hook `clinic_backup_sentences`."""
	return {
		"ended_silently": _("The run ended without a word: it was killed, or the machine went down."),
		"unexpected": _("Something unexpected happened: {0}"),
		"already_running": _("A backup of this site is running already."),
		"no_key_to_encrypt": _(
			"Backups are to be encrypted, but the site's configuration has no backup_encryption_key."
		),
		"root_refused": _("The database does not let {0} in: {1}"),
		"password_file_open": _("Others may read {0}. Say: chmod 600"),
		"dump_failed": _("The database could not be dumped: {0}"),
		"disk_too_small": _("There is too little space in {0}: {1} free, {2} needed."),
		"disk_full": _("The disk of {0} is full: {1} free, {2} needed."),
		"second_path_missing": _("The folder of the second copy {0} does not exist. Is the disk mounted?"),
		"copy_differs": _("The second copy is not the same as the original: {0}"),
		"copy_failed": _("Copying to {0} failed: {1}"),
		"encryption_failed": _("{0} could not be encrypted: {1}"),
		"key_missing": _("{0} is encrypted, but the site's configuration has no backup_encryption_key."),
		"key_wrong": _("{0} is encrypted with another key than the one given."),
		"program_missing": _("The program {0} is not installed on this machine."),
		"scratch_failed": _("The scratch database did not start: {0}"),
		"scratch_not_allowed": _(
			"A scratch database may not be made. Ask the database administrator for: {0}"
		),
	}


def problems_of_content() -> dict[str, str]:
	"""What is wrong with a backup. Hook `clinic_backup_sentences`."""
	return {
		"manifest_missing": _("There is no backup in {0}: the file manifest.json is missing."),
		"manifest_broken": _("{0} cannot be read."),
		"format_unknown": _("This backup has format {0}; this version knows formats up to {1}."),
		"part_missing": _("The backup has no part “{0}”."),
		"file_missing": _("The file {0} is missing."),
		"file_truncated": _("The file {0} was cut off: {1} of {2} are left."),
		"file_changed": _("The file {0} was changed after it was written."),
		"file_unreadable": _("The file {0} cannot be read: {1}"),
		"archive_broken": _("The archive {0} is broken: {1}"),
		"archived_file_missing": _("The archives lack the file {0}."),
		"archived_file_differs": _("The file {0} has {1} in the archive instead of {2}."),
		"dump_broken": _("The dump {0} is broken: {1}"),
		"dump_incomplete": _("The dump {0} ends too early."),
		"load_failed": _("The dump {0} could not be restored: {1}"),
		"table_missing": _("The table {0} is missing."),
		"rows_differ": _("The table {0} has {1} rows; between {2} and {3} were counted."),
		"schema_differs": _("The table {0} has other columns than it had."),
		"upload_missing": _("The file {0} is missing from the archives."),
		"upload_absent": _("The file {0} is named in the database, but was not on the disk any more."),
		"claim_twice": _("The same five minutes of {0} (cell {1}, seat {2}) are given {3} times."),
		"claim_without_appointment": _("Time is held for the appointment {0}, which does not exist."),
		"appointment_without_time": _("The appointment {0} at {1} does not hold its time."),
		"entitlement_missing": _("There are entries of the entitlement {0}, which does not exist."),
		"entitlement_overdrawn": _("More was used of the entitlement {0} than was bought: {1} is left."),
		"entitlement_reserved_wrong": _("Of the entitlement {0}, {1} is reserved while {2} is left."),
		"check_stumbled": _("The check {0} could not be made: {1}"),
		"and_more": _("… and {0} more."),
		"frappe_major_differs": _("The backup is of Frappe {0}; this is Frappe {1}."),
		"app_newer": _(
			"The backup was made with {0} {1}, which is newer than {2} here. Update the app first."
		),
		"app_missing": _("The backup needs the app {0} {1}, which is not installed here."),
	}
