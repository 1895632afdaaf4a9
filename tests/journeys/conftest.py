"""Journeys: people of the demo clinic at work, over HTTP against a running site."""

import functools
import os
import random

import pytest

from tests.demo_site import ensure_demo, in_site
from tests.journeys.client import Client

CORE, CRM, RECEPTION = "clinic_core", "clinic_crm", "clinic_reception"


@pytest.fixture(scope="session")
def url():
	address = os.environ.get("CLINIC_URL")
	if not address:
		pytest.skip("needs a running site: run ./clinic test")
	return address


@pytest.fixture(scope="session")
def demo(site_name, sites_path, url):
	"""The demo clinic of today; returns the password of its people."""
	return ensure_demo(site_name, sites_path)


@pytest.fixture(scope="session")
def sign_in(url, demo):
	"""`sign_in("reception")` gives that person's session."""

	@functools.cache
	def one(name):
		user = "Administrator" if name == "Administrator" else f"{name}@clinic.example"
		password = os.environ["CLINIC_ADMIN_PASSWORD"] if name == "Administrator" else demo
		return Client(url, user, password)

	return one


@pytest.fixture
def guest(url, demo):
	return Client(url)


@pytest.fixture(scope="session")
def admin(sign_in):
	return sign_in("Administrator")


@pytest.fixture
def mobile():
	"""A number nobody has used yet: (as typed in Persian digits, E.164)."""
	digits = f"0990{random.randrange(10**7):07d}"
	return digits.translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")), "+98" + digits[1:]


@pytest.fixture(scope="session")
def run_in_site(site_name, sites_path):
	"""`run_in_site("path.to.function", key=value)`: what no HTTP door offers."""
	return lambda function, **kwargs: in_site(site_name, sites_path, function, **kwargs)


@pytest.fixture(autouse=True, scope="session")
def fresh_limits(demo, site_name, sites_path):
	"""Submissions of earlier runs do not count against this one."""
	in_site(
		site_name,
		sites_path,
		"frappe.db.delete",
		doctype="Clinic Lead Submission",
		filters={"name": ["not like", "demo-%"]},
	)
	in_site(site_name, sites_path, "frappe.cache.delete_keys", key="clinic_lead_tries")


@pytest.fixture(autouse=True, scope="session")
def no_open_shifts(demo):
	"""Shifts an interrupted run left open are closed."""
	in_site(
		os.environ["CLINIC_SITE"],
		os.environ["CLINIC_SITES_PATH"],
		"frappe.db.set_value",
		dt="Clinic Cash Shift",
		dn={"status": "Open"},
		field={"status": "Closed", "open_desk": None, "open_cashier": None},
	)


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
	"""Let a fixture see how the test went."""
	outcome = yield
	setattr(item, f"rep_{call.when}", outcome.get_result())
