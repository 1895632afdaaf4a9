"""Visitors of the public form."""

import gevent
from locust import HttpUser
from requests.adapters import HTTPAdapter

from tests.bench.http.answers import reason
from tests.bench.http.asking import Asking

SUBMIT = "clinic_crm.pipeline.api.submit_lead_form"
ADDRESSES = 240
"""From 127.0.0.2 on: a person sends the form from an address of his own, as the limits per address expect."""


class Visitor(Asking, HttpUser):
	"""Somebody at home, each time from another address, as the limits per address expect."""

	def on_start(self):
		"""Come at some time or other."""
		self.client.headers["Accept"] = "text/html"
		gevent.sleep(self.dice.uniform(0, self.environment.think[1]))

	def from_elsewhere(self):
		"""nginx believes the connection, not a header: so it is the connection that changes."""
		address = f"127.0.0.{2 + self.dice.randrange(ADDRESSES)}"
		self.client.cookies.clear()
		self.client.mount("http://", FromAddress(address))

	def look_at_form(self):
		self.from_elsewhere()
		path = f"/lead/{self.about['form']}"
		with self.client.get(path, name="lead-form", catch_response=True) as answer:
			if answer.status_code != 200:
				answer.failure(reason(answer.status_code, answer.text))
		self.think()

	def send_form(self):
		self.look_at_form()
		values = {"first_name": "نگار", "last_name": "رحیمی", "mobile": self.clinic.new_number()}
		values["description"] = "برای لیزر وقت می‌خواهم"
		form = self.about["form"]
		self.write("lead-submission", SUBMIT, route=form, values=values)


class FromAddress(HTTPAdapter):
	"""Connections that leave from one of this machine's own addresses."""

	def __init__(self, address):
		self.address = address
		super().__init__()

	def init_poolmanager(self, *args, **kwargs):
		super().init_poolmanager(*args, source_address=(self.address, 0), **kwargs)
