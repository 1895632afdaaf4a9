"""What one person does reaches the screens of the others without a reload, and carries no patient data."""

import json

from tests.journeys import names as api
from tests.journeys.people import book, new_patient
from tests.journeys.screens import open_screen

APPOINTMENT = "Clinic Appointment"


def test_an_arrival_reaches_the_doctors_screen(sign_in, site_name):
	reception = sign_in("reception")
	appointment = book(reception, new_patient(reception))
	with open_screen(sign_in("supervisor"), site_name, "clinic_changed") as screen:
		screen.subscribe("doctype_subscribe", APPOINTMENT)
		reception.post(api.ARRIVE, appointment=appointment)
		events = screen.heard(lambda _name, told: told["doctype"] == APPOINTMENT)
	assert events, "the other screen heard nothing"
	assert appointment in {event["name"] for event in events}
	assert "Tara" not in json.dumps(events), "names of documents only"
