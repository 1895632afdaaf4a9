"""Visitors of the public form and of /book."""

import uuid

import gevent
from locust import HttpUser
from requests.adapters import HTTPAdapter

from tests.bench.http.answers import reason
from tests.bench.http.asking import Asking

SUBMIT = "clinic_crm.pipeline.api.submit_lead_form"
BOOK = "clinic_core.online_booking.api."
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
		self.open("lead-form", f"/lead/{self.about['form']}")

	def open(self, name, path):
		"""A page of the web site."""
		with self.client.get(path, name=name, catch_response=True) as answer:
			if answer.status_code != 200:
				answer.failure(reason(answer.status_code, answer.text))
		self.think()

	def send_form(self):
		self.look_at_form()
		values = {"first_name": "نگار", "last_name": "رحیمی", "mobile": self.clinic.new_number()}
		values["description"] = "برای لیزر وقت می‌خواهم"
		form = self.about["form"]
		self.write("lead-submission", SUBMIT, route=form, values=values)

	def look_at_times(self):
		"""The page of a service, then some later days. Returns the free times."""
		self.from_elsewhere()
		service = self.about["service"]
		self.open("online-page", f"/book?service={service}")
		asked = {"service": service, "from_date": self.about["first_day"]}
		answer = self.read("online-times", BOOK + "free_times", **asked)
		return [time for day in answer["days"] for time in day["times"]] if answer else []

	def book_online(self):
		"""Hold one of the times, say who it is, book."""
		times = self.look_at_times()
		if not times:
			return
		time = self.dice.choice(times)
		wish = {"service": self.about["service"], "token": uuid.uuid4().hex}
		wish |= {key: time[key] for key in ("practitioner", "start")}
		if self.write("online-hold", BOOK + "hold", **wish):
			person = {"first_name": "نگار", "last_name": "رحیمی", "mobile": self.clinic.new_number()}
			self.write("online-confirm", BOOK + "confirm", **wish, **person, gender="Female")


class FromAddress(HTTPAdapter):
	"""Connections that leave from one of this machine's own addresses."""

	def __init__(self, address):
		self.address = address
		super().__init__()

	def init_poolmanager(self, *args, **kwargs):
		super().init_poolmanager(*args, source_address=(self.address, 0), **kwargs)
