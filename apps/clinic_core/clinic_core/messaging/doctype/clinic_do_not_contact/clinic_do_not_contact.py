import hashlib
import hmac
from collections import defaultdict
from collections.abc import Iterable

import frappe
from frappe import _
from frappe.utils import validate_email_address
from frappe.utils.password import get_encryption_key

from clinic_core.foundation.document import ClinicDocument
from clinic_core.foundation.errors import AppendOnlyError, refuse_input
from clinic_core.people import phones
from clinic_core.people.consent.rules import ALL_CHANNELS, Unwanted

DOCTYPE = "Clinic Do Not Contact"
EMAIL = "Email"


class ClinicDoNotContact(ClinicDocument):
	"""A number or e-mail that wants no calls or messages: opt-out and do-not-call are one (E011).

	It is known by a keyed hash of the address, so that it still holds after the person was erased.
	"""

	def validate(self) -> None:
		before = self.get_doc_before_save()
		if before and not before.address and not self.address:
			return  # forgotten: only its fingerprint is left
		self.address = self._read_address()
		self.fingerprint = fingerprint(self.channel, self.address)
		other = frappe.db.get_value(
			DOCTYPE, {"fingerprint": self.fingerprint, "name": ("!=", self.name or "")}
		)
		if other:
			refuse_input(
				_("Number or email"),
				_("It is on the list already for this channel. Change that entry instead."),
			)

	def on_trash(self) -> None:
		frappe.throw(_("An entry is never deleted. Take away the tick “Holds” instead."), AppendOnlyError)

	def _read_address(self) -> str:
		text = (self.address or "").strip()
		if not text:
			refuse_input(_("Number or email"), _("Please fill this in."))
		if "@" not in text and self.channel != EMAIL:
			return phones.normalise(text, _("Number or email"))
		if not validate_email_address(text):
			refuse_input(_("Number or email"), _("This is not an email address."))
		if self.channel not in (EMAIL, ALL_CHANNELS):
			refuse_input(_("Channel"), _("An email address cannot be called. Choose Email or All."))
		return text.lower()


def fingerprint(channel: str, address: str) -> str:
	"""What an entry is known by: a hash with the site's own key."""
	return _print(get_encryption_key().encode(), channel, address)


def _print(key: bytes, channel: str, address: str) -> str:
	return hmac.digest(key, f"{channel}|{address.lower()}".encode(), hashlib.sha256).hex()


def entries_of(
	addresses: Iterable[str], channels: Iterable[str] = ("Call", "SMS", "WhatsApp", EMAIL)
) -> dict[str, list[Unwanted]]:
	"""Address → the entries that hold for it on these channels, one query for all."""
	key, channels = get_encryption_key().encode(), [ALL_CHANNELS, *channels]
	prints = {_print(key, channel, address): address for address in addresses for channel in channels}
	if not prints:
		return {}
	found: dict[str, list[Unwanted]] = defaultdict(list)
	table = frappe.qb.DocType(DOCTYPE)
	rows = (
		frappe.qb.from_(table)
		.select(table.fingerprint, table.channel, table.scope)
		.where(table.fingerprint.isin(sorted(prints)) & (table.is_active == 1))
		.orderby(table.name)
	)
	for row in rows.run(as_dict=True):
		found[prints[row.fingerprint]].append(Unwanted(row.channel, row.scope))
	return dict(found)


def put(channel: str, address: str, scope: str, reason: str) -> str:
	"""List an address, or make its entry hold again. Returns the entry's name. Permission-free."""
	name = frappe.db.get_value(DOCTYPE, {"fingerprint": fingerprint(channel, address)}, "name")
	doc = frappe.get_doc(DOCTYPE, name) if name else frappe.new_doc(DOCTYPE)
	doc.update({"channel": channel, "address": address, "scope": scope, "reason": reason, "is_active": 1})
	doc.save(ignore_permissions=True)
	return doc.name
