"""Prices over HTTP: asked one by one and by the hundred, previewed, looked up, refused with the right status."""

import pytest

from tests.journeys.names import QUOTE

API = "clinic_core.service_catalog.api"
QUOTES, PREVIEW, HISTORY = f"{API}.get_quotes", f"{API}.preview_quote", f"{API}.price_history"


@pytest.fixture
def service(sign_in):
	"""A service of the manager's own; gone afterwards."""
	manager = sign_in("manager")
	made = manager.resource(
		"POST",
		"Clinic Service",
		service_name="Quoted",
		department="SKIN",
		amount=1_000_000,
		duration_minutes=15,
		is_countable=1,
		tax_percent=10,
		areas=[{"title": "Face", "amount": 400_000}],
	)
	assert made.status_code == 200, made.text[:300]
	doc = made.json()["data"]
	yield doc
	assert manager.resource("DELETE", "Clinic Service", doc["name"]).status_code == 202


def test_reception_asks_for_prices(sign_in, service):
	reception, area = sign_in("reception"), service["areas"][0]["code"]
	one = reception.get(QUOTE, service=service["name"], quantity="۲", discount_amount="۱۰۰٬۰۰۰", area=area)
	assert (one["list_total"], one["discount"], one["tax"], one["total"]) == (
		800_000,
		100_000,
		70_000,
		770_000,
	)
	lines = [{"service": service["name"], "quantity": 2, "discount_amount": 100_000, "area": area}] * 300
	assert reception.post(QUOTES, lines=lines) == [one] * 300


@pytest.mark.parametrize(
	("asked", "status", "named"),
	[
		({"quantity": 0}, 422, "Quantity"),
		({"quantity": "1e30"}, 422, "Quantity"),
		({"quantity": 999_999_999}, 422, "Quantity"),
		({"discount_percent": 101}, 422, "Discount percent"),
		({"discount_amount": 1_000_001}, 422, "Discount amount"),
		({"discount_amount": 5, "discount_percent": 5}, 422, "Discount amount"),
		({"area": "elbow"}, 422, "Body area"),
		({"contract": "none"}, 422, "Contract"),
		({"branch": "none"}, 422, "Branch"),
		({"practitioner": "none"}, 422, "Practitioner"),
		({"on": "tomorrow"}, 422, "Date"),
		({"touch_up": 1}, 422, "Free touch-up"),
		({"patient": "none"}, 404, ""),
		({"service": "none"}, 404, ""),
	],
)
def test_what_has_no_price_is_answered_with_its_field(sign_in, service, asked, status, named):
	answer = sign_in("reception").request("GET", QUOTE, **{"service": service["name"], **asked})
	assert answer.status_code == status, answer.text[:300]
	assert named in answer.text


@pytest.mark.parametrize("lines", ["{", "{}", '["x"]', '[{"service": "x"}, 1]', '[{"quantity": 1}]'])
def test_lines_that_cannot_be_read_are_refused(sign_in, lines):
	answer = sign_in("reception").request("POST", QUOTES, lines=lines)
	assert answer.status_code == 422, answer.text[:300]


def test_more_than_a_thousand_lines_are_refused(sign_in, service):
	lines = [{"service": service["name"]}] * 1001
	assert sign_in("reception").refused("POST", QUOTES, lines=lines) == 422


def test_the_manager_previews_and_looks_back(sign_in, service):
	manager, name = sign_in("manager"), service["name"]
	typed = {**service, "amount": "۲٬۰۰۰٬۰۰۰", "tax_percent": 0}
	shown = manager.post(PREVIEW, service_values=typed, line={"quantity": 3})
	assert (shown["total"], manager.get(QUOTE, service=name)["total"]) == (6_000_000, 1_100_000)
	assert manager.refused("POST", PREVIEW, service_values={**typed, "amount": -1}) == 422
	assert manager.refused("POST", PREVIEW, service_values="{") == 422
	assert manager.resource("PUT", "Clinic Service", name, amount=1_500_000).status_code == 200
	prices = [row for row in manager.get(HISTORY, service=name)["rows"] if not row["area"]]
	assert [(row["amount"], row["source"]) for row in prices] == [(1_500_000, "Form"), (1_000_000, "Opening")]
	for person in ("reception", "doctor"):
		assert sign_in(person).refused("POST", PREVIEW, service_values=typed) == 403
		assert sign_in(person).refused("GET", HISTORY, service=name) == 403


def test_prices_are_written_by_no_other_door(sign_in, admin, service):
	manager = sign_in("manager")
	row = {"service": service["name"], "amount": 1, "valid_from": "2026-01-01"}
	assert manager.resource("POST", "Clinic Service Price", **row).status_code == 403
	assert admin.resource("POST", "Clinic Service Price", **row).status_code == 422
	name = admin.resource("GET", "Clinic Service Price", filters=f'[["service","=","{service["name"]}"]]')
	name = name.json()["data"][0]["name"]
	assert admin.resource("PUT", "Clinic Service Price", name, amount=2).status_code == 422
	assert admin.resource("DELETE", "Clinic Service Price", name).status_code == 422
