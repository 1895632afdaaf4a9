"""A clinic that takes bookings online, and a visitor at its page."""

import secrets
from types import SimpleNamespace

import pytest

from tests.integration.scheduling.conftest import build_world


@pytest.fixture
def clinic(site):
	"""The small clinic of scheduling with online booking on; one service of it is offered."""
	world = build_world(site, "OB")
	site.db.set_value("Clinic Service", world.visit, {"bookable_online": 1})
	settings = site.get_doc("Clinic Settings")
	settings.update(
		{
			"online_booking": 1,
			"online_same_day": 1,
			"online_notice_hours": 0,
			"online_horizon_days": 60,
			"online_change_hours": 4,
			"online_approve_new": 0,
			"online_limit_per_number": 0,
			"online_limit_per_address": 0,
			"hold_minutes": 10,
		}
	)
	settings.save(ignore_permissions=True)
	# Redis counts on when the test is over: each has an address of its own.
	site.local.request_ip = ".".join(str(secrets.randbelow(250)) for _part in range(4))
	return world


@pytest.fixture
def visitor(site, clinic):
	"""Somebody outside: calls endpoints as a guest."""

	def call(method, **values):
		before = site.session.user
		site.set_user("Guest")
		site.local.response = site._dict()
		try:
			return site.get_attr(f"clinic_core.online_booking.{method}")(**values)
		finally:
			site.set_user(before)

	def token():
		return site.generate_hash(length=32)

	def mobile():
		return f"0912{secrets.randbelow(10**7):07}"

	def wish(**values):
		return {"service": clinic.visit, "practitioner": clinic.doctor, "start": clinic.at("09:00"), **values}

	def person(**values):
		return {"first_name": "Sara", "last_name": "Ahmadi", "mobile": "0912 345 6789", **values}

	return SimpleNamespace(call=call, token=token, mobile=mobile, wish=wish, person=person)


@pytest.fixture
def book(visitor):
	"""Book from beginning to end → the tracking code."""

	def done(token=None, **values):
		token = token or visitor.token()
		asked = visitor.wish(**{k: v for k, v in values.items() if k in ("start", "practitioner", "service")})
		who = visitor.person(**{k: v for k, v in values.items() if k not in asked})
		visitor.call("api.hold", token=token, **asked)
		answer = visitor.call("api.confirm", token=token, **asked, **who)
		return answer["address"].removeprefix("/booking/")

	return done
