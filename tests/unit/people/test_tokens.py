"""What is stored for searching, and what a typed text looks for."""

import pytest
from clinic_core.people import pinyin, tokens
from clinic_core.people.tokens import Token
from hypothesis import given
from hypothesis import strategies as st

# Loads the dictionary, which no single example should be measured by.
pinyin.variants("王")


def finds(text, stored):
	"""Whether the typed text finds somebody with these tokens, as the query would."""
	plan = tokens.plan(text)
	if not plan:
		return False

	def hit(look):
		return any(
			t.kind == look.kind and (t.token == look.text if look.whole else t.token.startswith(look.text))
			for t in stored
		)

	by_words = bool(plan.words) and all(any(hit(look) for look in word) for word in plan.words)
	return any(hit(look) for look in plan.either) or by_words


PHONE = tokens.phone_tokens("+989121230012", "9121230012")


@pytest.mark.parametrize(
	"text",
	["0012", "230012", "09121230012", "9121230012", "+989121230012", "00989121230012", "0912", "۰۹۱۲ ۱۲۳"],
)
def test_phones_are_found_by_their_end_and_their_beginning(text):
	assert finds(text, PHONE)


@pytest.mark.parametrize("text", ["0013", "12", "5555"])
def test_other_digits_do_not_find_a_phone(text):
	assert not finds(text, PHONE)


def test_a_file_number_is_found_by_its_figure():
	stored = tokens.file_tokens("1405-000042")
	assert finds("42", stored) and finds("۴۲", stored) and finds("1405-0000", stored)
	assert not finds("4", stored)


def test_names_written_apart_and_together():
	assert finds("علیرضا", tokens.name_tokens("علی رضا کریمی"))
	assert finds("علی رضا", tokens.name_tokens("علیرضا کریمی"))
	assert finds("کریمی علی", tokens.name_tokens("علی رضا کریمی"))
	assert finds("alireza", tokens.name_tokens("علی رضا کریمی"))
	assert finds("یوسف تبار", tokens.name_tokens("Youseftabar"))
	assert not finds("رضایی", tokens.name_tokens("علی رضا کریمی"))


@given(st.text(alphabet="ابپتسشعلمنهیو \u200c", min_size=1, max_size=25))
def test_every_name_is_found_by_itself_and_by_each_of_its_words(name):
	stored = tokens.name_tokens(name)
	if stored:
		assert finds(name, stored)
		for word in name.split():
			if word.strip("\u200c"):
				assert finds(word, stored)


@given(st.text(max_size=80))
def test_tokens_fit_their_column(text):
	for token in tokens.all_tokens([text], [], [text], [text]):
		assert len(token.token) <= tokens.MAX_LENGTH + 1
	assert Token("name", "") not in tokens.name_tokens(text)


@pytest.mark.parametrize("text", ["", "  ", "%", "_", "\u200c", "…"])
def test_nothing_typed_looks_for_nothing(text):
	assert tokens.plan(text) is None


@pytest.mark.parametrize(
	"text",
	[
		"王小明",
		"小明",
		"wangxiaoming",
		"Wang Xiaoming",
		"xiaoming wang",
		"wáng xiǎo",
		"wxm",
		"WX",
		"xm",
		"王晓明",
	],
)
def test_a_chinese_name_is_found_by_its_characters_its_sound_and_its_initials(text):
	assert finds(text, tokens.name_tokens("王小明"))


@pytest.mark.parametrize("text", ["李", "lixiaoming", "wxl", "mw"])
def test_other_chinese_names_are_not(text):
	assert not finds(text, tokens.name_tokens("王小明"))


@pytest.mark.parametrize(
	("text", "name"),
	[
		("shan", "单雄信"),  # a family read otherwise than the word
		("dan", "单雄信"),
		("zeng", "曾国藩"),
		("lv", "吕布"),
		("lu", "吕布"),
		("Lü bu", "吕布"),
		("lyubu", "吕布"),
		("欧阳", "欧阳娜娜"),
		("nana ouyang", "欧阳娜娜"),
		("王小明", "Wang Xiaoming"),  # the file has the passport's letters
		("吕布", "Lyu Bu"),
	],
)
def test_readings_of_chinese_names(text, name):
	assert finds(text, tokens.name_tokens(name))


@pytest.mark.parametrize(
	("text", "name"),
	[
		("ayse isik", "Ayşe Işık"),
		("AYŞE IŞIK", "ayşe ışık"),
		("sahin", "ŞAHİN"),
		("shahin", "شاهین"),
		("Şirin", "شیرین"),
		("شیرین", "Şirin"),
		("shirin", "شیرین"),
		("Erdoğan", "اردوغان"),
		("اردوغان", "Erdoğan"),
		("چیچک", "Çiçek"),
		("mohamadi", "Ali Mohammadi"),
		("ahmadee", "Ahmadi"),
	],
)
def test_turkish_letters(text, name):
	assert finds(text, tokens.name_tokens(name))


@given(st.text(alphabet="王李张刘陈小明国华吕单曾芳英", min_size=1, max_size=6))
def test_every_chinese_name_is_found_by_the_letters_of_its_passport(name):
	stored = tokens.name_tokens(name)
	for way in pinyin.variants(name):
		assert finds("".join(way), stored) and finds(" ".join(way), stored)
	if len(name) > 1:
		assert finds("".join(s[0] for s in pinyin.variants(name)[0]), stored)
