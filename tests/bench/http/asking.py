"""How somebody at work asks the server: a request with its name, and a pause for thought after it.

Needs the load generator's environment (locust), not our apps.
"""

import json
import urllib.parse
import uuid

import gevent

from tests.bench.http import mix
from tests.bench.http.answers import reason

TIMEOUT = 60.0


class Asking:
	"""What all have in common: a request with its name, and a pause for thought after it."""

	headers: dict[str, str] = {}

	@property
	def clinic(self):
		return self.environment.clinic

	@property
	def dice(self):
		return self.clinic.dice

	@property
	def about(self):
		return self.clinic.subjects

	def read(self, name, method, think=True, **arguments):
		"""The message of a GET, None if it failed."""
		query = urllib.parse.urlencode(_wire(arguments))
		return self.ask("GET", f"/api/method/{method}?{query}", name, None, think)

	def write(self, name, method, think=True, **arguments):
		"""The message of a POST with a key of its own, None if it was refused."""
		arguments.setdefault("idempotency_key", uuid.uuid4().hex)
		return self.ask(
			"POST", f"/api/method/{method}", name, urllib.parse.urlencode(_wire(arguments)), think
		)

	def ask(self, verb, path, name, body, think):
		headers = {"Accept": "application/json", **self.headers}
		if body is not None:
			headers["Content-Type"] = "application/x-www-form-urlencoded"
		message = None
		with self.client.request(
			verb, path, name=name, data=body, headers=headers, catch_response=True
		) as answer:
			if answer.status_code == 200:
				message = answer.json().get("message")
				answer.success()
			elif answer.status_code in mix.EXPECTED.get(name, ()):
				self.environment.refused[name] += 1
				answer.success()
			else:
				answer.failure(reason(answer.status_code, answer.text))
		if think:
			self.think()
		return message

	def think(self):
		"""Read, talk, type."""
		low, high = self.environment.think
		gevent.sleep(self.dice.uniform(low, high))


def _wire(arguments):
	return {
		key: json.dumps(value) if isinstance(value, list | dict) else value
		for key, value in arguments.items()
		if value is not None
	}
