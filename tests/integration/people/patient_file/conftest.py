import pytest


@pytest.fixture
def register(site):
	"""A new file as the desk makes it; returns its document."""
	from clinic_core.people import registration

	def make(first="سارا", last="محمدی", mobile="09121234567", **more):
		given = {
			"first_name": first,
			"last_name": last,
			"mobile": mobile,
			"referral_source": "FRIEND",
			**more,
		}
		return site.get_doc("Clinic Patient", registration.register(given)["name"])

	return make


@pytest.fixture
def settings(site):
	"""`settings(require_gender=1)` changes Clinic Settings for this test."""

	def change(**values):
		for field, value in values.items():
			site.db.set_single_value("Clinic Settings", field, value)
		site.clear_document_cache("Clinic Settings", "Clinic Settings")

	return change


@pytest.fixture
def refused(site):
	"""`with refused("Gender"):` an input error that names the field."""
	from clinic_core.foundation.errors import InvalidInputError

	return lambda match: pytest.raises(InvalidInputError, match=match)
