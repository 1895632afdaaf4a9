"""Ranges of the settings, and the unit money is shown in."""

import pytest

from tests.demo_site import in_site


@pytest.fixture
def settings(site):
	return site.get_doc("Clinic Settings")


def refused(match):
	from clinic_core.foundation.errors import InvalidInputError

	return pytest.raises(InvalidInputError, match=match)


@pytest.mark.parametrize(
	("field", "value", "label"),
	[
		("slot_step_minutes", 0, "Slot grid"),
		("slot_step_minutes", 12, "Slot grid"),
		("hold_minutes", 0, "Hold a slot"),
		("hold_minutes", 5000, "Hold a slot"),
		("no_show_grace_minutes", -1, "No-show"),
		("booking_horizon_days", 0, "Bookable ahead"),
		("lead_limit_per_number", 0, "Submissions per number"),
		("lead_limit_per_address", 0, "Submissions per address"),
		("rounding_step", 0, "Round what a patient pays to"),
		("phone_region", "XX", "Phone region"),
		("phone_region", "", "Phone region"),
		("type_in_display_unit", 1, "display unit"),
	],
)
def test_values_that_cannot_work_are_refused_by_name(settings, field, value, label):
	settings.set("money_units", [])
	settings.set(field, value)
	with refused(label):
		settings.save()


@pytest.mark.parametrize(
	"units",
	[
		[{"valid_from": "2026-03-21", "label": "Toman", "factor": 0}],
		[{"valid_from": "2026-03-21", "label": "Toman", "factor": -10}],
		[{"valid_from": "2026-03-21", "label": "Toman", "factor": 10, "decimals": 9}],
		[{"valid_from": "2026-03-21", "label": label, "factor": 10} for label in ("Toman", "Other")],
	],
)
def test_money_units_must_make_sense(settings, units):
	settings.set("money_units", units)
	with refused("Money units, row"):
		settings.save()


def test_toman_is_a_row(site, settings):
	from clinic_core.foundation import settings as reader

	settings.set("money_units", [{"valid_from": "2020-01-01", "label": "Toman", "factor": 10}])
	settings.type_in_display_unit = 1
	settings.phone_region = "ir"
	settings.save()
	unit = reader.display_unit()
	assert (unit.label, unit.to_shown(2_500_000), unit.to_stored(250_000)) == ("Toman", 250_000, 2_500_000)
	assert reader.get("phone_region") == "IR"


@pytest.fixture
def saved_elsewhere(site, site_name, sites_path):
	"""Saves one field of the settings in a process of its own; what was there comes back."""
	site.db.rollback()
	before = {}

	def save(field, value):
		before.setdefault(field, site.db.get_value("Clinic Settings", None, field))
		in_site(
			site_name,
			sites_path,
			"frappe.client.set_value",
			doctype="Clinic Settings",
			name="Clinic Settings",
			fieldname=field,
			value=value,
		)

	yield save
	for field, value in list(before.items()):
		save(field, value)
	site.db.rollback()


def test_who_began_before_a_save_does_not_bring_the_old_settings_back(site, saved_elsewhere):
	from clinic_core.foundation import settings as reader

	def another_request():
		site.db.rollback()
		site.local.cache.clear()

	another_request()
	old = reader.get("hold_minutes")  # from here on this transaction sees the table as it is now
	new = old + 1
	site.db.sql("select 1 from tabSingles limit 1")
	saved_elsewhere("hold_minutes", new)
	site.local.cache.clear()
	assert reader.get("hold_minutes") == old, "a transaction sees one state"
	another_request()
	assert reader.get("hold_minutes") == new
	another_request()
	assert site.get_cached_doc("Clinic Settings").hold_minutes == new, "and the cache has it again"
