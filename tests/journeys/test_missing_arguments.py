"""What a caller forgot is named, with 422: never a 500 for somebody else's mistake."""

import pytest


@pytest.mark.parametrize(
	("method", "given", "missing"),
	[
		("clinic_core.service_catalog.api.get_quote", {}, "service"),
		("clinic_core.people.api.find_patients", {}, "text"),
		("clinic_core.scheduling.api.find_slots", {"service": "X"}, "from_date"),
	],
)
def test_a_missing_argument_is_named(sign_in, url, method, given, missing):
	session = sign_in("reception").session
	answer = session.get(f"{url}/api/method/{method}", params=given, headers={"Accept": "application/json"})
	assert answer.status_code == 422
	assert missing in answer.text


def test_an_unknown_method_is_left_to_frappe(sign_in, url):
	answer = sign_in("reception").session.get(
		f"{url}/api/method/clinic_core.people.api.nothing", headers={"Accept": "application/json"}
	)
	assert answer.status_code in (403, 404, 417)
