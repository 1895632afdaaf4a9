"""A new employee: invited, joined on a phone, at a shared desk, covered, gone; each step clicked (E151, G10)."""

import pytest

from tests.browser.steps import staff as steps


@pytest.fixture
def employee(admin, demo):
	made = []

	def one(lang):
		made.append(steps.Employee(lang, admin, demo))
		return made[-1]

	yield one
	for who in made:
		who.take_away()


@pytest.mark.parametrize("lang", ["en", "fa"])
def test_from_invitation_to_leaving(screen_of, visitor, employee, lang):
	who = employee(lang)
	boss, desk = screen_of("manager", lang), screen_of("manager", lang)
	screen_of("reception", lang)  # who sits at the desk before, in this language too
	steps.make_and_invite(boss, who)
	steps.join_on_a_phone(visitor, who)
	steps.take_over_the_desk(desk, who)
	steps.leave_it_alone(desk, who)
	steps.go_home(desk)
	who.book()
	steps.send_away(boss, who)
