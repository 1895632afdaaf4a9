"""Proformas: drafts follow the prices, issued ones keep them, one bill each."""

import datetime

import pytest
from clinic_core.foundation.errors import ForbiddenMoveError, InvalidInputError

from tests.integration.service_catalog.contract_people import Catalog


@pytest.fixture
def catalog(site):
	return Catalog(site)


@pytest.fixture
def make(site, catalog):
	"""`make(service, **fields)`: an issued proforma of one service."""
	from clinic_core.service_catalog.proforma import proformas

	def proforma(*services, **fields):
		values = {"branch": catalog.branch, "person_name": "Ali", **fields}
		if values.get("patient"):
			values["person_name"] = None
		return proformas.create([{"service": name, "quantity": 1} for name in services], **values)

	return proforma


def refused(match):
	return pytest.raises(InvalidInputError, match=match)


def today(site):
	return site.utils.getdate()


def raise_price(site, service, amount):
	doc = site.get_doc("Clinic Service", service)
	doc.amount = amount
	doc.save()


def test_an_issued_proforma_has_a_number_dates_and_sums(site, catalog, make):
	doc = make(catalog.service(amount=2_000_000), catalog.service(amount=500_000))
	assert doc.status == "Issued"
	assert catalog.branch in doc.proforma_no
	assert doc.issued_on == today(site)
	assert doc.valid_until == today(site) + datetime.timedelta(days=7)
	assert (doc.list_total, doc.total, doc.patient_share) == (2_500_000, 2_500_000, 2_500_000)
	assert doc.title == "Ali"


def test_the_settings_say_how_long_it_holds(site, catalog, make):
	site.db.set_single_value("Clinic Settings", "proforma_valid_days", 30)
	site.clear_document_cache("Clinic Settings", "Clinic Settings")
	assert make(catalog.service()).valid_until == today(site) + datetime.timedelta(days=30)


def test_a_draft_follows_the_price_and_an_issued_one_keeps_it(site, catalog, make):
	from clinic_core.service_catalog.proforma import proformas

	service = catalog.service(amount=1_000_000)
	draft, issued = make(service, is_issued=False), make(service)
	assert (draft.proforma_no, draft.issued_on) == (None, None)
	raise_price(site, service, 1_500_000)
	issued.reload()
	issued.save()
	assert issued.total == 1_000_000
	assert proformas.issue(draft.name).total == 1_500_000


def test_nothing_promised_changes(site, catalog, make):
	doc = make(catalog.service())
	for change in (
		lambda: setattr(doc, "patient_share", 1),
		lambda: setattr(doc.lines[0], "quantity", 2),
		lambda: doc.append("lines", {"service": catalog.service(), "quantity": 1}),
		lambda: setattr(doc, "valid_until", "2030-01-01"),
		lambda: setattr(doc.lines[0], "quote", "{}"),
	):
		doc.reload()
		change()
		with refused("does not change"):
			doc.save()
	doc.reload()
	with pytest.raises(Exception, match="never deleted"):
		doc.delete()


def test_reception_gets_the_numbers_as_they_were(site, catalog, make):
	from clinic_core.service_catalog.proforma import proformas

	insurer = catalog.insurer()
	service = catalog.service(amount=1_000_000)
	contract = catalog.contract(
		{"service": service},
		kind="Insurer",
		insurer=insurer,
		insurer_percent=70,
		valid_from="2020-01-01",
		valid_to=None,
	)
	patient = catalog.patient({"kind": "Insurer", "insurer": insurer})
	doc = make(service, patient=patient)
	raise_price(site, service, 3_000_000)
	line = proformas.lines_for(doc.name, patient, today(site))[0]
	assert (line["contract"], line["proforma_line"]) == (contract.name, doc.lines[0].name)
	quote = line["quote"]
	assert (quote["list_total"], quote["insurer_share"], quote["patient_share"]) == (
		1_000_000,
		700_000,
		300_000,
	)
	assert quote["insurer_shares"][0]["insurer"] == insurer


def test_it_makes_one_bill_and_comes_back_when_that_is_cancelled(site, catalog, make):
	from clinic_core.service_catalog.proforma import proformas

	patient, day = catalog.patient(), today(site)
	doc = make(catalog.service(), patient=patient)
	bill = ("Clinic Patient", patient)
	proformas.mark_used(doc.name, patient, day, *bill)
	with refused("already used"):
		proformas.mark_used(doc.name, patient, day, *bill)
	with refused("already used"):
		proformas.lines_for(doc.name, patient, day)
	proformas.mark_unused(doc.name, "another bill")
	with refused("already used"):
		proformas.lines_for(doc.name, patient, day)
	proformas.mark_unused(doc.name, patient)
	assert proformas.lines_for(doc.name, patient, day)
	assert site.db.get_value("Clinic Proforma", doc.name, "used_by") is None


def test_what_cannot_be_used_says_why(site, catalog, make):
	from clinic_core.service_catalog.proforma import proformas

	service, patient, day = catalog.service(), catalog.patient(), today(site)
	doc = make(service, patient=patient)
	assert proformas.lines_for(doc.name, patient, doc.valid_until)
	with refused("It was valid until"):
		proformas.lines_for(doc.name, patient, doc.valid_until + datetime.timedelta(days=1))
	with refused("made out to Sara"):
		proformas.lines_for(doc.name, catalog.patient(), day)
	assert proformas.lines_for(make(service).name, patient, day), "somebody without a file got one since"
	with refused("draft"):
		proformas.lines_for(make(service, is_issued=False).name, patient, day)
	with refused("Reason for cancelling"):
		proformas.cancel(doc.name, " ")
	proformas.cancel(doc.name, "typing error")
	with refused("cancelled"):
		proformas.lines_for(doc.name, patient, day)


def test_used_is_no_move_by_hand(site, catalog, make, user_with):
	doc = make(catalog.service())
	site.set_user(user_with("Clinic Manager"))
	doc.reload()
	doc.status = "Used"
	with pytest.raises(site.PermissionError):
		doc.save()
	doc.reload()
	doc.status = "Draft"
	with pytest.raises(ForbiddenMoveError):
		doc.save()


def test_it_is_made_out_to_somebody(site, catalog):
	from clinic_core.service_catalog.proforma import proformas

	line = {"service": catalog.service(), "quantity": 1}
	with refused("Patient"):
		proformas.create([line], catalog.branch)
	doc = proformas.create([line], catalog.branch, person_name="Ali", person_mobile="۰۹۱۲۱۲۳۴۵۶۷")
	assert doc.person_mobile == "+989121234567"


def test_as_many_queries_for_fifty_lines_as_for_one(site, catalog, count_queries):
	from clinic_core.service_catalog.proforma import proformas

	service = catalog.service(is_countable=1)
	counts = []
	for many in (1, 1, 50):  # the first fills what is cached
		doc = site.new_doc("Clinic Proforma")
		doc.update({"branch": catalog.branch, "lines": [{"service": service, "quantity": 1}] * many})
		with count_queries() as seen:
			proformas.price(doc)
		counts.append(len(seen))
	assert counts[1] == counts[2]


@pytest.mark.parametrize(
	("lang", "shown"),
	[("en", ('dir="ltr"', "2,000,000", "Patient pays")), ("fa", ('dir="rtl"', "۲٬۰۰۰٬۰۰۰", "پیش‌فاکتور"))],
)
def test_the_sheet_speaks_the_language_of_the_print(site, catalog, make, lang, shown):
	from clinic_core.service_catalog.proforma import proforma_print

	doc = make(catalog.service(amount=2_000_000), person_name="<b>Ali</b>")
	site.local.lang = lang
	try:
		html = proforma_print.clinic_proforma_html(doc.name)
	finally:
		site.local.lang = "en"
	assert all(text in html for text in shown), html
	assert "&lt;b&gt;Ali" in html and "<b>Ali" not in html
