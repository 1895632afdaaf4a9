"""A new clinic takes its services from the catalogue, with their prices, and sells one (A20, A27)."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.journeys import names as api

VISIT, GLASSES, SCAN = "EYE-001", "EYE-002", "EYE-012"
DEPARTMENT = "EYE"


@pytest.fixture
def manager(sign_in):
	"""The manager, of a clinic that has no eye department before and after."""
	client = sign_in("manager")
	_forget(client)
	yield client
	_forget(client)


def _forget(client):
	for row in client.rows("Clinic Service", {"suggestion": ["like", f"{DEPARTMENT}-%"]}):
		answer = client.resource("DELETE", "Clinic Service", row["name"])
		assert answer.status_code == 202, answer.text[:300]
	if client.resource("GET", "Clinic Department", DEPARTMENT).status_code == 200:
		assert client.resource("DELETE", "Clinic Department", DEPARTMENT).status_code == 202


def _state(client, code):
	[row] = [row for row in client.get(api.SUGGESTIONS)["services"] if row["code"] == code]
	return row["service"], row["reason"]


def test_from_the_catalogue_to_a_quote(manager, sign_in):
	assert _state(manager, VISIT) == (None, None)
	rows = [{"suggestion": VISIT, "amount": "۵٬۰۰۰٬۰۰۰"}, {"suggestion": SCAN, "amount": ""}]
	made = manager.post(api.ADOPT, rows=rows)
	assert [row["service"] for row in made["created"]] == [VISIT, SCAN]
	assert made["departments"][0] == {
		"department": DEPARTMENT,
		"title": "Ophthalmology and optometry",
		"is_new": True,
		"is_active_again": False,
		"count": 2,
	}
	reception = sign_in("reception")
	assert reception.get(api.QUOTE, service=VISIT)["total"] == 5_000_000
	assert manager.value("Clinic Service", SCAN, "status") == "Inactive"
	again = manager.post(api.ADOPT, rows=[*rows, {"suggestion": GLASSES, "amount": 3_000_000}])
	assert [row["service"] for row in again["created"]] == [GLASSES]
	assert _state(manager, VISIT) == (VISIT, "adopted")


def test_two_clicks_at_once_make_one_of_each(manager):
	rows = [{"suggestion": code, "amount": 1_000_000} for code in (VISIT, GLASSES, SCAN)]
	with ThreadPoolExecutor(4) as pool:
		answers = list(pool.map(lambda _: manager.post(api.ADOPT, rows=rows), range(4)))
	assert sorted(len(answer["created"]) for answer in answers) == [0, 0, 0, 3]
	assert len(manager.rows("Clinic Service", {"department": DEPARTMENT})) == 3
	titles = manager.rows("Clinic Department", {"title": "Ophthalmology and optometry"})
	assert len(titles) == 1


def test_one_wrong_price_and_nothing_is_made(manager):
	rows = [{"suggestion": VISIT, "amount": 1}, {"suggestion": GLASSES, "amount": "گران"}]
	answer = manager.request("POST", api.ADOPT, rows=rows)
	assert answer.status_code == 422 and GLASSES in answer.text
	assert manager.rows("Clinic Service", {"department": DEPARTMENT}) == []
	assert manager.resource("GET", "Clinic Department", DEPARTMENT).status_code == 404


def test_others_are_not_let_in(sign_in):
	for person in ("reception", "supervisor", "crm"):
		assert sign_in(person).refused("GET", api.SUGGESTIONS) == 403
		assert sign_in(person).refused("POST", api.ADOPT, rows=[{"suggestion": VISIT}]) == 403
