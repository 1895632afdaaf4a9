"""What a document has to do to be on the public page: an address of its own and pictures that may be shown."""

import frappe
from frappe import _
from frappe.model.document import Document

from clinic_core.foundation.errors import refuse_input
from clinic_core.service_catalog.definition import slugs
from clinic_core.service_catalog.pictures import images
from clinic_core.service_catalog.public_page import page_cache


def validate(doc: Document, event: str | None = None) -> None:
	"""Check the pictures of a service, article, practitioner or of the profile, and an article's address.

	Raises InvalidInputError naming the field. (Services get their address from `service_route`.)
	"""
	images.check_document(doc)
	if doc.doctype == "Clinic Article":
		doc.slug = _article_slug(doc)


def follow(doc: Document, event: str | None = None) -> None:
	"""After saving: pages are made anew, public pictures follow. Call it in `on_update`."""
	images.follow(doc)
	page_cache.forget()


def leave(doc: Document, event: str | None = None) -> None:
	"""Before deleting: nothing of it stays public. Call it in `on_trash`."""
	images.withdraw(doc)
	page_cache.forget()


def _article_slug(doc: Document) -> str:
	"""The address that was typed, tidied, or one made of the title; it stays when the title changes.

	Links and search engines know it.
	"""
	wanted = slugs.slug(doc.slug) or slugs.slug(doc.title) or "article"
	taken = set(
		frappe.get_all(
			doc.doctype,
			{"slug": ("like", f"{wanted}%"), "name": ("!=", doc.name or "")},
			pluck="slug",
			order_by="slug asc",
		)
	)
	if doc.slug and wanted in taken:
		refuse_input(
			_(doc.meta.get_label("slug")),
			_("“{0}” is the address of another article already. Choose another one.").format(wanted),
		)
	return slugs.unused(wanted, taken)
