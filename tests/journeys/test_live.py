"""What one person does reaches the screens of the others without a reload, and carries no patient data."""

import json
import threading

import socketio

from tests.journeys import names as api
from tests.journeys.people import book, new_patient


def watch(client, doctype, act):
	"""Act while somebody else's screen listens to `doctype`; returns the events it got."""
	events, came = [], threading.Event()
	screen = socketio.Client(http_session=client.session, reconnection=False)

	def note(payload=None):
		events.append(payload)
		if isinstance(payload, dict) and payload.get("doctype") == doctype:
			came.set()

	for namespace in ("/", "/" + client.site):
		screen.on("clinic_changed", note, namespace=namespace)
	headers = {
		"Cookie": "; ".join(f"{c.name}={c.value}" for c in client.session.cookies),
		"Origin": client.url,
	}
	screen.connect(client.url, headers=headers, namespaces=["/" + client.site], wait_timeout=20)
	try:
		screen.emit("doctype_subscribe", doctype, namespace="/" + client.site)
		screen.sleep(1.5)
		act()
		came.wait(15)
	finally:
		screen.disconnect()
	return [event for event in events if isinstance(event, dict) and event.get("doctype") == doctype]


def test_an_arrival_reaches_the_doctors_screen(sign_in, site_name):
	reception, doctor = sign_in("reception"), sign_in("supervisor")
	doctor.site = site_name
	patient = new_patient(reception)
	appointment = book(reception, patient)
	events = watch(doctor, "Clinic Appointment", lambda: reception.post(api.ARRIVE, appointment=appointment))
	assert events, "the other screen heard nothing"
	assert appointment in {event["name"] for event in events}
	assert "Tara" not in json.dumps(events), "names of documents only"
