"""What one request for a public page is about."""

from clinic_core.service_catalog.public_page import colours, contact_links, profile
from clinic_core.service_catalog.public_page.formats import Words


class Visit:
	"""What one request is about: the centre, the language, and how links keep that language."""

	def __init__(self, lang: str, is_chosen: bool) -> None:
		self.lang, self.is_chosen = lang, is_chosen
		self.profile = profile.shown()
		self.words = Words(lang)
		self.colour = colours.readable(self.profile.colour)
		self._book: str | None = None
		self._is_asked = False

	def link(self, path: str = "") -> str:
		"""The address of a page below /center, in the language the visitor chose."""
		address = "/center" + (f"/{path}" if path else "")
		return f"{address}?_lang={self.lang}" if self.is_chosen else address

	def links(self, services: list[str]) -> dict[str, str]:
		"""Where “Book” leads for each service; the centre's own address is remembered."""
		found = contact_links.find(self.profile, services)
		self._book, self._is_asked = found.get(contact_links.CENTRE), True
		return found

	def book(self) -> str | None:
		"""Where “Book” of the centre leads; apps are asked once for a page."""
		if not self._is_asked:
			self.links([])
		return self._book
