import tempfile
from pathlib import Path

import frappe
from frappe import _
from frappe.utils import escape_html, split_emails, validate_email_address

from clinic_core.foundation.document import ClinicDocument
from clinic_core.foundation.errors import refuse_input
from clinic_core.operations.backup import settings

MOST_KEPT = 1000


class ClinicBackupSettings(ClinicDocument):
	"""When backups are made, how long they are kept, and where."""

	def validate(self) -> None:
		for field in ("keep_daily", "keep_weekly", "keep_monthly"):
			smallest = 1 if field == "keep_daily" else 0
			if not smallest <= (self.get(field) or 0) <= MOST_KEPT:
				refuse_input(
					_(self.meta.get_label(field)),
					_("It must be between {0} and {1}.").format(smallest, MOST_KEPT),
				)
		for address in split_emails(self.also_mail_to or ""):
			if not validate_email_address(address):
				refuse_input(
					_("Also mail to"), _("“{0}” is not a mail address.").format(escape_html(address))
				)
		for field in ("path", "second_path"):
			self.set(field, self._usable_folder(field))
		self._validate_second_path()
		if self.encrypt and not settings.key():
			refuse_input(
				_("Encrypt backups"),
				_("Set backup_encryption_key in the site's configuration first: {0}").format(
					f"bench --site {escape_html(frappe.local.site)} set-config backup_encryption_key …"
				),
			)

	def _usable_folder(self, field: str) -> str | None:
		"""An absolute path that exists, can be written to, and is not handed out by the web server."""
		text = (self.get(field) or "").strip()
		if not text:
			return None
		label, path = _(self.meta.get_label(field)), Path(text)
		if not path.is_absolute():
			refuse_input(label, _("Give the whole path, from / on."))
		path = path.resolve()
		if not path.is_dir():
			refuse_input(label, _("There is no folder {0} on the server.").format(escape_html(str(path))))
		if not _can_write(path):
			refuse_input(label, _("The server may not write to {0}.").format(escape_html(str(path))))
		for handed_out in _handed_out():
			if path == handed_out or handed_out in path.parents:
				refuse_input(label, _("Anybody could download the backups from there."))
		return str(path)

	def _validate_second_path(self) -> None:
		"""One disk, or one folder removed by mistake, must not take both."""
		if not self.second_path:
			return
		first, second = settings.folder_of(self.path).resolve(), Path(self.second_path) / frappe.local.site
		base = Path(self.path) if self.path else first
		if second == first or base in second.parents:
			refuse_input(_("Folder of the second copy"), _("It must lie outside the folder of the backups."))


def _can_write(folder: Path) -> bool:
	try:
		with tempfile.TemporaryFile(dir=folder):
			return True
	except OSError:
		return False


def _handed_out() -> list[Path]:
	"""Folders that the web server hands out, to anybody or to users: of every site, and the assets.

	Frappe hands out `private/backups` to System Managers, and deletes what lies there after a day.
	"""
	sites = Path(frappe.local.sites_path).resolve()
	inside = ("public", "private/files", "private/backups")
	return [
		sites / "assets",
		*(folder / part for folder in sites.iterdir() if folder.is_dir() for part in inside),
	]
