"""These tests have benches of their own: no transaction of the test site is open meanwhile."""

import pytest


@pytest.fixture(autouse=True)
def site():
	"""Instead of the one transaction per test of the other integration tests."""
