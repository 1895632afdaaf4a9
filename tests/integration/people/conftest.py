"""People of the staff, made as a manager makes them."""

import random

import pytest


@pytest.fixture
def number():
	"""A mobile number nobody has."""
	return lambda: f"0990{random.randrange(10**7):07d}"


@pytest.fixture
def staff(site, number):
	"""`staff(is_receptionist=1)`: a saved staff member, with his login."""

	def make(**fields):
		values = {
			"first_name": "Nika",
			"last_name": "Rad",
			"mobile": number(),
			"is_receptionist": 1,
			**fields,
		}
		return site.get_doc({"doctype": "Clinic Staff Member", **values}).insert()

	return make


@pytest.fixture
def branch(site):
	def make(title="Branch"):
		return site.get_doc({"doctype": "Clinic Branch", "title": title}).insert().name

	return make


@pytest.fixture
def manager(site, user_with):
	"""The name of a manager who is at the keyboard."""
	name = user_with("Clinic Manager")
	site.set_user(name)
	return name
