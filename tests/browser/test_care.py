"""One patient at every screen that handles him: alerts, a smart tag, pictures only some may see (F41, F42, D46)."""

import pytest

from tests.browser.steps import care
from tests.journeys import names as api
from tests.journeys.client import Client
from tests.journeys.people import new_patient


@pytest.fixture
def patient(admin, url, demo):
	"""A very old patient who has just been received; the cashier's shift is open."""
	made, cashier = [], Client(url, "cashier@clinic.example", demo)

	def one(lang):
		name = new_patient(admin, birth_date="1921-03-21", first_name="Old" if lang == "en" else "پیر")
		doc = admin.resource("GET", "Clinic Patient", name).json()["data"]
		mobile = "0" + doc["mobile"][3:]
		admin.post(api.RECEIVE, patient=name, visit_type="Consultation", services=[])
		made.append(care.Patient(admin, lang, {**doc, "mobile": mobile}))
		return made[-1]

	shift = cashier.post(api.OPEN_SHIFT, desk="MAIN", opening_float=0)["shift"]
	yield one
	counted = {row["method"]: row["expected"] for row in cashier.get(api.CURRENT_SHIFT)["totals"]}
	cashier.post(api.CLOSE_SHIFT, shift=shift, counted=counted)
	for walk in made:
		walk.take_away()


@pytest.mark.parametrize("lang", ["en", "fa"])
def test_a_patient_with_an_allergy_a_tag_and_pictures(screen_of, patient, lang):
	walk, reception = patient(lang), screen_of("reception", lang)
	care.write_an_alert(reception, walk)
	care.see_it_at_the_front_desk(reception, walk)
	care.see_it_at_the_till(screen_of("cashier", lang), walk)
	manager = screen_of("manager", lang)
	care.make_a_rule(manager, walk)
	care.see_the_chip(manager, walk)
	thumbnail = care.take_pictures(screen_of("doctor", lang), walk)
	care.is_hidden_from_reception(reception, walk, thumbnail)
