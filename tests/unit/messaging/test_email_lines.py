"""What the lines of an email are: sentences, a button, a number to call (E174)."""

import pytest
from clinic_core.messaging.mailing import lines

TEXT = (
	"سارا گرامی، نوبت شما ثبت شد:\n\nیکشنبه ۸ آذر ۱۴۰۵ ساعت ۰۹:۳۰\n02122334455\nhttps://c.example/booking/A1"
)


def test_an_address_is_pressed_and_a_number_is_called_in_the_readers_digits():
	greeting, when, phone, link = lines.of(TEXT, "fa")
	assert (greeting.kind, when.kind) == (lines.TEXT, lines.TEXT)
	assert (phone.kind, phone.text, phone.target) == (lines.PHONE, "۰۲۱۲۲۳۳۴۴۵۵", "tel:02122334455")
	assert (link.kind, link.target) == (lines.LINK, "https://c.example/booking/A1")
	assert lines.of(TEXT, "en")[2].text == "02122334455"


@pytest.mark.parametrize(
	"line",
	[
		"javascript:alert(1)",
		"See https://c.example/x now",
		"data:text/html,x",
		"12",
		"Room 12-34-56 78",
		"<b>9</b>",
	],
)
def test_anything_else_is_a_sentence(line):
	assert [found.kind for found in lines.of(line, "en")] == [lines.TEXT]


@pytest.mark.parametrize(
	("language", "direction"), [("fa", "rtl"), ("en", "ltr"), ("tr", "ltr"), ("fa-IR", "rtl")]
)
def test_the_direction_is_the_languages(language, direction):
	assert lines.direction(language) == direction
