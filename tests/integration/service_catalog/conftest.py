"""Services to price."""

import pytest


@pytest.fixture
def department(site):
	return site.get_doc(
		{"doctype": "Clinic Department", "title": f"Skin {site.generate_hash(length=6)}"}
	).insert()


@pytest.fixture
def make_service(site, department):
	def make(**fields):
		values = {
			"doctype": "Clinic Service",
			"service_name": "Laser",
			"department": department.name,
			"amount": 2_000_000,
			"duration_minutes": 30,
			**fields,
		}
		return site.get_doc(values).insert()

	return make
