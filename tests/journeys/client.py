"""A person at a browser, without the browser: a signed-in session that calls endpoints over HTTP."""

import json
import re
import uuid

import requests

TIMEOUT = 60


class CallFailed(AssertionError):
	"""An endpoint answered something else than 200."""

	def __init__(self, method, response):
		super().__init__(f"{method}: {response.status_code} {response.text[:800]}")
		self.status = response.status_code
		self.response = response


class Client:
	"""One browser session. `user=None` is a guest; `site` where the address alone does not tell it."""

	def __init__(self, url, user=None, password=None, site=None):
		self.url, self.user = url.rstrip("/"), user
		self.session = requests.Session()
		self.session.headers["Accept"] = "application/json"
		if site:
			self.session.headers["X-Frappe-Site-Name"] = site
		if user:
			answer = self.session.post(
				f"{self.url}/api/method/login", data={"usr": user, "pwd": password}, timeout=TIMEOUT
			)
			assert answer.status_code == 200, f"{user} cannot sign in: {answer.text[:300]}"
			self._learn_csrf_token()

	def _learn_csrf_token(self):
		page = self.session.get(f"{self.url}/app", headers={"Accept": "text/html"}, timeout=TIMEOUT).text
		found = re.search(r'csrf_token\s*=\s*"([0-9a-f]+)"', page)
		assert found, f"{self.user}: the desk gave no CSRF token"
		self.session.headers["X-Frappe-CSRF-Token"] = found.group(1)

	def request(self, verb, method, **arguments):
		"""The raw answer of a whitelisted method."""
		values = {k: json.dumps(v) if isinstance(v, list | dict) else v for k, v in arguments.items()}
		values = {k: v for k, v in values.items() if v is not None}
		place = {"params": values} if verb == "GET" else {"data": values}
		return self.session.request(verb, f"{self.url}/api/method/{method}", timeout=TIMEOUT, **place)

	def get(self, method, **arguments):
		"""The message of a read."""
		return self._message(method, self.request("GET", method, **arguments))

	def post(self, method, **arguments):
		"""The message of a write, each with a key of its own unless one is given."""
		arguments.setdefault("idempotency_key", uuid.uuid4().hex)
		return self._message(method, self.request("POST", method, **arguments))

	@staticmethod
	def _message(method, response):
		if response.status_code != 200:
			raise CallFailed(method, response)
		return response.json().get("message")

	def refused(self, verb, method, **arguments):
		"""The status of a call that must not work."""
		answer = self.request(verb, method, **arguments)
		assert answer.status_code != 200, f"{method} worked: {answer.text[:300]}"
		return answer.status_code

	def resource(self, verb, doctype, name="", **content):
		"""The raw answer of Frappe's own REST door."""
		address = f"{self.url}/api/resource/{doctype}" + (f"/{name}" if name else "")
		if verb == "GET":
			return self.session.get(address, params=content, timeout=TIMEOUT)
		return self.session.request(verb, address, json=content, timeout=TIMEOUT)

	def value(self, doctype, name, field):
		"""One stored value."""
		answer = self.resource("GET", doctype, name)
		assert answer.status_code == 200, answer.text[:400]
		return answer.json()["data"].get(field)

	def rows(self, doctype, filters, fields=("name",), order_by="creation asc"):
		"""The rows of a list."""
		answer = self.resource(
			"GET",
			doctype,
			filters=json.dumps(filters),
			fields=json.dumps(list(fields)),
			order_by=order_by,
			limit_page_length=200,
		)
		assert answer.status_code == 200, answer.text[:400]
		return answer.json()["data"]
