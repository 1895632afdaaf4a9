"""Ranges of the settings, and the unit money is shown in."""

import pytest


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
