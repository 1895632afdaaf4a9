from typing import Any

import frappe
from frappe import _

from clinic_core.foundation.document import ClinicDocument
from clinic_core.foundation.errors import refuse_input
from clinic_core.service_catalog.pictures import images
from clinic_core.service_catalog.public_page import profile, publishing

_WEB = ("http://", "https://")


class ClinicPublicProfile(ClinicDocument):
	"""What the page /center says of the centre (A92)."""

	def load_from_db(self) -> Any:
		"""As it holds: what was never stored is its default, so that saving a text switches nothing off."""
		loaded = super().load_from_db()
		self.update(profile.switches())
		return loaded

	def validate(self) -> None:
		self._check_address("map_url", _WEB)
		self._check_address("booking_url", (*_WEB, "/"))
		for row in self.links:
			row.url = (row.url or "").strip()
			if not row.url.lower().startswith((*_WEB, "tel:", "mailto:")):
				refuse_input(
					_("{0}, row {1}").format(_("Messengers and networks"), row.idx),
					_("Write the whole address, beginning with https://"),
				)
		for field in ("comments_per_hour", "comments_per_page"):
			if (self.get(field) or 0) < 0:
				refuse_input(_(self.meta.get_label(field)), _("It must not be negative."))
		images.check_document(self)

	def on_update(self) -> None:
		publishing.follow(self)
		if self.has_value_changed("show_practitioners"):
			frappe.enqueue("clinic_core.service_catalog.pictures.images.sweep", enqueue_after_commit=True)

	def _check_address(self, field: str, beginnings: tuple[str, ...]) -> None:
		value = (self.get(field) or "").strip()
		self.set(field, value)
		if value and (not value.lower().startswith(beginnings) or value.startswith("//")):
			refuse_input(_(self.meta.get_label(field)), _("Write the whole address, beginning with https://"))
