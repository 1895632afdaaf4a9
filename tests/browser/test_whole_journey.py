"""From the form on a phone to the closed shift: every step clicked and typed by whose work it is."""

import pytest

from tests.browser.steps import front, manager, office, phone, statement, till
from tests.browser.steps.story import Story
from tests.journeys.client import Client
from tests.journeys.people import close_shift


@pytest.fixture
def drawer_closed(url, demo):
	"""No shift of the cashier is left open by an earlier test."""
	close_shift(Client(url, "cashier@clinic.example", demo))


def in_the_office_until_booked(screen, visitor, story):
	"""Steps 1 and 2: the office is open when the form is sent."""
	office.open_office(screen)
	phone.send_the_form(visitor, story)
	office.take_the_new_lead(screen, story)
	office.log_a_call(screen, story)
	office.make_a_patient(screen, story)
	office.book_a_free_time(screen, story)


def at_the_front_desk(screen, story):
	"""Step 3."""
	front.see_the_appointment(screen, story)
	front.find_by_last_four(screen, story)
	front.confirm_and_arrive(screen, story)
	front.receive(screen, story)
	front.send_to_consultant(screen, story)
	front.sell_more(screen, story)


def at_the_till(screen, story):
	"""Step 4."""
	till.open_shift(screen, story)
	till.find_the_patient(screen, story)
	till.take_a_deposit(screen, story)
	till.pay_wrongly_and_undo(screen, story)
	till.pay_in_three_parts(screen, story)
	till.see_the_receipt(screen, story)
	till.close_shift(screen, story)


@pytest.mark.usefixtures("drawer_closed")
@pytest.mark.parametrize("lang", ["en", "fa"])
def test_one_patient_from_the_web_form_to_the_closed_shift(screen_of, visitor, admin, lang):
	story = Story(lang, admin)
	reception, agent = screen_of("reception", lang), screen_of("agent", lang)
	front.open_front_desk(reception)
	in_the_office_until_booked(agent, visitor, story)
	at_the_front_desk(reception, story)
	office.see_it_won(agent, story)
	at_the_till(screen_of("cashier", lang), story)
	statement.read_the_statement(reception, story)
	boss = screen_of("manager", lang)
	front.open_front_desk(boss)
	statement.read_the_statement(boss, story, crm=3)
	manager.see_the_cards(boss)
	manager.see_the_report(boss, story)
