"""Which names are only stand-ins (D08, G15)."""

import pytest
from clinic_core.people.patient_file.placeholder_names import is_placeholder


@pytest.mark.parametrize(
	"name",
	[
		"خانم ناشناس",
		"خانم",
		"آقای نامشخص",
		"بیمار",
		"XX女士",
		"王女士",
		"女士",
		"Unknown",
		"Mrs.",
		"Bay",
		"123",
		"..",
		"",
	],
)
def test_stand_ins(name):
	assert is_placeholder(name)


@pytest.mark.parametrize(
	"name",
	[
		"سارا محمدی",
		"خانم محمدی",
		"سارا",
		"王小明",
		"王小明女士",
		"Ali",
		"Mrs Smith",
		"Ayşe Yılmaz",
		"آقابیگی",
	],
)
def test_names(name):
	assert not is_placeholder(name)
