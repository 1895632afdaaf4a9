import ipaddress
import re
from urllib.parse import urlsplit

import frappe
from frappe import _
from frappe.utils import cint

from clinic_core.foundation.coded_master import CodedMaster
from clinic_core.foundation.digits import to_latin
from clinic_core.foundation.errors import refuse_input

DOCTYPE = "Clinic SMS Gateway"
CONSOLE, KAVENEGAR = "Console", "Kavenegar"
SECONDS = (1, 60)
_PATTERN_NAME = re.compile(r"[A-Za-z0-9_.-]{1,100}")
KEPT_BY_THE_WORKER = (
	*("is_paused", "paused_at", "pause_code", "pause_text"),
	*("credit", "credit_at", "fetched_at", "fetching_since"),
)


class ClinicSMSGateway(CodedMaster):
	"""An account with a company that sends messages; its key is a password and never shown (N9)."""

	code_prefix = "SMS"

	def validate(self) -> None:
		self._keep_what_is_ours()
		self.timeout_seconds = cint(self.timeout_seconds) or 10
		if not SECONDS[0] <= self.timeout_seconds <= SECONDS[1]:
			refuse_input(
				_("Wait for an answer (seconds)"), _("It must be between {0} and {1}.").format(*SECONDS)
			)
		if (self.price_per_part or 0) < 0:
			refuse_input(_("Price of a part"), _("It must not be less than 0."))
		if self.kind == CONSOLE:
			return
		if self.is_active and not self.api_key:
			refuse_input(_("API key"), _("Please fill this in; the company shows it in your account."))
		for field in ("service_line", "advertising_line"):
			self.set(field, to_latin(self.get(field) or "").strip())
		self.code_pattern = to_latin(self.code_pattern or "").strip()
		if self.code_pattern and not _PATTERN_NAME.fullmatch(self.code_pattern):
			refuse_input(
				_("Pattern for codes"),
				_("Write its name as your account shows it: Latin letters, digits, - and _."),
			)
		if self.is_active and not self.service_line:
			refuse_input(
				_("Line for services"), _("Please fill this in; the company shows it in your account.")
			)
		self._check_address()

	def on_update(self) -> None:
		frappe.clear_document_cache(self.doctype, self.name)

	def on_trash(self) -> None:
		if frappe.db.exists("Clinic Message", {"gateway": self.name}):
			frappe.throw(
				_("Messages went out through this gateway. Take away the tick “Active” instead."),
				frappe.LinkExistsError,
			)

	def _keep_what_is_ours(self) -> None:
		before = self.get_doc_before_save()
		for field in KEPT_BY_THE_WORKER:
			self.set(field, before.get(field) if before else None)

	def _check_address(self) -> None:
		self.address = (self.address or "").strip().rstrip("/")
		if not self.address:
			return
		parts = urlsplit(self.address)
		if parts.scheme not in ("https", "http") or not parts.hostname or parts.query or parts.username:
			refuse_input(
				_("Address of the interface"), _("It must be a web address that begins with https://.")
			)
		if parts.scheme == "http" and not _is_this_machine(parts.hostname):
			refuse_input(
				_("Address of the interface"),
				_("The key would go over the network for all to read. Use https://."),
			)


def _is_this_machine(host: str) -> bool:
	if host == "localhost":
		return True
	try:
		return ipaddress.ip_address(host).is_loopback
	except ValueError:
		return False
