"""Paying online over the wire: an honest bank, and one that lies, is silent, repeats (A08, A59, F05)."""

from decimal import Decimal

import pytest
from clinic_core.foundation.errors import AppendOnlyError, ConflictError
from clinic_core.online_booking.payments import jobs, pages, paying, zarinpal
from clinic_core.online_booking.tracking import reading

from tests.integration.online_booking import gateway_server

PAYMENT = "Clinic Online Payment"


@pytest.fixture
def bank(site, clinic, monkeypatch):
	"""The service asks for a deposit of 500,000 Rial, paid at the gateway next door."""
	monkeypatch.setattr(zarinpal, "TIMEOUT", (1, 0.4))
	monkeypatch.setattr(zarinpal.Zarinpal.__init__, "__defaults__", ("", (1, 0.4)))
	values = {
		"pay_online": 1,
		"online_payment_mode": "Deposit",
		"online_deposit": 500_000,
		"amount": 2_000_000,
	}
	site.db.set_value("Clinic Branch", clinic.branch, "legal_entity", "MAIN")
	site.clear_document_cache("Clinic Branch", clinic.branch)
	service = site.get_doc("Clinic Service", clinic.visit)
	service.update(values)
	service.save()
	with gateway_server.running() as found:
		settings = site.get_doc("Clinic Settings")
		settings.update(
			{
				"payment_gateway": "Zarinpal",
				"payment_merchant_id": gateway_server.MERCHANT,
				"payment_gateway_address": found.address,
			}
		)
		settings.save(ignore_permissions=True)
		yield found


@pytest.fixture
def booking(site, visitor, bank):
	"""Hold and confirm → (answer, appointment, payment)."""

	def done(**values):
		token, asked = visitor.token(), visitor.wish(**values)
		visitor.call("api.hold", token=token, **asked)
		answer = visitor.call("api.confirm", token=token, **asked, **visitor.person())
		[payment] = site.get_all(PAYMENT, pluck="name", order_by="creation desc", limit=1)
		return answer, site.db.get_value(PAYMENT, payment, "appointment"), payment

	return done


def of(site, doctype, name, *fields):
	row = site.db.get_value(doctype, name, list(fields), as_dict=True)
	return [row[field] for field in fields]


def come_back(site, payment, status="OK"):
	"""The payer's browser returns from the bank."""
	site.local.form_dict = site._dict(Authority=of(site, PAYMENT, payment, "authority")[0], Status=status)
	return pages.returned()


def money(site, patient):
	"""(deposits, ledger entries) of a patient in the reception's books."""
	deposits = site.get_all("Clinic Deposit", {"patient": patient}, ["amount", "available", "status"])
	entries = site.get_all(
		"Clinic Ledger Entry", {"patient": patient}, ["account", "amount"], order_by="account asc"
	)
	return deposits, [(row.account, row.amount) for row in entries]


def test_paid_it_is_booked_and_a_deposit_stands_in_the_books(site, bank, booking):
	answer, appointment, payment = booking()
	assert answer["state"] == "pay" and answer["address"].startswith(f"{bank.address}/pg/StartPay/A")
	assert bank.asked[0][1]["amount"] == 500_000 and bank.asked[0][1]["currency"] == "IRR"
	assert of(site, "Clinic Appointment", appointment, "status") == ["Held"]
	bank.pay(of(site, PAYMENT, payment, "authority")[0])
	response = come_back(site, payment)
	assert response.status_code == 303 and "/booking/" in response.location
	assert of(site, "Clinic Appointment", appointment, "status", "paid_online") == ["Booked", 500_000]
	assert of(site, PAYMENT, payment, "status", "reference", "card") == ["Paid", "201", "502229******5995"]
	patient = of(site, "Clinic Appointment", appointment, "patient")[0]
	deposits, entries = money(site, patient)
	assert [(row.amount, row.available, row.status) for row in deposits] == [(500_000, 500_000, "Received")]
	assert entries == [("Bank", 500_000), ("Deposits", -500_000)]


def test_an_answer_that_comes_many_times_counts_once(site, bank, booking):
	_answer, appointment, payment = booking()
	bank.pay(of(site, PAYMENT, payment, "authority")[0])
	for status in ("OK", "OK", "NOK"):
		come_back(site, payment, status)
	jobs.ask_again()
	patient = of(site, "Clinic Appointment", appointment, "patient")[0]
	deposits, entries = money(site, patient)
	assert len(deposits) == 1 and len(entries) == 2
	assert of(site, "Clinic Appointment", appointment, "paid_online") == [500_000]
	[event] = [paying._told(site.get_doc(PAYMENT, payment))]
	site.get_attr("clinic_reception.cash_desk.online.receiving.on_online_payment")([event])
	assert len(money(site, patient)[0]) == 1


def test_the_address_proves_nothing(site, bank, booking):
	_answer, appointment, payment = booking()
	come_back(site, payment, "OK")
	assert of(site, PAYMENT, payment, "status") == ["Failed"]
	assert of(site, "Clinic Appointment", appointment, "status", "paid_online") == ["Held", 0]


def test_failed_it_can_be_paid_once_more(site, visitor, bank, booking):
	_answer, appointment, payment = booking()
	come_back(site, payment, "NOK")
	code = of(site, "Clinic Appointment", appointment, "tracking_code")[0]
	again = visitor.call("payments.api.pay", code=code)
	assert "/pg/StartPay/" in again["address"]
	second = paying.due(appointment).name
	assert second != payment
	bank.pay(of(site, PAYMENT, second, "authority")[0])
	come_back(site, second)
	assert of(site, "Clinic Appointment", appointment, "status") == ["Booked"]
	with pytest.raises(ConflictError):
		visitor.call("payments.api.pay", code=code)


@pytest.mark.parametrize("mood", ["silent", "hangs up", "nonsense", "other amount", "no reference"])
def test_what_cannot_be_believed_is_unknown_and_asked_again(site, visitor, bank, booking, mood):
	_answer, appointment, payment = booking()
	bank.pay(of(site, PAYMENT, payment, "authority")[0])
	bank.mood, bank.pause = mood, 0.8
	come_back(site, payment)
	assert of(site, PAYMENT, payment, "status", "reference") == ["Unknown", None]
	code = of(site, "Clinic Appointment", appointment, "tracking_code")[0]
	assert reading.state_of(reading.find(code), paying.due(appointment)) == "asking"
	with pytest.raises(ConflictError):
		visitor.call("payments.api.pay", code=code)
	bank.mood = "honest"
	jobs.ask_again()
	assert of(site, PAYMENT, payment, "status") == ["Paid"]
	assert of(site, "Clinic Appointment", appointment, "status") == ["Booked"]


@pytest.mark.parametrize("mood", ["refuses", "silent", "nonsense"])
def test_a_bank_that_does_not_begin_leaves_the_time_held_and_says_so(site, bank, booking, mood):
	bank.mood, bank.pause = mood, 0.8
	answer, appointment, payment = booking()
	assert answer["address"].startswith("/booking/")
	assert of(site, PAYMENT, payment, "status") == ["Failed"]
	assert gateway_server.MERCHANT not in str(site.get_doc(PAYMENT, payment).as_dict())
	assert of(site, "Clinic Appointment", appointment, "status") == ["Held"]


def over(site, appointment):
	past = site.utils.add_to_date(site.utils.now_datetime(), minutes=-1)
	site.db.set_value("Clinic Appointment", appointment, "hold_until", past)
	site.db.set_value("Clinic Time Claim", {"appointment": appointment}, "hold_until", past)


def test_the_hold_was_over_while_paying_but_nobody_took_the_time(site, bank, booking):
	from clinic_core.scheduling.jobs import drop_expired_holds

	_answer, appointment, payment = booking()
	bank.pay(of(site, PAYMENT, payment, "authority")[0])
	over(site, appointment)
	drop_expired_holds()
	assert of(site, "Clinic Appointment", appointment, "status") == ["Cancelled"]
	come_back(site, payment)
	booked = of(site, PAYMENT, payment, "booked_appointment")[0]
	assert booked != appointment
	assert of(site, "Clinic Appointment", booked, "status", "paid_online") == ["Booked", 500_000]


def test_the_time_went_to_somebody_else_and_the_money_is_kept(site, bank, booking, clinic):
	_answer, appointment, payment = booking()
	bank.pay(of(site, PAYMENT, payment, "authority")[0])
	over(site, appointment)
	site.get_attr("clinic_core.scheduling.booking.book")(
		clinic.patient, clinic.visit, clinic.doctor, clinic.at("09:00")
	)
	come_back(site, payment)
	assert of(site, PAYMENT, payment, "status", "booked_appointment") == ["Paid", None]
	patient, code = of(site, "Clinic Appointment", appointment, "patient", "tracking_code")
	assert money(site, patient)[0][0].available == 500_000
	assert reading.state_of(reading.find(code), paying.due(appointment)) == "kept"


def test_without_a_till_the_appointment_carries_what_was_paid(site, bank, booking, monkeypatch):
	hooks = site.get_hooks
	monkeypatch.setattr(
		site, "get_hooks", lambda *a, **k: [] if a and a[0] == paying.HOOK else hooks(*a, **k)
	)
	_answer, appointment, payment = booking()
	bank.pay(of(site, PAYMENT, payment, "authority")[0])
	come_back(site, payment)
	assert of(site, "Clinic Appointment", appointment, "status", "paid_online") == ["Booked", 500_000]
	assert money(site, of(site, "Clinic Appointment", appointment, "patient")[0]) == ([], [])


def test_a_till_that_fails_holds_up_nothing_and_is_told_again(site, bank, booking, monkeypatch):
	from clinic_core.foundation import events
	from clinic_reception.cash_desk.online import receiving

	_answer, appointment, payment = booking()
	bank.pay(of(site, PAYMENT, payment, "authority")[0])
	with monkeypatch.context() as broken:
		broken.setattr(receiving, "_receive", lambda *_a: 1 / 0)
		come_back(site, payment)
	assert of(site, "Clinic Appointment", appointment, "status") == ["Booked"]
	[failure] = site.get_all("Clinic Event Failure", {"hook": paying.HOOK, "status": "Open"}, pluck="name")
	assert events.retry(failure) and events.retry(failure)
	assert len(money(site, of(site, "Clinic Appointment", appointment, "patient")[0])[0]) == 1


def test_somebody_elses_number_is_not_found(site, bank, booking):
	booking()
	for authority in ("A" * 36, "", "x" * 400):
		site.local.form_dict = site._dict(Authority=authority, Status="OK")
		with pytest.raises(site.DoesNotExistError):
			pages.returned()


def test_nobody_writes_a_payment_by_hand(site, bank, booking):
	_answer, _appointment, payment = booking()
	doc = site.get_doc(PAYMENT, payment)
	doc.status = "Paid"
	with pytest.raises(AppendOnlyError):
		doc.save()
	with pytest.raises(AppendOnlyError):
		site.get_doc({**site.get_doc(PAYMENT, payment).as_dict(), "name": None, "authority": None}).insert()
	with pytest.raises(AppendOnlyError):
		site.delete_doc(PAYMENT, payment)
	assert Decimal(str(of(site, PAYMENT, payment, "amount")[0])) == 500_000
