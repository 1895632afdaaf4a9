"""Persian that was read in the wrong encoding is recognised, everything else is left alone."""

import pytest
from clinic_core.service_catalog.definition.garbled import meant


@pytest.mark.parametrize("text", ["لیزر موهای زائد", "شيمي‌درماني", "تزریق ژل ۲ سی‌سی"])
@pytest.mark.parametrize("encoding", ["cp1250", "latin-1"])
def test_what_was_read_wrong_is_read_right(text, encoding):
	# What Windows-1256 has no letter for is not in a file in it.
	stored = text.replace("ی", "ي").replace("۲", "2").encode("cp1256", "ignore")
	assert meant(stored.decode(encoding)) == stored.decode("cp1256")


@pytest.mark.parametrize(
	"text",
	["", "Laser", "لیزر", "Éclat naïf", "Crème brûlée", "Göz çevresi", "Ürün", "Peeling TCA 20 %", "肉毒素"],
)
def test_what_is_right_stays(text):
	assert meant(text) is None
