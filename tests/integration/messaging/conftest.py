"""Patients and templates for messages; what the site's own seeds gave is there."""

import pytest

from tests.integration.people import privacy_people as act

MOBILE = "+989121110001"


@pytest.fixture
def who(site):
	return act.patient(site, mobile="09121110001")


@pytest.fixture
def template(site):
	"""`template("Service", fa="…", en="…")`: a template's code."""

	def make(purpose="Service", **texts):
		texts = texts or {"en": "Dear {patient}, {day} {time}"}
		doc = site.get_doc(
			{
				"doctype": "Clinic Message Template",
				"title": f"Test {purpose}",
				"purpose": purpose,
				"texts": [{"language": language, "text": text} for language, text in texts.items()],
			}
		)
		return doc.insert().name

	return make


@pytest.fixture
def messages(site):
	"""`messages(**filters)`: messages as they are now, oldest first."""

	def read(**filters):
		return site.get_all(
			"Clinic Message", filters, ["*"], order_by="creation asc, name asc", limit_page_length=0
		)

	return read


@pytest.fixture
def server():
	from tests.kavenegar_server import Kavenegar

	with Kavenegar(late_seconds=1.6) as running:
		yield running


@pytest.fixture
def gateway(site, server):
	"""The clinic's gateway is the local server."""
	from tests.kavenegar_server import KEY

	doc = site.get_doc(
		{
			"doctype": "Clinic SMS Gateway",
			"title": "Local",
			"kind": "Kavenegar",
			"api_key": KEY,
			"address": server.address,
			"timeout_seconds": 1,
			"service_line": "10004346",
			"advertising_line": "30001",
		}
	).insert()
	site.db.set_single_value("Clinic Settings", "sms_gateway", doc.name)
	# Nothing else waits, and no hour of the day is quiet.
	site.db.set_single_value("Clinic Settings", {"quiet_from": 0, "quiet_until": 0})
	site.db.delete("Clinic Message", {"status": ("in", ("Queued", "Sending", "Unknown"))})
	return doc.name
