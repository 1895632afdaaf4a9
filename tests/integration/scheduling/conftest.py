"""A small clinic for the tests of scheduling; rolled back with each test."""

import datetime
from types import SimpleNamespace

import pytest

WEEKDAYS = ("Saturday", "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday")


def make(frappe, doctype, **values):
	return frappe.get_doc({"doctype": doctype, **values}).insert(ignore_permissions=True)


def build_world(frappe, tag="T"):
	"""Branch, room, devices, two practitioners, services, patients; hours 8–12 and 14–18 every day."""
	branch = make(frappe, "Clinic Branch", code=f"{tag}BR", title=f"{tag} branch").name
	other = make(frappe, "Clinic Branch", code=f"{tag}BR2", title=f"{tag} other branch").name
	department = make(frappe, "Clinic Department", code=f"{tag}DEP", title=f"{tag} skin").name

	def service(code, **values):
		defaults = {"department": department, "amount": 1000, "duration_minutes": 30}
		return make(
			frappe,
			"Clinic Service",
			code=f"{tag}{code}",
			service_name=f"{tag} {code}",
			**{**defaults, **values},
		).name

	visit = service("VISIT")
	laser = service("LASER", resource_kind="Device", buffer_after_minutes=10, gender="Any")
	course = service(
		"COURSE",
		is_session_based=1,
		session_count=3,
		session_start_days=2,
		session_interval_days=7,
		allowed_absence_count=1,
		entitlement_valid_days=100,
	)
	device = make(
		frappe, "Clinic Resource", code=f"{tag}DEV", title="Device", kind="Device", branch=branch, capacity=1
	).name

	def doctor(code, services=(visit, laser, course), shifts=None, **values):
		name = make(
			frappe,
			"Clinic Practitioner",
			code=f"{tag}{code}",
			practitioner_name=f"Dr {tag}{code}",
			branch=branch,
			services=[{"service": s} for s in services],
			**values,
		).name
		hours = shifts or [("08:00:00", "12:00:00"), ("14:00:00", "18:00:00")]
		make(
			frappe,
			"Clinic Schedule",
			practitioner=name,
			valid_from="2020-01-01",
			shifts=[
				{"weekday": day, "start": start, "end": end, "branch": branch}
				for day in WEEKDAYS
				for start, end in hours
			],
		)
		return name

	def patient(last_name, gender="Female", **values):
		values = {"referral_source": "WALKIN", **values}
		return make(
			frappe, "Clinic Patient", first_name=tag, last_name=last_name, gender=gender, **values
		).name

	day = frappe.utils.getdate() + datetime.timedelta(days=3)
	return SimpleNamespace(
		make=lambda doctype, **values: make(frappe, doctype, **values),
		branch=branch,
		other_branch=other,
		visit=visit,
		laser=laser,
		course=course,
		device=device,
		service=service,
		doctor_of=doctor,
		patient_of=patient,
		doctor=doctor("DR"),
		patient=patient("One"),
		second=patient("Two", gender="Male"),
		third=patient("Three", gender=""),
		day=day,
		at=lambda text, days=0: f"{day + datetime.timedelta(days=days)} {text}:00",
	)


@pytest.fixture
def world(site):
	return build_world(site)


@pytest.fixture
def as_role(site, user_with):
	"""Act as a fresh user with these roles."""

	def become(*roles):
		site.set_user(user_with(*roles))

	return become


@pytest.fixture
def count_queries(site, monkeypatch):
	"""Run a function and count its statements."""

	def count(function):
		seen = []
		original = site.db.sql

		def sql(query, *args, **kwargs):
			seen.append(str(query))
			return original(query, *args, **kwargs)

		with monkeypatch.context() as patch:
			patch.setattr(site.db, "sql", sql)
			function()
		return seen

	return count
