"""Small acts that several journeys begin with."""

import datetime
import random
import uuid

from tests.journeys import names as api


def new_patient(client, **more):
	"""Register somebody nobody knows yet; returns the name of the file."""
	mobile = f"0992{uuid.uuid4().int % 10**7:07d}"
	values = {"first_name": "Tara", "last_name": f"Test {mobile[-5:]}", "mobile": mobile, "gender": "Female"}
	return client.post(api.REGISTER, **{**values, "referral_source": "WALKIN", **more})["name"]


def free_slot(client, service="VISIT-SKIN", days=10, **more):
	"""One free time within the next days, from the middle, so that tests do not meet."""
	today = datetime.date.today()
	slots = client.get(
		api.SLOTS,
		service=service,
		from_date=str(today + datetime.timedelta(days=1)),
		to_date=str(today + datetime.timedelta(days=days)),
		**more,
	)
	assert slots, f"no free time for {service}"
	return random.choice(slots)


def book(client, patient, service="VISIT-SKIN", **more):
	"""Book the patient somewhere in the coming days."""
	slot = free_slot(client, service, **more)
	return client.post(
		api.BOOK,
		patient=patient,
		service=service,
		practitioner=slot["practitioner"],
		start=slot["start"],
		branch=slot["branch"],
	)["appointment"]


def open_shift(client, opening_float=0):
	"""The cashier's open shift, opened if there is none."""
	shift = client.get(api.CURRENT_SHIFT)
	if shift["shift"]:
		return shift["shift"]
	return client.post(api.OPEN_SHIFT, desk=shift["desks"][0]["name"], opening_float=opening_float)["shift"]


def close_shift(client):
	"""Close it with what is expected."""
	shift = client.get(api.CURRENT_SHIFT)
	if shift["shift"]:
		counted = {row["method"]: row["expected"] for row in shift["totals"]}
		client.post(api.CLOSE_SHIFT, shift=shift["shift"], counted=counted)
