"""What the tests of the public page need: a department, services, pictures, and pages as strangers get them."""

import io
import uuid

from PIL import Image


def picture(kind="PNG", size=(700, 500), colour=None):
	"""The bytes of a picture nobody has stored before."""
	content = io.BytesIO()
	unique = uuid.uuid4().bytes
	Image.new("RGB", size, colour or tuple(unique[:3])).save(content, kind)
	return content.getvalue() + unique


class PublicPage:
	"""Makes documents and asks for pages as a guest."""

	def __init__(self, site):
		self.site = site
		self.department = self.make("Clinic Department", title=f"Department {site.generate_hash(length=6)}")

	def make(self, doctype, **values):
		return self.site.get_doc({"doctype": doctype, **values}).insert()

	def service(self, **values):
		return self.make(
			"Clinic Service",
			**{
				"service_name": f"Service {self.site.generate_hash(length=8)}",
				"department": self.department.name,
				"amount": 1_000_000,
				"duration_minutes": 30,
				"show_in_profile": 1,
				**values,
			},
		)

	def upload(self, content=None, name=None, **values):
		"""The address of a stored file."""
		file = self.site.get_doc(
			{
				"doctype": "File",
				"file_name": name or f"{uuid.uuid4().hex}.png",
				"content": picture() if content is None else content,
				"is_private": 1,
				**values,
			}
		).insert()
		return file.file_url

	def page(self, path="", lang="en", text=""):
		"""(HTML, status) as a stranger gets it, made anew."""
		from clinic_core.service_catalog.public_page import pages, renderer

		before = self.site.session.user
		self.site.set_user("Guest")
		self.site.local.lang = lang
		try:
			return renderer._render(pages.Visit(lang, False), path, text)
		finally:
			self.site.local.lang = "en"
			self.site.set_user(before)

	def review(self, service, **values):
		"""A comment as the endpoint would keep it. Returns its name."""
		from clinic_core.service_catalog.public_page import reviews

		given = {"visitor_name": "Maryam", "text": "Very good", "seconds": 30, **values}
		before = self.site.session.user
		self.site.set_user("Guest")
		try:
			return reviews.receive("service", service.name, given, values.get("address", uuid.uuid4().hex))
		finally:
			self.site.set_user(before)
