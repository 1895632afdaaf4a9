"""What several tests of the foundation need."""

import pytest


@pytest.fixture
def in_persian(site):
	old, site.local.lang = site.local.lang, "fa"
	yield
	site.local.lang = old
