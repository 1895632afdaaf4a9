"""The bill on paper: contracts, insurers, discount and tax, in the reader's language."""

import pytest
from clinic_reception.front_desk import bills

PRICE = 1_000_000


@pytest.fixture
def insurer(world):
	return world._master("Clinic Insurer", title="<b>Tamin</b>", kind="Basic Insurer")


@pytest.fixture
def made(site, world, insurer):
	"""A bill with an insurer, a discount and a tax; one part of it was paid for before."""
	service = world.service("Insured", PRICE, has_insurance=1, tax_percent=10)
	contract = world._master(
		"Clinic Service Contract",
		title=f"Base {world.tag}",
		kind="Insurer",
		insurer=insurer,
		valid_from=site.utils.today(),
		insurer_percent=70,
		items=[
			{
				"applies_to": "Service",
				"service": service,
				"pricing_method": "Percent of List",
				"percent_of_list": 90,
			}
		],
	)
	line = {"service": service, "contract": contract, "discount_percent": 50}
	return world.receive(world.patient(), line, world.visit_service)["reception"]


def test_it_says_who_pays_which_part(site, world, made, monkeypatch):
	monkeypatch.setattr(site.local, "lang", "en")
	data = bills.data_of(made)
	line = data["lines"][0]
	assert line["by"] == f"Base {world.tag}"
	parts = dict(line["parts"])
	assert "-100,000" in parts["Contract"]
	assert "-135,000" in parts["Discount"]
	assert "-630,000" in parts["<b>Tamin</b>"]
	assert parts["Tax"].startswith("76,500")
	assert data["lines"][1]["parts"] == []
	totals = dict(data["totals"])
	assert totals["List price"].startswith("1,500,000")
	assert data["pays"][1].startswith("711,500")


def test_names_are_text_and_digits_are_the_readers(site, made, monkeypatch):
	monkeypatch.setattr(site.local, "lang", "fa")
	html = bills.clinic_bill_html(made)
	assert "<b>Tamin</b>" not in html and "&lt;b&gt;Tamin" in html
	assert "۷۱۱٬۵۰۰" in html and 'dir="rtl"' in html


def test_queries_do_not_grow_with_the_lines(site, world, count_queries):
	def spent(count):
		name = world.receive(world.patient(), *[world.injection] * count)["reception"]
		site.clear_document_cache("Clinic Reception", name)
		with count_queries() as queries:
			bills.data_of(name)
		return len(queries)

	spent(1)
	assert spent(8) == spent(2)
