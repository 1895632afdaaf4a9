"""Entry points of the night; each may run twice without harm."""

from clinic_core.foundation import boundary
from clinic_core.service_catalog.pictures import images
from clinic_core.service_catalog.public_page import page_cache, reviews


def run_night() -> None:
	"""Bring the public pictures in line, forget old senders, begin the day with fresh pages."""
	images.sweep()
	boundary.command("service_catalog.public_page.forget_senders", None, reviews.forget_senders)
	page_cache.forget()
