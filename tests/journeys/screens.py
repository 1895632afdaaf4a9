"""An open screen that listens: what the realtime server sends to a signed-in person."""

import contextlib
import threading

import socketio


class Screen:
	"""The events that came, as (name, payload)."""

	def __init__(self, connection, namespace):
		self.events, self._connection, self._namespace = [], connection, namespace
		self._came = threading.Condition()

	def note(self, name, payload):
		with self._came:
			self.events.append((name, payload))
			self._came.notify_all()

	def subscribe(self, *what):
		"""`doctype_subscribe`, doctype or `doc_subscribe`, doctype, name; then wait until the server has asked."""
		self._connection.emit(what[0], what[1:], namespace=self._namespace)
		self._connection.sleep(1.5)

	def heard(self, fits, seconds=15):
		"""The payloads of events for which `fits(name, payload)`, as soon as there is one."""
		with self._came:
			self._came.wait_for(lambda: any(fits(*event) for event in self.events), timeout=seconds)
			return [payload for name, payload in self.events if fits(name, payload)]


@contextlib.contextmanager
def open_screen(client, site, *events):
	"""A screen of `client` that notes these events."""
	connection = socketio.Client(http_session=client.session, reconnection=False)
	screen = Screen(connection, "/" + site)
	for event in events:
		connection.on(
			event, lambda payload=None, event=event: screen.note(event, payload), namespace="/" + site
		)
	headers = {
		"Cookie": "; ".join(f"{c.name}={c.value}" for c in client.session.cookies),
		"Origin": client.url,
	}
	connection.connect(client.url, headers=headers, namespaces=["/" + site], wait_timeout=20)
	try:
		yield screen
	finally:
		connection.disconnect()
