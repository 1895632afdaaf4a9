import frappe
from frappe import _
from frappe.utils import today

from clinic_core.foundation.document import ClinicDocument
from clinic_core.foundation.errors import refuse_input
from clinic_core.service_catalog.public_page import publishing
from clinic_core.service_catalog.public_page.rich_text import plain_text


class ClinicArticle(ClinicDocument):
	"""An article of the centre, shown on the public page and beside its services (A02, A23)."""

	def validate(self) -> None:
		self.title = " ".join((self.title or "").split())
		self._validate_services()
		self._validate_publication()
		publishing.validate(self)

	def on_update(self) -> None:
		publishing.follow(self)

	def on_trash(self) -> None:
		publishing.leave(self)

	def _validate_services(self) -> None:
		services = [row.service for row in self.services]
		if len(services) != len(set(services)):
			refuse_input(_("Services"), _("A service is named twice."))

	def _validate_publication(self) -> None:
		if self.status != "Published":
			return
		if not plain_text(self.body):
			refuse_input(_("Text"), _("An article without text cannot be published."))
		self.published_on = self.published_on or today()


def on_doctype_update() -> None:
	"""Published articles, the newest first."""
	frappe.db.add_index("Clinic Article", ["status", "published_on"], "clinic_article_published")
