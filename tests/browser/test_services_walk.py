"""A manager's way through services and prices, from the catalogue to the statistics; each step clicked."""

import pytest

from tests.browser.steps import catalog as steps
from tests.browser.steps import centre, contract, figures
from tests.browser.steps.catalog import Catalog


@pytest.fixture
def catalog(admin):
	"""Makes what a walk works on; nothing of it is left afterwards."""
	walks = []

	def one(lang):
		walks.append(Catalog(lang, admin))
		return walks[-1]

	yield one
	for walk in walks:
		walk.take_away()


def with_a_contract(boss, reception, walk):
	"""What an insurer pays: on its form, on the service's form, at reception."""
	contract.make_contract(boss, walk)
	contract.try_on_the_service(boss, walk)
	contract.see_what_is_covered(boss, walk)
	contract.price_at_reception(reception, walk)


def on_the_public_page(boss, visitor, walk):
	"""Pictures, an article, and a comment that waits for the manager."""
	centre.open_service(visitor, walk)
	centre.look_at_the_pictures(visitor, walk)
	centre.read_an_article(visitor, walk)
	centre.comment(visitor, walk)
	centre.publish(boss, walk)
	centre.is_shown(visitor, walk)


@pytest.mark.parametrize("lang", ["en", "fa"])
def test_from_suggested_services_to_statistics(screen_of, visitor, catalog, lang):
	walk, boss = catalog(lang), screen_of("manager", lang)
	steps.adopt(boss, walk)
	steps.arrange(boss, walk)
	steps.change_prices(boss, walk)
	steps.revert_prices(boss, walk)
	with_a_contract(boss, screen_of("reception", lang), walk)
	on_the_public_page(boss, visitor, walk)
	figures.see_the_statistics(boss, lang)
	figures.see_the_performance(boss, lang)
